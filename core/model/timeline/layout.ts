/** Where everything stands: worked out from the storyline, never stored. */
import { mulDivFloor, mulDivRound, parseRational } from './rational.ts';
import type { Rational } from './rational.ts';
import type { Clip, Timeline } from './timeline.ts';

/** A clip and its place on the timeline in microseconds; `endUs` is exclusive and the next clip's start. */
export interface PlacedClip {
  clip: Clip;
  index: number;
  startUs: number;
  endUs: number;
}

export interface Layout {
  clips: readonly PlacedClip[];
  /** Clips by id. */
  byId: ReadonlyMap<string, PlacedClip>;
  /** Length of the storyline in microseconds. */
  durationUs: number;
}

const ONE: Rational = { num: 1, den: 1 };
/** Read once: a layout asks for it thousands of times. */
const USUAL_SPEEDS: ReadonlyMap<string, Rational> = new Map([['1/1', ONE]]);
/** Source time over timeline time. */
export const speedOf = (clip: Clip): Rational => USUAL_SPEEDS.get(clip.speed) ?? parseRational(clip.speed) ?? ONE;

/** Length of a clip on the timeline in microseconds, to the nearest one. */
export function clipDurationUs(clip: Clip): number {
  if (clip.heldUs !== undefined) return clip.heldUs;
  const { num, den } = speedOf(clip);
  return mulDivRound(clip.outUs - clip.inUs, den, num);
}

/** Length of the storyline in microseconds. */
export function durationUs(timeline: Timeline): number {
  return timeline.storyline.reduce((sum, clip) => sum + clipDurationUs(clip), 0);
}

/** Places every clip: each begins where the one before ends. */
export function layout(timeline: Timeline): Layout {
  let at = 0;
  const clips = timeline.storyline.map((clip, index) => {
    const startUs = at;
    at += clipDurationUs(clip);
    return { clip, index, startUs, endUs: at };
  });
  return { clips, byId: new Map(clips.map((placed) => [placed.clip.id, placed])), durationUs: at };
}

/** The clip on show at `us` of the timeline; null before 0 and from the end on. */
export function clipAt(places: Layout, us: number): PlacedClip | null {
  if (us < 0 || us >= places.durationUs) return null;
  let low = 0;
  let high = places.clips.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places.clips[middle]?.endUs ?? Infinity) <= us) low = middle + 1;
    else high = middle;
  }
  return places.clips[low] ?? null;
}

/**
 * Time on the clip's source at `us` of the timeline, which must lie within the clip. Backwards the last microsecond comes
 * first; a frozen frame is always at its in point.
 */
export function sourceTime(placed: PlacedClip, us: number): number {
  const { clip } = placed;
  if (clip.heldUs !== undefined) return clip.inUs;
  const { num, den } = speedOf(clip);
  const passed = mulDivFloor(us - placed.startUs, num, den);
  return clip.reversed ? Math.max(clip.inUs, clip.outUs - 1 - passed) : clip.inUs + passed;
}

/**
 * Time on the timeline at which the clip shows `sourceUs` of its source; null where it is cut off (`outUs` included). Of a
 * frozen frame, all of which is one moment, its start.
 */
export function timelineTime(placed: PlacedClip, sourceUs: number): number | null {
  const { clip } = placed;
  if (sourceUs < clip.inUs || sourceUs >= clip.outUs) return null;
  if (clip.heldUs !== undefined) return placed.startUs;
  const { num, den } = speedOf(clip);
  const passed = clip.reversed ? clip.outUs - 1 - sourceUs : sourceUs - clip.inUs;
  return placed.startUs + mulDivRound(passed, den, num);
}
