/** What of a clip a segment shows. */
import { speedOf } from '../../model/timeline/index.ts';
import type { Clip, Rational, TimelineAsset } from '../../model/timeline/index.ts';
import type { FilmSource } from '../../ports/video.ts';

/** Part of a clip, on the grid of output frames. */
export interface Piece {
  clip: Clip;
  asset: TimelineAsset;
  source: FilmSource;
  /** Frames a second of the film it is a part of: the grid that `frames`, `offset` and `total` are counted on. */
  rate: Rational;
  /** Source time of the first frame (backwards: of the last), from the source's first frame. */
  zeroUs: number;
  frames: number;
  /** Frames of the clip before the first one here, and those of the whole clip. */
  offset: number;
  total: number;
  /** Frames at the beginning (backwards: at the end) that show the first one: there is nothing before it. Default none. */
  lead?: number;
  /** Source time up to which there are pictures, where a transition shows more than the clip. Default its out point. */
  untilUs?: number;
}

/** Frames a second of all films but those that keep their source's (copy.ts). */
export const FILM_RATE: Rational = { num: 30, den: 1 };

/** As filters take it: `30`, `30000/1001`. */
export const rateText = ({ num, den }: Rational): string => (den === 1 ? `${num}` : `${num}/${den}`);

/** Seconds of so many frames, for filters. */
export const secondsOf = (frames: number, { num, den }: Rational): string => ((frames * den) / num).toFixed(6);

/** Source time over timeline time; a frozen frame has none. */
export const paceOf = (clip: Clip): Rational => (clip.heldUs === undefined ? speedOf(clip) : { num: 1, den: 1 });

/** Source time of so many output frames; a frozen frame does not move. */
export function stepUs({ clip, rate }: Piece, frames: number): number {
  if (clip.heldUs !== undefined) return 0;
  const { num, den } = speedOf(clip);
  return Math.round((frames * 1_000_000 * rate.den * num) / (rate.num * den));
}

/** Number of frame `n` of the piece counted from the one read first: backwards it comes out last. */
const readAs = ({ clip, frames }: Piece, n: number): number => (clip.reversed ? frames - 1 - n : n);

/** Source time of the piece's frame `n`. */
export const frameTimeUs = (piece: Piece, n: number): number =>
  piece.zeroUs + stepUs(piece, Math.max(0, readAs(piece, n) - (piece.lead ?? 0)));
