// Several things at once: together they go, move, are copied, and one undo takes it back.
import { describe, expect, it } from 'vitest';
import { applyOperations, layout, timelineContent } from '../../../../core/model/timeline/index.ts';
import type { Operation, Timeline } from '../../../../core/model/timeline/index.ts';
import { SECOND as S, cue, made } from '../../../../tests/fixtures/timeline.ts';
import {
  behindAll,
  copyAll,
  groupAll,
  moveClips,
  nextPlace,
  pasteAll,
  removeAll,
  shiftAll,
  ungroupAll,
} from './picked.ts';
import { withGroup, type Item } from './selection.ts';

const clip = (id: string): Operation => ({ type: 'insertClip', clip: { id, assetId: 'a', outUs: 2 * S } });
const film = made(
  ...['c1', 'c2', 'c3', 'c4'].map(clip),
  { type: 'addCue', cue: cue('q', 2.5 * S, 3 * S) },
  { type: 'addTitle', title: { id: 't', startUs: 1 * S, endUs: 2 * S, look: 'headline', texts: {} } },
  { type: 'addOverlay', overlay: { id: 'o', assetId: 'a', startUs: 4.5 * S, outUs: S } },
  { type: 'addSound', track: 'music', sound: { id: 's', assetId: 'a', startUs: 3 * S, outUs: 2 * S } },
);
const places = layout(film);
const item = (kind: Item['kind'], id: string): Item => ({ kind, id });
const does = (operations: readonly Operation[], on: Timeline = film) => applyOperations(on, operations);
const order = (timeline: Timeline): string[] => timeline.storyline.map(({ id }) => id);
const CLIPS = [item('clip', 'c2'), item('clip', 'c3')];

describe('several things', () => {
  it('go together, with what follows a clip among them, and come back with one undo', () => {
    const all = [...CLIPS, item('cue', 'q'), item('sound', 's')];
    const { timeline, inverse } = does(removeAll(all, (clipId) => ({ type: 'removeClip', clipId, cues: 'follow' })));
    expect([order(timeline), timeline.captions.cues, timeline.music]).toEqual([['c1', 'c4'], [], []]);
    expect(timelineContent(does(inverse, timeline).timeline)).toBe(timelineContent(film));
  });

  it('beside the storyline move by the same, and none of them before the film', () => {
    const beside = [item('title', 't'), item('sound', 's'), item('overlay', 'o'), item('clip', 'c1')];
    const { timeline } = does(shiftAll(film, places, beside, S / 2));
    expect([timeline.titles[0]?.startUs, timeline.music[0]?.startUs, timeline.overlays[0]?.startUs]).toEqual([
      1.5 * S,
      3.5 * S,
      5 * S,
    ]);
    expect(timeline.titles[0]?.endUs).toBe(2.5 * S);
    const early = does(shiftAll(film, places, beside, -9 * S)).timeline;
    expect([early.titles[0]?.startUs, early.music[0]?.startUs]).toEqual([0, 2 * S]);
  });

  it('of the storyline move side by side; what is picked with them keeps its distance', () => {
    const back = does(moveClips(film, places, [...CLIPS, item('sound', 's')], 0)).timeline;
    expect(order(back)).toEqual(['c2', 'c3', 'c1', 'c4']);
    expect(back.music[0]?.startUs).toBe(S);
    expect(back.captions.cues[0]?.startUs).toBe(0.5 * S);
    const apart = does(moveClips(film, places, [item('clip', 'c1'), item('clip', 'c3')], 4)).timeline;
    expect(order(apart)).toEqual(['c2', 'c4', 'c1', 'c3']);
    expect(moveClips(film, places, CLIPS, 2)).toEqual([]);
    expect([nextPlace(places, CLIPS, 1), nextPlace(places, CLIPS, -1)]).toEqual([4, 0]);
    expect(order(does(moveClips(film, places, CLIPS, 4)).timeline)).toEqual(['c1', 'c4', 'c2', 'c3']);
    expect([nextPlace(places, [item('clip', 'c4')], 1), nextPlace(places, [item('cue', 'q')], 1)]).toEqual([
      null,
      null,
    ]);
  });

  it('are pasted as far from each other as they were, and a group is one again', () => {
    const grouped = does([groupAll([...CLIPS, item('title', 't'), item('sound', 's')], 'g') ?? clip('x')]).timeline;
    const picked = withGroup(grouped, item('sound', 's'));
    expect(picked[0]).toEqual(item('sound', 's'));
    expect(picked).toHaveLength(4);
    const copied = copyAll(grouped, places, picked);
    if (!copied) throw new Error('nothing');
    let n = 0;
    const idFor = (kind: string): string => `${kind}${(n += 1)}`;
    const { operations, items } = pasteAll(copied, { timeline: grouped, places, us: 8 * S, idFor });
    const { timeline } = does(operations, grouped);
    expect(order(timeline)).toEqual(['c1', 'c2', 'c3', 'c4', 'clip1', 'clip2']);
    // The title began a second before the clips, the sound a second behind their start.
    expect(timeline.titles[1]?.startUs).toBe(7 * S);
    expect(timeline.music[1]?.startUs).toBe(9 * S);
    expect(timeline.groups).toHaveLength(2);
    expect(new Set(timeline.groups?.[1]?.items)).toEqual(new Set(items.map(({ id }) => id)));
    expect(behindAll(grouped, places, picked)).toBe(6 * S);
    const inside = pasteAll(copied, { timeline: grouped, places, us: 3 * S, idFor });
    expect(order(does(inside.operations, grouped).timeline).indexOf(inside.items[0]?.id ?? '')).toBe(2);
    const single = copyAll(grouped, places, [item('title', 't')]);
    expect(single?.grouped).toBe(false);
    expect(copyAll(grouped, places, [])).toBeNull();
  });

  it('are a group only when there are two, without markers; taken apart they stand by themselves', () => {
    expect(groupAll([item('clip', 'c1')], 'g')).toBeNull();
    expect(groupAll([item('clip', 'c1'), item('marker', 'k')], 'g')).toBeNull();
    const grouped = does([groupAll(CLIPS, 'g') ?? clip('x')]).timeline;
    expect(does(ungroupAll(grouped, CLIPS), grouped).timeline).toEqual(film);
    expect(ungroupAll(film, CLIPS)).toEqual([]);
    // What is gone is not picked with the rest.
    const gone = does([{ type: 'removeClip', clipId: 'c3' }], grouped).timeline;
    expect(withGroup(gone, item('clip', 'c2'))).toEqual([item('clip', 'c2')]);
  });
});
