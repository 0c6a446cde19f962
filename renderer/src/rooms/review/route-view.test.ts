import { describe, expect, it } from 'vitest';
import type { ReviewRound, ReviewStage } from '../../../../core/model/contract/review.ts';
import { countParts, groupedHash, lastText, openStage, routeSteps, shortHash } from './route-view.ts';

const stage = (n: number, state: ReviewStage['state']): ReviewStage => ({
  n,
  id: `s${String(n)}`,
  name: `第${String(n)}审`,
  state,
  by: null,
  at: null,
  opinion: '',
});
const round = (state: ReviewRound['state'], states: ReviewStage['state'][]): ReviewRound => ({
  roundId: 'r',
  n: 1,
  state,
  versionNo: 4,
  versionHash: 'a'.repeat(64),
  manifestHash: 'b'.repeat(64),
  submittedBy: { userId: 'u', name: '林小满' },
  submittedAt: 1,
  endedAt: null,
  waiver: null,
  route: states.map((s, i) => stage(i + 1, s)),
  acts: [
    { kind: 'return', by: { userId: 'v', name: '何静文' }, at: 2, stage: 1, text: '先退一次' },
    { kind: 'return', by: { userId: 'v', name: '何静文' }, at: 3, stage: 1, text: '数字没有出处' },
  ],
});
const states = (r: ReviewRound) => routeSteps(r).map((s) => s.state);

describe('the route', () => {
  it('says what is done, now and next', () => {
    expect(states(round('in_review', ['done', 'now', 'next']))).toEqual(['done', 'done', 'now', 'next', 'next']);
  });
  it('ends with the package once all have signed', () => {
    expect(states(round('approved', ['done', 'done', 'done'])).at(-1)).toBe('now');
  });
  it('goes no further after a return or a withdrawal', () => {
    expect(states(round('returned', ['done', 'returned', 'next']))).toEqual([
      'done',
      'done',
      'returned',
      'stopped',
      'stopped',
    ]);
    expect(states(round('withdrawn', ['done', 'now', 'next']))).toEqual([
      'done',
      'done',
      'stopped',
      'stopped',
      'stopped',
    ]);
  });
  it('stands in order whatever order it came in', () => {
    const mixed = round('in_review', ['done', 'now', 'next']);
    mixed.route.reverse();
    expect(states(mixed)).toEqual(['done', 'done', 'now', 'next', 'next']);
  });
});

describe('of a round', () => {
  it('the open stage is there only while it is in review', () => {
    expect(openStage(round('in_review', ['done', 'now']))?.n).toBe(2);
    expect(openStage(round('withdrawn', ['done', 'now']))).toBeNull();
  });
  it('the last reason counts', () => {
    expect(lastText(round('returned', []), 'return')).toBe('数字没有出处');
    expect(lastText(round('returned', []), 'withdraw')).toBe('');
  });
});

describe('a hash', () => {
  it('is shortened for the eye and grouped for paper', () => {
    expect(shortHash('a3f9'.padEnd(60, '0') + '71c2')).toBe('a3f9…71c2');
    expect(groupedHash('7c4109eeb2')).toBe('7c41 09ee b2');
  });
});

it('counts what a manifest covers', () => {
  const counts = countParts([{ kind: 'asset' }, { kind: 'asset' }, { kind: 'article' }]);
  expect([...counts]).toEqual([
    ['asset', 2],
    ['article', 1],
  ]);
});
