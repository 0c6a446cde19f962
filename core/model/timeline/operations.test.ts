import { describe, expect, it } from 'vitest';
import { StudioError } from '../errors.ts';
import { Chance, SECOND, asset, cue, frozen, made, randomOperation } from '../../../tests/fixtures/timeline.ts';
import { checkTimeline } from './check.ts';
import { layout } from './layout.ts';
import { parseTimeline, timelineContent } from './migrate.ts';
import { operation, parseOperations } from './operation.ts';
import type { Operation } from './operation.ts';
import { applyOperation, applyOperations } from './operations.ts';
import type { Timeline } from './timeline.ts';

const insert = (id: string, assetId: string, inUs: number, outUs: number): Operation => ({
  type: 'insertClip',
  clip: { id, assetId, inUs, outUs },
});
/** Three clips of 2 s, 3 s and 1 s of the same source. */
const three = (...more: Operation[]): Timeline =>
  made(insert('1', 'a', 0, 2 * SECOND), insert('2', 'a', SECOND, 4 * SECOND), insert('3', 'a', 0, SECOND), ...more);
const cues = (...list: ReturnType<typeof cue>[]): Operation => ({ type: 'importCues', cues: list, mode: 'replace' });

const run = (timeline: Timeline, ...list: Operation[]): Timeline => applyOperations(timeline, list).timeline;
const clipsOf = (timeline: Timeline) => timeline.storyline.map(({ id, inUs, outUs }) => [id, inUs, outUs]);
const cuesOf = (timeline: Timeline) =>
  timeline.captions.cues.map(({ id, startUs, endUs, text }) => [id, startUs, endUs, text]);

/** Code of the refusal, with what it says where it says something. */
function refusal(timeline: Timeline, op: Operation): string {
  try {
    applyOperation(timeline, op);
  } catch (error) {
    if (!(error instanceof StudioError)) throw error;
    return `${error.code} ${String(error.params['what'] ?? error.params['id'] ?? '')}`.trim();
  }
  return 'done';
}

describe('clips', () => {
  it('insert: at the end or at a place, snapped, whole by default', () => {
    const timeline = run(
      made(),
      { type: 'insertClip', clip: { id: '1', assetId: 'a' } },
      { type: 'insertClip', clip: { id: '2', assetId: 'b', inUs: 40_000, outUs: 990_000, fit: 'crop' }, at: 0 },
      { type: 'insertClip', clip: { id: '3', assetId: 'e', inUs: 0 } },
    );
    expect(clipsOf(timeline)).toEqual([
      ['2', 33_367, 1_001_000],
      ['1', 0, 10 * SECOND],
      ['3', 0, 3 * SECOND],
    ]);
    expect(timeline.storyline[0]).toEqual({
      id: '2',
      assetId: 'b',
      inUs: 33_367,
      outUs: 1_001_000,
      speed: '1/1',
      gainDb: 0,
      muted: false,
      fit: 'crop',
    });
  });
  it('remove, trim and move ripple', () => {
    const places = (timeline: Timeline) => layout(timeline).clips.map(({ clip, startUs }) => [clip.id, startUs]);
    expect(places(run(three(), { type: 'removeClip', clipId: '2' }))).toEqual([
      ['1', 0],
      ['3', 2 * SECOND],
    ]);
    expect(places(run(three(), { type: 'trimClip', clipId: '1', inUs: SECOND + 10, outUs: 4 * SECOND }))).toEqual([
      ['1', 0],
      ['2', 3 * SECOND],
      ['3', 6 * SECOND],
    ]);
    expect(places(run(three(), { type: 'moveClip', clipId: '1', to: 2 }))).toEqual([
      ['2', 0],
      ['3', 3 * SECOND],
      ['1', 4 * SECOND],
    ]);
  });
  it('split: at the nearest frame of the source, nothing lost', () => {
    const timeline = run(three(), { type: 'splitClip', atUs: 3 * SECOND + 12_000, newId: 'n' });
    expect(clipsOf(timeline).slice(1, 3)).toEqual([
      ['2', SECOND, 2 * SECOND],
      ['n', 2 * SECOND, 4 * SECOND],
    ]);
    const uneven = run(made(insert('1', 'd', 0, 2 * SECOND)), { type: 'splitClip', atUs: 1_010_000, newId: 'n' });
    expect(clipsOf(uneven)).toEqual([
      ['1', 0, SECOND],
      ['n', SECOND, 2 * SECOND],
    ]);
  });
  it('split at an edge, or where rounding ends up on one, is refused', () => {
    for (const atUs of [0, 2 * SECOND, 5 * SECOND - 10_000, 16_000]) {
      expect(refusal(three(), { type: 'splitClip', atUs, newId: 'n' })).toMatch(/^bad_timeline .*edge/);
    }
    expect(refusal(three(), { type: 'splitClip', atUs: 6 * SECOND, newId: 'n' })).toBe(
      'bad_timeline no clip at 6000000',
    );
    expect(refusal(made(), { type: 'splitClip', atUs: 0, newId: 'n' })).toContain('no clip');
    const oneFrame = made(insert('1', 'a', 0, 33_333));
    expect(refusal(oneFrame, { type: 'splitClip', atUs: 16_667, newId: 'n' })).toContain('edge');
  });
  it('keeps a clip of one frame, refuses less', () => {
    expect(clipsOf(run(three(), { type: 'trimClip', clipId: '3', outUs: 20_000 }))[2]).toEqual(['3', 0, 33_333]);
    expect(refusal(three(), { type: 'trimClip', clipId: '3', outUs: 10_000 })).toContain('out is not after');
    const uneven = made(insert('1', 'd', 0, SECOND));
    expect(refusal(uneven, { type: 'trimClip', clipId: '1', outUs: 33_332 })).toContain('one frame');
    const slow: Operation = { type: 'setCanvas', canvas: { width: 1080, height: 1920, frameRate: '25/1' } };
    expect(refusal(made(insert('1', 'a', 0, 33_333)), slow)).toContain('one frame');
  });
  it('refuses ranges outside the source, half a frame aside', () => {
    expect(refusal(three(), { type: 'trimClip', clipId: '1', outUs: 10 * SECOND + 10_000 })).toBe('done');
    expect(refusal(three(), { type: 'trimClip', clipId: '1', outUs: 10 * SECOND + 20_000 })).toBe(
      'range_outside_source',
    );
    expect(refusal(three(), { type: 'trimClip', clipId: '1', inUs: -20_000 })).toBe('range_outside_source');
    expect(refusal(three(), insert('n', 'd', 0, 9_123_458))).toBe('range_outside_source');
    expect(refusal(three(), insert('n', 'a', 11 * SECOND, 12 * SECOND))).toBe('range_outside_source');
  });
  it('names what is not there', () => {
    expect(refusal(three(), { type: 'removeClip', clipId: 'x' })).toBe('unknown_id x');
    expect(refusal(three(), insert('n', 'x', 0, SECOND))).toBe('unknown_id x');
    expect(refusal(three(), { type: 'editCue', cueId: 'x', text: '' })).toBe('unknown_id x');
    expect(refusal(three(), { type: 'removeAsset', assetId: 'x' })).toBe('unknown_id x');
    expect(refusal(three(), { type: 'moveClip', clipId: '1', to: 3 })).toContain('no place 3');
    expect(refusal(three(), insert('1', 'a', 0, SECOND))).toContain('twice');
  });
  it('fit, loudness, canvas and assets', () => {
    const timeline = run(
      three(),
      { type: 'setFit', clipId: null, fit: 'contain' },
      { type: 'setFit', clipId: '2', fit: 'crop' },
      { type: 'setGain', clipId: '1', gainDb: -3.5 },
      { type: 'setMuted', clipId: '3', muted: true },
      { type: 'setCanvas', canvas: { width: 1920, height: 1080, frameRate: '30/1' }, targets: ['bilibili'] },
      { type: 'removeAsset', assetId: 'b' },
    );
    expect(timeline).toMatchObject({ fit: 'contain', canvas: { width: 1920 }, targets: ['bilibili'] });
    expect(timeline.storyline.map(({ fit, gainDb, muted }) => [fit, gainDb, muted])).toEqual([
      [null, -3.5, false],
      ['crop', 0, false],
      [null, 0, true],
    ]);
    expect(timeline.assets.map(({ assetId }) => assetId)).toEqual(['a', 'c', 'd', 'e']);
    expect(refusal(three(), { type: 'removeAsset', assetId: 'a' })).toContain('not in the table');
    expect(refusal(three(), { type: 'addAsset', asset: asset('a') })).toContain('twice');
    expect(refusal(three(), { type: 'setFit', clipId: null, fit: null })).toContain('fit');
  });
});

describe('captions', () => {
  const timeline = three(
    cues(cue('p', 0, SECOND, '一二三四'), cue('q', SECOND, 3 * SECOND), cue('r', 4 * SECOND, 5 * SECOND)),
  );

  it('add, edit and remove keep them by start', () => {
    const next = run(
      timeline,
      { type: 'addCue', cue: { ...cue('s', SECOND, 2 * SECOND), speaker: '甲' } },
      { type: 'editCue', cueId: 'p', startUs: 4_500_000, endUs: 6 * SECOND, text: '五' },
      { type: 'removeCue', cueId: 'r' },
    );
    expect(cuesOf(next)).toEqual([
      ['q', SECOND, 3 * SECOND, 'q'],
      ['s', SECOND, 2 * SECOND, 's'],
      ['p', 4_500_000, 6 * SECOND, '五'],
    ]);
    expect('speaker' in run(next, { type: 'editCue', cueId: 's', speaker: null }).captions.cues[1]!).toBe(false);
    const first = run(next, { type: 'editCue', cueId: 'q', text: '先' });
    expect(first.captions.cues.map(({ id }) => id)).toEqual(['q', 's', 'p']);
    expect(refusal(timeline, { type: 'editCue', cueId: 'p', endUs: 1, startUs: 1 })).toContain('end is not after');
    expect(refusal(timeline, { type: 'addCue', cue: cue('1', 0, 1) })).toContain('twice');
  });
  it('split: at the cursor, in proportion or at a time', () => {
    expect(cuesOf(run(timeline, { type: 'splitCue', cueId: 'p', newId: 'n', offset: 1 })).slice(0, 2)).toEqual([
      ['p', 0, 250_000, '一'],
      ['n', 250_000, SECOND, '二三四'],
    ]);
    const spaced = run(timeline, { type: 'editCue', cueId: 'p', text: 'a b' });
    expect(cuesOf(run(spaced, { type: 'splitCue', cueId: 'p', newId: 'n', offset: 2, atUs: 7 })).slice(0, 2)).toEqual([
      ['p', 0, 7, 'a'],
      ['n', 7, SECOND, 'b'],
    ]);
    for (const offset of [0, 4, 5]) {
      expect(refusal(timeline, { type: 'splitCue', cueId: 'p', newId: 'n', offset })).toMatch(/^bad_timeline p: /);
    }
    const pair = run(timeline, { type: 'editCue', cueId: 'p', text: '😀😀' });
    expect(refusal(pair, { type: 'splitCue', cueId: 'p', newId: 'n', offset: 1 })).toContain('cannot be split');
    expect(refusal(pair, { type: 'splitCue', cueId: 'p', newId: 'n', offset: 2 })).toBe('done');
  });
  it('a split cue stays before one that starts where it was split', () => {
    const next = run(timeline, { type: 'editCue', cueId: 'p', endUs: 2 * SECOND });
    const halves = run(next, { type: 'splitCue', cueId: 'p', newId: 'n', offset: 2 });
    expect(halves.captions.cues.map(({ id }) => id)).toEqual(['p', 'n', 'q', 'r']);
  });
  it('merge: neighbours only, from the first start to the last end', () => {
    expect(cuesOf(run(timeline, { type: 'mergeCues', cueIds: ['q', 'p'] }))[0]).toEqual([
      'p',
      0,
      3 * SECOND,
      '一二三四\nq',
    ]);
    expect(cuesOf(run(timeline, { type: 'mergeCues', cueIds: ['q', 'r'], joiner: '' }))[1]).toEqual([
      'q',
      SECOND,
      5 * SECOND,
      'qr',
    ]);
    expect(refusal(timeline, { type: 'mergeCues', cueIds: ['p', 'r'] })).toContain('neighbouring');
    expect(refusal(timeline, { type: 'mergeCues', cueIds: ['p', 'p'] })).toContain('two cues');
  });
  it('shift: the named cues, by order of start afterwards; not before the start', () => {
    const later = run(timeline, { type: 'shiftCues', cueIds: ['p', 'p', 'q'], byUs: 3 * SECOND });
    expect(cuesOf(later).map(([id, startUs, endUs]) => [id, startUs, endUs])).toEqual([
      ['p', 3 * SECOND, 4 * SECOND],
      ['q', 4 * SECOND, 6 * SECOND],
      ['r', 4 * SECOND, 5 * SECOND],
    ]);
    expect(run(timeline, { type: 'shiftCues', cueIds: ['r'], byUs: -1 }).captions.cues[0]).toBe(
      timeline.captions.cues[0],
    );
    expect(refusal(timeline, { type: 'shiftCues', cueIds: ['p', 'q'], byUs: -1 })).toContain('p: outside 0');
    expect(refusal(timeline, { type: 'shiftCues', cueIds: ['p', 'x'], byUs: 1 })).toBe('unknown_id x');
  });
  it('stretch: straight through two points, rounded to the microsecond', () => {
    const times = (from: [number, number], to: [number, number]) =>
      cuesOf(run(timeline, { type: 'stretchCues', cueIds: ['p', 'q', 'r'], from, to })).map(([, a, b]) => [a, b]);
    // 25 frames a second that were taken for 24: 1.04 times as long.
    expect(times([0, 4 * SECOND], [0, 4_160_000])).toEqual([
      [0, 1_040_000],
      [1_040_000, 3_120_000],
      [4_160_000, 5_200_000],
    ]);
    expect(times([SECOND, 4 * SECOND], [2 * SECOND, 3 * SECOND])[2]).toEqual([3 * SECOND, 3_333_333]);
    const ids = ['p', 'q', 'r'];
    const stretch = (from: [number, number], to: [number, number]): Operation => ({
      type: 'stretchCues',
      cueIds: ids,
      from,
      to,
    });
    expect(refusal(timeline, stretch([1, 1], [0, 2]))).toContain('the earlier first');
    expect(refusal(timeline, stretch([0, 2], [2, 1]))).toContain('the earlier first');
    expect(refusal(timeline, stretch([SECOND, 4 * SECOND], [0, SECOND]))).toContain('p: outside 0');
    expect(refusal(timeline, stretch([0, 4 * SECOND], [0, 1]))).toContain('end is not after its start');
  });
  it('import: in any order, instead of or among those that are there', () => {
    const fresh = [cue('y', 9, 10), cue('x', 3, 10), cue('p', 9, 12)];
    const replaced = run(timeline, { type: 'importCues', cues: fresh, mode: 'replace' });
    expect(replaced.captions.cues.map(({ id }) => id)).toEqual(['x', 'y', 'p']);
    expect(refusal(timeline, { type: 'importCues', cues: fresh, mode: 'append' })).toContain('p is there twice');
    const added = run(timeline, { type: 'importCues', cues: [cue('x', SECOND, 2 * SECOND)], mode: 'append' });
    expect(added.captions.cues.map(({ id }) => id)).toEqual(['p', 'q', 'x', 'r']);
  });
  it('style: only what is named changes', () => {
    const styled = run(timeline, {
      type: 'setCaptionStyle',
      style: { size: 72, box: { colour: '#102030', opacity: 50 } },
    });
    expect(styled.captions.style).toEqual({
      ...timeline.captions.style,
      size: 72,
      box: { colour: '#102030', opacity: 50 },
    });
    expect(parseOperations([{ type: 'setCaptionStyle', style: { size: 72 } }])).toEqual([
      { type: 'setCaptionStyle', style: { size: 72 } },
    ]);
  });
});

describe('a cue at a place of its own', () => {
  const timeline = made({ type: 'addCue', cue: { ...cue('s', 0, 2 * SECOND), speaker: '甲' } });
  const up = run(timeline, { type: 'editCue', cueId: 's', position: 'top' });

  it('is put there and taken away again without a trace', () => {
    expect(up.captions.cues).toEqual([{ ...cue('s', 0, 2 * SECOND), speaker: '甲', position: 'top' }]);
    expect(run(up, { type: 'editCue', cueId: 's', position: null })).toEqual(timeline);
    expect(run(up, { type: 'editCue', cueId: 's', position: 'top' })).toBe(up);
  });
  it('keeps it in both halves, and of two that become one the first', () => {
    const halves = run(up, { type: 'splitCue', cueId: 's', newId: 't', offset: 0, atUs: SECOND });
    expect(halves.captions.cues.map(({ position }) => position)).toEqual(['top', 'top']);
    const low = run(halves, { type: 'editCue', cueId: 't', position: 'bottom' });
    expect(run(low, { type: 'mergeCues', cueIds: ['s', 't'] }).captions.cues.map((each) => each.position)).toEqual([
      'top',
    ]);
  });
});

describe('captions that follow the pictures', () => {
  const timeline = three(
    cues(
      cue('p', 0, SECOND),
      cue('over', 1_500_000, 2_500_000),
      cue('q', 3 * SECOND, 4 * SECOND),
      cue('r', 5 * SECOND, 5_500_000),
      cue('after', 7 * SECOND, 8 * SECOND),
    ),
  );
  const times = (...list: Operation[]) => run(timeline, ...list).captions.cues.map((c) => [c.id, c.startUs, c.endUs]);

  it('stay where they are unless asked', () => {
    expect(run(timeline, { type: 'removeClip', clipId: '2' }).captions).toBe(timeline.captions);
  });
  it('go with what is removed, moved, inserted or cut short', () => {
    expect(times({ type: 'removeClip', clipId: '2', cues: 'follow' })).toEqual([
      ['p', 0, SECOND],
      ['over', 1_500_000, 2 * SECOND],
      ['r', 2 * SECOND, 2_500_000],
      ['after', 4 * SECOND, 5 * SECOND],
    ]);
    expect(times({ type: 'moveClip', clipId: '3', to: 0, cues: 'follow' })).toEqual([
      ['r', 0, 500_000],
      ['p', SECOND, 2 * SECOND],
      ['over', 2_500_000, 3_500_000],
      ['q', 4 * SECOND, 5 * SECOND],
      ['after', 7 * SECOND, 8 * SECOND],
    ]);
    expect(times({ ...insert('n', 'a', 0, SECOND), at: 1, cues: 'follow' } as Operation)[1]).toEqual([
      'over',
      1_500_000,
      2 * SECOND,
    ]);
    expect(times({ type: 'trimClip', clipId: '2', inUs: 2_500_000, cues: 'follow' })).toEqual([
      ['p', 0, SECOND],
      ['over', 1_500_000, 2 * SECOND],
      ['q', 2 * SECOND, 2_500_000],
      ['r', 3_500_000, 4 * SECOND],
      ['after', 5_500_000, 6_500_000],
    ]);
  });
  it('are cut short where their pictures end earlier', () => {
    expect(times({ type: 'trimClip', clipId: '2', outUs: 2_500_000, cues: 'follow' }).slice(1, 4)).toEqual([
      ['over', 1_500_000, 2_500_000],
      ['q', 3 * SECOND, 3_500_000],
      ['r', 3_500_000, 4 * SECOND],
    ]);
  });
  it('keep their identity where nothing moved', () => {
    const next = run(timeline, { type: 'trimClip', clipId: '3', outUs: 900_000, cues: 'follow' });
    expect(next.captions.cues.slice(0, 4).every((each, i) => each === timeline.captions.cues[i])).toBe(true);
  });
});

describe('apply', () => {
  it('keeps every part that is not touched the same object', () => {
    const timeline = three(cues(cue('p', 0, 1), cue('q', 2, 3)));
    const next = run(timeline, { type: 'setGain', clipId: '2', gainDb: 1 });
    expect([next.storyline[0], next.storyline[2]]).toEqual([timeline.storyline[0], timeline.storyline[2]]);
    expect(next.storyline[0]).toBe(timeline.storyline[0]);
    expect(next.storyline[2]).toBe(timeline.storyline[2]);
    expect(next.storyline[1]).not.toBe(timeline.storyline[1]);
    expect([next.captions === timeline.captions, next.assets === timeline.assets]).toEqual([true, true]);
    const edited = run(timeline, { type: 'editCue', cueId: 'q', text: '改' });
    expect(edited.captions.cues[0]).toBe(timeline.captions.cues[0]);
    expect([edited.storyline === timeline.storyline, edited.captions.style === timeline.captions.style]).toEqual([
      true,
      true,
    ]);
  });
  it('gives the same timeline when nothing changes', () => {
    const timeline = three(cues(cue('p', 0, 1)));
    const idle: Operation[] = [
      { type: 'trimClip', clipId: '1', inUs: 5, outUs: 2 * SECOND },
      { type: 'trimClip', clipId: '1' },
      { type: 'moveClip', clipId: '2', to: 1, cues: 'follow' },
      { type: 'setFit', clipId: null, fit: 'blur' },
      { type: 'setGain', clipId: '1', gainDb: 0 },
      { type: 'setMuted', clipId: '1', muted: false },
      { type: 'setCanvas', targets: ['douyin'] },
      { type: 'editCue', cueId: 'p', text: 'p', speaker: null },
      { type: 'setCaptionStyle', style: { size: 60 } },
      { type: 'shiftCues', cueIds: ['p'], byUs: 0 },
      { type: 'stretchCues', cueIds: ['p'], from: [0, 1], to: [0, 1] },
      { type: 'importCues', cues: [], mode: 'append' },
    ];
    for (const op of idle) expect(applyOperation(timeline, op).timeline, op.type).toBe(timeline);
  });
  it('does all operations or none, and says which one was wrong', () => {
    const timeline = three();
    const list: Operation[] = [
      { type: 'removeClip', clipId: '1' },
      { type: 'splitClip', atUs: 0, newId: 'n' },
    ];
    const error = (() => {
      try {
        return applyOperations(frozen(timeline), list);
      } catch (caught) {
        return caught;
      }
    })();
    expect(error).toMatchObject({ code: 'bad_timeline', details: { operation: 1 } });
    expect((error as StudioError).params['what']).toMatch(/^operation 1: 2: /);
    const done = applyOperations(timeline, [list[0]!, { type: 'setGain', clipId: '2', gainDb: 4 }]);
    expect(timelineContent(run(done.timeline, ...done.inverse))).toBe(timelineContent(timeline));
  });
  it('reads operations from JSON, naming the place of what is wrong', () => {
    const what = (json: unknown): unknown => {
      try {
        return parseOperations(json);
      } catch (error) {
        return error instanceof StudioError && `${error.code} ${String(error.params['what'])}`;
      }
    };
    expect(what([{ type: 'removeClip', clipId: 'x' }])).toEqual([{ type: 'removeClip', clipId: 'x' }]);
    expect(what([{ type: 'removeClip', clipId: '../x' }])).toMatch(/^bad_timeline operations: 0\/clipId: /);
    expect(what([{ type: 'splitClip', atUs: 0.5, newId: 'x' }])).toMatch(/^bad_timeline operations: 0\/atUs: /);
    expect(what([{ type: 'explode' }])).toMatch(/^bad_timeline operations: 0\/type: /);
    expect(what([{ type: 'removeClip', clipId: 'x', ripple: true }])).toMatch(/^bad_timeline operations: 0: .*ripple/);
    expect(what({})).toMatch(/^bad_timeline operations: /);
  });
});

/** Applies random operations; gives back what was done, refusals left out. */
function randomRun(seed: number, length: number, each: (before: Timeline, op: Operation) => Timeline): Timeline {
  const chance = new Chance(seed);
  let timeline = frozen(three());
  for (let i = 0; i < length; i++) {
    try {
      timeline = frozen(each(timeline, randomOperation(chance, timeline, `n${i}`)));
    } catch (error) {
      if (!(error instanceof StudioError)) throw error;
      expect(['bad_timeline', 'range_outside_source', 'unknown_id']).toContain(error.code);
    }
  }
  return timeline;
}

describe('speed', () => {
  const timeline = three();
  const [first] = timeline.storyline;
  it('changes how long a clip lasts; captions stay on their pictures', () => {
    const id = first?.id ?? '';
    const lasts = layout(timeline).byId.get(id)?.endUs ?? 0;
    const shown = run(timeline, { type: 'importCues', mode: 'replace', cues: [cue('q', 400_000, 800_000)] });
    const fast = run(shown, { type: 'setSpeed', clipId: id, speed: '2/1', cues: 'follow' });
    expect(layout(fast).byId.get(id)?.endUs).toBe(lasts / 2);
    expect(fast.captions.cues).toMatchObject([{ startUs: 200_000, endUs: 400_000 }]);
    expect(run(fast, { type: 'setSpeed', clipId: id, speed: '2/1' })).toBe(fast);
  });
  it('is split on a frame of the source', () => {
    const id = first?.id ?? '';
    const fast = run(timeline, { type: 'setSpeed', clipId: id, speed: '2/1' });
    const halves = run(fast, { type: 'splitClip', atUs: 250_000, newId: 'n' }).storyline.slice(0, 2);
    expect(halves[0]?.outUs).toBe(halves[1]?.inUs);
    expect((halves[0]?.outUs ?? 0) - (halves[0]?.inUs ?? 0)).toBe(500_000);
    expect(halves.map(({ speed }) => speed)).toEqual(['2/1', '2/1']);
  });
});

describe('any operations', () => {
  it('are taken back exactly, one by one, and what comes out always holds together', () => {
    let done = 0;
    const types = new Set<string>();
    for (let seed = 1; seed <= 40; seed++) {
      randomRun(seed, 60, (before, op) => {
        expect(operation.safeParse(op).success, JSON.stringify(op)).toBe(true);
        const { timeline, inverse } = applyOperation(before, op);
        done++;
        types.add(op.type);
        const content = timelineContent(timeline);
        const read = parseTimeline(JSON.parse(JSON.stringify(timeline)));
        expect(read).toStrictEqual(timeline);
        expect(timelineContent(read)).toBe(content);
        const sent = parseOperations(JSON.parse(JSON.stringify([inverse])))[0]!;
        const back = applyOperation(timeline, sent);
        expect(timelineContent(back.timeline)).toBe(timelineContent(before));
        expect(timelineContent(applyOperation(back.timeline, back.inverse).timeline)).toBe(content);
        return timeline;
      });
    }
    expect(done).toBeGreaterThan(1000);
    expect(types.size).toBe(48);
  });
  it('are taken back exactly from the end to the beginning', () => {
    for (let seed = 100; seed < 110; seed++) {
      const inverses: Operation[] = [];
      const end = randomRun(seed, 80, (before, op) => {
        const { timeline, inverse } = applyOperation(before, op);
        inverses.unshift(inverse);
        return timeline;
      });
      expect(timelineContent(run(end, ...inverses))).toBe(timelineContent(three()));
    }
  });
});

describe('1,000 clips and 5,000 cues', () => {
  const many = run(
    made(),
    insert('v0', 'a', 0, SECOND),
    {
      type: 'patch',
      tables: {
        storyline: {
          remove: [],
          put: Array.from({ length: 999 }, (_, i) => ({
            at: i + 1,
            item: { ...three().storyline[0]!, id: `v${i + 1}`, outUs: SECOND },
          })),
        },
      },
      set: {},
    },
    cues(...Array.from({ length: 5000 }, (_, i) => cue(`c${i}`, i * 200_000, i * 200_000 + 150_000))),
  );

  it('change only the parts that are meant', () => {
    const next = run(many, { type: 'splitClip', atUs: 500_500_000, newId: 'n' });
    const old = new Set(many.storyline);
    expect(next.storyline.filter((each) => !old.has(each)).map(({ id }) => id)).toEqual(['v500', 'n']);
    const moved = applyOperation(many, { type: 'moveClip', clipId: 'v3', to: 990 });
    expect(JSON.stringify(moved.inverse).length).toBeLessThan(300);
    const edited = applyOperation(many, { type: 'editCue', cueId: 'c2500', text: '改' });
    expect(JSON.stringify(edited.inverse).length).toBeLessThan(300);
    expect(edited.timeline.captions.cues.filter((each, i) => each !== many.captions.cues[i])).toHaveLength(1);
  });
  it('hold a hundred edits and all of them taken back', () => {
    const chance = new Chance(5);
    let current = many;
    const inverses: Operation[] = [];
    for (let i = 0; i < 100; i++) {
      const op: Operation =
        i % 2 === 0
          ? { type: 'trimClip', clipId: `v${chance.below(1000)}`, outUs: 500_000, cues: 'follow' }
          : { type: 'editCue', cueId: current.captions.cues[chance.below(4000)]!.id, startUs: 0 };
      const done = applyOperation(current, op);
      inverses.unshift(done.inverse);
      current = done.timeline;
    }
    checkTimeline(current);
    expect(timelineContent(run(current, ...inverses))).toBe(timelineContent(many));
  });
});

describe('who speaks', () => {
  it('is kept by both halves of a cue; of merged ones the first who is named speaks', () => {
    const timeline = three(
      cues(cue('p', 0, SECOND, '一二三四'), cue('q', SECOND, 3 * SECOND), cue('r', 4 * SECOND, 5 * SECOND)),
    );
    const named = run(
      timeline,
      { type: 'editCue', cueId: 'q', speaker: '老周' },
      { type: 'editCue', cueId: 'r', speaker: '李干部' },
    );
    const [whole] = run(named, { type: 'mergeCues', cueIds: ['p', 'q', 'r'] }).captions.cues;
    expect(whole?.speaker).toBe('老周');
    const halves = run(named, { type: 'splitCue', cueId: 'q', offset: 1, atUs: 2 * SECOND, newId: 'h' });
    expect(halves.captions.cues.map(({ speaker }) => speaker)).toEqual([undefined, '老周', '老周', '李干部']);
  });
});
