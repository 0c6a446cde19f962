/** Comments as they are shown: what answers what, and where each stands in the piece. Pure. */
import type { ArticleDoc } from '../../../../core/model/article/index.ts';
import type { Comment } from '../../../../core/model/contract/review.ts';
import { rangeOf } from './anchors.ts';

export interface Thread {
  comment: Comment;
  /** Oldest first. */
  answers: Comment[];
}

/** A thread whose words stand in the article; `n` is the number of its pin, by place, from 1. */
export interface PlacedThread extends Thread {
  n: number;
  from: number;
  to: number;
}

export interface Threads {
  placed: PlacedThread[];
  whole: Thread[];
  /** By project and time. */
  times: Thread[];
  /** Their words are not in this article. */
  lost: Thread[];
}

/** Threads in the order their first comment was written. An answer to what is not there stands for itself. */
export function threadsOf(comments: readonly Comment[]): Thread[] {
  const known = new Set(comments.map((c) => c.commentId));
  const isAnswer = (c: Comment) => c.parentId !== null && known.has(c.parentId);
  const byId = new Map(comments.map((c) => [c.commentId, c]));
  /** The first comment of the thread; answers to answers belong to it too. */
  const rootOf = (c: Comment): string => {
    let at = c;
    for (let steps = comments.length; steps > 0 && isAnswer(at); steps -= 1) at = byId.get(at.parentId ?? '') ?? at;
    return at.commentId;
  };
  return comments
    .filter((c) => !isAnswer(c))
    .map((comment) => ({
      comment,
      answers: comments.filter((c) => isAnswer(c) && rootOf(c) === comment.commentId).sort((a, b) => a.at - b.at),
    }));
}

/** Sorts threads by where they stand in `doc`. */
export function placeThreads(comments: readonly Comment[], doc: ArticleDoc): Threads {
  const threads: Threads = { placed: [], whole: [], times: [], lost: [] };
  const found: Omit<PlacedThread, 'n'>[] = [];
  for (const thread of threadsOf(comments)) {
    const { anchor } = thread.comment;
    if (anchor.kind === 'whole') threads.whole.push(thread);
    else if (anchor.kind === 'time') threads.times.push(thread);
    else {
      const range = rangeOf(doc, anchor);
      if (range) found.push({ ...thread, ...range });
      else threads.lost.push(thread);
    }
  }
  threads.placed = found.sort((a, b) => a.from - b.from || a.to - b.to).map((t, i) => ({ ...t, n: i + 1 }));
  threads.times.sort((a, b) => timeOf(a) - timeOf(b));
  return threads;
}

const timeOf = ({ comment: { anchor } }: Thread) => (anchor.kind === 'time' ? anchor.timeUs : 0);

/** Moves pins that would lie on each other down: `tops` in pixels, in order; `gap` is the least distance. */
export function spread(tops: readonly number[], gap: number): number[] {
  let last = -Infinity;
  return tops.map((top) => {
    last = Math.max(top, last + gap);
    return last;
  });
}
