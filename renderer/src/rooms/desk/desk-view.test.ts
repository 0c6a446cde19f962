import { describe, expect, it } from 'vitest';
import type { DeskItem } from '../../../../core/model/contract/packages.ts';
import { dayPart, kindsOf, type Why } from './desk-view.ts';

const at = (hour: number) => new Date(2026, 3, 23, hour).getTime();
const item = (why: Why): DeskItem => ({
  storyId: why,
  title: '一张红纸，三代人',
  coverAssetId: null,
  why,
  stage: null,
  by: { userId: 'u', name: '林小满' },
  at: 1,
  text: '',
});

describe('the desk', () => {
  it('greets by the hour', () => {
    expect([0, 5, 10, 11, 13, 17, 18, 22, 23].map((h) => dayPart(at(h)))).toEqual([
      'night',
      'morning',
      'morning',
      'noon',
      'afternoon',
      'afternoon',
      'evening',
      'evening',
      'night',
    ]);
  });

  it('names only the kinds that wait', () => {
    expect(kindsOf([item('write'), item('sign'), item('sign')])).toEqual([
      { why: 'sign', n: 2 },
      { why: 'write', n: 1 },
    ]);
  });
});
