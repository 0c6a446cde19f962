/** Edits of a film by their number: the same number is always the same edit, so that a test knows what must be there. */
import { applyOperations, type CueWish, type Operation, type Timeline } from '../../core/model/timeline/index.ts';

const CUES = 300;

/** Enough captions that a save writes many pages of the database. */
export const manyCues = (): CueWish[] =>
  Array.from({ length: CUES }, (_, i) => ({
    startUs: i * 10_000,
    endUs: i * 10_000 + 9_000,
    text: `第 ${String(i + 1)} 条，${'字'.repeat(60)}`,
  }));

/** Edit `n` (from 1) of a film of `assetId` with {@link manyCues}: several operations, each of which holds the number. */
export function editNumbered(n: number, assetId: string): Operation[] {
  const inUs = (n % 50) * 40_000;
  const text = `第 ${String(n)} 次修改`;
  return [
    { type: 'insertClip', clip: { id: `k${String(n)}`, assetId, inUs, outUs: inUs + 1_000_000 }, at: n % 3 },
    ...(n > 5 ? [{ type: 'removeClip' as const, clipId: `k${String(n - 5)}` }] : []),
    { type: 'setGain', clipId: 'c1', gainDb: (n % 24) - 12 },
    { type: 'editCue', cueId: `q${String((n % CUES) + 1)}`, text },
    n === 1 ? { type: 'addMarker', marker: { id: 'm', atUs: 0, text } } : { type: 'editMarker', markerId: 'm', text },
  ];
}

/** The film as it is after each edit: at place `n` after edit `n`; at place 0 as it was. */
export function afterEdits(start: Timeline, assetId: string, last: number): Timeline[] {
  const all = [start];
  let current = start;
  for (let n = 1; n <= last; n += 1) {
    current = applyOperations(current, editNumbered(n, assetId)).timeline;
    all.push(current);
  }
  return all;
}
