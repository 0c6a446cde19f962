import { describe, expect, it } from 'vitest';
import { afterOwnSave } from './own-save.ts';

const user = { userId: 'u', name: '何静文' };
const story = { updatedAt: 120_000, updatedBy: user, versionNo: 3 };

describe('a story after its own save', () => {
  it('is the same object while nobody would see a difference', () => {
    expect(afterOwnSave(story, { user, at: 179_999, versionNo: 3 })).toBe(story);
    expect(afterOwnSave(story, { user, at: 130_000, versionNo: null })).toBe(story);
  });
  it('tells another minute, another person, and a version the core made by itself', () => {
    expect(afterOwnSave(story, { user, at: 180_000, versionNo: 3 }).updatedAt).toBe(180_000);
    const other = { userId: 'v', name: '林小满' };
    expect(afterOwnSave(story, { user: other, at: 130_000, versionNo: 3 }).updatedBy).toEqual(other);
    expect(afterOwnSave(story, { user, at: 130_000, versionNo: 4 }).versionNo).toBe(4);
  });
});
