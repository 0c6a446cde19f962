/** TTML, LRC and plain text. */
import { describe, expect, it } from 'vitest';
import { brief, take } from '../../tests/fixtures/captions.ts';

const tt = (body: string, attributes = '', head = ''): ReturnType<typeof take> =>
  take(
    `<?xml version="1.0" encoding="UTF-8"?>\n<tt xmlns="http://www.w3.org/ns/ttml" ${attributes}><head>${head}</head><body><div>${body}</div></body></tt>`,
    'a.ttml',
  );
const notCaptions = expect.objectContaining({ code: 'not_captions' }) as Error;

describe('TTML', () => {
  it.each([
    ['00:00:01.500', '', 1500],
    ['00:00:01', '', 1000],
    ['00:00:01:15', '', 1500],
    ['00:00:01:12', 'ttp:frameRate="24"', 1500],
    ['00:00:10:00', 'ttp:frameRate="30" ttp:frameRateMultiplier="1000 1001"', 10_000],
    ['30f', 'ttp:frameRate="30" ttp:frameRateMultiplier="1000 1001"', 1001],
    ['15000000t', 'ttp:tickRate="10000000"', 1500],
    ['50t', 'ttp:frameRate="25"', 2000],
    ['1500ms', '', 1500],
    ['1.5s', '', 1500],
    ['0.025m', '', 1500],
    ['0.5h', '', 1_800_000],
  ])('%s (%s)', (time, attributes, ms) => {
    expect(tt(`<p begin="${time}" end="99h">文</p>`, attributes).cues[0]?.startUs).toBe(ms * 1000);
  });

  it('times within times, durations, sequences', () => {
    const taken = tt(
      '<div begin="10s"><p begin="1s" dur="2s">一</p><p begin="4s" end="6s"><span begin="0s" end="1s">二</span><span begin="1s" end="2s">三</span></p></div><div begin="20s" timeContainer="seq"><p dur="2s">四</p><p dur="3s">五</p></div><p>没有时间</p>',
    );
    expect(brief(taken)).toEqual([
      [11_000, 13_000, '一'],
      [14_000, 15_000, '二'],
      [15_000, 16_000, '三'],
      [20_000, 22_000, '四'],
      [22_000, 25_000, '五'],
    ]);
    expect(taken.repairs).toEqual([['cue_without_times', 1]]);
  });

  it('white space, line breaks, CDATA, entities, comments', () => {
    const taken = tt(
      '<p begin="1s" end="2s">\n   一 &amp; <!-- 不算 --> 二\n   <br/>\n  三<![CDATA[<四>]]>&#x4E94;&nope;\n</p>',
    );
    expect(taken.cues[0]?.text).toBe('一 & 二\n三<四>五&nope;');
    expect(taken.repairs).toEqual([['unknown_entity', 1]]);
  });

  it('declared entities are not expanded and nothing is fetched', () => {
    const bomb = '<!DOCTYPE tt [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>';
    const taken = take(`${bomb}<tt><body><p begin="1s" end="2s">前&b;&x;后</p></body></tt>`, 'a.ttml');
    expect(taken.cues[0]?.text).toBe('前&b;&x;后');
  });

  it('styles, regions, speakers', () => {
    const head =
      '<metadata><ttm:agent xml:id="a1" type="person"><ttm:name type="full">老周</ttm:name></ttm:agent></metadata><styling><style xml:id="s1" tts:fontStyle="italic"/></styling><layout><region xml:id="top"><style tts:displayAlign="before"/></region></layout>';
    const taken = tt(
      '<p xml:id="c1" begin="1s" end="2s" style="s1" region="top" ttm:agent="a1">一</p><p begin="3s" end="4s">前<span tts:fontWeight="bold">后</span></p>',
      '',
      head,
    );
    expect(taken.cues).toEqual([
      {
        id: 'c1',
        startUs: 1_000_000,
        endUs: 2_000_000,
        text: '一',
        style: { italic: true, align: 8 },
        speaker: '老周',
      },
      { startUs: 3_000_000, endUs: 4_000_000, text: '前后' },
    ]);
    expect(taken.repairs).toEqual([['inline_style_dropped', 1]]);
  });

  it('prefixed names, and other XML', () => {
    const prefixed =
      '<tt:tt xmlns:tt="http://www.w3.org/ns/ttml"><tt:body><tt:p begin="1s" end="2s">文<tt:br/>下</tt:p></tt:body></tt:tt>';
    expect(take(prefixed, 'a.ttml').cues[0]?.text).toBe('文\n下');
    expect(() => take('<html><body><p begin="1s" end="2s">x</p></body></html>', 'a.ttml')).toThrow(notCaptions);
    expect(() => take('文字', 'a.ttml')).toThrow(notCaptions);
  });
});

describe('LRC', () => {
  it('times, several on a line, pauses, offset, what is said about the song', () => {
    const taken = take(
      '[ti:采茶]\n[ar:某]\n[offset:+500]\n[00:01.00]一\n[00:03.50][00:10.00]二<00:04.00>段\n[00:05.00]\n\n[01:02:345]末\n乱\n',
      'a.lrc',
    );
    expect(brief(taken)).toEqual([
      [500, 3000, '一'],
      [3000, 4500, '二段'],
      [9500, 61_845, '二段'],
      [61_845, 62_845, '末'],
    ]);
    expect(taken.repairs).toEqual([
      ['header_dropped', 2],
      ['word_times_dropped', 1],
      ['broken_lines_dropped', 1],
      ['offset_applied', 1],
      ['end_from_next', 2],
      ['end_estimated', 1],
    ]);
  });
  it('two languages at one time last equally long', () => {
    expect(brief(take('[00:01.00]你好\n[00:01.00]hello\n[00:02.00]完\n[00:04.00]\n', 'a.lrc'))).toEqual([
      [1000, 2000, '你好'],
      [1000, 2000, 'hello'],
      [2000, 4000, '完'],
    ]);
  });
  it('is none without times', () => {
    expect(() => take('[ti:空]\n文字\n', 'a.lrc')).toThrow(notCaptions);
  });
});

describe('plain text', () => {
  it('one line a cue, four characters a second, at least one second', () => {
    const taken = take('这一行一共有八个字吗\n\n  短  \n', 'a.txt');
    expect(brief(taken)).toEqual([
      [0, 2500, '这一行一共有八个字吗'],
      [2500, 3500, '短'],
    ]);
    expect(taken.repairs).toEqual([['times_estimated', 2]]);
  });
});
