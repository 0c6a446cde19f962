/** Captions that go with the pictures when the storyline is cut. */
import { clipAt, layout, sourceTime, speedOf, timelineTime } from './layout.ts';
import { mulDivRound } from './rational.ts';
import type { Layout, PlacedClip } from './layout.ts';
import { placeCues } from './cues.ts';
import type { TableEdit } from './patch.ts';
import type { Cue, Timeline } from './timeline.ts';

interface Span {
  startUs: number;
  endUs: number;
}

/** Where the part of a clip between `startUs` and `endUs` stands afterwards; null when nothing of it is left. */
function follow(placed: PlacedClip, span: Span, after: Layout): Span | null {
  const now = after.byId.get(placed.clip.id);
  if (!now) return null;
  const from = Math.max(sourceTime(placed, span.startUs), now.clip.inUs);
  const last = Math.min(sourceTime(placed, span.endUs - 1), now.clip.outUs - 1);
  if (from > last) return null;
  const startUs = timelineTime(now, from);
  const { num, den } = speedOf(now.clip);
  // The end is worked out as such: at another speed the last microsecond and the end are not one apart.
  const endUs = now.startUs + mulDivRound(last + 1 - now.clip.inUs, den, num);
  return startUs === null || startUs >= endUs ? null : { startUs, endUs };
}

/** What the cue stood over before, piece by piece, at its new places. */
function pieces(cue: Cue, before: Layout, after: Layout): Span[] {
  const found: Span[] = [];
  let at = cue.startUs;
  for (let placed = clipAt(before, at); placed && at < cue.endUs; placed = clipAt(before, at)) {
    const endUs = Math.min(cue.endUs, placed.endUs);
    const piece = follow(placed, { startUs: at, endUs }, after);
    if (piece) found.push(piece);
    at = endUs;
  }
  const shiftUs = after.durationUs - before.durationUs;
  // Beyond the end there is no picture to go with: such a part keeps its distance from the end.
  if (at < cue.endUs) found.push({ startUs: Math.max(0, at + shiftUs), endUs: Math.max(0, cue.endUs + shiftUs) });
  return found;
}

/** The cue where its pictures are now; the same object when they did not move, null when they are gone. */
function followCue(cue: Cue, before: Layout, after: Layout): Cue | null {
  const [first, ...rest] = pieces(cue, before, after);
  if (!first || first.startUs >= first.endUs) return null;
  let { endUs } = first;
  // A cue over a cut stays whole where its clips are still neighbours; else it stays with the first.
  for (const piece of rest) {
    if (piece.startUs !== endUs) break;
    endUs = piece.endUs;
  }
  return first.startUs === cue.startUs && endUs === cue.endUs ? cue : { ...cue, startUs: first.startUs, endUs };
}

/** Change of the cue table that keeps every cue on its pictures when the storyline goes from `before` to `after`. */
export function followCues(before: Timeline, after: Timeline): TableEdit<Cue> {
  const [from, to] = [layout(before), layout(after)];
  const leaving = new Set<string>();
  const fresh: { cue: Cue; rank: number }[] = [];
  before.captions.cues.forEach((cue, rank) => {
    const now = followCue(cue, from, to);
    if (now === cue) return;
    leaving.add(cue.id);
    if (now) fresh.push({ cue: now, rank });
  });
  return placeCues(before.captions.cues, leaving, fresh);
}
