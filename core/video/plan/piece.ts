/** What of a clip a segment shows. */
import { speedOf } from '../../model/timeline/index.ts';
import type { Clip, Rational, TimelineAsset } from '../../model/timeline/index.ts';
import type { FilmSource } from '../../ports/video.ts';

/** Part of a clip, on the grid of output frames. */
export interface Piece {
  clip: Clip;
  asset: TimelineAsset;
  source: FilmSource;
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

/** Source time over timeline time; a frozen frame has none. */
export const paceOf = (clip: Clip): Rational => (clip.heldUs === undefined ? speedOf(clip) : { num: 1, den: 1 });

/** Source time of so many output frames; a frozen frame does not move. */
export function stepUs({ clip }: Piece, frames: number): number {
  if (clip.heldUs !== undefined) return 0;
  const { num, den } = speedOf(clip);
  return Math.round((frames * 1_000_000 * num) / (30 * den));
}

/** Number of frame `n` of the piece counted from the one read first: backwards it comes out last. */
const readAs = ({ clip, frames }: Piece, n: number): number => (clip.reversed ? frames - 1 - n : n);

/** Source time of the piece's frame `n`. */
export const frameTimeUs = (piece: Piece, n: number): number =>
  piece.zeroUs + stepUs(piece, Math.max(0, readAs(piece, n) - (piece.lead ?? 0)));
