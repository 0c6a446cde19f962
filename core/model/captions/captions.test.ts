/** The caption table, its measures, and the check. */
import { describe, expect, it } from 'vitest';
import {
  CAPTION_RULES,
  assText,
  captionTable,
  captionsToAss,
  checkCaptions,
  clockCs,
  clockMs,
  cueText,
  lyricsTime,
  readingTimeUs,
  rounded,
  textWidth,
  type Cue,
} from './index.ts';

const cue = (startMs: number, endMs: number, text: string): Cue => ({
  startUs: startMs * 1000,
  endUs: endMs * 1000,
  text,
});

describe('the table', () => {
  it('takes cues in order, overlapping or not', () => {
    expect(captionTable.safeParse([cue(0, 5000, '一'), cue(0, 1000, '二'), cue(3000, 4000, '三')]).success).toBe(true);
  });
  it.each<[string, unknown]>([
    ['out of order', [cue(1000, 2000, '一'), cue(0, 1000, '二')]],
    ['no length', [cue(1000, 1000, '一')]],
    ['a part of a microsecond', [cue(0.0001, 1, '一')]],
    ['empty', [cue(0, 1, '')]],
    ['an empty line', [cue(0, 1, '一\n\n二')]],
    ['space around', [cue(0, 1, ' 一')]],
    ['a carriage return', [cue(0, 1, '一\r\n二')]],
    ['an arrow in the name', [{ ...cue(0, 1, '一'), id: 'a-->b' }]],
    ['a speaker of two lines', [{ ...cue(0, 1, '一'), speaker: 'a\nb' }]],
    ['a tenth place', [{ ...cue(0, 1, '一'), style: { align: 10 } }]],
    ['something else', [{ ...cue(0, 1, '一'), colour: 'red' }]],
  ])('refuses %s', (_what, table) => {
    expect(captionTable.safeParse(table).success).toBe(false);
  });
  it('cueText is its own normal form', () => {
    const text = cueText(' 一\t二 \r\n\r\n\u2028 三\0\ud800 \n');
    expect(text).toBe('一 二\n三\ufffd');
    expect(cueText(text)).toBe(text);
  });
});

describe('measures', () => {
  it.each([
    ['清晨五点，', 5],
    ['2026年', 3],
    ['“好”——他说…', 8],
    ['a\u0301b', 1],
    ['𠮷👍', 2],
    ['', 0],
  ])('%j is %d wide', (text, width) => {
    expect(textWidth(text)).toBe(width);
  });
  it('reading time', () => {
    expect(readingTimeUs('八个字的一条字幕')).toBe(2_000_000);
    expect(readingTimeUs('短')).toBe(1_000_000);
  });
  it('times', () => {
    expect(clockMs(3_723_004, ',')).toBe('01:02:03,004');
    expect(clockMs(360_000_000, '.')).toBe('100:00:00.000');
    expect(clockCs(372_304)).toBe('1:02:03.04');
    expect(lyricsTime(372_304)).toBe('62:03.04');
    expect(rounded({ startUs: 1499, endUs: 1501 }, 1000)).toEqual([1, 2]);
    expect(rounded({ startUs: 1000, endUs: 1001 }, 1000)).toEqual([1, 2]);
  });
});

describe('ASS', () => {
  it('escapes what would be read as a tag or a break', () => {
    expect(assText('{\\b1}a\\N\n\u00a0b')).toBe('\\{\\\u2060b1\\}a\\\u2060N\\N\\hb');
  });
  it('has the picture, the font and the breaks of the studio', () => {
    const script = captionsToAss([{ ...cue(1000, 2000, '上\n下'), style: { align: 8, bold: true }, speaker: '甲,乙' }]);
    expect(script).toContain('\nPlayResX: 1080\nPlayResY: 1920\nWrapStyle: 2\n');
    expect(script).toContain('\nStyle: Default,Noto Sans SC,60,');
    expect(script.endsWith('\nDialogue: 0,0:00:01.00,0:00:02.00,Default,甲，乙,0,0,0,,{\\an8\\b1}上\\N下\n')).toBe(
      true,
    );
    expect(captionsToAss([], { playResX: 1920, playResY: 1080, fontSize: 48 })).toContain(
      'PlayResX: 1920\nPlayResY: 1080',
    );
  });
});

describe('the check', () => {
  const rules = (...cues: Cue[]): [number, string][] =>
    checkCaptions(cues).map((finding) => [finding.cue, finding.rule]);
  const wide = (n: number): string => '字'.repeat(n);

  it('has nothing to say about good captions', () => {
    expect(rules(cue(1000, 3200, '清晨五点，茶园的雾还没有散'), cue(3400, 6000, '老周已经\n背着竹篓上了山'))).toEqual(
      [],
    );
  });
  it.each<[string, Cue[], [number, string][]]>([
    ['16 characters', [cue(0, 4000, wide(16))], []],
    ['16 and a half', [cue(0, 4000, `${wide(16)}a`)], [[1, 'line_too_long']]],
    ['32 Latin letters', [cue(0, 4000, 'a'.repeat(32))], []],
    ['two lines', [cue(0, 4000, '一\n二')], []],
    ['three lines', [cue(0, 4000, '一\n二\n三')], [[1, 'too_many_lines']]],
    ['9 a second', [cue(0, 1000, wide(9))], []],
    ['10 a second', [cue(0, 1000, wide(10))], [[1, 'too_fast']]],
    ['833 ms', [cue(0, 833, '一')], []],
    ['832 ms', [cue(0, 832, '一')], [[1, 'too_short']]],
    ['7 s', [cue(0, 7000, '一')], []],
    ['7.001 s', [cue(0, 7001, '一')], [[1, 'too_long']]],
    ['a full stop at the end', [cue(0, 1000, '一。')], [[1, 'final_punctuation']]],
    ['a comma at the end', [cue(0, 1000, '一，\n二，')], [[1, 'final_punctuation']]],
    ['marks that say something', [cue(0, 1000, '一？'), cue(1000, 2000, '“二。”'), cue(2000, 3000, '三……')], []],
    ['dots made of full stops', [cue(0, 1000, '一。。。')], []],
    ['a number and its unit', [cue(0, 2000, '卖到1800\n元一斤')], [[1, 'bad_break']]],
    ['half a unit', [cue(0, 2000, '一共30平\n方米')], [[1, 'bad_break']]],
    ['a number with marks', [cue(0, 2000, '共1\n,200户')], [[1, 'bad_break']]],
    ['5G', [cue(0, 2000, '村里通了5\nG网络')], [[1, 'bad_break']]],
    ['a title', [cue(0, 2000, '他读《茶\n经》三遍')], [[1, 'bad_break']]],
    ['beside a title', [cue(0, 2000, '他读\n《茶经》三遍')], []],
    ['a title wider than a line', [cue(0, 4000, '《中华人民共和国农村\n土地承包法实施细则》')], []],
    ['a mark at the start', [cue(0, 2000, '雾还没散\n，人上山了')], [[1, 'bad_break']]],
    ['a bracket at the end', [cue(0, 2000, '老周（\n茶农）')], [[1, 'bad_break']]],
    ['a hyphen inside a word', [cue(0, 2000, '连上Wi\n-Fi')], [[1, 'bad_break']]],
    [
      'words, numbers, speakers',
      [cue(0, 2000, 'good\ntea'), cue(2000, 4000, '2025\n2026'), cue(4000, 6000, '好\n——老周')],
      [],
    ],
    ['no gap', [cue(0, 1000, '一'), cue(1000, 2000, '二')], []],
    ['one frame', [cue(0, 1000, '一'), cue(1033, 2000, '二')], [[2, 'gap_too_small']]],
    ['two frames', [cue(0, 1000, '一'), cue(1067, 2000, '二')], []],
    ['overlap', [cue(0, 2000, '一'), cue(1000, 3000, '二')], [[2, 'overlap']]],
    [
      'overlap with one further back',
      [cue(0, 5000, '一'), cue(1000, 2000, '二'), cue(3000, 4000, '三')],
      [
        [2, 'overlap'],
        [3, 'overlap'],
      ],
    ],
  ])('%s', (_what, cues, findings) => {
    expect(rules(...cues)).toEqual(findings);
  });
  it.each<[string, number, string, string[]]>([
    ['42 letters and spaces', 4000, 'He has been roasting tea by hand for forty', []],
    ['43', 4000, 'He has been roasting tea by hand for forty.', ['translation_line_too_long']],
    ['two lines', 5000, 'one\ntwo', []],
    ['three lines', 5000, 'one\ntwo\nthree', ['translation_too_many_lines']],
    ['20 a second', 1000, 'abcd efghi jklm nopq', []],
    ['21 a second', 1000, 'abcd efghi jklm nopqr', ['translation_too_fast']],
    ['Chinese is measured as Chinese', 3000, '一二三四五六七八九十一二三四五六七', ['translation_line_too_long']],
    ['9 of it a second', 1000, '一二三四五六七八九', []],
    ['10 of it a second', 1000, '一二三四五六七八九十', ['translation_too_fast']],
    ['Chinese with a Latin name', 3000, '用 WeChat 卖茶的人越来越多了', []],
  ])('a second language: %s', (_what, lastsMs, translation, findings) => {
    expect(checkCaptions([{ ...cue(0, lastsMs, '好'), translation }]).map(({ rule }) => rule)).toEqual(findings);
  });
  it('says of a second language what is counted, and against which document', () => {
    const [finding] = checkCaptions([{ ...cue(0, 4000, '好'), translation: 'a'.repeat(50) }]);
    expect(finding).toMatchObject({
      message: '第 1 条第二语言一行有 50 个字符，最多 42 个（Netflix 英文字幕规范）',
      fix: '在词语之间断成两行。',
    });
  });
  it('says what, against which document, and what to do', () => {
    expect(checkCaptions([cue(0, 1000, wide(18))])).toEqual([
      {
        cue: 1,
        rule: 'line_too_long',
        message: '第 1 条一行有 18 个字，最多 16 个（Netflix 简体中文字幕规范）',
        fix: '在标点或词语之间断成两行。',
      },
      {
        cue: 1,
        rule: 'too_fast',
        message: '第 1 条每秒 18 个字，最多 9 个（Netflix 简体中文字幕规范）',
        fix: '至少显示 2.00 秒，或删减文字。',
      },
    ]);
    for (const { source } of Object.values(CAPTION_RULES)) expect(source).not.toBe('');
  });
});
