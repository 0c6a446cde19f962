import { describe, expect, it } from 'vitest';
import type { Cue } from '../../../../../core/model/timeline/timeline.ts';
import { cuesIn, exactTime, parseTime, pointsOf, shiftBy, stretchTo } from './retime.ts';

const S = 1_000_000;
const cue = (id: string, startUs: number, endUs: number): Cue => ({ id, startUs, endUs, text: id });
const cues = [cue('a', S, 2 * S), cue('b', 3 * S, 4 * S), cue('c', 5 * S, 6 * S)];

describe('many captions', () => {
  it('are the selected one, those from it on, or all', () => {
    const ids = (scope: 'one' | 'from' | 'all', id: string | null) => cuesIn(cues, scope, id).map((each) => each.id);
    expect([ids('one', 'b'), ids('from', 'b'), ids('all', 'b')]).toEqual([['b'], ['b', 'c'], ['a', 'b', 'c']]);
    expect([ids('one', null), ids('from', 'x'), ids('all', null)]).toEqual([[], [], ['a', 'b', 'c']]);
  });
  it('move, no further than the start', () => {
    expect(shiftBy(cues.slice(1), -500_000)).toEqual({
      operation: { type: 'shiftCues', cueIds: ['b', 'c'], byUs: -500_000 },
      byUs: -500_000,
    });
    expect(shiftBy(cues, -3 * S)?.byUs).toBe(-S);
    expect([shiftBy(cues, 0), shiftBy([], S), shiftBy([cue('z', 0, 1)], -1)]).toEqual([null, null, null]);
  });
  it('are stretched between the starts of the first and the last', () => {
    expect(pointsOf(cues)).toEqual([S, 5 * S]);
    expect(stretchTo(cues, [2 * S, 10 * S])).toEqual({
      type: 'stretchCues',
      cueIds: ['a', 'b', 'c'],
      from: [S, 5 * S],
      to: [2 * S, 10 * S],
    });
    expect([stretchTo(cues, [2, 2]), stretchTo(cues, [S, 5 * S]), stretchTo(cues.slice(1, 2), [0, 1])]).toEqual([
      null,
      null,
      null,
    ]);
  });
});

describe('a time in a field', () => {
  it.each([
    ['29.04', 29_040_000],
    ['02:03,5', 123_500_000],
    ['1:02:03', 3_723_000_000],
    ['２', null],
    ['1：05。25', 65_250_000],
    ['90', 90 * S],
    ['1:75', null],
    ['1:75:00', null],
    ['', null],
    ['-1', null],
    ['100:00:01', null],
  ])('%j is %s', (text, us) => {
    expect(parseTime(text)).toBe(us);
  });
  it('is read back as it was written', () => {
    for (const us of [0, 29_040_000, 3_723_004_000]) expect(parseTime(exactTime(us))).toBe(us);
    expect(exactTime(62_005_400)).toBe('01:02.005');
  });
});
