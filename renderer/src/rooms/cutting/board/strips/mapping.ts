/** From pixels of a block to its source: which sound, which picture. All pure; times in microseconds, widths in CSS pixels. */
import { FULL_LEVEL, type Peaks, type StripIndex } from '../../../../../../core/model/strips/index.ts';
import { stripAt } from '../../../../../../core/model/strips/sheet.ts';
import { volumeAt, type VolumeKey } from '../../../../../../core/model/timeline/pace.ts';

/** A piece of a source as it lies on the timeline: pixel 0 is the block's left edge. */
export interface Piece {
  inUs: number;
  /** Source time a pixel stands for: speed and zoom in one. Negative backwards, 0 where it stands. */
  usPerPx: number;
  /** Of the whole block. */
  width: number;
}

export const sourceAt = ({ inUs, usPerPx }: Piece, x: number): number => inUs + x * usPerPx;

/** Each level of a pyramid holds the loudest of this many values of the one below. */
const STEP = 4;
/** At most this many values are compared for one column. */
const MOST = STEP * 2;

/** Peaks at several distances, so that an hour costs no more to draw than a second. */
export interface Pyramid {
  perSecond: number;
  /** The peaks themselves first. */
  floors: readonly Uint8Array[];
}

export function pyramidOf({ perSecond, levels }: Peaks): Pyramid {
  const floors = [levels];
  for (let below = levels; below.length > MOST;) {
    const above = new Uint8Array(Math.ceil(below.length / STEP));
    for (let i = 0; i < below.length; i += 1) {
      const [to, value] = [(i / STEP) | 0, below[i] ?? 0];
      if (value > (above[to] ?? 0)) above[to] = value;
    }
    floors.push(above);
    below = above;
  }
  return { perSecond, floors };
}

/** Memory of a pyramid, bytes. */
export const pyramidBytes = ({ floors }: Pyramid): number => floors.reduce((sum, { length }) => sum + length, 0);

/**
 * The loudest level between two times; between values where they lie closer together than the values do. 0 outside the source.
 */
export function loudest({ perSecond, floors }: Pyramid, fromUs: number, toUs: number): number {
  let [from, to] = [(fromUs * perSecond) / 1_000_000, (toUs * perSecond) / 1_000_000];
  const base = floors[0] ?? new Uint8Array(0);
  if (to - from < 1) {
    // A value stands for its middle.
    const middle = (from + to) / 2 - 0.5;
    const before = Math.floor(middle);
    const [a, b] = [base[before] ?? base[before + 1] ?? 0, base[before + 1] ?? base[before] ?? 0];
    return a + (b - a) * (middle - before);
  }
  let floor = 0;
  while (to - from > MOST && floor + 1 < floors.length) {
    floor += 1;
    from /= STEP;
    to /= STEP;
  }
  const values = floors[floor] ?? base;
  let most = 0;
  for (let i = Math.max(0, Math.floor(from)); i < Math.min(values.length, Math.ceil(to)); i += 1) {
    const value = values[i] ?? 0;
    if (value > most) most = value;
  }
  return most;
}

/** What is done to a sound on its way into the film. */
export interface Gain {
  gainDb: number;
  volume?: readonly VolumeKey[] | undefined;
  /** Evenly, over so much time of the timeline (which is the source's: sounds have no speed). */
  fadeInUs: number;
  fadeOutUs: number;
}

/** Share of the loudness left by fades at pixel `x`, 0 to 1. */
export function fadeAt({ usPerPx, width }: Piece, { fadeInUs, fadeOutUs }: Gain, x: number): number {
  const rises = fadeInUs > 0 ? (x * usPerPx) / fadeInUs : 1;
  const falls = fadeOutUs > 0 ? ((width - x) * usPerPx) / fadeOutUs : 1;
  return Math.max(0, Math.min(1, rises, falls));
}

export interface Column {
  /** 0 to 1 of the room there is: the root of the amplitude, so −20 dB stands a third of the height. */
  height: number;
  /** At or above full scale after its gain. */
  clipped: boolean;
}

/** What the waveform shows from pixel `x` on, for a column `step` pixels wide. */
export function columnAt(pyramid: Pyramid, piece: Piece, gain: Gain, x: number, step: number): Column {
  // Backwards the source's time runs to the left.
  const [a, b] = [sourceAt(piece, x), sourceAt(piece, x + step)];
  const level = loudest(pyramid, Math.min(a, b), Math.max(a, b));
  // Levels are roots of amplitudes, so is the factor.
  const gainDb = gain.gainDb + volumeAt(gain.volume, (a + b) / 2);
  const value = level * 10 ** (gainDb / 40) * Math.sqrt(fadeAt(piece, gain, x + step / 2));
  return { height: Math.min(1, value / FULL_LEVEL), clipped: value >= FULL_LEVEL - 0.5 };
}

export interface Tile {
  x: number;
  width: number;
  /** Picture on the sheet. */
  picture: number;
}

/** The pictures of a filmstrip `height` pixels high, between two pixels of the block; each is the one nearest to its middle. */
export function tilesBetween(piece: Piece, index: StripIndex, height: number, from: number, to: number): Tile[] {
  const width = (height * index.width) / index.height;
  const tiles: Tile[] = [];
  for (let n = Math.max(0, Math.floor(from / width)); n * width < Math.min(to, piece.width); n += 1) {
    // A block narrower than a picture shows what is on in the block's middle.
    const middle = n * width + Math.min(width, piece.width - n * width) / 2;
    tiles.push({ x: n * width, width, picture: stripAt(index, sourceAt(piece, middle)) });
  }
  return tiles;
}

/** Parts of a block are drawn in steps of this many pixels, so that scrolling seldom draws anything anew. */
const STRIDE = 512;
/** So much beyond the edge of what is seen is drawn. */
const BEYOND = 256;

/** Which part of a block is drawn; `left` and `right` are the edges of what is seen, from the block's own left edge. */
export function drawnPart(width: number, left: number, right: number): { from: number; to: number } {
  const from = Math.max(0, Math.floor((left - BEYOND) / STRIDE) * STRIDE);
  const to = Math.min(width, Math.ceil((right + BEYOND) / STRIDE) * STRIDE);
  return { from: Math.min(from, width), to: Math.max(to, 0) };
}

/** The same for a block that begins at pixel `x` of the strip. */
export const partSeen = (
  x: number,
  width: number,
  seen: { left: number; width: number },
): { from: number; to: number } => drawnPart(width, seen.left - x, seen.left - x + seen.width);
