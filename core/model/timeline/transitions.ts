/** How one clip becomes the next: where it begins and ends. The same for film (in frames) and preview (in microseconds). */
import type { Layout, PlacedClip } from './layout.ts';
import type { Transition } from './look.ts';

/** Half of a transition's length, in the unit of the three lengths; whole units. */
export function halfOf(length: number, before: number, after: number): number {
  return Math.floor(Math.min(length, before, after) / 2);
}

export interface PlacedTransition {
  kind: Transition['kind'];
  /** Null: the film begins with it. */
  before: PlacedClip | null;
  after: PlacedClip;
  /** Microseconds of the timeline. */
  fromUs: number;
  cutUs: number;
  toUs: number;
}

/** All transitions of a film. One into the first clip comes from black or white, whatever it is called. */
export function transitionsOf(places: Layout): PlacedTransition[] {
  return places.clips.flatMap((after, i): PlacedTransition[] => {
    const { transition: asked } = after.clip;
    if (!asked) return [];
    const before = places.clips[i - 1] ?? null;
    const lasts = after.endUs - after.startUs;
    const half = halfOf(asked.lengthUs, before ? before.endUs - before.startUs : lasts, lasts);
    const kind = before || asked.kind === 'white' ? asked.kind : 'black';
    const cutUs = after.startUs;
    return half > 0 ? [{ kind, before, after, fromUs: before ? cutUs - half : cutUs, cutUs, toUs: cutUs + half }] : [];
  });
}
