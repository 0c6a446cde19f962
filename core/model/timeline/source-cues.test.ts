/** Captions of a source on the film: through in points, speed, direction and cuts. */
import { describe, expect, it } from 'vitest';
import { made } from '../../../tests/fixtures/timeline.ts';
import type { Operation } from './operation.ts';
import { cuesOnFilm } from './source-cues.ts';
import type { CueWish } from './timeline.ts';

const S = 1_000_000;
const said: CueWish[] = [
  { startUs: S, endUs: 2 * S, text: '一' },
  { startUs: 3 * S, endUs: 5 * S, text: '二', translation: 'two' },
  { startUs: 7 * S, endUs: 8 * S, text: '三' },
];
const clip = (id: string, inS: number, outS: number, assetId = 'a'): Operation => ({
  ...{ type: 'insertClip', clip: { id, assetId, inUs: inS * S, outUs: outS * S } },
});
const placed = (...operations: Operation[]) => {
  const { cues, left } = cuesOnFilm(made(...operations), 'a', said);
  return [cues.map(({ text, startUs, endUs }) => [text, startUs / S, endUs / S]), left];
};

describe('captions of a source', () => {
  it('go through the in point and behind the clips before; what is cut off is counted', () => {
    expect(placed(clip('x', 0, 2, 'e'), clip('c', 2, 6))).toEqual([[['二', 3, 5]], 2]);
    expect(cuesOnFilm(made(clip('c', 2, 6)), 'a', said).cues[0]).toEqual({ ...said[1], startUs: S, endUs: 3 * S });
  });
  it('end at a cut that goes through them; a sliver is left out', () => {
    expect(placed(clip('c', 0, 4))).toEqual([
      [
        ['一', 1, 2],
        ['二', 3, 4],
      ],
      1,
    ]);
    expect(placed(clip('c', 1.8, 3.2))).toEqual([[], 3]);
  });
  it('stay whole where the film goes on with the source, and come twice where it is shown twice', () => {
    const split: Operation = { type: 'splitClip', atUs: 4 * S, newId: 'd' };
    expect(placed(clip('c', 0, 10), split)).toEqual([
      [
        ['一', 1, 2],
        ['二', 3, 5],
        ['三', 7, 8],
      ],
      0,
    ]);
    expect(placed(clip('c', 3, 5), clip('d', 3, 5))).toEqual([
      [
        ['二', 0, 2],
        ['二', 2, 4],
      ],
      2,
    ]);
  });
  it('go with the speed, backwards, and stand still nowhere', () => {
    const fast: Operation = { type: 'setSpeed', clipId: 'c', speed: '2/1' };
    expect(placed(clip('c', 2, 6), fast)).toEqual([[['二', 0.5, 1.5]], 2]);
    const back: Operation = { type: 'setReversed', clipId: 'c', reversed: true };
    expect(placed(clip('c', 2, 10), back)).toEqual([
      [
        ['三', 2, 3],
        ['二', 5, 7],
      ],
      1,
    ]);
    const split: Operation = { type: 'splitClip', atUs: 6 * S, newId: 'd' };
    expect(placed(clip('c', 2, 10), back, split)).toEqual([
      [
        ['三', 2, 3],
        ['二', 5, 7],
      ],
      1,
    ]);
    expect(placed(clip('c', 3, 8), { type: 'setHeld', clipId: 'c', heldUs: 3 * S })).toEqual([[], 3]);
  });
  it('of an overlay: where it lies', () => {
    const overlay = { id: 'o', assetId: 'a', startUs: 5 * S, inUs: 0, outUs: 2 * S };
    expect(placed(clip('x', 0, 9, 'e'), { type: 'addOverlay', overlay })).toEqual([[['一', 6, 7]], 2]);
  });
});
