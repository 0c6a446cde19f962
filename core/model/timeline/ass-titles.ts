/**
 * Titles, name bars and marks as ASS events: plate, bar and lines, each at a place we work out. They stand over the captions,
 * within the safe area of the target, and come and go by themselves.
 */
import { assText, clockCs } from '../captions/index.ts';
import { CAPTION_FONT, FONTSIZE_OF_EM, lineWidthEm, missingGlyphs } from '../fonts/index.ts';
import { assColour, edgeCs, firstFrameFrom, number } from './ass-room.ts';
import type { CaptionProblem, FrameWindow, Room } from './ass-room.ts';
import { breakLine } from './breaking.ts';
import { dressed } from './title-dress.ts';
import { titleLookOf } from './title-looks.ts';
import type { TitleLook } from './title-looks.ts';
import type { Timeline, Title } from './timeline.ts';

/** From one line's top to the next, of the character height. */
const LEADING = 1.28;
/** How far a bar that slides in comes from, pixels. */
const SLIDE = 60;
/** Above every caption's layer; titles that come later in the table lie over earlier ones. */
const LAYER = 40;
/** Distance of a bar from the text where there is no plate, pixels. */
const BAR_GAP = 18;

export const TITLE_STYLE = `Style: Title,${CAPTION_FONT},20,&H00FFFFFF,&H00FFFFFF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,0,0,7,0,0,0,1`;

/** Something drawn at a place: a shape from its own top left corner, or a line of text. */
interface Part {
  x: number;
  y: number;
  /** Tags but for place and time. */
  tags: string;
  text: string;
}

export interface LaidTitle {
  title: Title;
  look: TitleLook;
  from: number;
  to: number;
  parts: Part[];
  /** Where it is on the canvas, pixels. */
  box: { x: number; y: number; width: number; height: number };
  problems: CaptionProblem[];
}

interface Line {
  text: string;
  size: number;
  bold: boolean;
  colour: string;
  width: number;
}

interface Space {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function spaceOf({ canvas, safe }: Room, look: TitleLook): Space {
  const left = (canvas.width * safe.left) / 1000;
  // The column of buttons does not reach the top.
  const right = look.place.y === 'top' ? left : (canvas.width * safe.right) / 1000;
  return { left, right, top: (canvas.height * safe.top) / 1000, bottom: (canvas.height * safe.bottom) / 1000 };
}

/** Room round the lines, pixels of the canvas. */
function rims(look: TitleLook, scale: number): { left: number; right: number; top: number; bottom: number } {
  const { plate, bar, outline } = look;
  const [padX, padY] = plate ? [plate.padX, plate.padY] : [outline?.width ?? 0, outline?.width ?? 0];
  const beside = bar ? bar.size + (plate ? 0 : BAR_GAP) : 0;
  return {
    left: (padX + (bar?.side === 'left' ? beside : 0)) * scale,
    right: padX * scale,
    top: (padY + (bar?.side === 'top' ? beside : 0)) * scale,
    bottom: (padY + (bar?.side === 'bottom' ? beside : 0)) * scale,
  };
}

function linesOf(title: Title, look: TitleLook, widest: number, { scale, names }: Room) {
  const lines: Line[] = [];
  const problems: CaptionProblem[] = [];
  for (const { field, size, bold, colour } of look.lines) {
    const text = title.texts[field] ?? '';
    const chars = missingGlyphs(text).join('');
    if (chars !== '') problems.push({ code: 'missing_glyphs', cueId: title.id, chars });
    const em = size * scale;
    for (const part of text.split('\n').filter((line) => line.trim() !== '')) {
      const broken = breakLine(part, bold, widest / em, names);
      if (broken.tooWide !== null) {
        problems.push({ code: 'caption_too_wide', cueId: title.id, text: broken.tooWide });
      }
      lines.push(
        ...broken.lines.map((one) => ({ text: one, size: em, bold, colour, width: lineWidthEm(one, bold) * em })),
      );
    }
  }
  return { lines, problems };
}

/** Left or top edge of a box of that size. */
function placed(title: Title, look: TitleLook, room: Room, size: { width: number; height: number }) {
  const { canvas, scale } = room;
  const space = spaceOf(room, look);
  const { x, y, insetX, insetY } = look.place;
  if (title.at) {
    const clamp = (middle: number, of: number, whole: number): number =>
      Math.max(0, Math.min(whole - of, (middle / 1000) * whole - of / 2));
    return { x: clamp(title.at.x, size.width, canvas.width), y: clamp(title.at.y, size.height, canvas.height) };
  }
  const across = {
    left: space.left + insetX * scale,
    // In the middle of the canvas; nearer to the left only as far as keeps the column of buttons free.
    middle: Math.min((canvas.width - size.width) / 2, canvas.width - space.right - size.width) + insetX * scale,
    right: canvas.width - space.right - insetX * scale - size.width,
  }[x];
  const down = {
    top: space.top + insetY * scale,
    middle: (canvas.height - size.height) / 2 + insetY * scale,
    bottom: canvas.height - space.bottom - insetY * scale - size.height,
  }[y];
  return { x: Math.max(0, across), y: Math.max(0, Math.min(canvas.height - size.height, down)) };
}

const rectangle = (x: number, y: number, width: number, height: number, colour: string, opacity: number): Part => ({
  ...{ x, y, text: `m 0 0 l ${number(width)} 0 l ${number(width)} ${number(height)} l 0 ${number(height)}` },
  tags: `\\an7\\bord0\\shad0\\1c${assColour(colour)}&\\1a&H${alphaOf(opacity)}&\\p1`,
});

/** What ASS calls alpha: 0 is all there. `opacity` in percent. */
const alphaOf = (opacity: number): string =>
  Math.round(255 - (opacity * 255) / 100)
    .toString(16)
    .toUpperCase()
    .padStart(2, '0');

function barPart(look: TitleLook, box: LaidTitle['box'], scale: number, opacity: number): Part[] {
  if (!look.bar) return [];
  const size = look.bar.size * scale;
  const { colour, side } = look.bar;
  if (side === 'left') return [rectangle(box.x, box.y, size, box.height, colour, opacity)];
  return [rectangle(box.x, side === 'top' ? box.y : box.y + box.height - size, box.width, size, colour, opacity)];
}

interface Wear {
  look: TitleLook;
  scale: number;
  /** Of all of it, percent. */
  opacity: number;
}

function partsOf(lines: readonly Line[], box: LaidTitle['box'], { look, scale, opacity }: Wear): Part[] {
  const { plate, outline, align } = look;
  const rim = rims(look, scale);
  const anchor = { left: 7, middle: 8, right: 9 }[align];
  const inner = box.width - rim.left - rim.right;
  const x = box.x + rim.left + { left: 0, middle: inner / 2, right: inner }[align];
  let y = box.y + rim.top;
  const texts = lines.map((line): Part => {
    // libass puts a line's top at its font's ascent: what that is more than our leading is taken off on both sides.
    const top = y - ((FONTSIZE_OF_EM - LEADING) / 2) * line.size;
    y += line.size * LEADING;
    const edge = outline ? `\\bord${number(outline.width * scale)}\\3c${assColour(outline.colour)}&` : '\\bord0';
    const through = opacity < 100 ? `\\alpha&H${alphaOf(opacity)}&` : '';
    const tags = `\\an${anchor}\\fs${number(line.size * FONTSIZE_OF_EM)}\\b${line.bold ? 1 : 0}\\1c${assColour(line.colour)}&${edge}${through}`;
    return { x, y: top, tags, text: assText(line.text) };
  });
  return [
    ...(plate ? [rectangle(box.x, box.y, box.width, box.height, plate.colour, (plate.opacity * opacity) / 100)] : []),
    ...barPart(look, box, scale, opacity),
    ...texts,
  ];
}

/** A title laid out in a look; nothing where it says nothing. */
export function layLook(title: Title, plain: TitleLook, whole: Room): LaidTitle[] {
  const look = dressed(plain, title);
  const room = { ...whole, scale: (whole.scale * (title.size ?? 100)) / 100 };
  const { canvas, scale, rate } = room;
  const rim = rims(look, scale);
  const space = spaceOf(room, look);
  const widest = canvas.width - space.left - space.right - rim.left - rim.right;
  const { lines, problems } = linesOf(title, look, widest, room);
  if (lines.length === 0) return [];
  const size = {
    width: Math.max(...lines.map(({ width }) => width)) + rim.left + rim.right,
    height: lines.reduce((sum, line) => sum + line.size * LEADING, 0) + rim.top + rim.bottom,
  };
  const box = { ...placed(title, look, room, size), ...size };
  const from = firstFrameFrom(title.startUs, rate);
  const to = Math.max(from + 1, firstFrameFrom(title.endUs, rate));
  const parts = partsOf(lines, box, { look, scale, opacity: title.opacity ?? 100 });
  return [{ title, look, from, to, box, problems, parts }];
}

/** All titles of a timeline, laid out on a canvas; one whose look is not there or that says nothing is left out. */
export function titlesOn(timeline: Timeline, room: Room): LaidTitle[] {
  return timeline.titles.flatMap((title) => {
    const look = titleLookOf(title.look);
    return look ? layLook(title, look, room) : [];
  });
}

/** The events of a title that just stands there, for a picture. */
export function standingLines(laid: LaidTitle): string[] {
  return laid.parts.map(
    ({ x, y, tags, text }, i) =>
      `Dialogue: ${LAYER + 50 + Math.min(i, 9)},0:00:00.00,0:00:10.00,Title,,0,0,0,,{\\pos(${number(x)},${number(y)})${tags}}${text}`,
  );
}

/** Place and time of a part, counted from an event that begins `startCs` after the window's first frame. */
function movement(part: Part, laid: LaidTitle, room: Room, times: { fromMs: number; toMs: number }): string {
  const { fadeMs, comes } = laid.look;
  const { fromMs, toMs } = times;
  const here = `${number(part.x)},${number(part.y)}`;
  const length = Math.min(fadeMs, (toMs - fromMs) / 2);
  const inEnd = Math.round(fromMs + length);
  const slides = comes === 'slide' && length > 0 && inEnd > 0;
  const place = slides
    ? `\\move(${number(part.x - SLIDE * room.scale)},${number(part.y)},${here},${fromMs},${inEnd})`
    : `\\pos(${here})`;
  if (length <= 0) return place;
  return `${place}\\fade(255,0,255,${fromMs},${inEnd},${Math.round(toMs - length)},${toMs})`;
}

/** The events of a title in a window, on layers of its own. */
export function titleLines(laid: LaidTitle, index: number, room: Room, window: FrameWindow): string[] {
  const { rate } = room;
  const [from, to] = [Math.max(laid.from, window.from), Math.min(laid.to, window.to)];
  const [startCs, endCs] = [edgeCs(from - window.from, rate), edgeCs(to - window.from, rate)];
  const msOf = (frame: number): number =>
    Math.round(((frame - window.from - 0.5) * 1000 * rate.den) / rate.num) - startCs * 10;
  const times = { fromMs: msOf(laid.from), toMs: msOf(laid.to) };
  return laid.parts.map(
    (part, i) =>
      `Dialogue: ${LAYER + 10 * Math.min(index, 4) + Math.min(i, 9)},${clockCs(startCs)},${clockCs(endCs)},Title,,0,0,0,,{${movement(part, laid, room, times)}${part.tags}}${part.text}`,
  );
}
