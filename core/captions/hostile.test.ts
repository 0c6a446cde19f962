/** Files made to be slow: each kind of line or bracket by the million. The time grows with the size and no faster. */
import { describe, expect, it } from 'vitest';
import { StudioError } from '../model/errors.ts';
import { readCaptions, writeCaptions } from './index.ts';

const MB = 1024 * 1024;
/** How much of one thing: quadratic work shows at a third of it already; the long proof takes the whole. */
const MUCH = process.env['TONGXIN_LONG'] === '1' ? MB : MB / 3;
const fill = (piece: string, size: number): string => piece.repeat(Math.ceil(size / piece.length));
/** Quadratic work on a third of a megabyte takes half a minute and more; linear work well under a second. */
const LIMIT_MS = 10_000;

const SRT = '1\n00:00:01,000 --> 00:00:02,000\n';
const ASS =
  '[Script Info]\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n';
const EVENT = 'Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,';
const TTML = '<tt><body><p begin="1s" end="2s">';

function seconds(bytes: Uint8Array, name: string): number {
  const before = performance.now();
  try {
    const { cues } = readCaptions(bytes, name);
    for (const format of ['srt', 'ass'] as const) writeCaptions(cues, format);
  } catch (error) {
    expect(error).toBeInstanceOf(StudioError);
  }
  return performance.now() - before;
}

describe('very much of one thing', () => {
  it.each([
    ...[
      '<',
      '<i>',
      '<a',
      '</i>',
      '<v ',
      '{',
      '{\\',
      '{\\an8}',
      '&',
      '&#',
      '\\N',
      ' ',
      '\n',
      '\n \n',
      '-',
      '-->',
      '>',
      '0',
      '0:',
      '1\n',
      '→',
    ].map((piece) => ['a.srt', SRT, piece] as const),
    ...['00:00:01,000 --> 00:00:02,000\n', ' 0 0 --> 0 0\n', '1\n\n'].map((piece) => ['a.srt', SRT, piece] as const),
    ...['NOTE\n\n', 'NOTE ', '<v a>', '&amp;', 'line:0 '].map(
      (piece) => ['a.vtt', 'WEBVTT\n\n00:01.000 --> 00:02.000 ', piece] as const,
    ),
    ...[
      '{',
      '}',
      '{}',
      '\\{',
      '{\\t(',
      '\\t(',
      ',',
      ' ',
      '[',
      '\\',
      `\n${EVENT}`,
      `\n${EVENT}{`,
      `\n${EVENT}{\\t(\\t(`,
      `\n${EVENT}{\\pos( ${' '.repeat(200)}`,
    ].map((piece) => ['a.ass', ASS + EVENT, piece] as const),
    ...['Format: ', 'Style: ,', 'Style : ', ' :', ': \n'].map(
      (piece) => ['a.ass', '[Script Info]\n[V4+ Styles]\n', piece] as const,
    ),
    ...[
      '<',
      '<p>',
      '</p>',
      '<p begin="1s" end="2s">',
      '<span>',
      '<b>',
      '</b>',
      '<!--',
      '<![CDATA[',
      '<?',
      '<!',
      '<!DOCTYPE[',
      '"',
      "<a b='",
      '&',
      '&amp;',
      ' a',
      ' a=',
      '<br/>',
      '\n ',
    ].map((piece) => ['a.ttml', TTML, piece] as const),
    ['a.ttml', `${TTML}<a `, 'b '] as const,
    ['a.ttml', `${TTML}<a`, ' b="1"'] as const,
    ...['[', '[0', '[00:01.00]', '<00:01.00>', '[a:', ' '].map((piece) => ['a.lrc', '[00:01.00]', piece] as const),
    ...['字\n', '字', ' '].map((piece) => ['a.txt', '字', piece] as const),
  ])(
    '%s %j %j',
    (name, head, piece) => {
      expect(seconds(Buffer.from(head + fill(piece, MUCH)), name)).toBeLessThan(LIMIT_MS);
    },
    60_000,
  );
});

describe('twenty megabytes of captions', () => {
  it('srt', () => {
    const cue = (i: number): string => {
      const at = new Date(i * 1000).toISOString().slice(11, 23).replace('.', ',');
      const end = new Date(i * 1000 + 900).toISOString().slice(11, 23).replace('.', ',');
      return `${i + 1}\n${at} --> ${end}\n清晨五点，茶园的雾还没有散。\n老周已经背着竹篓上了山。\n\n`;
    };
    const day = Array.from({ length: 86_000 }, (_, i) => cue(i)).join('');
    const bytes = Buffer.from(fill(day, 20 * MB));
    expect(bytes.length).toBeGreaterThan(20 * MB - 1);
    expect(seconds(bytes, 'a.srt')).toBeLessThan(40_000);
  }, 120_000);
});
