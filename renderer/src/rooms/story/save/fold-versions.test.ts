import { describe, expect, it } from 'vitest';
import type { StoryVersion } from '../../../../../core/model/contract/index.ts';
import { AUTOMATIC_SHOWN, foldVersions } from './fold-versions.ts';

const DAY = 24 * 60 * 60_000;
const NOW = 1000 * DAY;
const version = (n: number, reason: StoryVersion['reason'], ageDays = 0, name: string | null = null): StoryVersion => ({
  n,
  hash: 'a'.repeat(64),
  title: '',
  words: 0,
  reason,
  name,
  createdAt: NOW - ageDays * DAY,
  author: { userId: 'u', name: '何静文' },
});
const numbers = (list: StoryVersion[]): number[] => list.map(({ n }) => n);

describe('a long list of versions', () => {
  it('folds automatic versions behind the newest fifty', () => {
    const list = Array.from({ length: 60 }, (_, i) => version(60 - i, i % 2 ? 'autosave' : 'beforePaste'));
    const { shown, folded } = foldVersions(list, NOW);
    expect(shown).toHaveLength(AUTOMATIC_SHOWN);
    expect(numbers(folded)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  });

  it('folds automatic versions older than thirty days', () => {
    const list = [version(3, 'autosave', 1), version(2, 'autosave', 31), version(1, 'created', 40)];
    expect(numbers(foldVersions(list, NOW).folded)).toEqual([2]);
  });

  it('never folds what was saved, named, restored, imported or submitted, nor the newest', () => {
    const list = [
      version(7, 'autosave', 90),
      version(6, 'submit', 91),
      version(5, 'saved', 92),
      version(4, 'restore', 93),
      version(3, 'beforePaste', 94, '粘贴之前的好稿'),
      version(2, 'import', 95),
      version(1, 'created', 96),
    ];
    expect(foldVersions(list, NOW)).toEqual({ shown: list, folded: [] });
  });
});
