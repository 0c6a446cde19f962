import { describe, expect, it } from 'vitest';
import { applyOperations } from '../../../../../core/model/timeline/operations.ts';
import { emptyTimeline, type Cue } from '../../../../../core/model/timeline/timeline.ts';
import { timed, turnOf, walkFrom } from './tap.ts';

const MS = 1000;
const cue = (id: string, startMs: number, endMs: number): Cue => ({
  id,
  startUs: startMs * MS,
  endUs: endMs * MS,
  text: '四个字的',
});
/** As a text without times comes in: one behind the other. */
const cues = [cue('a', 0, 1000), cue('b', 1000, 2000), cue('c', 2000, 3000)];

function after(table: readonly Cue[], id: string, downMs: number, upMs: number): Cue[] {
  const empty = emptyTimeline();
  const timeline = { ...empty, captions: { ...empty.captions, cues: [...table] } };
  return applyOperations(timeline, timed(table, id, downMs * MS, upMs * MS)).timeline.captions.cues;
}
const brief = (table: readonly Cue[]) => table.map(({ id, startUs, endUs }) => [id, startUs / MS, endUs / MS]);

describe('timing by ear', () => {
  it('gives each caption the time the key was held, and keeps the rest in order behind it', () => {
    const first = after(cues, 'a', 5000, 7500);
    expect(brief(first)).toEqual([
      ['a', 5000, 7500],
      ['b', 7500, 8500],
      ['c', 8500, 9500],
    ]);
    expect(brief(after(first, 'b', 8200, 9900))).toEqual([
      ['a', 5000, 7500],
      ['b', 8200, 9900],
      ['c', 9900, 10_900],
    ]);
  });
  it('a tap means the start: it lasts as long as it takes to read, until the next one begins', () => {
    const first = after(cues, 'a', 5000, 5100);
    expect(brief(first)[0]).toEqual(['a', 5000, 6000]);
    const second = after(first, 'b', 5400, 8000);
    expect(brief(second).slice(0, 2)).toEqual([
      ['a', 5000, 5400],
      ['b', 5400, 8000],
    ]);
  });
  it('never stands before the one before it', () => {
    const first = after(cues, 'b', 0, 900);
    expect(first.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });
  it('walks from the selected one, passing over what is gone', () => {
    expect(walkFrom(cues, 'b')).toEqual({ ids: ['b', 'c'], at: 0 });
    expect(walkFrom(cues, null).ids).toHaveLength(3);
    const walk = { ids: ['a', 'b', 'c'], at: 1 };
    expect(turnOf(walk, cues)).toMatchObject({ cue: { id: 'b' }, at: 1 });
    expect(turnOf(walk, [cues[0]!, cues[2]!])).toMatchObject({ cue: { id: 'c' }, at: 2 });
    expect(turnOf({ ...walk, at: 3 }, cues)).toBeNull();
  });
});
