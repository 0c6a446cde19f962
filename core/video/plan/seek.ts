/** Where reading begins. */
import {
  frameTime,
  nearestFrame,
  snapToFrame,
  snapToTimes,
  speedOf,
  parseRational,
} from '../../model/timeline/index.ts';
import type { Clip, TimelineAsset } from '../../model/timeline/index.ts';
import type { FilmSource, PlanSegment } from '../../ports/video.ts';
import { rateText } from './piece.ts';
import type { Piece } from './piece.ts';

/** What is decoded before the first frame wanted, so that the one on show at it is among them. */
const LEAD_US = 1_000_000;
/** The same where a seek may land between key frames (transport streams): longer than their groups of pictures. */
const LONG_LEAD_US = 10_000_000;
/** Half an output frame. */
const HALF_FRAME_US = 16_667;

/**
 * Source time of a clip's first frame. Even rates: the frame nearest to `in`. Uneven ones: the frame on show at `in`
 * stays on until its successor, which is taken only if it is nearest and less than half an output frame away.
 */
export function zeroOf(clip: Clip, asset: TimelineAsset, source: FilmSource): number {
  const { times } = source.picture;
  if (source.kind === 'image') return 0;
  if (times !== null) {
    const nearest = snapToTimes(clip.inUs, times);
    return Math.abs(nearest - clip.inUs) < HALF_FRAME_US ? nearest : clip.inUs;
  }
  const rate = asset.frameRate === null ? null : parseRational(asset.frameRate);
  return rate === null ? clip.inUs : snapToFrame(clip.inUs, rate);
}

/** `-ss` on the container's time line; null near the beginning. Frames of uneven rates may stand long: more is read. */
export function seekTo(source: FilmSource, zeroUs: number): number | null {
  const { picture } = source;
  if (picture.seeks === false) return null;
  let lead = picture.exactSeek ? LEAD_US : LONG_LEAD_US;
  if (picture.times !== null) {
    const shown = picture.times.findLast((time) => time <= zeroUs) ?? 0;
    lead = Math.max(lead, zeroUs - shown + LEAD_US);
  }
  return zeroUs <= lead ? null : picture.startUs + zeroUs - lead;
}

/**
 * `-ss` for frames beside copied ones: the key frame at or before the first of them is known, and nothing before it is decoded. Null: it is
 * not, or it is the file's first.
 */
export function seekToEntry({ picture }: FilmSource, zeroUs: number): number | null {
  if (!picture.coded) return null;
  const { entries, rate } = picture.coded;
  const frame = nearestFrame(zeroUs, rate);
  const entry = entries.findLast((key) => key <= frame) ?? 0;
  const halfUs = Math.round((500_000 * rate.den) / rate.num);
  return entry > 0 ? picture.startUs + frameTime(entry, rate) + halfUs : null;
}

/** A piece's first frame may be off the grid of its source by so much: its rate was measured. */
const OFF_GRID_US = 1_000;

/** Frames of its source that a piece shows one by one, at the film's own rate; undefined: it does otherwise, or they are not known. */
export function shownFrames(piece: Piece): PlanSegment['shows'] {
  const { clip, source, rate, zeroUs, frames, lead = 0 } = piece;
  const { coded } = source.picture;
  if (!coded || coded.refused || rateText(coded.rate) !== rateText(rate)) return undefined;
  const { num, den } = speedOf(clip);
  if (lead > 0 || num !== den || clip.reversed === true || clip.heldUs !== undefined) return undefined;
  const sourceFrame = nearestFrame(zeroUs, rate);
  return Math.abs(frameTime(sourceFrame, rate) - zeroUs) <= OFF_GRID_US ? { sourceFrame, frames } : undefined;
}
