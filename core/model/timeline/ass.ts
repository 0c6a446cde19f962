/**
 * The captions and titles of a timeline as an ASS script: one text for the preview (libass in the page) and the film (ffmpeg's libass).
 * Every line break, place and size is ours; libass only draws.
 */
import { assText, clockCs } from '../captions/index.ts';
import { CAPTION_FONT, FONTSIZE_OF_EM, lineWidthEm, missingGlyphs } from '../fonts/index.ts';
import { AI_LABEL_FRAMES, aiLabelLines, aiLabelStyle } from './ai-label.ts';
import { breakLine } from './breaking.ts';
import { assColour, edgeCs, firstFrameFrom, number, roomOf } from './ass-room.ts';
import type { AssCanvas, CaptionProblem, FrameWindow, Room } from './ass-room.ts';
import { TITLE_STYLE, titleLines, titlesOn } from './ass-titles.ts';
import type { LaidTitle } from './ass-titles.ts';
import type { CaptionStyle, Cue, Timeline } from './timeline.ts';
import { stackedText } from './two-languages.ts';

export { edgeCs } from './ass-room.ts';
export type { AssCanvas, CaptionProblem, FrameWindow } from './ass-room.ts';

export interface AssScript {
  ass: string;
  /** Cues and titles with something to draw in the window. */
  events: number;
  /** By cue or title; the whole timeline's for {@link timelineToAss}, the window's for {@link windowsToAss}. */
  problems: CaptionProblem[];
}

export const DRAFT_MARK = '草稿 未经审核';
/** The mark's character height, of the canvas's shorter side. */
const DRAFT_SIZE = 0.1;
/** Free space round the text on its plate, of the character height. */
const BOX_PADDING = 0.2;
/**
 * Character height of the second language, of that of the text. A line of English that is as long as is read well (42
 * letters and spaces, captions/limits.ts) is 20 to 20.7 ems wide in the bundled bold: at 0.7 of 60 pixels it fits beside
 * the buttons of an upright film (901 pixels).
 */
export const TRANSLATION_SIZE = 0.7;

type Position = CaptionStyle['position'];

interface Laid {
  cue: Cue;
  position: Position;
  lines: string[];
  /** Of the second language, below. */
  translation: string[];
  widthPx: number;
  /** First frame and end of the frames it is on. */
  from: number;
  to: number;
  /** Distance from the edge, pixels. */
  marginV: number;
  layer: number;
  problems: CaptionProblem[];
}

const sides = ({ canvas, safe }: Room, position: Position): { left: number; right: number } => ({
  left: (canvas.width * safe.left) / 1000,
  // The column of buttons does not reach the top.
  right: (canvas.width * (position === 'top' ? safe.left : safe.right)) / 1000,
});

/** Widest line in pixels: the style's, and no more than the safe area has, less the rim on both sides. */
function widestPx(room: Room, position: Position): number {
  const { canvas, style, scale } = room;
  const { left, right } = sides(room, position);
  const rim = 2 * (style.outlineWidth + (style.box ? style.size * BOX_PADDING : 0)) * scale;
  return Math.min((canvas.width * style.lineWidth) / 1000, canvas.width - left - right) - rim;
}

interface BrokenText {
  lines: string[];
  widthPx: number;
  tooWide: string | null;
}

/** The lines of a text in characters `em` pixels high. */
function brokenText(text: string, em: number, position: Position, room: Room): BrokenText {
  const { bold } = room.style;
  const broken = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => breakLine(line, bold, widestPx(room, position) / em, room.names));
  const lines = broken.flatMap((part) => part.lines);
  return {
    lines,
    widthPx: Math.max(0, ...lines.map((line) => lineWidthEm(line, bold))) * em,
    tooWide: broken.find((part) => part.tooWide !== null)?.tooWide ?? null,
  };
}

function layOut(cue: Cue, room: Room): Omit<Laid, 'marginV' | 'layer'> | null {
  const { style, scale, rate } = room;
  const em = style.size * scale;
  const position = cue.position ?? style.position;
  const first = brokenText(cue.text, em, position, room);
  const second = brokenText(cue.translation ?? '', em * TRANSLATION_SIZE, position, room);
  if (first.lines.length + second.lines.length === 0) return null;
  const chars = missingGlyphs(stackedText(cue)).join('');
  const text = first.tooWide ?? second.tooWide;
  const from = firstFrameFrom(cue.startUs, rate);
  return {
    cue,
    position,
    lines: first.lines,
    translation: second.lines,
    widthPx: Math.max(first.widthPx, second.widthPx),
    from,
    // What is shorter than a frame is on one all the same.
    to: Math.max(from + 1, firstFrameFrom(cue.endUs, rate)),
    problems: [
      ...(chars === '' ? [] : [{ code: 'missing_glyphs' as const, cueId: cue.id, chars }]),
      ...(text === null ? [] : [{ code: 'caption_too_wide' as const, cueId: cue.id, text }]),
    ],
  };
}

/**
 * How far from its edge a cue stands, pixels. The style's margin is meant for the style's own place; a cue that stands
 * elsewhere keeps free what the platform needs there.
 */
function baseOf(position: Position, { canvas, safe, style, scale }: Room): number {
  const edge = position === 'top' ? safe.top : safe.bottom;
  const plate = style.box ? style.size * BOX_PADDING * scale : 0;
  return (canvas.height * (position === style.position ? (style.margin ?? edge) : edge)) / 1000 + plate;
}

/** Puts cues that are on together at one place above each other (below, at the top), the same in every window of the film. */
function stack(laid: Omit<Laid, 'marginV' | 'layer'>[], room: Room): Laid[] {
  const { style, scale } = room;
  const lineHeight = style.size * scale * FONTSIZE_OF_EM;
  const placed: Laid[] = [];
  let on: (Laid & { end: number })[] = [];
  for (const one of laid) {
    const height = (one.lines.length + one.translation.length * TRANSLATION_SIZE) * lineHeight;
    on = on.filter((other) => one.from < other.to);
    const together = on.filter(({ position }) => position === one.position);
    let start = baseOf(one.position, room);
    for (const other of together.sort((a, b) => a.marginV - b.marginV)) {
      if (other.marginV < start + height && start < other.end) start = other.end;
    }
    // In the middle libass itself keeps cues of one layer apart.
    const layer = one.position === 'middle' ? 0 : together.length;
    placed.push({ ...one, marginV: start, layer });
    on.push({ ...one, marginV: start, layer, end: start + height });
  }
  return placed;
}

const ALIGNMENT = { bottom: 2, middle: 5, top: 8 } as const;

function styleLines(room: Room, titled: boolean): string[] {
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
  return [
    `Style: ${caption.join(',')}`,
    ...(titled ? [TITLE_STYLE] : []),
    ...(canvas.draft ? [`Style: ${draft.join(',')}`] : []),
    ...(canvas.aiMade ? [aiLabelStyle(room)] : []),
  ];
}

/** The lines as one text: those of the second language smaller, below. */
function wordsOf({ lines, translation }: Laid, { style, scale }: Room): string {
  const text = assText(lines.join('\n'));
  if (translation.length === 0) return text;
  const small = `{\\fs${number(style.size * scale * FONTSIZE_OF_EM * TRANSLATION_SIZE)}}`;
  return `${text}${lines.length > 0 ? '\\N' : ''}${small}${assText(translation.join('\n'))}`;
}

function eventLine(one: Laid, room: Room, fromFrame: number): string {
  const { canvas, rate, style } = room;
  const { left, right } = sides(room, one.position);
  // In the middle of the canvas; nearer to the left only as far as keeps the column of buttons free.
  const middle = Math.min(canvas.width / 2, canvas.width - right - one.widthPx / 2);
  const marginL = Math.max(0, Math.round(left));
  const marginR = Math.max(0, Math.round(canvas.width + marginL - 2 * middle));
  const marginV = one.position === 'middle' ? 0 : Math.round(one.marginV);
  const times = [one.from - fromFrame, one.to - fromFrame].map((frame) => clockCs(edgeCs(frame, rate)));
  const name = (one.cue.speaker ?? '').replaceAll(',', '，');
  const place = one.position === style.position ? '' : `{\\an${ALIGNMENT[one.position]}}`;
  const text = `${place}${wordsOf(one, room)}`;
  return `Dialogue: ${one.layer},${times.join(',')},Caption,${name},${marginL},${marginR},${marginV},,${text}`;
}

export function script(room: Room, events: string[], titled: boolean): string {
  const head = [
    ...['[Script Info]', 'ScriptType: v4.00+', `PlayResX: ${room.canvas.width}`, `PlayResY: ${room.canvas.height}`],
    // With a language named, a libass does not choose one for each script, which gave digits behind Latin letters other forms in the page.
    ...['WrapStyle: 2', 'ScaledBorderAndShadow: yes', 'YCbCr Matrix: TV.709', 'Language: zh', '', '[V4+ Styles]'],
    'Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding',
    ...styleLines(room, titled),
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

/** The mark of a draft for so many hundredths of a second. */
export const draftLine = (endCs: number): string =>
  `Dialogue: 99,0:00:00.00,${clockCs(endCs)},Draft,,0,0,0,,${DRAFT_MARK}`;

export interface LaidFilm {
  cues: Laid[];
  titles: LaidTitle[];
}

export const laidFilm = (timeline: Timeline, room: Room): LaidFilm => ({
  cues: laidOut(timeline, room),
  titles: titlesOn(timeline, room),
});

/** The events of captions and titles in a window, and what must be mended of them. */
export function wordsIn(room: Room, film: LaidFilm, window: FrameWindow) {
  const isIn = (one: FrameWindow): boolean => one.from < window.to && window.from < one.to;
  const inside = film.cues.filter(isIn);
  const titles = film.titles.filter(isIn);
  const events = inside.map((one) => {
    const [from, to] = [Math.max(one.from, window.from), Math.min(one.to, window.to)];
    return eventLine({ ...one, from, to }, room, window.from);
  });
  titles.forEach((title) => events.push(...titleLines(title, film.titles.indexOf(title), room, window)));
  const problems = [...inside, ...titles].flatMap((one) => one.problems);
  return { events, titled: titles.length > 0, problems };
}

function compose(room: Room, film: LaidFilm, window: FrameWindow): AssScript {
  const { events, titled, problems } = wordsIn(room, film, window);
  if (room.canvas.draft) events.push(draftLine(edgeCs(window.to - window.from, room.rate) + 100));
  if (room.canvas.aiMade) events.push(...aiLabelLines(room, film.titles, window));
  return { ass: script(room, events, titled), events: events.length, problems };
}

/**
 * The script of all captions and titles, in timeline time. Sizes of the style are scaled by the canvas's shorter side over 1080;
 * times stand between two frames of the 30 a second that films have. `problems`: what must be mended before a film is
 * made; the script can be shown all the same.
 */
export function timelineToAss(timeline: Timeline, canvas: AssCanvas): AssScript {
  const room = roomOf(timeline, canvas);
  const film = laidFilm(timeline, room);
  const least = canvas.aiMade ? AI_LABEL_FRAMES : 1;
  const end = [...film.cues, ...film.titles].reduce((last, one) => Math.max(last, one.to), least);
  return compose(room, film, { from: 0, to: end });
}

/** Scripts of several windows, each counted from its own first frame; a cue or title looks and stands the same in each. */
export function windowsToAss(timeline: Timeline, canvas: AssCanvas, windows: readonly FrameWindow[]): AssScript[] {
  const room = roomOf(timeline, canvas);
  const film = laidFilm(timeline, room);
  return windows.map((window) => compose(room, film, window));
}
