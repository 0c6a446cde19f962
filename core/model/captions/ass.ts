/**
 * Cues as an ASS script: the one text from which the preview draws (jassub), the exporter burns in (libass) and
 * a file is saved. Line breaks are ours (WrapStyle 2), the font is the one that ships with the studio.
 */
import type { Cue } from './schema.ts';
import { clockCs, rounded } from './time.ts';

export interface AssOptions {
  /** Picture the sizes refer to, pixels. */
  playResX?: number;
  playResY?: number;
  font?: string;
  /** Height of the type, pixels of the picture. */
  fontSize?: number;
  /** Free space at the left and right, and below, pixels of the picture. */
  marginX?: number;
  marginY?: number;
}

/**
 * 1080x1920: 60 px type sets 16 full-width characters in 90 % of the width (the Chinese limit of one line); the
 * lowest fifth stays free for the buttons of the platforms.
 */
const DEFAULTS: Required<AssOptions> = {
  playResX: 1080,
  playResY: 1920,
  font: 'Noto Sans SC',
  fontSize: 60,
  marginX: 54,
  marginY: 420,
};

const STYLE_FORMAT =
  'Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding';
const EVENT_FORMAT = 'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text';

/** The style every cue has: white with a black rim, bottom centre. Colours are &HAABBGGRR. */
export function assStyleLine(options: AssOptions = {}): string {
  const { font, fontSize, marginX, marginY } = { ...DEFAULTS, ...options };
  return `Style: Default,${font},${fontSize},&H00FFFFFF,&H000000FF,&H00000000,&H64000000,0,0,0,0,100,100,0,0,1,3,1,2,${marginX},${marginX},${marginY},1`;
}

/**
 * Plain text for the Text field. `{` would open an override block and `\N` would break the line: braces are
 * escaped as libass reads them, and a backslash is kept apart from what follows by a word joiner (U+2060), which has
 * no width and no glyph of its own.
 */
export function assText(text: string): string {
  return text.replaceAll('\\', '\\\u2060').replace(/[{}]/g, '\\$&').replaceAll('\u00A0', '\\h').replaceAll('\n', '\\N');
}

function overrides(style: Cue['style']): string {
  if (!style) return '';
  const tags = [
    style.align === undefined ? '' : `\\an${style.align}`,
    style.bold ? '\\b1' : '',
    style.italic ? '\\i1' : '',
    style.underline ? '\\u1' : '',
    style.strike ? '\\s1' : '',
  ].join('');
  return tags === '' ? '' : `{${tags}}`;
}

/** Fields are parted by commas, so a comma in a name becomes a full-width one. */
const field = (name: string): string => name.replaceAll(',', '，');

/** The script of a caption table, `\n` line ends. Times are rounded to hundredths of a second, as the format has them. */
export function captionsToAss(cues: readonly Cue[], options: AssOptions = {}): string {
  const { playResX, playResY } = { ...DEFAULTS, ...options };
  const events = cues.map((cue) => {
    const [start, end] = rounded(cue, 10_000);
    const name = field(cue.speaker ?? '');
    return `Dialogue: 0,${clockCs(start)},${clockCs(end)},Default,${name},0,0,0,,${overrides(cue.style)}${assText(cue.text)}`;
  });
  const lines = [
    '[Script Info]',
    'ScriptType: v4.00+',
    `PlayResX: ${playResX}`,
    `PlayResY: ${playResY}`,
    'WrapStyle: 2',
    'ScaledBorderAndShadow: yes',
    '',
    '[V4+ Styles]',
    STYLE_FORMAT,
    assStyleLine(options),
    '',
    '[Events]',
    EVENT_FORMAT,
    ...events,
  ];
  return `${lines.join('\n')}\n`;
}
