/** WebVTT, with the traps that the web platform tests have files for. */
import { describe, expect, it } from 'vitest';
import { brief, take } from '../../tests/fixtures/captions.ts';

const vtt = (text: string): ReturnType<typeof take> => take(text, '字幕.vtt');
const one = (text: string, settings = ''): string => `WEBVTT\n\n00:01.000 --> 00:02.000${settings}\n${text}\n`;
const only = (text: string, settings = ''): ReturnType<typeof take>['cues'][number] | undefined =>
  vtt(one(text, settings)).cues[0];

describe('the frame', () => {
  it('hours may be left out', () => {
    expect(vtt(one('文')).repairs).toEqual([]);
    expect(brief(vtt('WEBVTT\n\n00:01.000 --> 01:00:02.000\n文\n'))).toEqual([[1000, 3_602_000, '文']]);
  });
  it.each<[string, string, string[], string[]]>([
    [
      'a header with words',
      'WEBVTT - 访谈\nKind: captions\n\n00:01.000 --> 00:02.000\n文\n',
      ['文'],
      ['header_dropped'],
    ],
    ['no header', '00:01.000 --> 00:02.000\n文\n', ['文'], ['missing_header']],
    ['no blank line after the header', 'WEBVTT\n00:01.000 --> 00:02.000\n文\n', ['文'], []],
    ['comma milliseconds', 'WEBVTT\n\n00:01,000 --> 00:02,000\n文\n', ['文'], ['time_separator']],
    ['one-digit hours', 'WEBVTT\n\n0:00:01.000 --> 0:00:02.000\n文\n', ['文'], ['short_digits']],
    ['a time that is too short', 'WEBVTT\n\n00:01.0 --> 00:02.000\n文\n', ['文'], ['milliseconds']],
    [
      'a time that cannot be read',
      'WEBVTT\n\n00:01.0x0 --> 00:02.000\n丢\n\n00:03.000 --> 00:04.000\n文\n',
      ['文'],
      ['unreadable_time'],
    ],
    ['a negative time', 'WEBVTT\n\n-00:01.000 --> 00:02.000\n文\n', ['文'], ['negative_time']],
    ['CRLF', 'WEBVTT\r\n\r\n00:01.000 --> 00:02.000\r\n文\r\n', ['文'], ['line_ends']],
    ['NUL', 'WEBVTT\n\n00:01.000 --> 00:02.000\n文\0\n', ['文'], ['control_characters_dropped']],
    ['tabs and form feeds around the arrow', 'WEBVTT\n\n00:01.000\t-->\f00:02.000\n文\n', ['文'], []],
    ['many blank lines', 'WEBVTT\n\n\n\n00:01.000 --> 00:02.000\n文\n\n\n\n', ['文'], []],
    [
      'no blank line between cues',
      'WEBVTT\n\n00:01.000 --> 00:02.000\n甲\n00:03.000 --> 00:04.000\n乙\n',
      ['甲', '乙'],
      ['missing_blank_line'],
    ],
    [
      'a style sheet and a region',
      'WEBVTT\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:a\n\n00:01.000 --> 00:02.000\n文\n',
      ['文'],
      ['notes_dropped'],
    ],
    [
      'a note of several lines',
      'WEBVTT\n\nNOTE\n不算\n也不算\n\n00:01.000 --> 00:02.000\n文\n\nNOTE 完\n',
      ['文'],
      ['notes_dropped'],
    ],
    ['NOTE inside a text', 'WEBVTT\n\n00:01.000 --> 00:02.000\n文\nNOTE 也是文字\n', ['文\nNOTE 也是文字'], []],
    ['nothing but the header', 'WEBVTT\n', [], []],
  ])('%s', (_what, text, texts, repairs) => {
    const taken = vtt(text);
    expect(taken.cues.map((cue) => cue.text)).toEqual(texts);
    expect(taken.repairs.map(([code]) => code)).toEqual(repairs);
  });
  it('names of cues', () => {
    const text =
      'WEBVTT\n\n1\n00:01.000 --> 00:02.000\n甲\n\n第二 句\n00:03.000 --> 00:04.000\n乙\n\nNOTE\n00:05.000 --> 00:06.000\n丙\n';
    expect(vtt(text).cues.map((cue) => cue.id)).toEqual(['1', '第二 句', 'NOTE']);
    expect(vtt(text).repairs).toEqual([]);
  });
  it('a name that is too long is shortened', () => {
    const taken = vtt(`WEBVTT\n\n${'长'.repeat(300)}\n00:01.000 --> 00:02.000\n甲\n`);
    expect(taken.cues[0]?.id).toBe('长'.repeat(200));
    expect(taken.repairs).toEqual([['names_shortened', 1]]);
  });
});

describe('the text', () => {
  it('voices are speakers', () => {
    expect(only('<v 记者>您好</v>')).toMatchObject({ text: '您好', speaker: '记者' });
    expect(only('<v.loud.first 老 周>好')).toMatchObject({ text: '好', speaker: '老 周' });
    expect(only('<v A&amp;B><i>好</i></v>')).toMatchObject({ speaker: 'A&B', style: { italic: true } });
    const two = vtt(one('<v 甲>问\n<v 乙>答'));
    expect(two.cues[0]).toMatchObject({ text: '甲：问\n乙：答' });
    expect(two.repairs).toEqual([['several_voices', 1]]);
  });
  it('entities, classes, ruby, times of words', () => {
    expect(only('a &amp; b &lt;c&gt; &nbsp;d&lrm;')?.text).toBe('a & b <c> \u00a0d\u200e');
    expect(vtt(one('<c.yellow>黄</c>')).repairs).toEqual([['tags_dropped', 1]]);
    expect(only('<ruby>同<rt>tóng</rt></ruby>心')?.text).toBe('同（tóng）心');
    expect(vtt(one('你<00:01.500>好')).repairs).toEqual([['word_times_dropped', 1]]);
  });
  it('arrows in the text and in a name', () => {
    expect(only('1 --> 2')?.text).toBe('1 --> 2');
  });
  it('an open bracket swallows nothing', () => {
    expect(only('3 < 5\n下一行')?.text).toBe('3 < 5\n下一行');
  });
});

describe('places', () => {
  it.each([
    [' line:0', 8],
    [' line:0 align:start', 7],
    [' line:10% align:right', 9],
    [' line:50%,center', 5],
    [' line:-1', undefined],
    [' line:90% align:center', undefined],
    [' align:left', 1],
  ])('%s', (settings, align) => {
    expect(only('文', settings)?.style?.align).toBe(align);
    expect(vtt(one('文', settings)).repairs).toEqual([]);
  });
  it.each([' position:50%', ' size:80%', ' region:a', ' vertical:rl', ' line:abc', ' line', ' :', ' nonsense'])(
    '%s is noted',
    (settings) => {
      expect(vtt(one('文', settings)).repairs).toEqual([['cue_settings_dropped', 1]]);
    },
  );
});
