import { describe, expect, test } from 'vitest';
import { Chance, cue, frozen, made, randomOperation, SECOND as S } from '../../../tests/fixtures/timeline.ts';
import { StudioError } from '../errors.ts';
import { usedAssetIds } from './asset.ts';
import { GAP_ASSET_ID, gapOf } from './gap.ts';
import { clipDurationUs, durationUs, layout } from './layout.ts';
import type { Operation } from './operation.ts';
import { applyOperation, applyOperations } from './operations.ts';
import { timelineContent } from './migrate.ts';
import type { Timeline } from './timeline.ts';

const start = made(
  { type: 'insertClip', clip: { id: 'c1', assetId: 'a', outUs: 2 * S } },
  { type: 'insertClip', clip: { id: 'c2', assetId: 'b', inUs: 1_001_000, outUs: 3_003_000, speed: '2/1', gainDb: -6 } },
  { type: 'insertClip', clip: { id: 'c3', assetId: 'e', outUs: 3 * S } },
  { type: 'addCue', cue: cue('q', 3_100_000, 4 * S) },
  { type: 'addOverlay', overlay: { id: 'o', assetId: 'a', startUs: 2_100_000, outUs: S } },
);
const lift: Operation = { type: 'liftClip', clipId: 'c2', newId: 'g' };
const spans = (timeline: Timeline) =>
  layout(timeline).clips.map(({ clip, startUs, endUs }) => [clip.gap ? 'gap' : clip.id, startUs, endUs]);

function refusal(timeline: Timeline, operation: Operation): string {
  try {
    applyOperation(timeline, operation);
  } catch (error) {
    if (error instanceof StudioError) return `${error.code} ${String(error.params['what'])}`;
    throw error;
  }
  throw new Error('done');
}

describe('a clip that is lifted', () => {
  test('leaves its room empty, to the microsecond: nothing behind it moves, and undo gives back every byte', () => {
    const { timeline, inverse } = applyOperation(frozen(start), lift);
    expect(spans(timeline)).toEqual([
      ['c1', 0, 2 * S],
      ['gap', 2 * S, 3_001_000],
      ['c3', 3_001_000, 6_001_000],
    ]);
    expect(timeline.storyline[1]).toEqual(gapOf('g', 1_001_000));
    expect(timeline.captions).toBe(start.captions);
    expect(timeline.overlays).toBe(start.overlays);
    expect(usedAssetIds(timeline)).toEqual(['a', 'e']);
    const back = applyOperation(timeline, inverse);
    expect(timelineContent(back.timeline)).toBe(timelineContent(start));
    expect(timelineContent(applyOperation(back.timeline, back.inverse).timeline)).toBe(timelineContent(timeline));
  });

  test('its gap is cut, trimmed, moved, taken away and filled like a picture', () => {
    const { timeline } = applyOperation(start, lift);
    const split = applyOperation(timeline, { type: 'splitClip', atUs: 2_500_000, newId: 'h' }).timeline;
    expect(spans(split).slice(1, 3)).toEqual([
      ['gap', 2 * S, 2_500_000],
      ['gap', 2_500_000, 3_001_000],
    ]);
    const longer = applyOperation(timeline, { type: 'trimClip', clipId: 'g', outUs: 5 * S, cues: 'follow' }).timeline;
    expect(durationUs(longer)).toBe(10 * S);
    expect(longer.captions.cues[0]?.startUs).toBe(3_100_000 + 5 * S - 1_001_000);
    const moved = applyOperation(timeline, { type: 'moveClip', clipId: 'g', to: 2 }).timeline;
    expect(spans(moved).map(([id]) => id)).toEqual(['c1', 'c3', 'gap']);
    const gone = applyOperation(timeline, { type: 'removeClip', clipId: 'g', cues: 'follow' }).timeline;
    expect(spans(gone).map(([id]) => id)).toEqual(['c1', 'c3']);
    const filled = applyOperation(timeline, { type: 'replaceSource', clipId: 'g', assetId: 'a', inUs: S }).timeline;
    expect(filled.storyline[1]).toMatchObject({ id: 'g', assetId: 'a', inUs: S, speed: '1/1' });
    expect(filled.storyline[1]).not.toHaveProperty('gap');
    expect(Math.abs(clipDurationUs(filled.storyline[1] ?? gapOf('', 1)) - 1_001_000)).toBeLessThan(17_000);
    const still = applyOperation(timeline, { type: 'replaceSource', clipId: 'g', assetId: 'e' }).timeline;
    expect(spans(still)[1]).toEqual(['g', 2 * S, 3_001_000]);
  });

  test('a gap has a length, a transition and nothing else', () => {
    const { timeline } = applyOperation(start, lift);
    const dissolve = { kind: 'dissolve', lengthUs: 400_000 } as const;
    applyOperation(timeline, { type: 'setTransition', clipId: 'g', transition: dissolve });
    const nothing = 'bad_timeline g: a gap has a length and nothing else';
    for (const operation of [
      { type: 'setGain', clipId: 'g', gainDb: 3 },
      { type: 'setMuted', clipId: 'g', muted: true },
      { type: 'setSpeed', clipId: 'g', speed: '2/1' },
      { type: 'setHeld', clipId: 'g', heldUs: S },
      { type: 'setReversed', clipId: 'g', reversed: true },
      { type: 'setFit', clipId: 'g', fit: 'crop' },
      { type: 'setPicture', clipId: 'g', turn: 90 },
      { type: 'detachSound', clipId: 'g', soundId: 's' },
    ] as const)
      expect(refusal(timeline, operation), operation.type).toBe(nothing);
    expect(refusal(timeline, { type: 'liftClip', clipId: 'g', newId: 'x' })).toBe('bad_timeline g: is a gap already');
    expect(refusal(timeline, { type: 'trimClip', clipId: 'g', inUs: S, outUs: S })).toContain('out is not after');
    expect(refusal(start, { type: 'insertClip', clip: { id: 'x', assetId: 'a', gap: true } })).toContain(
      'nothing else',
    );
    const put = applyOperation(start, {
      type: 'insertClip',
      clip: { id: 'x', assetId: GAP_ASSET_ID, gap: true },
      at: 0,
    });
    expect(spans(put.timeline)[0]).toEqual(['gap', 0, 3 * S]);
  });

  test('takes the sound with it that was linked to it, as when it is deleted', () => {
    const apart = applyOperation(start, { type: 'detachSound', clipId: 'c1', soundId: 's' }).timeline;
    const { timeline, inverse } = applyOperation(apart, { type: 'liftClip', clipId: 'c1', newId: 'g' });
    expect(timeline.voice).toEqual([]);
    expect(applyOperation(timeline, inverse).timeline).toEqual(apart);
  });

  test('by chance: lengths always add up, nothing overlaps, lifting keeps every other time, and all is taken back', () => {
    let lifted = 0;
    for (let seed = 1; seed <= 60; seed += 1) {
      const chance = new Chance(seed);
      let timeline = start;
      for (let n = 0; n < 25; n += 1) {
        const target = timeline.storyline[chance.below(Math.max(1, timeline.storyline.length))];
        const often = chance.below(3) === 0 && target;
        const operation: Operation = often
          ? { type: 'liftClip', clipId: target.id, newId: `g${n}` }
          : randomOperation(chance, timeline, `r${n}`);
        const before = timeline;
        let done;
        try {
          done = applyOperation(frozen(timeline), operation);
        } catch (error) {
          if (error instanceof StudioError) continue;
          throw error;
        }
        timeline = done.timeline;
        const places = layout(timeline);
        let at = 0;
        for (const { startUs, endUs } of places.clips) {
          expect([startUs, endUs > startUs]).toEqual([at, true]);
          at = endUs;
        }
        expect(places.durationUs).toBe(at);
        expect(timelineContent(applyOperations(timeline, [done.inverse]).timeline)).toBe(timelineContent(before));
        if (operation.type !== 'liftClip') continue;
        lifted += 1;
        expect(spans(timeline).map(([, from, to]) => [from, to])).toEqual(
          spans(before).map(([, from, to]) => [from, to]),
        );
      }
    }
    expect(lifted).toBeGreaterThan(100);
  });
});
