import { describe, expect, it } from 'vitest';
import { applyOperations, durationUs, layout, type Operation } from '../../../../../core/model/timeline/index.ts';
import { SECOND, cue, made } from '../../../../../tests/fixtures/timeline.ts';
import { cutSilences, cutsOf, silencesOf, splitAtCuts } from './mark-edits.ts';

const RATE = { num: 30, den: 1 };
const ids = () => {
  let n = 0;
  return () => `n${String((n += 1))}`;
};
/** Two seconds of something else, then eight seconds of the source from its second on. */
const film = (...more: Operation[]) =>
  made(
    { type: 'insertClip', clip: { id: 'c0', assetId: 'b', outUs: 2 * SECOND } },
    { type: 'insertClip', clip: { id: 'c1', assetId: 'a', inUs: SECOND, outUs: 9 * SECOND } },
    ...more,
  );
const placedIn = (timeline: ReturnType<typeof film>, id = 'c1') => {
  const placed = layout(timeline).byId.get(id);
  if (!placed) throw new Error('no clip');
  return placed;
};
const span = (from: number, to: number) => ({ startUs: from * SECOND, endUs: to * SECOND });
const zero = (timeline: ReturnType<typeof film>) => placedIn(timeline).startUs;

describe('marks', () => {
  it('stand where the clip shows them: trimmed, faster, backwards, not frozen', () => {
    const plain = film();
    const from = zero(plain);
    const at = (timeline: ReturnType<typeof film>) => cutsOf(placedIn(timeline), [0, SECOND, 3 * SECOND, 9 * SECOND]);
    expect(at(plain)).toEqual([from + 2 * SECOND]);
    expect(at(film({ type: 'setSpeed', clipId: 'c1', speed: '2/1' }))).toEqual([from + SECOND]);
    const back = at(film({ type: 'setReversed', clipId: 'c1', reversed: true }));
    expect(back[0]).toBeCloseTo(from + 6 * SECOND, -2);
    expect(at(film({ type: 'setHeld', clipId: 'c1', heldUs: SECOND }))).toEqual([]);
  });

  it('of silence are cut to the clip, and none where it is not heard', () => {
    const spans = [span(0, 2), span(4, 5), span(8.9, 10)];
    const from = zero(film());
    const found = silencesOf(placedIn(film()), spans);
    expect(found.map(({ startUs, endUs }) => [startUs - from, endUs - from])).toEqual([
      [0, SECOND],
      [3 * SECOND, 4 * SECOND],
    ]);
    expect(silencesOf(placedIn(film({ type: 'setMuted', clipId: 'c1', muted: true })), spans)).toEqual([]);
    const back = silencesOf(placedIn(film({ type: 'setReversed', clipId: 'c1', reversed: true })), [span(4, 5)]);
    expect(back).toEqual([{ startUs: from + 4 * SECOND, endUs: from + 5 * SECOND }]);
  });
});

describe('splitting at the cuts', () => {
  it('parts the clip and removes nothing', () => {
    const timeline = film();
    const from = zero(timeline);
    const cuts = [from + 1000, from + 2 * SECOND, from + 5 * SECOND];
    const operations = splitAtCuts(placedIn(timeline), cuts, ids(), RATE);
    expect(operations).toHaveLength(2);
    const after = applyOperations(timeline, operations).timeline;
    expect(after.storyline.map(({ id }) => id)).toEqual(['c0', 'c1', 'n1', 'n2']);
    expect(durationUs(after)).toBe(durationUs(timeline));
  });
});

describe('cutting silences out', () => {
  it('leaves what is said, in order, and takes captions along', () => {
    const base = film();
    const from = zero(base);
    const timeline = film({ type: 'addCue', cue: cue('q', from + 6.5 * SECOND, from + 7.5 * SECOND) });
    const silences = [
      { startUs: from, endUs: from + SECOND },
      { startUs: from + 3 * SECOND, endUs: from + 4 * SECOND },
      { startUs: from + 7.9 * SECOND, endUs: from + 8 * SECOND },
    ];
    const operations = cutSilences(timeline, 'c1', silences, ids(), RATE);
    const after = applyOperations(timeline, operations);
    const parts = after.timeline.storyline.slice(1).map(({ inUs, outUs }) => [inUs, outUs]);
    expect(parts).toEqual([
      [2 * SECOND, 4 * SECOND],
      [5 * SECOND, 8.9 * SECOND],
    ]);
    expect(durationUs(timeline) - durationUs(after.timeline)).toBe(2.1 * SECOND);
    expect(after.timeline.captions.cues[0]?.startUs).toBe(from + 4.5 * SECOND);
    expect(applyOperations(after.timeline, after.inverse).timeline).toEqual(timeline);
  });

  it('does not remove a clip that is silent from end to end', () => {
    const timeline = film();
    const { startUs, endUs } = placedIn(timeline);
    expect(cutSilences(timeline, 'c1', [{ startUs, endUs }], ids(), RATE)).toEqual([]);
  });
});
