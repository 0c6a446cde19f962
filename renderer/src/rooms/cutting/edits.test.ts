// Edits of the storyline that are several operations: what stays, what moves, and where it stops.
import { describe, expect, it } from 'vitest';
import type { Asset } from '../../../../core/model/contract/index.ts';
import {
  applyOperations,
  clipDurationUs,
  layout,
  sourceTime,
  timelineContent,
} from '../../../../core/model/timeline/index.ts';
import type { Operation, Timeline } from '../../../../core/model/timeline/index.ts';
import { SECOND as S, cue, made } from '../../../../tests/fixtures/timeline.ts';
import { trimByDrag, trimToPlayhead } from './acts.ts';
import {
  canDetach,
  edgeBy,
  freezeAt,
  markAt,
  nearestCut,
  overwriteAt,
  replaceBy,
  rollCut,
  slideClip,
  slipClip,
} from './edits.ts';

const RATE = { num: 30, den: 1 };
const clip = (id: string, inUs: number, outUs: number, fields: object = {}): Operation => ({
  type: 'insertClip',
  clip: { id, assetId: 'a', inUs, outUs, ...fields },
});
/** Three clips of two seconds each, from the middles of their sources. */
const three = (fields: object = {}) =>
  made(clip('x', 2 * S, 4 * S), clip('y', 5 * S, 7 * S, fields), clip('z', 3 * S, 5 * S));
const does = (timeline: Timeline, operations: readonly Operation[] | null): Timeline =>
  applyOperations(timeline, operations ?? []).timeline;
const at = (timeline: Timeline, id: string) => {
  const placed = layout(timeline).byId.get(id);
  if (!placed) throw new Error(id);
  return placed;
};
const lengths = (timeline: Timeline): number[] => timeline.storyline.map(clipDurationUs);
const ids = (timeline: Timeline): string[] => timeline.storyline.map(({ id }) => id);
const asset = (durationUs: number | null): Asset =>
  ({ assetId: 'b', name: 'b.mp4', kind: durationUs === null ? 'image' : 'video', durationUs }) as Asset;

describe('rolling a cut', () => {
  it('takes from one what it gives to the other; nothing behind it moves', () => {
    const before = does(three(), [{ type: 'addCue', cue: cue('q', 5 * S, 6 * S) }]);
    const after = does(before, rollCut(before, layout(before), 1, S, RATE));
    expect(after.storyline.slice(0, 2)).toMatchObject([{ outUs: 5 * S }, { inUs: 6 * S }]);
    expect(lengths(after)).toEqual([3 * S, S, 2 * S]);
    expect(after.captions).toEqual(before.captions);
  });
  it('stops where either has no more', () => {
    const before = three();
    // The clip behind keeps a frame.
    const after = does(before, rollCut(before, layout(before), 1, 9 * S, RATE));
    expect(lengths(after).reduce((sum, us) => sum + us, 0)).toBe(6 * S);
    expect(lengths(after)[1]).toBeLessThan(S / 10);
    const back = does(before, rollCut(before, layout(before), 2, -9 * S, RATE));
    expect(lengths(back).reduce((sum, us) => sum + us, 0)).toBe(6 * S);
  });
  it('rolls clips that run backwards or stand by their own edges', () => {
    const backwards = three({ reversed: true });
    const rolled = does(backwards, rollCut(backwards, layout(backwards), 1, S, RATE));
    expect(rolled.storyline[1]).toMatchObject({ inUs: 5 * S, outUs: 6 * S });
    const held = three({ heldUs: 2 * S });
    expect(does(held, rollCut(held, layout(held), 2, -S, RATE)).storyline.slice(1)).toMatchObject([
      { heldUs: S },
      { inUs: 2 * S },
    ]);
  });
  it('is nothing where there is no cut', () => {
    const one = made(clip('x', 0, S));
    expect([nearestCut(layout(one), 0), rollCut(one, layout(one), 0, S, RATE)]).toEqual([null, []]);
    expect(nearestCut(layout(three()), 3.5 * S)).toBe(2);
  });
});

describe('slipping and sliding', () => {
  it('shows another part in the same place, as far as there is one', () => {
    const before = three();
    expect(does(before, slipClip(before, at(before, 'y'), S)).storyline[1]).toMatchObject({
      inUs: 6 * S,
      outUs: 8 * S,
    });
    expect(does(before, slipClip(before, at(before, 'y'), 9 * S)).storyline[1]).toMatchObject({
      inUs: 8 * S,
      outUs: 10 * S,
    });
    expect(does(before, slipClip(before, at(before, 'x'), -9 * S)).storyline[0]).toMatchObject({
      inUs: 0,
      outUs: 2 * S,
    });
    expect(slipClip(before, { ...at(before, 'x'), clip: { ...at(before, 'x').clip, assetId: 'e' } }, S)).toEqual([]);
  });
  it('moves a clip between its neighbours; the film stays as long', () => {
    const before = three();
    const after = does(before, slideClip(before, layout(before), at(before, 'y'), -S, RATE));
    expect(after.storyline).toMatchObject([{ outUs: 3 * S }, { inUs: 5 * S, outUs: 7 * S }, { inUs: 2 * S }]);
    expect(lengths(after)).toEqual([S, 2 * S, 3 * S]);
    expect(slideClip(before, layout(before), at(before, 'x'), S, RATE)).toEqual([]);
  });
});

describe('edges', () => {
  it('of a clip that runs backwards are the other way round', () => {
    const timeline = three({ reversed: true });
    const y = at(timeline, 'y');
    expect(edgeBy(timeline, y, 'start', S, RATE)).toMatchObject({ outUs: 6 * S });
    expect(edgeBy(timeline, y, 'end', S, RATE)).toMatchObject({ inUs: 4 * S });
    // Q and W leave what is on show at the playhead.
    for (const side of ['start', 'end'] as const) {
      const cut = does(timeline, [trimToPlayhead(y, side, 3 * S) ?? { type: 'removeClip', clipId: 'y' }]);
      expect(clipDurationUs(at(cut, 'y').clip)).toBe(S);
      const there = side === 'start' ? at(cut, 'y').startUs : at(cut, 'y').endUs - 1;
      const was = sourceTime(y, side === 'start' ? 3 * S : 3 * S - 1);
      expect(Math.abs(sourceTime(at(cut, 'y'), there) - was)).toBeLessThan(34_000);
    }
  });
  it('of a picture can be drawn out on either side', () => {
    const timeline = made(
      { type: 'insertClip', clip: { id: 'p', assetId: 'e', outUs: 2 * S } },
      clip('z', 3 * S, 5 * S),
    );
    expect(does(timeline, [edgeBy(timeline, at(timeline, 'p'), 'start', -S, RATE)]).storyline[0]).toMatchObject({
      inUs: 0,
      outUs: 3 * S,
    });
    expect(does(timeline, [edgeBy(timeline, at(timeline, 'p'), 'start', S, RATE)]).storyline[0]).toMatchObject({
      inUs: S,
      outUs: 2 * S,
    });
  });
  it('of a frozen frame change how long it stands', () => {
    const timeline = three({ heldUs: 2 * S });
    expect(trimByDrag(timeline, at(timeline, 'y'), 'start', S, RATE)).toMatchObject({
      type: 'setHeld',
      heldUs: S,
      cues: 'follow',
    });
    expect(trimByDrag(timeline, at(timeline, 'y'), 'end', 40 * S, RATE)).toMatchObject({ heldUs: 42 * S });
    expect(trimToPlayhead(at(timeline, 'y'), 'start', 3.5 * S)).toMatchObject({ type: 'setHeld', heldUs: 0.5 * S });
  });
});

describe('freezing', () => {
  const look = { turn: 90, zoom: { from: { x: 0, y: 0, size: 1000 }, to: { x: 0, y: 0, size: 500 } } };
  it('puts the frame on show between the halves of its clip, with its look at that moment', () => {
    const before = three(look);
    const after = does(before, freezeAt(before, layout(before), 3 * S, { held: 'f', rest: 'y2' }));
    expect(ids(after)).toEqual(['x', 'y', 'f', 'y2', 'z']);
    expect(after.storyline[2]).toMatchObject({ inUs: 6 * S, outUs: 6_033_333, heldUs: 3 * S, turn: 90 });
    expect(after.storyline[2]?.zoom).toEqual({ from: { x: 0, y: 0, size: 750 }, to: { x: 0, y: 0, size: 750 } });
  });
  it('before a clip where the playhead is at its beginning, behind the last one at the end', () => {
    const before = three();
    expect(ids(does(before, freezeAt(before, layout(before), 2 * S, { held: 'f', rest: 'r' })))).toEqual([
      'x',
      'f',
      'y',
      'z',
    ]);
    const end = does(before, freezeAt(before, layout(before), 6 * S, { held: 'f', rest: 'r' }));
    expect(ids(end)).toEqual(['x', 'y', 'z', 'f']);
    expect(end.storyline[3]).toMatchObject({ inUs: 4_966_667, outUs: 5 * S });
  });
  it('takes captions behind it along, and is nothing of a picture or of what stands', () => {
    const before = does(three(), [{ type: 'addCue', cue: cue('q', 5 * S, 6 * S) }]);
    const after = does(before, freezeAt(before, layout(before), 3 * S, { held: 'f', rest: 'r' }));
    expect(after.captions.cues).toMatchObject([{ startUs: 8 * S, endUs: 9 * S }]);
    expect(freezeAt(after, layout(after), 4 * S, { held: 'g', rest: 'h' })).toBeNull();
    const picture = made({ type: 'insertClip', clip: { id: 'p', assetId: 'e' } });
    expect(freezeAt(picture, layout(picture), S, { held: 'g', rest: 'h' })).toBeNull();
  });
});

describe('overwriting', () => {
  let n = 0;
  const id = () => `n${String((n += 1))}`;
  it('takes the room of what is there; nothing behind it moves', () => {
    const before = three();
    const after = does(
      before,
      overwriteAt(before, asset(3 * S), S, 'new', id, RATE).filter(({ type }) => type !== 'addAsset'),
    );
    expect(ids(after)[0]).toBe('x');
    expect(ids(after)[1]).toBe('new');
    // b is 30000/1001 and as long as its own source.
    expect(at(after, 'new').startUs).toBe(S);
  });
  it('within one clip leaves both of its ends', () => {
    const before = three();
    const ops = overwriteAt(before, asset(S), 2.5 * S, 'new', id, RATE);
    const after = does(before, ops);
    expect(ids(after).filter((each) => !/^n\d/.test(each))).toEqual(['x', 'y', 'new', 'z']);
    expect(after.storyline).toHaveLength(5);
  });
  it('behind the end is put behind it', () => {
    const before = three();
    expect(ids(does(before, overwriteAt(before, asset(null), 6 * S, 'new', id, RATE)))).toEqual(['x', 'y', 'z', 'new']);
  });
});

describe('a gap', () => {
  const lifted = () => does(three(), [{ type: 'liftClip', clipId: 'y', newId: 'g' }]);

  it('is covered by what is put over it, and its rest stays a gap', () => {
    const before = lifted();
    let n = 0;
    const after = does(
      before,
      overwriteAt(before, asset(null), S, 'new', () => `n${(n += 1)}`, RATE),
    );
    expect(after.storyline.map(({ id, gap }) => (gap ? 'gap' : id))).toEqual(['x', 'new', 'z']);
    const short = { ...asset(S), assetId: 'a', name: 'a.mp4', durationUs: S } as Asset;
    const ops = overwriteAt(before, short, 2.5 * S, 'new', () => `n${(n += 1)}`, RATE);
    const parts = does(before, ops).storyline.map(({ id, gap }) => (gap ? 'gap' : id));
    expect(parts.slice(0, 2)).toEqual(['x', 'gap']);
    expect(parts).toContain('new');
  });

  it('is trimmed at either end, rolled against its neighbours, and neither frozen nor slipped', () => {
    const before = lifted();
    const shorter = does(before, [edgeBy(before, at(before, 'g'), 'start', S, RATE)]);
    expect(lengths(shorter)).toEqual([2 * S, S, 2 * S]);
    const longer = does(before, [edgeBy(before, at(before, 'g'), 'start', -S, RATE)]);
    expect(lengths(longer)).toEqual([2 * S, 3 * S, 2 * S]);
    expect(lengths(does(before, rollCut(before, layout(before), 1, S / 2, RATE)))).toEqual([2.5 * S, 1.5 * S, 2 * S]);
    expect(slipClip(before, at(before, 'g'), S)).toEqual([]);
    expect(freezeAt(before, layout(before), 3 * S, { held: 'h', rest: 'r' })).toBeNull();
    expect(canDetach(at(before, 'g'))).toBe(false);
  });
});

describe('the rest', () => {
  it('another source is brought along, a marker is not set twice, some sounds stay with their clips', () => {
    const before = three();
    expect(does(before, replaceBy(before, asset(10 * S), 'y')).storyline[1]).toMatchObject({ assetId: 'b', inUs: 0 });
    const marked = does(before, [markAt(before, S, 'k', RATE).operation ?? { type: 'removeClip', clipId: 'x' }]);
    expect(markAt(marked, S + 20_000, 'l', RATE)).toEqual({ id: 'k', operation: null });
    expect(markAt(marked, 2 * S, 'l', RATE).operation).not.toBeNull();
    expect(
      [{}, { speed: '2/1' }, { reversed: true }, { heldUs: S }, { muted: true }].map((fields) =>
        canDetach(at(three(fields), 'y')),
      ),
    ).toEqual([true, false, false, false, false]);
    expect(timelineContent(before)).toBe(timelineContent(three()));
  });
});
