/** What the stage shows at a time, and what comes after it. Pure; times in microseconds. */
import {
  clipAt,
  sourceTime,
  speedOf,
  type Layout,
  type PlacedClip,
} from '../../../../../core/model/timeline/layout.ts';
import {
  frameTime,
  mulDivRound,
  nearestFrame,
  shortestFrame,
  type Rational,
} from '../../../../../core/model/timeline/rational.ts';

export interface Shown {
  placed: PlacedClip;
  /** On the clip's source. */
  sourceUs: number;
}

/** What is shown at `us`; from the end on the last frame. Null for an empty film. */
export function shownAt(places: Layout, us: number, rate: Rational): Shown | null {
  const at = Math.max(0, us);
  const placed = clipAt(places, at);
  if (placed) return { placed, sourceUs: sourceTime(placed, at) };
  const last = places.clips.at(-1);
  if (!last) return null;
  const lastFrame = Math.max(last.startUs, last.endUs - shortestFrame(rate));
  return { placed: last, sourceUs: sourceTime(last, lastFrame) };
}

/** The clip after `placed`; null after the last. */
export const nextClip = (places: Layout, placed: PlacedClip): PlacedClip | null =>
  places.clips[placed.index + 1] ?? null;

/** Whether `second` goes on in the same source where `first` ends, and as fast: then nothing need be handed over. */
export const goesOn = (first: PlacedClip, second: PlacedClip): boolean =>
  first.clip.assetId === second.clip.assetId &&
  first.clip.outUs === second.clip.inUs &&
  first.clip.speed === second.clip.speed;

/** `frames` before or behind `us`, on the frames of the canvas, within the film. */
export function stepped(us: number, frames: number, rate: Rational, durationUs: number): number {
  const next = frameTime(Math.max(0, nearestFrame(us, rate) + frames), rate);
  return Math.min(next, durationUs);
}

/** Source seconds a second of the film. */
export function tempoOf({ clip }: PlacedClip): number {
  const { num, den } = speedOf(clip);
  return num / den;
}

/** Time of the film at which a clip that runs shows `sourceUs`; behind its end too, where a decoder may be for a moment. */
export function filmTime(placed: PlacedClip, sourceUs: number): number {
  const { num, den } = speedOf(placed.clip);
  return placed.startUs + mulDivRound(sourceUs - placed.clip.inUs, den, num);
}

/** Loudness of `gainDb` as a factor. */
export const factorOf = (gainDb: number): number => 10 ** (gainDb / 20);
