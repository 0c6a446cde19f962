/**
 * The captions of a timeline as an ASS script: one text for the preview (libass in the page) and the film (ffmpeg's libass).
 * Every line break, place and size is ours; libass only draws.
 */
import { assText, clockCs } from '../captions/index.ts';
import { CAPTION_FONT, FONTSIZE_OF_EM, lineWidthEm, missingGlyphs } from '../fonts/index.ts';
import { breakLine } from './breaking.ts';
import { frameTime, mulDivFloor, parseRational } from './rational.ts';
import type { Rational } from './rational.ts';
import { safeAreaOf } from './safe-areas.ts';
import type { SafeArea } from './safe-areas.ts';
import { DEFAULT_FRAME_RATE } from './targets.ts';
import type { CaptionStyle, Cue, Timeline } from './timeline.ts';

export interface AssCanvas {
  /** Pixels; also the script's PlayRes. */
  width: number;
  height: number;
  /** Space kept free at the edges; that of the platform with this shape by default. */
  safe?: SafeArea;
  /** Marks every frame of the window as a draft. */
  draft?: boolean;
}

export type CaptionProblem =
  { code: 'missing_glyphs'; cueId: string; chars: string } | { code: 'caption_too_wide'; cueId: string; text: string };

export interface AssScript {
  ass: string;
  /** Cues with something to draw in the window. */
  events: number;
  /** By cue; the whole timeline's for {@link timelineToAss}, the window's for {@link windowsToAss}. */
  problems: CaptionProblem[];
}

export const DRAFT_MARK = '草稿 未经审核';
/** The mark's character height, of the canvas's shorter side. */
const DRAFT_SIZE = 0.1;
/** Free space round the text on its plate, of the character height. */
const BOX_PADDING = 0.2;

interface Laid {
  cue: Cue;
  lines: string[];
  widthPx: number;
  /** First frame and end of the frames it is on. */
  from: number;
  to: number;
  /** Distance from the edge, pixels. */
  marginV: number;
  layer: number;
  problems: CaptionProblem[];
}

interface Room {
  canvas: AssCanvas;
  safe: SafeArea;
  style: CaptionStyle;
  /** Pixels of the canvas for one pixel of the style. */
  scale: number;
  rate: Rational;
}

function roomOf(timeline: Timeline, canvas: AssCanvas): Room {
  return {
    canvas,
    safe: canvas.safe ?? safeAreaOf(null, canvas),
    style: timeline.captions.style,
    scale: Math.min(canvas.width, canvas.height) / 1080,
    rate: parseRational(DEFAULT_FRAME_RATE) ?? { num: 30, den: 1 },
  };
}

const sides = ({ canvas, safe, style }: Room): { left: number; right: number } => ({
  left: (canvas.width * safe.left) / 1000,
  // The column of buttons does not reach the top.
  right: (canvas.width * (style.position === 'top' ? safe.left : safe.right)) / 1000,
});

/** Widest line in pixels: the style's, and no more than the safe area has, less the rim on both sides. */
function widestPx(room: Room): number {
  const { canvas, style, scale } = room;
  const { left, right } = sides(room);
  const rim = 2 * (style.outlineWidth + (style.box ? style.size * BOX_PADDING : 0)) * scale;
  return Math.min((canvas.width * style.lineWidth) / 1000, canvas.width - left - right) - rim;
}

const firstFrameFrom = (us: number, rate: Rational): number => {
  const n = mulDivFloor(us, rate.num, 1_000_000 * rate.den);
  return frameTime(n, rate) < us ? n + 1 : n;
};

function layOut(cue: Cue, room: Room): Omit<Laid, 'marginV' | 'layer'> | null {
  const { style, scale, rate } = room;
  if (cue.text.trim() === '') return null;
  const em = style.size * scale;
  const broken = cue.text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => breakLine(line, style.bold, widestPx(room) / em));
  const lines = broken.flatMap((part) => part.lines);
  const chars = missingGlyphs(cue.text).join('');
  const text = broken.find((part) => part.tooWide !== null)?.tooWide ?? null;
  const from = firstFrameFrom(cue.startUs, rate);
  return {
    cue,
    lines,
    widthPx: Math.max(...lines.map((line) => lineWidthEm(line, style.bold))) * em,
    from,
    // What is shorter than a frame is on one all the same.
    to: Math.max(from + 1, firstFrameFrom(cue.endUs, rate)),
    problems: [
      ...(chars === '' ? [] : [{ code: 'missing_glyphs' as const, cueId: cue.id, chars }]),
      ...(text === null ? [] : [{ code: 'caption_too_wide' as const, cueId: cue.id, text }]),
    ],
  };
}

/** Puts cues that are on together above each other (below, at the top), the same in every window of the film. */
function stack(laid: Omit<Laid, 'marginV' | 'layer'>[], room: Room): Laid[] {
  const { canvas, safe, style, scale } = room;
  const edge = style.position === 'top' ? safe.top : safe.bottom;
  const plate = style.box ? style.size * BOX_PADDING * scale : 0;
  const base = (canvas.height * (style.margin ?? edge)) / 1000 + plate;
  const lineHeight = style.size * scale * FONTSIZE_OF_EM;
  const placed: Laid[] = [];
  let on: (Laid & { end: number })[] = [];
  for (const one of laid) {
    const height = one.lines.length * lineHeight;
    on = on.filter((other) => one.from < other.to);
    const together = [...on];
    let start = base;
    for (const other of together.sort((a, b) => a.marginV - b.marginV)) {
      if (other.marginV < start + height && start < other.end) start = other.end;
    }
    // In the middle libass itself keeps cues of one layer apart.
    const layer = style.position === 'middle' ? 0 : together.length;
    placed.push({ ...one, marginV: start, layer });
    on.push({ ...one, marginV: start, layer, end: start + height });
  }
  return placed;
}

const hex2 = (value: number): string => Math.round(value).toString(16).toUpperCase().padStart(2, '0');
/** `#RRGGBB` as ASS writes it, &HAABBGGRR; alpha 0 is opaque. */
const assColour = (colour: string, alpha = 0): string =>
  `&H${hex2(alpha)}${colour.slice(5, 7)}${colour.slice(3, 5)}${colour.slice(1, 3)}`;
const number = (value: number): string => String(Math.round(value * 100) / 100);

const ALIGNMENT = { bottom: 2, middle: 5, top: 8 } as const;

function styleLines(room: Room): string[] {
  const { style, scale, canvas } = room;
  const { box } = style;
  const back = box ? assColour(box.colour, 255 - (box.opacity * 255) / 100) : '&H80000000';
  // BorderStyle 4 (libass): one plate behind all lines, in BackColour, wider than the text by Shadow.
  const shadow = (box ? style.size * BOX_PADDING : style.shadow) * scale;
  const caption = [
    ...['Caption', CAPTION_FONT, number(style.size * scale * FONTSIZE_OF_EM)],
    ...[assColour(style.colour), assColour(style.colour), assColour(style.outlineColour), back],
    ...[style.bold ? '-1' : '0', '0', '0', '0', '100', '100', '0', '0', box ? '4' : '1'],
    ...[number(style.outlineWidth * scale), number(shadow), ALIGNMENT[style.position], '0', '0', '0', '1'],
  ];
  const side = Math.min(canvas.width, canvas.height);
  const draft = [
    ...['Draft', CAPTION_FONT, number(side * DRAFT_SIZE * FONTSIZE_OF_EM)],
    ...['&H60FFFFFF', '&H60FFFFFF', '&H60000000', '&HFF000000', '-1', '0', '0', '0', '100', '100', '0', '20'],
    ...['1', number(side * 0.004), '0', '5', '0', '0', '0', '1'],
  ];
  return [`Style: ${caption.join(',')}`, ...(canvas.draft ? [`Style: ${draft.join(',')}`] : [])];
}

/** Between two frames, so that rounding to hundredths moves nothing onto a neighbour. */
const edgeCs = (frame: number, rate: Rational): number =>
  frame <= 0 ? 0 : Math.round(((frame - 0.5) * 100 * rate.den) / rate.num);

function eventLine(one: Laid, room: Room, fromFrame: number): string {
  const { canvas, rate, style } = room;
  const { left, right } = sides(room);
  // In the middle of the canvas; nearer to the left only as far as keeps the column of buttons free.
  const middle = Math.min(canvas.width / 2, canvas.width - right - one.widthPx / 2);
  const marginL = Math.max(0, Math.round(left));
  const marginR = Math.max(0, Math.round(canvas.width + marginL - 2 * middle));
  const marginV = style.position === 'middle' ? 0 : Math.round(one.marginV);
  const times = [one.from - fromFrame, one.to - fromFrame].map((frame) => clockCs(edgeCs(frame, rate)));
  const name = (one.cue.speaker ?? '').replaceAll(',', '，');
  const text = assText(one.lines.join('\n'));
  return `Dialogue: ${one.layer},${times.join(',')},Caption,${name},${marginL},${marginR},${marginV},,${text}`;
}

function script(room: Room, events: string[]): string {
  const head = [
    ...['[Script Info]', 'ScriptType: v4.00+', `PlayResX: ${room.canvas.width}`, `PlayResY: ${room.canvas.height}`],
    ...['WrapStyle: 2', 'ScaledBorderAndShadow: yes', 'YCbCr Matrix: TV.709', '', '[V4+ Styles]'],
    'Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding',
    ...styleLines(room),
    ...['', '[Events]'],
    'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
  ];
  return `${[...head, ...events].join('\n')}\n`;
}

function laidOut(timeline: Timeline, room: Room): Laid[] {
  return stack(
    timeline.captions.cues.flatMap((cue) => layOut(cue, room) ?? []),
    room,
  );
}

/** Frames of a window, on the grid of 30 a second; `to` is exclusive. */
export interface FrameWindow {
  from: number;
  to: number;
}

function compose(room: Room, laid: Laid[], window: FrameWindow): AssScript {
  const inside = laid.filter((one) => one.from < window.to && window.from < one.to);
  const events = inside.map((one) => {
    const [from, to] = [Math.max(one.from, window.from), Math.min(one.to, window.to)];
    return eventLine({ ...one, from, to }, room, window.from);
  });
  if (room.canvas.draft) {
    const end = clockCs(edgeCs(window.to - window.from, room.rate) + 100);
    events.push(`Dialogue: 99,0:00:00.00,${end},Draft,,0,0,0,,${DRAFT_MARK}`);
  }
  return { ass: script(room, events), events: events.length, problems: inside.flatMap((one) => one.problems) };
}

/**
 * The script of all captions, in timeline time. Sizes of the style are scaled by the canvas's shorter side over 1080;
 * times stand between two frames of the 30 a second that films have. `problems`: what must be mended before a film is
 * made; the script can be shown all the same.
 */
export function timelineToAss(timeline: Timeline, canvas: AssCanvas): AssScript {
  const room = roomOf(timeline, canvas);
  const laid = laidOut(timeline, room);
  const end = laid.reduce((last, one) => Math.max(last, one.to), 1);
  return compose(room, laid, { from: 0, to: end });
}

/** Scripts of several windows, each counted from its own first frame; a cue looks and stands the same in each. */
export function windowsToAss(timeline: Timeline, canvas: AssCanvas, windows: readonly FrameWindow[]): AssScript[] {
  const room = roomOf(timeline, canvas);
  const laid = laidOut(timeline, room);
  return windows.map((window) => compose(room, laid, window));
}
