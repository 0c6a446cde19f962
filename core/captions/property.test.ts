/** Whatever the cues: written and read again they are the same. Whatever the bytes: cues, or an error of the table. */
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { random, takeBytes } from '../../tests/fixtures/captions.ts';
import { captionTable, cueText, type CaptionFormat, type Cue } from '../model/captions/index.ts';
import { StudioError } from '../model/errors.ts';
import { readCaptions, writeCaptions } from './index.ts';

type Random = () => number;
const pick = <T>(next: Random, from: readonly T[]): T => from[Math.floor(next() * from.length)] as T;

const WORDS = [
  ...[
    '清明',
    '前五天',
    '，',
    '2026',
    '1',
    '00:00:01,000 --> 00:00:02,000',
    '1:2 → 3:4',
    'a b',
    '\u00a0',
    '　',
    '，',
    ',',
  ],
  ...[
    '<i>',
    '</i>',
    '<b',
    '>',
    '<',
    '<v 甲>',
    '<00:01.000>',
    '&',
    '&amp;',
    '&lt;',
    '&#65;',
    '{',
    '}',
    '{\\an8}',
    '{y:i}',
    '\\N',
    '\\h',
    '\\n',
    '\\',
  ],
  ...[
    'NOTE',
    'WEBVTT',
    '-->',
    ']]>',
    '<![CDATA[',
    '[00:05.00]',
    '[Events]',
    '👨‍👩‍👧',
    '𠮷',
    '"',
    "'",
    '\u2060',
    'Dialogue: 0',
    '#',
    '%',
  ],
];

function words(next: Random, lines: number): string {
  const line = (): string => Array.from({ length: 1 + Math.floor(next() * 6) }, () => pick(next, WORDS)).join('');
  return cueText(Array.from({ length: lines }, line).join('\n')) || '文';
}

interface Shape {
  unitUs: number;
  lines: number;
  overlap: boolean;
  id: boolean;
  speaker: boolean;
  align: boolean;
  flags: readonly ('bold' | 'italic' | 'underline' | 'strike')[];
}

function styleOf(next: Random, shape: Shape): Cue['style'] {
  const flags = shape.flags.filter(() => next() < 0.2).map((flag) => [flag, true]);
  const align = shape.align && next() < 0.3 ? { align: pick(next, [1, 3, 4, 5, 6, 7, 8, 9]) } : {};
  const style = { ...Object.fromEntries(flags), ...align } as NonNullable<Cue['style']>;
  return Object.keys(style).length > 0 ? style : undefined;
}

function table(next: Random, shape: Shape): Cue[] {
  let at = 0;
  const cues = Array.from({ length: 1 + Math.floor(next() * 12) }, (_, i): Cue => {
    const start = at + Math.floor(next() * 300_000);
    const end = start + 1 + Math.floor(next() * 500_000);
    at = shape.overlap ? start + 1 : end;
    const style = styleOf(next, shape);
    const name = words(next, 1).replaceAll(',', '，').slice(0, 20).trim();
    return {
      ...(shape.id && next() < 0.5 ? { id: `名${i}` } : {}),
      startUs: start * shape.unitUs,
      endUs: end * shape.unitUs,
      text: words(next, 1 + Math.floor(next() * shape.lines)),
      ...(style ? { style } : {}),
      ...(shape.speaker && next() < 0.5 && !/\p{Cs}$/u.test(name) && name !== '' ? { speaker: name } : {}),
    };
  });
  return captionTable.parse(cues);
}

const ALL = ['bold', 'italic', 'underline', 'strike'] as const;
const SHAPES: Record<Exclude<CaptionFormat, 'txt'>, Shape> = {
  srt: { unitUs: 1000, lines: 3, overlap: true, id: false, speaker: false, align: true, flags: ALL },
  vtt: {
    unitUs: 1000,
    lines: 3,
    overlap: true,
    id: true,
    speaker: true,
    align: true,
    flags: ['bold', 'italic', 'underline'],
  },
  ttml: { unitUs: 1000, lines: 3, overlap: true, id: true, speaker: true, align: true, flags: ALL },
  ass: { unitUs: 10_000, lines: 3, overlap: true, id: false, speaker: true, align: true, flags: ALL },
  lrc: { unitUs: 10_000, lines: 1, overlap: false, id: false, speaker: false, align: false, flags: [] },
};

describe('round trips', () => {
  it.each(Object.entries(SHAPES))('%s', (format, shape) => {
    const next = random(7);
    for (let round = 0; round < 400; round++) {
      // LRC has no way to write what looks like the time of a word.
      const cues = table(next, shape).filter((cue) => format !== 'lrc' || !cue.text.includes('<00:01.000>'));
      if (cues.length === 0) continue;
      const { text, repairs } = writeCaptions(cues, format as CaptionFormat);
      const back = takeBytes(Buffer.from(text), `a.${format}`);
      expect(back.cues, text).toEqual(cues);
      expect(repairs, text).toEqual([]);
      expect(writeCaptions(back.cues, format as CaptionFormat).text).toBe(text);
    }
  });

  it('txt keeps the words', () => {
    const next = random(9);
    for (let round = 0; round < 100; round++) {
      const cues = table(next, { ...SHAPES.lrc, overlap: true }).map((cue) => ({
        ...cue,
        text: cue.text.replace(/^[[<W]|--|→/g, '文'),
      }));
      const { text } = writeCaptions(cues, 'txt');
      expect(text).toBe(cues.map((cue) => `${cue.text}\n`).join(''));
      expect(takeBytes(Buffer.from(text), 'a.txt').cues.map((cue) => cue.text)).toEqual(cues.map((cue) => cue.text));
    }
  });

  it('a format that lacks something says so', () => {
    const cue: Cue = {
      id: 'q',
      startUs: 1234,
      endUs: 2_000_000,
      text: '上\n下',
      speaker: '甲,乙',
      style: { align: 8, strike: true },
    };
    const codes = (format: CaptionFormat): string[] => writeCaptions([cue], format).repairs.map(({ code }) => code);
    expect(codes('srt')).toEqual(['ids_not_written', 'speakers_not_written']);
    expect(codes('vtt')).toEqual(['styles_not_written']);
    expect(codes('ass')).toEqual(['ids_not_written', 'names_changed']);
    expect(codes('ttml')).toEqual([]);
    expect(codes('lrc')).toEqual(['ids_not_written', 'speakers_not_written', 'styles_not_written', 'lines_joined']);
    expect(codes('txt')).toContain('times_not_written');
    const overlapping = [cue, { ...cue, startUs: 1_000_000, endUs: 3_000_000 }];
    expect(writeCaptions(overlapping, 'lrc').repairs.map(({ code }) => code)).toContain('overlaps_cut');
  });
});

const NAMES = ['a.srt', 'a.vtt', 'a.ass', 'a.ttml', 'a.txt', 'a.lrc'];

/** Cues that hold to the table's rules and can be written, or an error of the table. */
function survive(bytes: Uint8Array, name: string): void {
  let cues: Cue[];
  try {
    ({ cues } = readCaptions(bytes, name));
  } catch (error) {
    expect(error).toBeInstanceOf(StudioError);
    expect((error as StudioError).code).not.toBe('internal');
    return;
  }
  expect(() => captionTable.parse(cues)).not.toThrow();
  for (const format of ['srt', 'vtt', 'ass', 'ttml', 'txt', 'lrc'] as const) writeCaptions(cues, format);
}

describe('whatever comes in', () => {
  it('random bytes', () => {
    const next = random(1);
    for (let round = 0; round < 600; round++) {
      const bytes = Uint8Array.from({ length: Math.floor(next() * 400) }, () => Math.floor(next() * 256));
      survive(bytes, pick(next, NAMES));
    }
  });

  it('soups of the formats’ own pieces, whole and damaged', () => {
    const next = random(2);
    const pieces = [
      ...WORDS,
      ...[
        '\n',
        '\n\n',
        '\r',
        '\0',
        '1\n',
        '00:00:01,000 --> 00:00:02,000\n',
        '00:01.000 --> 00:00.500 line:0\n',
        '-00:00:01,5 --> x\n',
      ],
      ...[
        'WEBVTT\n\n',
        '[Script Info]\n',
        '[V4 Styles]\n',
        'Format: Text, Start\n',
        'Format:\n',
        'Style: ,,,\n',
        '[Events]\n',
      ],
      ...[
        'Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,',
        'Dialogue:\n',
        '{\\t(\\t(',
        '{\\clip(m 0 0)}',
        '{\\p1}',
        '\u2028',
        '\ufdd0',
      ],
      ...[
        '<tt>',
        '<tt ',
        'ttp:frameRate="0" ',
        '<p begin="1s" end="0.5s">',
        '<p begin="1e9h">',
        '</p>',
        '<head>',
        '</head>',
        '<br/>',
        '<!DOCTYPE [',
        '<?xml ',
      ],
      ...['[00:01.00]', '[offset:-999999999]', '[99999:99.999999]'],
    ];
    for (let round = 0; round < 1500; round++) {
      const text = Array.from({ length: Math.floor(next() * 60) }, () => pick(next, pieces)).join('');
      const encoding = pick(next, ['utf8', 'utf8', 'gb18030', 'utf-16le']);
      const bytes = iconv.encode(text, encoding);
      if (next() < 0.3 && bytes.length > 0) bytes[Math.floor(next() * bytes.length)] = Math.floor(next() * 256);
      survive(bytes, pick(next, NAMES));
    }
  });

  it.each([
    ['', 'a.srt', 'empty_file'],
    [' \n\ufeff\n', 'a.srt', 'empty_file'],
    ['只有文字', 'a.srt', 'not_captions'],
    ['只有文字', 'a.vtt', 'not_captions'],
    ['只有文字', 'a.sub', 'unsupported_format'],
    ['只有文字', 'srt', 'unsupported_format'],
    ['PK\u0003\u0004', 'a.srt', 'not_captions'],
  ])('%j as %s is %s', (text, name, code) => {
    expect(() => readCaptions(Buffer.from(text), name)).toThrow(expect.objectContaining({ code }) as Error);
  });

  it('a file beyond the limit', () => {
    const bytes = new Uint8Array(50 * 1024 * 1024 + 1);
    expect(() => readCaptions(bytes, 'a.srt')).toThrow(expect.objectContaining({ code: 'too_large' }) as Error);
  });
});
