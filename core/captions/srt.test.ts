/** SRT as it is found in the wild. */
import { describe, expect, it } from 'vitest';
import { brief, take } from '../../tests/fixtures/captions.ts';

const srt = (text: string): ReturnType<typeof take> => take(text, '字幕.srt');
const codes = (text: string): string[] => srt(text).repairs.map(([code]) => code);

const PLAIN = '1\n00:00:01,000 --> 00:00:02,000\n一\n\n2\n00:00:03,000 --> 00:00:04,500\n二\n';
const BOTH: [number, number, string][] = [
  [1000, 2000, '一'],
  [3000, 4500, '二'],
];

describe('the odd kinds', () => {
  it('plain: nothing to repair', () => {
    expect(srt(PLAIN).repairs).toEqual([]);
    expect(brief(srt(PLAIN))).toEqual(BOTH);
  });
  it.each<[string, string, [string, number][]]>([
    [
      'BOM and CRLF',
      `\ufeff${PLAIN.replaceAll('\n', '\r\n')}`,
      [
        ['byte_order_mark', 1],
        ['line_ends', 7],
      ],
    ],
    ['old Mac CR only', PLAIN.replaceAll('\n', '\r'), [['line_ends', 7]]],
    ['dot milliseconds', PLAIN.replaceAll(',', '.'), [['time_separator', 2]]],
    ['no index numbers', PLAIN.replace(/^\d\n/gm, ''), [['missing_index', 2]]],
    ['no blank line', PLAIN.replace('\n\n', '\n'), [['missing_blank_line', 1]]],
    [
      'neither index nor blank line',
      PLAIN.replace(/^\d\n/gm, '').replace('\n\n', '\n'),
      [
        ['missing_index', 2],
        ['missing_blank_line', 1],
      ],
    ],
    ['full-width ： ，', PLAIN.replaceAll(':', '：').replaceAll(',', '，'), [['full_width_time', 2]]],
    [
      'full-width digits and arrow',
      PLAIN.replace('00:00:01,000 --> 00:00:02,000', '００：００：０１，０００ --＞ ００：００：０２，０００'),
      [['full_width_time', 1]],
    ],
    ['one-digit hours', PLAIN.replaceAll('00:00:0', '0:00:0'), [['short_digits', 2]]],
    ['no hours', PLAIN.replaceAll('00:00:0', '00:0'), [['hours_missing', 2]]],
    ['other arrows', PLAIN.replace('-->', '->').replace(' --> 00:00:04', '→00:00:04'), [['arrow', 2]]],
    ['no spaces at the arrow', PLAIN.replaceAll(' --> ', '-->'), []],
    ['spaces in the times', PLAIN.replaceAll(':', ': '), [['spaces_in_time', 2]]],
    ['coordinates', PLAIN.replaceAll(/( --> .*)/g, '$1  X1:100 X2:600 Y1:050 Y2:100'), [['coordinates_dropped', 2]]],
    ['blank line after the index', PLAIN.replace(/^(\d)\n/gm, '$1\n\n'), [['blank_after_index', 2]]],
    ['two blank lines between cues', PLAIN.replace('\n\n', '\n\n\n\n'), []],
    ['index and times on one line', PLAIN.replace('2\n', '2 '), [['index_on_time_line', 1]]],
    ['a wrong number', PLAIN.replace('2\n', '7\n'), [['index_order', 1]]],
    ['numbers from 0', PLAIN.replace('1\n', '0\n').replace('\n2\n', '\n1\n'), []],
    ['a number at the end', `${PLAIN}\n3\n`, [['index_without_times', 1]]],
    ['an empty cue', `${PLAIN}\n3\n00:00:05,000 --> 00:00:06,000\n\n`, [['empty_cue_dropped', 1]]],
    [
      'an empty cue in the middle',
      PLAIN.replace('\n2\n', '\n2\n00:00:02,500 --> 00:00:02,800\n\n3\n'),
      [['empty_cue_dropped', 1]],
    ],
    ['NUL bytes', PLAIN.replace('一', '\0一\0'), [['control_characters_dropped', 2]]],
    ['zero-width spaces', PLAIN.replace('一', '\u200b一'), [['control_characters_dropped', 1]]],
    ['a title above', `某某栏目\n\n${PLAIN}`, [['text_before_first_cue', 1]]],
    ['trailing white space', PLAIN.replaceAll('\n', ' \t\n'), []],
    [
      'out of order',
      PLAIN.replace(/^1\n.*\n一\n\n([^]*)$/m, '1\n$1\n2\n00:00:01,000 --> 00:00:02,000\n一\n').replace('1\n2\n', '1\n'),
      [['sorted', 1]],
    ],
  ])('%s', (_what, text, repairs) => {
    const taken = srt(text);
    expect(brief(taken)).toEqual(BOTH);
    expect(taken.repairs).toEqual(repairs);
  });
});

describe('times', () => {
  it.each([
    ['00:00:01,5', 1500, ['milliseconds']],
    ['00:00:01,05', 1050, ['milliseconds']],
    ['00:00:01', 1000, ['milliseconds']],
    ['00:00:01,1239', 1123.9, ['milliseconds']],
    ['00:00:75,000', 75_000, ['time_out_of_range']],
    ['00:61:00,000', 3_660_000, ['time_out_of_range']],
    ['123:00:00,000', 442_800_000, []],
    ['00:00:01:500', 1500, ['time_separator']],
    ['00:00:01:05', 1200, ['frames_in_time']],
    ['00:00:01;500', 1500, ['time_separator']],
    ['00:00:01。500', 1500, ['time_separator']],
    ['0:0:1,500', 1500, ['short_digits']],
  ])('%s is %d ms', (time, ms, repairs) => {
    const taken = srt(`1\n${time} --> 999:00:00,000\n文\n`);
    expect(taken.cues[0]?.startUs).toBe(ms * 1000);
    expect(taken.repairs.map(([code]) => code)).toEqual(repairs);
  });

  it('a reversed end becomes the reading time, but not beyond the next cue', () => {
    const taken = srt(
      '1\n00:00:05,000 --> 00:00:03,000\n八个字的一条字幕\n\n2\n00:00:09,000 --> 00:00:09,000\n八个字的一条字幕\n\n3\n00:00:09,500 --> 00:00:12,000\n三\n',
    );
    expect(brief(taken).map(([start, end]) => [start, end])).toEqual([
      [5000, 7000],
      [9000, 9500],
      [9500, 12_000],
    ]);
    expect(taken.repairs).toEqual([['end_repaired', 2]]);
  });

  it('negative times begin at 0; a cue wholly before it is left out', () => {
    const taken = srt('1\n-00:00:05,000 --> -00:00:03,000\n甲\n\n2\n-00:00:01,000 --> 00:00:02,000\n乙\n');
    expect(brief(taken)).toEqual([[0, 2000, '乙']]);
    expect(taken.repairs).toEqual([
      ['before_start_dropped', 1],
      ['negative_time', 1],
    ]);
  });

  it('unreadable times drop the cue and not its neighbours', () => {
    const taken = srt(`${PLAIN}\n3\n00:00:0x,000 --> 00:00:09,000\n丢\n\n4\n00:00:10,000 --> 00:00:11,000\n四\n`);
    expect(brief(taken)).toEqual([...BOTH, [10_000, 11_000, '四']]);
    expect(taken.repairs).toEqual([['unreadable_time', 1]]);
  });

  it('overlaps stay as they are', () => {
    const text = '1\n00:00:01,000 --> 00:00:05,000\n甲\n\n2\n00:00:02,000 --> 00:00:03,000\n乙\n';
    expect(srt(text).repairs).toEqual([]);
    expect(brief(srt(text))[0]).toEqual([1000, 5000, '甲']);
  });
});

describe('text', () => {
  const one = (text: string): string => `1\n00:00:01,000 --> 00:00:02,000\n${text}\n`;
  it('a blank line inside', () => {
    const taken = srt(`${one('上\n\n下')}\n2\n00:00:03,000 --> 00:00:04,000\n完\n`);
    expect(taken.cues.map((cue) => cue.text)).toEqual(['上\n下', '完']);
    expect(taken.repairs).toEqual([['blank_line_in_text', 1]]);
  });
  it.each(['1949', '42\n43', '二〇二六\n2026', '2'])('a line of digits stays text: %j', (text) => {
    const taken = srt(`${one(text)}\n2\n00:00:03,000 --> 00:00:04,000\n2\n\n3\n00:00:05,000 --> 00:00:06,000\n完\n`);
    expect(taken.cues.map((cue) => cue.text)).toEqual([text, '2', '完']);
    expect(taken.repairs).toEqual([]);
  });
  it('a number as the only text, in a file without numbers or blank lines', () => {
    const taken = srt('00:00:01,000 --> 00:00:02,000\n42\n00:00:03,000 --> 00:00:04,000\n完\n');
    expect(taken.cues.map((cue) => cue.text)).toEqual(['42', '完']);
  });
  it('arrows in the text', () => {
    expect(srt(one('从 1 --> 2\n12:30 --> 打烊\n甲→乙')).cues[0]?.text).toBe('从 1 --> 2\n12:30 --> 打烊\n甲→乙');
  });
  it('tags: the whole cue keeps its style, a part loses it', () => {
    expect(srt(one('<i>全部\n两行</i>')).cues[0]).toMatchObject({ text: '全部\n两行', style: { italic: true } });
    expect(srt(one('<B><u>都</u></B>')).cues[0]?.style).toEqual({ bold: true, underline: true });
    const partly = srt(one('前<b>中</b>后'));
    expect(partly.cues[0]).toEqual({ startUs: 1_000_000, endUs: 2_000_000, text: '前中后' });
    expect(partly.repairs).toEqual([['inline_style_dropped', 1]]);
    const font = srt(one('<font color="#ff0000">红</font>'));
    expect([font.cues[0]?.text, font.repairs]).toEqual(['红', [['tags_dropped', 1]]]);
  });
  it('places', () => {
    expect(srt(one('{\\an8}上')).cues[0]).toMatchObject({ text: '上', style: { align: 8 } });
    expect(srt(one('{\\a6}上')).cues[0]?.style).toEqual({ align: 8 });
    expect(srt(one('{\\an2}下')).cues[0]?.style).toBeUndefined();
    expect(codes(one('{\\pos(1,2)}x'))).toEqual(['tags_dropped']);
  });
  it('what is no tag stays', () => {
    expect(srt(one('3 < 5 且 7 > 2 <笑> {注}')).cues[0]?.text).toBe('3 < 5 且 7 > 2 <笑> {注}');
  });
  it('entities and line breaks', () => {
    const taken = srt(one('A&amp;B &lt;i&gt; &#20013;&#x6587; &nope; &#0;<br>下\\N行'));
    expect(taken.cues[0]?.text).toBe('A&B <i> 中文 &nope; &#0;\n下\n行');
    expect(taken.repairs.map(([code]) => code).sort()).toEqual(['entities_decoded', 'line_breaks']);
  });
  it('a cue of tags only is empty', () => {
    expect(codes(`${one('<i></i>')}\n2\n00:00:03,000 --> 00:00:04,000\n完\n`)).toContain('empty_cue_dropped');
  });
});

describe('what is inside counts', () => {
  it.each([
    ['a.srt', 'WEBVTT\n\n00:01.000 --> 00:02.000\n文\n', 'vtt'],
    ['a.txt', PLAIN, 'srt'],
    ['a.lrc', PLAIN, 'srt'],
    ['a.srt', '[Script Info]\n[Events]\nFormat: Start, End, Text\nDialogue: 0:00:01.00,0:00:02.00,文\n', 'ass'],
    ['a.srt', '<?xml version="1.0"?><tt><body><p begin="1s" end="2s">文</p></body></tt>', 'ttml'],
    ['a.txt', '[ti:歌]\n[00:01.00]文\n', 'lrc'],
  ])('%s holding another format', (name, text, format) => {
    const taken = take(text, name);
    expect(taken.format).toBe(format);
    expect(taken.repairs).toContainEqual(['format_differs', 1]);
    expect(taken.cues[0]?.startUs).toBe(1_000_000);
  });
});
