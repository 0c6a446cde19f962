/**
 * Timing captions by ear: a key goes down where the words begin and up where they end, one caption after the other.
 * Pure; times in microseconds.
 */
import { readingTimeUs } from '../../../../../core/model/captions/text.ts';
import type { Operation } from '../../../../../core/model/timeline/operation.ts';
import type { Cue } from '../../../../../core/model/timeline/timeline.ts';

/** A key that is down shorter than this was tapped, not held: then only the start is meant. */
export const TAP_US = 200_000;

/** The captions that have not had their turn, in the order of the table when it began. */
export interface Walk {
  ids: readonly string[];
  /** Place in `ids` of the caption whose turn it is. */
  at: number;
}

/** Walks from a caption on to the last; from the first where it is not there. */
export function walkFrom(cues: readonly Cue[], id: string | null): Walk {
  const from = Math.max(
    0,
    cues.findIndex((cue) => cue.id === id),
  );
  return { ids: cues.slice(from).map((cue) => cue.id), at: 0 };
}

/** The caption whose turn it is; null at the end. One that was deleted meanwhile is passed over. */
export function turnOf(walk: Walk, cues: readonly Cue[]): { cue: Cue; at: number } | null {
  for (let at = walk.at; at < walk.ids.length; at += 1) {
    const cue = cues.find(({ id }) => id === walk.ids[at]);
    if (cue) return { cue, at };
  }
  return null;
}

/**
 * Times for a caption, from `downUs` to `upUs`. The one before it is cut short where it would still be on; those behind it
 * move along as a whole where they would begin before it ends, so that they stay in order for their turn. A key that was
 * only tapped leaves the end to the time it takes to read.
 */
export function timed(cues: readonly Cue[], id: string, downUs: number, upUs: number): Operation[] {
  const index = cues.findIndex((cue) => cue.id === id);
  const [cue, before, next] = [cues[index], cues[index - 1], cues[index + 1]];
  if (!cue) return [];
  const held = upUs - downUs >= TAP_US;
  const startUs = Math.max(downUs, before ? before.startUs + 1 : 0);
  const endUs = held ? Math.max(upUs, startUs + 1) : startUs + readingTimeUs(cue.text);
  const operations: Operation[] = [];
  if (next && next.startUs < endUs) {
    const behind = cues.slice(index + 1).map((each) => each.id);
    operations.push({ type: 'shiftCues', cueIds: behind, byUs: endUs - next.startUs });
  }
  if (before && before.endUs > startUs) operations.push({ type: 'editCue', cueId: before.id, endUs: startUs });
  operations.push({ type: 'editCue', cueId: id, startUs, endUs });
  return operations;
}
