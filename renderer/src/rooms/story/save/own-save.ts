import type { Story } from '../../../../../core/model/contract/index.ts';

const MINUTE_MS = 60_000;

interface OwnSave {
  user: { userId: string; name: string };
  /** Epoch milliseconds. */
  at: number;
  /** Of the newest version; null: not known. */
  versionNo: number | null;
}

/**
 * What is told about a story after this person's own save: who changed it, when, and its newest version (the core makes
 * one by itself now and then). The same object when nobody would see a difference.
 */
export function afterOwnSave<T extends Pick<Story, 'updatedAt' | 'updatedBy' | 'versionNo'>>(
  story: T,
  { user: { userId, name }, at, versionNo: newest }: OwnSave,
): T {
  const versionNo = newest ?? story.versionNo;
  const sameMinute = Math.floor(story.updatedAt / MINUTE_MS) === Math.floor(at / MINUTE_MS);
  if (sameMinute && story.updatedBy.userId === userId && story.versionNo === versionNo) return story;
  return { ...story, updatedAt: at, updatedBy: { userId, name }, versionNo };
}
