/** What can be done at the marks of a clip. Pure; times in microseconds. Nothing is done before a person says so. */
import type { SpeechSpan } from '../../../../../core/model/captions/speech.ts';
import { layout, timelineTime, type PlacedClip } from '../../../../../core/model/timeline/layout.ts';
import type { Operation } from '../../../../../core/model/timeline/operation.ts';
import { applyOperations } from '../../../../../core/model/timeline/operations.ts';
import { shortestFrame, type Rational } from '../../../../../core/model/timeline/rational.ts';
import type { Timeline } from '../../../../../core/model/timeline/timeline.ts';
import type { NewId } from '../edits.ts';

/** On the timeline. */
export interface ClipMarks {
  cuts: number[];
  silences: SpeechSpan[];
}

/** Scene cuts of a source where the clip shows them; a frozen frame shows none. */
export function cutsOf(placed: PlacedClip, sourceTimes: readonly number[]): number[] {
  if (placed.clip.heldUs !== undefined) return [];
  return sourceTimes
    .flatMap((us) => timelineTime(placed, us) ?? [])
    .filter((us) => us > placed.startUs && us < placed.endUs)
    .sort((a, b) => a - b);
}

/** Shorter ones are what is left of a silence at the edge of a clip. */
const SHORTEST_US = 300_000;

/** Silences of a source where the clip plays them; none where it is not heard. */
export function silencesOf(placed: PlacedClip, spans: readonly SpeechSpan[]): SpeechSpan[] {
  const { clip } = placed;
  if (clip.heldUs !== undefined || clip.muted) return [];
  return spans
    .flatMap((span) => {
      const [from, last] = [Math.max(span.startUs, clip.inUs), Math.min(span.endUs, clip.outUs) - 1];
      const ends = [timelineTime(placed, from), timelineTime(placed, last)];
      const [a, b] = ends;
      if (from > last || a === null || b === null || a === undefined || b === undefined) return [];
      return [{ startUs: Math.min(a, b), endUs: Math.min(placed.endUs, Math.max(a, b) + 1) }];
    })
    .filter(({ startUs, endUs }) => endUs - startUs >= SHORTEST_US)
    .sort((a, b) => a.startUs - b.startUs);
}

/** Cuts the clip at each of these times of the timeline; those at its very edges are left out. */
export function splitAtCuts(placed: PlacedClip, cuts: readonly number[], newId: NewId, rate: Rational): Operation[] {
  const frame = shortestFrame(rate);
  return cuts
    .filter((us) => us - placed.startUs >= frame && placed.endUs - us >= frame)
    .map((us) => ({ type: 'splitClip', atUs: us, newId: newId() }));
}

/**
 * Takes these silences out of the clip: what follows moves up, captions, titles and markers go along with their pictures. A clip
 * that is silent from end to end stays as it is: that would be removing it.
 */
export function cutSilences(
  timeline: Timeline,
  clipId: string,
  silences: readonly SpeechSpan[],
  newId: NewId,
  rate: Rational,
): Operation[] {
  const frame = shortestFrame(rate);
  const operations: Operation[] = [];
  let now = timeline;
  const run = (...more: Operation[]): void => {
    now = applyOperations(now, more).timeline;
    operations.push(...more);
  };
  // From the last to the first: what is cut behind moves nothing before it, and the first part keeps its id.
  for (const { startUs, endUs } of [...silences].reverse()) {
    const placed = layout(now).byId.get(clipId);
    if (!placed) break;
    const begins = startUs - placed.startUs < frame;
    const ends = placed.endUs - endUs < frame;
    if (begins && ends) continue;
    if (!ends) run({ type: 'splitClip', atUs: endUs, newId: newId() });
    const silent = begins ? clipId : newId();
    if (!begins) run({ type: 'splitClip', atUs: startUs, newId: silent });
    run({ type: 'removeClip', clipId: silent, cues: 'follow' });
  }
  return operations;
}
