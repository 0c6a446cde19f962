/** ASS and SSA scripts. */
import { describe, expect, it } from 'vitest';
import { brief, take } from '../../tests/fixtures/captions.ts';

const FORMAT = 'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text';
const ass = (...lines: string[]): ReturnType<typeof take> => take(`${lines.join('\n')}\n`, '字幕.ass');
const events = (...texts: string[]): ReturnType<typeof take> =>
  ass(
    '[Script Info]',
    '[Events]',
    FORMAT,
    ...texts.map((text, i) => `Dialogue: 0,0:00:0${i + 1}.00,0:00:0${i + 1}.50,Default,,0,0,0,,${text}`),
  );
const text = (raw: string): string | undefined => events(raw).cues[0]?.text;

describe('the text of an event', () => {
  it.each([
    ['一，二,三,四', '一，二,三,四'],
    ['上\\N下', '上\n下'],
    ['软\\n行', '软 行'],
    ['空\\h格', '空\u00a0格'],
    ['\\{不是标记\\}', '{不是标记}'],
    ['没有关上 {的括号', '没有关上 {的括号'],
    ['没有打开 的}括号', '没有打开 的}括号'],
    ['{前}中{后}', '中'],
    ['{{两层}字', '字'],
    ['{\\pos(1,2)}字{\\r}尾', '字尾'],
    ['C:\\\u2060N', 'C:\\N'],
    ['冒号: 分号; [括号]', '冒号: 分号; [括号]'],
  ])('%s', (raw, plain) => {
    expect(text(raw)).toBe(plain);
  });

  it('\\n breaks the line where the script wraps none', () => {
    const taken = ass(
      '[Script Info]',
      'WrapStyle: 2',
      '[Events]',
      FORMAT,
      'Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,上\\n下',
    );
    expect(taken.cues[0]?.text).toBe('上\n下');
  });

  it('overrides of the whole text are the style of the cue', () => {
    expect(events('{\\b1\\i1}全部').cues[0]?.style).toEqual({ bold: true, italic: true });
    expect(events('{\\b700}粗').cues[0]?.style).toEqual({ bold: true });
    expect(events('{\\b400}常').cues[0]?.style).toBeUndefined();
    expect(events('{\\an8}上').cues[0]?.style).toEqual({ align: 8 });
    expect(events('{\\a10}中').cues[0]?.style).toEqual({ align: 5 });
    const partly = events('前{\\i1}中{\\i0}后');
    expect(partly.cues[0]?.style).toBeUndefined();
    expect(partly.repairs).toEqual([['inline_style_dropped', 1]]);
    expect(events('{\\i1}斜{\\r}正').repairs).toEqual([['inline_style_dropped', 1]]);
  });

  it('what moves or colours is noted, drawings are left out', () => {
    expect(events('{\\c&H0000FF&\\fad(100,100)}红').repairs).toEqual([['overrides_dropped', 1]]);
    expect(events('{\\t(0,100,\\fs20)}动').cues[0]?.text).toBe('动');
    const drawing = events('{\\p1}m 0 0 l 10 0{\\c&H00&} 10 10{\\p0}字', '{\\p1}m 0 0 l 10 0');
    expect(drawing.cues.map((cue) => cue.text)).toEqual(['字']);
    expect(drawing.repairs.map(([code]) => code)).toEqual([
      'drawing_dropped',
      'overrides_dropped',
      'empty_cue_dropped',
    ]);
  });
});

describe('the script', () => {
  it('speakers, comments, order', () => {
    const taken = ass(
      '[Script Info]',
      '; 说明',
      '[Events]',
      FORMAT,
      'Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,不算',
      'Dialogue: 0,0:00:03.00,0:00:04.00,Default,老周,0,0,0,,后',
      'Dialogue: 0,0:00:01.00,0:00:02.00,Default,记者,0,0,0,,前',
    );
    expect(taken.cues.map(({ speaker, text: words }) => [speaker, words])).toEqual([
      ['记者', '前'],
      ['老周', '后'],
    ]);
    expect(taken.repairs).toEqual([
      ['notes_dropped', 1],
      ['sorted', 1],
    ]);
  });

  it('no Format line', () => {
    const taken = ass('[Script Info]', '[Events]', 'Dialogue: 0,0:00:01.00,0:00:02.00,Default,甲,0,0,0,,一,二');
    expect(taken.cues[0]).toMatchObject({ startUs: 1_000_000, text: '一,二', speaker: '甲' });
    expect(taken.repairs).toEqual([['missing_format_line', 1]]);
  });

  it('columns in another order and in small letters', () => {
    const taken = ass('[Events]', 'format: end, start, actor, text', 'dialogue: 0:00:02.00,0:00:01.00,甲,一,二');
    expect(taken.cues).toEqual([{ startUs: 1_000_000, endUs: 2_000_000, text: '一,二', speaker: '甲' }]);
  });

  it('SSA (V4): its places and its stars', () => {
    const taken = take(
      [
        '[Script Info]',
        'ScriptType: v4.00',
        '[V4 Styles]',
        'Style: *Top,Arial,20,65535,65535,65535,0,0,-1,1,3,0,6,30,30,30,0,0',
        '[Events]',
        'Dialogue: Marked=0,0:00:01.00,0:00:02.00,*Top,NTP,0000,0000,0000,,上,面',
      ].join('\n'),
      'a.ssa',
    );
    expect(taken.cues[0]).toMatchObject({ text: '上,面', style: { align: 8, italic: true }, speaker: 'NTP' });
    expect(taken.repairs.map(([code]) => code)).toEqual(['missing_format_line', 'look_dropped']);
  });

  it('the place of a style', () => {
    const style =
      'Style: 上,黑体,64,&H00FFFFFF,&H000000FF,&H00000000,&H64000000,-1,0,0,0,100,100,0,0,1,3,1,8,60,60,420,1';
    const format =
      'Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding';
    const taken = ass(
      '[V4+ Styles]',
      format,
      style,
      '[Events]',
      FORMAT,
      'Dialogue: 0,0:00:01.00,0:00:02.00,上,,0,0,0,,上',
      'Dialogue: 0,0:00:03.00,0:00:04.00,没有,,0,0,0,,下',
    );
    expect(taken.cues.map((cue) => cue.style)).toEqual([{ align: 8 }, undefined]);
    expect(taken.repairs).toEqual([['look_dropped', 1]]);
  });

  it('times: hundredths, more digits, negative, broken', () => {
    const line = (start: string, end: string, words: string): string =>
      `Dialogue: 0,${start},${end},Default,,0,0,0,,${words}`;
    const taken = ass(
      '[Events]',
      FORMAT,
      line('-0:00:01.00', '0:00:00.50', '负'),
      line('10:00:01.05', '10:00:02.123', '长'),
      line('x', '0:00:02.00', '坏'),
      'Dialogue: 0,0:00',
      '散落的一行',
    );
    expect(brief(taken)).toEqual([
      [0, 500, '负'],
      [36_001_050, 36_002_123, '长'],
    ]);
    expect(taken.repairs.map(([code]) => code)).toEqual(['broken_lines_dropped', 'unreadable_time', 'negative_time']);
  });

  it('is none without its sections', () => {
    expect(() => take('只是一行字', 'a.ass')).toThrow(expect.objectContaining({ code: 'not_captions' }) as Error);
    expect(take('[Script Info]\nTitle: 空\n', 'a.ass').cues).toEqual([]);
  });
});
