// Frozen frames, clips that run backwards, loudness over time, other sources, the ending, sounds that belong to clips, markers.
import { describe, expect, it } from 'vitest';
import { SECOND as S, asset, cue, made, still } from '../../../tests/fixtures/timeline.ts';
import { StudioError } from '../errors.ts';
import {
  applyOperation,
  applyOperations,
  clipDurationUs,
  declaredAi,
  framingOf,
  layout,
  shapeOf,
  parseTimeline,
  sourceTime,
  timelineContent,
  timelineToAss,
  volumeAt,
} from './index.ts';
import type { Operation, Timeline } from './index.ts';
import { timelineTime } from './layout.ts';

const clip = (id: string, assetId: string, inUs: number, outUs: number, fields: object = {}): Operation => ({
  type: 'insertClip',
  clip: { id, assetId, inUs, outUs, ...fields },
});
const two = () => made(clip('x', 'a', S, 4 * S), clip('y', 'a', 5 * S, 8 * S));
const does = (timeline: Timeline, ...operations: Operation[]): Timeline =>
  applyOperations(timeline, operations).timeline;
const code = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof StudioError) return error.code;
  }
  return 'nothing';
};
const lasts = (timeline: Timeline): number[] => timeline.storyline.map(clipDurationUs);
const placed = (timeline: Timeline, id: string) => {
  const found = layout(timeline).byId.get(id);
  if (!found) throw new Error(id);
  return found;
};

describe('a frozen frame', () => {
  const frozen = () =>
    does(
      two(),
      { type: 'splitClip', atUs: S, newId: 'x2' },
      {
        type: 'insertClip',
        at: 1,
        clip: { id: 'f', assetId: 'a', inUs: 2 * S, outUs: 2_033_333, heldUs: 2 * S },
        cues: 'follow',
      },
    );
  it('stands as long as it says, at one moment of its source', () => {
    const timeline = frozen();
    expect(lasts(timeline)).toEqual([S, 2 * S, 2 * S, 3 * S]);
    expect([S, 2 * S, 3 * S - 1].map((us) => sourceTime(placed(timeline, 'f'), us))).toEqual([2 * S, 2 * S, 2 * S]);
  });
  it('is split in time, and becomes a clip again', () => {
    const timeline = does(frozen(), { type: 'splitClip', atUs: 1.5 * S, newId: 'f2' });
    expect(lasts(timeline)).toEqual([S, 0.5 * S, 1.5 * S, 2 * S, 3 * S]);
    expect(lasts(does(timeline, { type: 'setHeld', clipId: 'f', heldUs: null }))[1]).toBe(33_333);
  });
  it('takes captions with it, at their distance from its start, and cuts short what no longer fits', () => {
    const timeline = does(
      frozen(),
      { type: 'addCue', cue: cue('q', 1.5 * S, 2.5 * S) },
      { type: 'moveClip', clipId: 'f', to: 0, cues: 'follow' },
      { type: 'setHeld', clipId: 'f', heldUs: S, cues: 'follow' },
    );
    expect(timeline.captions.cues).toMatchObject([{ startUs: 0.5 * S, endUs: S }]);
  });
  it('is refused of a picture, which stands anyway', () => {
    expect(code(() => made(clip('p', 'e', 0, S, { heldUs: S })))).toBe('bad_timeline');
    expect(code(() => made(clip('p', 'e', 0, S, { reversed: true })))).toBe('bad_timeline');
  });
});

describe('a clip that runs backwards', () => {
  const backwards = () => does(two(), { type: 'setReversed', clipId: 'x', reversed: true });
  it('shows its last moment first, and its time is found both ways', () => {
    const x = placed(backwards(), 'x');
    expect([0, S, 3 * S - 1].map((us) => sourceTime(x, us))).toEqual([4 * S - 1, 3 * S - 1, S]);
    for (const us of [0, 1, S, 2_999_999]) expect(timelineTime(x, sourceTime(x, us))).toBe(us);
  });
  it('is split so that both halves together show what it showed', () => {
    const timeline = does(backwards(), { type: 'splitClip', atUs: S, newId: 'x2' });
    expect(timeline.storyline.slice(0, 2)).toMatchObject([
      { id: 'x', inUs: 3 * S, outUs: 4 * S, reversed: true },
      { id: 'x2', inUs: S, outUs: 3 * S, reversed: true },
    ]);
  });
  it('keeps captions on their pictures when it is cut short', () => {
    const timeline = does(
      backwards(),
      { type: 'addCue', cue: cue('q', S, 2 * S) },
      { type: 'trimClip', clipId: 'x', outUs: 3.5 * S, cues: 'follow' },
    );
    expect(timeline.captions.cues).toMatchObject([{ startUs: 0.5 * S, endUs: 1.5 * S }]);
  });
  it('runs forwards again without a trace', () => {
    const timeline = does(backwards(), { type: 'setReversed', clipId: 'x', reversed: false });
    expect(timelineContent(timeline)).toBe(timelineContent(two()));
  });
});

describe('loudness over time', () => {
  const keys = [
    { atUs: 2 * S, gainDb: 0 },
    { atUs: 3 * S, gainDb: -12 },
  ];
  it('goes evenly in decibels, and stands before and behind', () => {
    expect([0, 2 * S, 2.5 * S, 3 * S, 9 * S].map((us) => volumeAt(keys, us))).toEqual([0, 0, -6, -12, -12]);
    expect(volumeAt(undefined, S)).toBe(0);
  });
  it('is set and taken back, of clips and sounds', () => {
    const set = does(
      two(),
      { type: 'setVolume', clipId: 'x', volume: keys },
      { type: 'addSound', track: 'music', sound: { id: 's', assetId: 'a', volume: keys } },
    );
    expect([set.storyline[0]?.volume, set.music[0]?.volume]).toEqual([keys, keys]);
    const off = does(
      set,
      { type: 'setVolume', clipId: 'x', volume: [] },
      { type: 'editSound', soundId: 's', volume: [] },
    );
    expect('volume' in (off.storyline[0] ?? {})).toBe(false);
    expect('volume' in (off.music[0] ?? {})).toBe(false);
  });
});

describe('another source', () => {
  it('takes the same room, with what was done to the picture on its own time', () => {
    const mask = {
      id: 'm',
      shape: 'ellipse' as const,
      effect: 'blur' as const,
      keys: [{ atUs: 2 * S, x: 0, y: 0, width: 90, height: 90 }],
    };
    const timeline = does(
      two(),
      { type: 'setPicture', clipId: 'x', masks: [mask], turn: 90 },
      { type: 'setSpeed', clipId: 'x', speed: '3/2' },
      { type: 'replaceSource', clipId: 'x', assetId: 'd', inUs: 3 * S },
    );
    expect(timeline.storyline[0]).toMatchObject({ assetId: 'd', inUs: 3 * S, outUs: 6 * S, speed: '3/2', turn: 90 });
    expect(timeline.storyline[0]?.masks?.[0]?.keys[0]?.atUs).toBe(4 * S);
    expect(lasts(timeline)).toEqual([2 * S, 3 * S]);
  });
  it('begins earlier where it would end too soon, and is refused where it is too short', () => {
    const late = does(two(), { type: 'replaceSource', clipId: 'x', assetId: 'd', inUs: 9 * S });
    expect(late.storyline[0]).toMatchObject({ inUs: 6_123_457, outUs: 9_123_457 });
    const short = does(two(), { type: 'addAsset', asset: asset('k', { durationUs: S }) });
    expect(code(() => applyOperation(short, { type: 'replaceSource', clipId: 'x', assetId: 'k' }))).toBe(
      'range_outside_source',
    );
  });
  it('may be a picture, and a picture may become a video', () => {
    const timeline = does(
      two(),
      { type: 'setSpeed', clipId: 'x', speed: '2/1' },
      { type: 'setReversed', clipId: 'x', reversed: true },
      { type: 'replaceSource', clipId: 'x', assetId: 'e' },
    );
    expect(timeline.storyline[0]).toEqual({
      ...timeline.storyline[0],
      assetId: 'e',
      speed: '1/1',
      inUs: 0,
      outUs: 1.5 * S,
    });
    expect(timeline.storyline[0]?.reversed).toBeUndefined();
    expect(lasts(does(timeline, { type: 'replaceSource', clipId: 'x', assetId: 'a', inUs: S }))[0]).toBe(1.5 * S);
  });
  it('is refused where it is only heard and is to be seen, or not heard and is to be', () => {
    const timeline = does(two(), { type: 'addSound', track: 'music', sound: { id: 's', assetId: 'a' } });
    expect(code(() => applyOperation(timeline, { type: 'replaceSource', clipId: 's', assetId: 'e' }))).toBe(
      'bad_timeline',
    );
    expect(code(() => applyOperation(timeline, { type: 'replaceSource', clipId: 'none', assetId: 'e' }))).toBe(
      'unknown_id',
    );
  });
});

describe('the sound of a clip by itself', () => {
  const apart = () =>
    does(two(), { type: 'setGain', clipId: 'y', gainDb: -3 }, { type: 'detachSound', clipId: 'y', soundId: 's' });
  it('lies under its pictures, as loud as before; the clip is silent', () => {
    const timeline = apart();
    expect(timeline.storyline[1]).toMatchObject({ id: 'y', muted: true, gainDb: 0 });
    expect(timeline.voice).toMatchObject([
      { id: 's', assetId: 'a', startUs: 3 * S, inUs: 5 * S, outUs: 8 * S, gainDb: -3, linkedTo: 'y' },
    ]);
  });
  it('goes where its clip goes and stays in step when that is trimmed', () => {
    const moved = does(apart(), { type: 'moveClip', clipId: 'y', to: 0 });
    expect(moved.voice).toMatchObject([{ startUs: 0, inUs: 5 * S }]);
    const pushed = does(apart(), { type: 'trimClip', clipId: 'x', inUs: 2 * S });
    expect(pushed.voice).toMatchObject([{ startUs: 2 * S, inUs: 5 * S }]);
    const trimmed = does(apart(), { type: 'trimClip', clipId: 'y', inUs: 6 * S });
    expect(trimmed.voice).toMatchObject([{ startUs: 2 * S, inUs: 5 * S }]);
    // Nothing is heard before the film: what would lie there is cut off.
    const first = does(moved, { type: 'trimClip', clipId: 'y', inUs: 6 * S });
    expect(first.voice).toMatchObject([{ startUs: 0, inUs: 6 * S }]);
  });
  it('is split with its clip and goes with it', () => {
    const split = does(apart(), { type: 'splitClip', atUs: 4 * S, newId: 'y2' });
    expect(split.voice).toMatchObject([
      { id: 's', startUs: 3 * S, inUs: 5 * S, outUs: 6 * S, linkedTo: 'y' },
      { startUs: 4 * S, inUs: 6 * S, outUs: 8 * S, linkedTo: 'y2' },
    ]);
    expect(does(split, { type: 'removeClip', clipId: 'y' }).voice).toMatchObject([{ startUs: 3 * S, inUs: 6 * S }]);
  });
  it('stands still once it is unlinked, and can be linked again', () => {
    const alone = does(
      apart(),
      { type: 'editSound', soundId: 's', linkedTo: null },
      { type: 'removeClip', clipId: 'y' },
    );
    expect(alone.voice).toMatchObject([{ startUs: 3 * S }]);
    const again = does(alone, { type: 'editSound', soundId: 's', linkedTo: 'x' }, { type: 'removeClip', clipId: 'x' });
    expect(again.voice).toEqual([]);
    expect(code(() => applyOperation(alone, { type: 'editSound', soundId: 's', linkedTo: 'y' }))).toBe('unknown_id');
  });
  it('is refused where a sound could not say it', () => {
    const fast = does(two(), { type: 'setSpeed', clipId: 'x', speed: '2/1' });
    expect(code(() => applyOperation(fast, { type: 'detachSound', clipId: 'x', soundId: 's' }))).toBe('bad_timeline');
    const silent = made(clip('c', 'c', 0, S));
    expect(code(() => applyOperation(silent, { type: 'detachSound', clipId: 'c', soundId: 's' }))).toBe('bad_timeline');
  });
});

describe('ending and markers', () => {
  it('leave no trace when they are taken away', () => {
    const before = timelineContent(two());
    const with_ = does(
      two(),
      { type: 'setEnding', ending: { kind: 'black', lengthUs: S } },
      { type: 'addMarker', marker: { id: 'm', atUs: S, text: '好镜头' } },
    );
    expect(parseTimeline(JSON.parse(timelineContent(with_)))).toEqual(with_);
    const without = does(with_, { type: 'setEnding', ending: null }, { type: 'removeMarker', markerId: 'm' });
    expect(timelineContent(without)).toBe(before);
  });
  it('markers stand by their time and go with their pictures', () => {
    const marked = does(
      two(),
      { type: 'addMarker', marker: { id: 'm', atUs: 4 * S, text: '' } },
      { type: 'addMarker', marker: { id: 'n', atUs: S, text: '一' } },
    );
    expect(marked.markers?.map(({ id }) => id)).toEqual(['n', 'm']);
    const moved = does(marked, { type: 'moveClip', clipId: 'y', to: 0, cues: 'follow' });
    expect(moved.markers).toMatchObject([
      { id: 'm', atUs: S },
      { id: 'n', atUs: 4 * S },
    ]);
    expect(does(moved, { type: 'removeClip', clipId: 'y', cues: 'follow' }).markers).toMatchObject([
      { id: 'n', atUs: S },
    ]);
    const edited = does(marked, { type: 'editMarker', markerId: 'n', atUs: 5 * S, text: '二' });
    expect(edited.markers).toMatchObject([{ id: 'm' }, { id: 'n', atUs: 5 * S, text: '二' }]);
  });
  it('an unsorted table of markers is refused', () => {
    const markers = [
      { id: 'm', atUs: S },
      { id: 'n', atUs: 0 },
    ];
    expect(code(() => parseTimeline({ ...made(), assets: [still('z')], markers }))).toBe('bad_timeline');
  });
});

describe('framing', () => {
  const set = (...ops: Omit<Extract<Operation, { type: 'setFraming' }>, 'type' | 'clipId'>[]): Timeline =>
    does(two(), ...ops.map((op): Operation => ({ type: 'setFraming', clipId: 'x', ...op })));
  const on = (timeline: Timeline, width: number, height: number) => {
    const [first] = timeline.storyline;
    if (!first) throw new Error('no clip');
    return framingOf(first, timeline.fit, { width, height });
  };
  it('is the same everywhere until a shape has its own', () => {
    const timeline = set({ fit: 'crop', focus: { x: 200, y: 500 } }, { shape: '16:9', focus: { x: 500, y: 100 } });
    expect(on(timeline, 1080, 1920)).toEqual({ fit: 'crop', focus: { x: 200, y: 500 } });
    expect(on(timeline, 1080, 1440)).toEqual({ fit: 'crop', focus: { x: 200, y: 500 } });
    expect(on(timeline, 1920, 1080)).toEqual({ fit: 'crop', focus: { x: 500, y: 100 } });
    expect(on(set({ shape: '16:9', fit: 'contain' }), 1920, 1080)).toEqual({
      fit: 'contain',
      focus: { x: 500, y: 500 },
    });
  });
  it('leaves no trace when it is undone', () => {
    const undone = set(
      { fit: 'crop', focus: { x: 1, y: 2 } },
      { shape: '3:4', fit: 'crop', focus: { x: 1, y: 2 } },
      { shape: '3:4', fit: null, focus: null },
      { fit: null, focus: null },
    );
    expect(timelineContent(undone)).toBe(timelineContent(two()));
  });
  it('knows shapes in lowest terms, and none of odd canvases', () => {
    expect(
      [
        [1080, 1920],
        [3840, 2160],
        [1080, 1080],
        [1078, 1918],
      ].map(([width = 0, height = 0]) => shapeOf({ width, height })),
    ).toEqual(['9:16', '16:9', '1:1', null]);
    expect(code(() => parseTimeline({ ...made(clip('x', 'a', 0, S, { reframes: { wide: { fit: 'crop' } } })) }))).toBe(
      'bad_timeline',
    );
    expect(code(() => parseTimeline({ ...made(clip('x', 'a', 0, S, { reframes: { '16:9': {} } })) }))).toBe(
      'bad_timeline',
    );
  });
});

describe('what an AI made', () => {
  it('is declared of a file, counts where the film uses it, and leaves no trace when it is taken back', () => {
    const declared = does(
      two(),
      { type: 'declareAi', assetId: 'a', aiMade: true },
      { type: 'declareAi', assetId: 'e', aiMade: true },
    );
    expect(declaredAi(declared)).toBe(true);
    expect(declared.assets.map(({ assetId }) => assetId)).toEqual(two().assets.map(({ assetId }) => assetId));
    const unused = does(declared, { type: 'declareAi', assetId: 'a', aiMade: false });
    expect(declaredAi(unused)).toBe(false);
    expect(timelineContent(does(unused, { type: 'declareAi', assetId: 'e', aiMade: false }))).toBe(
      timelineContent(two()),
    );
    expect(code(() => applyOperation(two(), { type: 'declareAi', assetId: 'none', aiMade: true }))).toBe('unknown_id');
  });
  it('is labelled in the script of the whole film for as long as in its windows', () => {
    const canvas = { width: 1080, height: 1920, aiMade: true };
    expect(timelineToAss(two(), canvas).ass).toMatch(/Dialogue: 98,0:00:00\.00,0:00:0[23]\.\d\d,AiLabel/);
  });
});
