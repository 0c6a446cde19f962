import { describe, expect, it } from 'vitest';
import { Chance, SECOND, cue, made, randomOperation } from '../../../tests/fixtures/timeline.ts';
import { StudioError } from '../errors.ts';
import { TimelineHistory } from './history.ts';
import { timelineContent } from './migrate.ts';
import type { Operation } from './operation.ts';
import { applyOperations } from './operations.ts';

const base = made(
  { type: 'insertClip', clip: { id: '1', assetId: 'a', inUs: 0, outUs: 4 * SECOND } },
  { type: 'insertClip', clip: { id: '2', assetId: 'a', inUs: 0, outUs: 2 * SECOND } },
  { type: 'importCues', cues: [cue('p', 0, SECOND)], mode: 'replace' },
);
const trim = (outUs: number, clipId = '1'): Operation => ({ type: 'trimClip', clipId, outUs });
const text = (value: string): Operation => ({ type: 'editCue', cueId: 'p', text: value });
const lengths = (history: TimelineHistory) => history.timeline.storyline.map(({ inUs, outUs }) => outUs - inUs);

describe('TimelineHistory', () => {
  it('undoes and redoes one step at a time', () => {
    const history = new TimelineHistory(base);
    expect([history.undo(), history.redo(), history.undoLabel]).toEqual([null, null, null]);
    history.run(trim(SECOND));
    history.run([
      { type: 'splitClip', atUs: 1_500_000, newId: 'n' },
      { type: 'removeClip', clipId: 'n' },
    ]);
    const end = history.timeline;
    expect(lengths(history)).toEqual([SECOND, 500_000]);
    expect([history.undoLabel, history.redoLabel]).toEqual(['splitClip', null]);
    history.undo();
    expect(lengths(history)).toEqual([SECOND, 2 * SECOND]);
    expect([history.undoLabel, history.redoLabel]).toEqual(['trimClip', 'splitClip']);
    history.undo();
    expect(timelineContent(history.timeline)).toBe(timelineContent(base));
    history.redo();
    history.redo();
    expect(timelineContent(history.timeline)).toBe(timelineContent(end));
    expect(history.redo()).toBeNull();
    history.undo();
    expect(lengths(history)).toEqual([SECOND, 2 * SECOND]);
  });
  it('makes one step of a gesture, and one patch of a drag', () => {
    const history = new TimelineHistory(base);
    for (let i = 1; i <= 50; i++) history.run(trim(4 * SECOND - i * 33_333), 'drag-1');
    history.close();
    history.run(trim(SECOND), 'drag-1');
    expect(history.undo()?.operations).toHaveLength(1);
    const step = history.undo();
    expect(step?.operations).toHaveLength(1);
    expect(timelineContent(history.timeline)).toBe(timelineContent(base));
    expect(history.redo()?.operations).toHaveLength(1);
    expect(lengths(history)).toEqual([2_333_333, 2 * SECOND]);
  });
  it('tells gestures apart', () => {
    const history = new TimelineHistory(base);
    history.run(text('清'), 'typing');
    history.run(text('清晨'), 'typing');
    history.run(trim(SECOND), 'drag');
    history.run(text('清晨的'), 'typing');
    expect(history.undo()?.timeline.captions.cues[0]?.text).toBe('清晨');
    // What is typed after an undo is a step of its own, even under the same mark.
    history.undo();
    history.run(text('清晨!'), 'typing');
    history.undo();
    expect(history.timeline.captions.cues[0]?.text).toBe('清晨');
    history.undo();
    expect(history.timeline.captions.cues[0]?.text).toBe('p');
    expect(history.undo()).toBeNull();
  });
  it('undoes a gesture whose operations cannot be said in one patch', () => {
    const history = new TimelineHistory(base);
    history.run({ type: 'splitClip', atUs: SECOND, newId: 'n' }, 'm');
    history.run(trim(SECOND, '2'), 'm');
    history.run({ type: 'removeClip', clipId: '1' }, 'm');
    const end = history.timeline;
    expect(history.undo()?.operations.length).toBeGreaterThan(1);
    expect(timelineContent(history.timeline)).toBe(timelineContent(base));
    history.redo();
    expect(timelineContent(history.timeline)).toBe(timelineContent(end));
    history.undo();
    expect(timelineContent(history.timeline)).toBe(timelineContent(base));
  });
});

describe('a gesture taken back, refused or met by others', () => {
  it('bails out of a gesture without a trace', () => {
    const history = new TimelineHistory(base);
    history.run(text('前'));
    history.run(trim(SECOND), 'drag');
    history.run(trim(2 * SECOND), 'drag');
    expect(history.bail('other')).toBe(false);
    expect(history.bail('drag')).toBe(true);
    expect([lengths(history)[0], history.undoLabel, history.redoLabel]).toEqual([4 * SECOND, 'editCue', null]);
    expect(history.bail('drag')).toBe(false);
  });
  it('gives captions back when a drag that swallowed them returns', () => {
    const history = new TimelineHistory(base);
    for (const inUs of [SECOND, 3 * SECOND, 500_000]) {
      history.bail('drag');
      history.run({ type: 'trimClip', clipId: '1', inUs, cues: 'follow' }, 'drag');
    }
    expect(history.timeline.captions.cues).toMatchObject([{ id: 'p', startUs: 0, endUs: 500_000 }]);
    history.undo();
    expect(timelineContent(history.timeline)).toBe(timelineContent(base));
    expect(history.undo()).toBeNull();
  });
  it('forgets what could be redone when something new is done, not when nothing changes or is refused', () => {
    const history = new TimelineHistory(base);
    history.run(trim(SECOND));
    history.undo();
    history.run(trim(4 * SECOND));
    expect(() => history.run(trim(40 * SECOND))).toThrow(StudioError);
    expect(history.redoLabel).toBe('trimClip');
    history.run(text('新'));
    expect([history.redoLabel, history.undoLabel]).toEqual([null, 'editCue']);
  });
  it('changes nothing when one of several operations is refused', () => {
    const history = new TimelineHistory(base);
    expect(() => history.run([text('新'), trim(40 * SECOND)])).toThrow(StudioError);
    expect([history.timeline, history.undoLabel]).toEqual([base, null]);
  });
  it('keeps as many steps as it may', () => {
    const history = new TimelineHistory(base, 3);
    for (let i = 1; i <= 5; i++) history.run(text(`${i}`));
    let undone = 0;
    while (history.undo()) undone++;
    expect([undone, history.timeline.captions.cues[0]?.text]).toEqual([3, '2']);
  });
  it('keeps all of them where nothing is said', () => {
    const history = new TimelineHistory(base);
    for (let i = 1; i <= 2500; i++) history.run(text(`${i}`));
    let undone = 0;
    while (history.undo()) undone++;
    expect([undone, history.timeline]).toEqual([2500, base]);
  });
  it('leaves what others did alone', () => {
    const history = new TimelineHistory(base);
    history.run(trim(SECOND));
    history.absorb({ type: 'addCue', cue: cue('x', SECOND, 2 * SECOND) });
    history.undo();
    expect([lengths(history)[0], history.timeline.captions.cues.length]).toEqual([4 * SECOND, 2]);
    history.redo();
    expect([lengths(history)[0], history.timeline.captions.cues.length]).toEqual([SECOND, 2]);
  });
  it('says so when others left nothing to undo', () => {
    const history = new TimelineHistory(base);
    history.run(text('甲'));
    history.run(trim(SECOND));
    history.absorb({ type: 'removeClip', clipId: '1' });
    const kept = history.timeline;
    expect(() => history.undo()).toThrow(expect.objectContaining({ code: 'conflict' }) as Error);
    expect([history.timeline, history.undoLabel, history.undo()]).toEqual([kept, null, null]);
  });
  it('keeps histories apart', () => {
    const [one, two] = [new TimelineHistory(base), new TimelineHistory(base)];
    one.run(trim(SECOND));
    expect([two.undo(), lengths(two)[0]]).toEqual([null, 4 * SECOND]);
  });
});

describe('any session', () => {
  it('every undo and redo lands where it was', () => {
    for (let seed = 1; seed <= 15; seed++) {
      const chance = new Chance(seed);
      const history = new TimelineHistory(base);
      const states = [timelineContent(base)];
      for (let i = 0; i < 60; i++) {
        const mark = chance.one([null, 'a', 'b', 'b']);
        const before = history.timeline;
        const same = history.undoLabel;
        try {
          history.run(randomOperation(chance, history.timeline, `n${i}`), mark);
        } catch (error) {
          if (!(error instanceof StudioError)) throw error;
        }
        if (history.timeline === before) continue;
        if (chance.below(3) > 0) history.close();
        // The journal of what was sent: replaying undo's operations elsewhere gives the same timeline.
        const there = history.timeline;
        const step = history.undo()!;
        expect(applyOperations(there, step.operations).timeline).toEqual(history.timeline);
        history.redo();
        expect(timelineContent(history.timeline)).toBe(timelineContent(there));
        expect(same === null || typeof same === 'string').toBe(true);
        states.push(timelineContent(there));
      }
      const end = timelineContent(history.timeline);
      let steps = 0;
      while (history.undo()) {
        steps++;
        expect(states).toContain(timelineContent(history.timeline));
      }
      expect(timelineContent(history.timeline)).toBe(states[0]);
      for (; steps > 0; steps--) history.redo();
      expect(timelineContent(history.timeline)).toBe(end);
    }
  });
});
