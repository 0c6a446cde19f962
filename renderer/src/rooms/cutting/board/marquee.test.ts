// A frame drawn on the timeline: what it touches, by times and lanes alone.
import { describe, expect, it } from 'vitest';
import { applyOperations, layout } from '../../../../../core/model/timeline/index.ts';
import type { Operation } from '../../../../../core/model/timeline/index.ts';
import { SECOND as S, cue, made } from '../../../../../tests/fixtures/timeline.ts';
import type { Item } from '../selection.ts';
import { pickedBy, touched, type LaneBox } from './marquee.ts';

const clip = (id: string): Operation => ({ type: 'insertClip', clip: { id, assetId: 'a', outUs: 2 * S } });
const film = made(
  ...['c1', 'c2', 'c3'].map(clip),
  { type: 'addCue', cue: cue('q', 2.5 * S, 3 * S) },
  { type: 'addTitle', title: { id: 't1', startUs: 1 * S, endUs: 3 * S, look: 'headline', texts: {} } },
  { type: 'addTitle', title: { id: 't2', startUs: 2 * S, endUs: 4 * S, look: 'headline', texts: {} } },
  { type: 'addOverlay', overlay: { id: 'o', assetId: 'a', startUs: 4.5 * S, outUs: S } },
  { type: 'addSound', track: 'music', sound: { id: 's', assetId: 'a', startUs: 3 * S, outUs: 2 * S } },
  { type: 'addMarker', marker: { id: 'm', atUs: 1.5 * S, text: '' } },
);
const places = layout(film);
const BOXES: LaneBox[] = [
  { lane: 'markers', top: 0, height: 24 },
  { lane: 'titles', top: 24, height: 40 },
  { lane: 'overlays', top: 64, height: 28 },
  { lane: 'clips', top: 104, height: 100 },
  { lane: 'cues', top: 216, height: 36 },
  { lane: 'music', top: 254, height: 28 },
];
const ids = (fromS: number, toS: number, top: number, bottom: number): string[] =>
  touched({ fromUs: fromS * S, toUs: toS * S, top, bottom, flagUs: 0.2 * S }, BOXES, film, places).map(({ id }) => id);

describe('a frame on the timeline', () => {
  it('touches what it reaches in time and in height, clips first', () => {
    expect(ids(0, 9, 0, 300)).toEqual(['c1', 'c2', 'c3', 'm', 't1', 't2', 'o', 'q', 's']);
    expect(ids(2.6, 4.2, 230, 300)).toEqual(['q', 's']);
    expect(ids(2.6, 4.2, 204, 216)).toEqual([]);
    expect(ids(2.6, 4.2, 203, 216)).toEqual(['c2', 'c3']);
    expect(ids(1, 1.4, 0, 20)).toEqual([]);
    expect(ids(1, 1.6, 0, 20)).toEqual(['m']);
    expect(ids(1.6, 9, 0, 20)).toEqual(['m']);
    expect(ids(1.8, 9, 0, 20)).toEqual([]);
  });

  it('touches a clip only where it reaches into it, not where the one before ends', () => {
    expect(ids(2, 3, 110, 120)).toEqual(['c2']);
    expect(ids(1.999, 3, 110, 120)).toEqual(['c1', 'c2']);
    expect(ids(6, 9, 110, 120)).toEqual([]);
  });

  it('tells the rows of a lane apart', () => {
    expect(ids(2.5, 2.6, 26, 40)).toEqual(['t1']);
    expect(ids(2.5, 2.6, 46, 60)).toEqual(['t2']);
    expect(ids(2.5, 2.6, 40, 50)).toEqual(['t1', 't2']);
  });

  it('takes groups along, adds to what was picked before, and nothing twice', () => {
    const { timeline } = applyOperations(film, [{ type: 'group', groupId: 'g', items: ['c2', 's'] }]);
    const found: Item[] = [
      { kind: 'clip', id: 'c2' },
      { kind: 'sound', id: 's' },
    ];
    const before: Item[] = [
      { kind: 'cue', id: 'q' },
      { kind: 'clip', id: 'c2' },
    ];
    expect(pickedBy(found.slice(0, 1), [], timeline)).toEqual(found);
    expect(pickedBy(found, before, timeline).map(({ id }) => id)).toEqual(['q', 'c2', 's']);
  });
});
