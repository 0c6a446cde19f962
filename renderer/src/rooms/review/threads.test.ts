import { describe, expect, it } from 'vitest';
import type { ArticleDoc } from '../../../../core/model/article/index.ts';
import type { Anchor, Comment } from '../../../../core/model/contract/review.ts';
import { placeThreads, spread, threadsOf } from './threads.ts';

const by = { userId: 'u', name: '何静文' };
const comment = (commentId: string, at: number, anchor: Anchor, parentId: string | null = null): Comment => ({
  commentId,
  storyId: 's',
  parentId,
  anchor,
  lost: false,
  text: commentId,
  by,
  at,
  resolvedAt: null,
  resolvedBy: null,
});
const whole: Anchor = { kind: 'whole' };
const words = (quote: string, offset = 0): Anchor => ({
  kind: 'text',
  versionHash: 'b'.repeat(64),
  block: 0,
  offset,
  length: quote.length,
  quote,
  before: '',
  after: '',
});
const doc: ArticleDoc = {
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text: '手是活的，花样是死的。' }] }],
};

describe('threads', () => {
  it('put answers, and answers to answers, under the first comment', () => {
    const threads = threadsOf([
      comment('a', 1, whole),
      comment('b', 2, whole),
      comment('a2', 4, whole, 'a1'),
      comment('a1', 3, whole, 'a'),
    ]);
    expect(threads.map((t) => [t.comment.commentId, t.answers.map((c) => c.commentId)])).toEqual([
      ['a', ['a1', 'a2']],
      ['b', []],
    ]);
  });

  it('drop nothing: an answer whose first comment is not there stands for itself', () => {
    expect(threadsOf([comment('x', 1, whole, 'gone')]).map((t) => t.comment.commentId)).toEqual(['x']);
  });

  it('are numbered by their place in the article, and lost ones are kept', () => {
    const time: Anchor = { kind: 'time', projectId: 'p', timeUs: 5, region: null };
    const {
      placed,
      lost,
      times,
      whole: all,
    } = placeThreads(
      [
        comment('late', 1, words('花样', 5)),
        comment('gone', 2, words('剪刀')),
        comment('early', 3, words('手')),
        comment('film2', 4, { ...time, timeUs: 9 }),
        comment('film1', 5, time),
        comment('all', 6, whole),
      ],
      doc,
    );
    expect(placed.map((t) => [t.n, t.comment.commentId, t.from])).toEqual([
      [1, 'early', 1],
      [2, 'late', 6],
    ]);
    expect(lost.map((t) => t.comment.commentId)).toEqual(['gone']);
    expect(times.map((t) => t.comment.commentId)).toEqual(['film1', 'film2']);
    expect(all.map((t) => t.comment.commentId)).toEqual(['all']);
  });
});

describe('pins', () => {
  it('do not lie on each other', () => {
    expect(spread([10, 12, 100, 110], 24)).toEqual([10, 34, 100, 124]);
  });
});
