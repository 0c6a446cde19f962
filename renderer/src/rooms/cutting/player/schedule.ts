/** What the stage shows at a time, and what comes after it. Pure; times in microseconds. */
import {
  clipAt,
  sourceTime,
  speedOf,
  type Layout,
  type PlacedClip,
} from '../../../../../core/model/timeline/layout.ts';
import type { Ending } from '../../../../../core/model/timeline/timeline.ts';
import type { PlacedTransition } from '../../../../../core/model/timeline/transitions.ts';
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

/** Whether a clip's picture runs as its video does: not frozen, not backwards. */
export const runs = ({ clip }: PlacedClip): boolean => clip.heldUs === undefined && !clip.reversed;

/** Time on the clip's source to seek to for `us`. Backwards the middle of the frame, so that neither neighbour is found. */
function seekTime(placed: PlacedClip, us: number, rate: Rational): number {
  const sourceUs = sourceTime(placed, us);
  if (!placed.clip.reversed || placed.clip.heldUs !== undefined) return sourceUs;
  const half = Math.round((shortestFrame(rate) * tempoOf(placed)) / 2);
  return Math.max(placed.clip.inUs, sourceUs - half);
}

/** What is shown at `us`; from the end on the last frame. Null for an empty film. */
export function shownAt(places: Layout, us: number, rate: Rational): Shown | null {
  const at = Math.max(0, us);
  const placed = clipAt(places, at);
  if (placed) return { placed, sourceUs: seekTime(placed, at, rate) };
  const last = places.clips.at(-1);
  if (!last) return null;
  const lastFrame = Math.max(last.startUs, last.endUs - shortestFrame(rate));
  return { placed: last, sourceUs: seekTime(last, lastFrame, rate) };
}

/** The clip after `placed`; null after the last. */
export const nextClip = (places: Layout, placed: PlacedClip): PlacedClip | null =>
  places.clips[placed.index + 1] ?? null;

/** Whether `second` goes on in the same source where `first` ends, and as fast: then nothing need be handed over. */
export const goesOn = (first: PlacedClip, second: PlacedClip): boolean =>
  first.clip.assetId === second.clip.assetId &&
  first.clip.outUs === second.clip.inUs &&
  first.clip.speed === second.clip.speed &&
  runs(first) &&
  runs(second) &&
  second.clip.transition === undefined;

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

/** A transition under way at `us`: how much of it is over (0 to 1), and what is seen beside the clip at the playhead. */
export interface Turning {
  turn: PlacedTransition;
  share: number;
  /** The clip that comes or goes, and the moment of its source that is seen; null for fades, which show one at a time. */
  beside: { placed: PlacedClip; sourceUs: number } | null;
}

/** The transition at a time; null where there is none. */
export function turningAt(turns: readonly PlacedTransition[], us: number): Turning | null {
  const turn = turns.find(({ fromUs, toUs }) => fromUs <= us && us < toUs);
  if (!turn) return null;
  const share = (us - turn.fromUs) / (turn.toUs - turn.fromUs);
  if (turn.kind === 'black' || turn.kind === 'white' || !turn.before) return { turn, share, beside: null };
  const placed = us < turn.cutUs ? turn.after : turn.before;
  return { turn, share, beside: { placed, sourceUs: beyond(placed, us) } };
}

/** Time on a clip's source at `us`, which may lie before the clip or behind it. */
function beyond({ clip, startUs }: PlacedClip, us: number): number {
  if (clip.heldUs !== undefined) return clip.inUs;
  const { num, den } = speedOf(clip);
  const passed = Math.round(((us - startUs) * num) / den);
  return Math.max(0, clip.reversed ? clip.outUs - 1 - passed : clip.inUs + passed);
}

/** How far the film has gone out at `us`, 0 to 1. */
export function endedAt(places: Layout, ending: Ending | undefined, us: number): number {
  const last = places.clips.at(-1);
  if (!ending || !last) return 0;
  const lengthUs = Math.min(ending.lengthUs, last.endUs - last.startUs);
  return Math.min(1, Math.max(0, (us - (last.endUs - lengthUs)) / lengthUs));
}

/** How much of a clip's loudness is left during a transition: down to the cut, up again from there; a factor. */
export function loudnessOf({ turn, share }: Turning): number {
  return turn.before ? Math.abs(2 * share - 1) : share;
}

/** Where on its source a clip that comes in with a transition begins to be seen: its in point, or before it where it can. */
export function entryOf(turns: readonly PlacedTransition[], placed: PlacedClip): number {
  const turn = turns.find(({ after }) => after.clip.id === placed.clip.id);
  const joins = turn?.before && turn.kind !== 'black' && turn.kind !== 'white';
  return beyond(placed, joins ? turn.fromUs : placed.startUs);
}

/** The moment of a clip that is on show at `us`: time on its source, and the share of its frames that is over (0 to 1). */
export function momentOf(placed: PlacedClip, us: number, rate: Rational): { sourceUs: number; share: number } {
  const at = Math.min(Math.max(us, placed.startUs), placed.endUs - 1);
  const last = placed.endUs - placed.startUs - shortestFrame(rate);
  return { sourceUs: seekTime(placed, at, rate), share: last > 0 ? Math.min(1, (at - placed.startUs) / last) : 0 };
}
