import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeOf, errorOf, makeStudio, type TestStudio } from '../../tests/support/studio.ts';
import type { ArticleDocJson } from '../model/contract/index.ts';

let t: TestStudio;
beforeEach(async () => {
  t = await makeStudio();
});
afterEach(async () => {
  await t.stop();
});

function doc(...paragraphs: string[]): ArticleDocJson {
  return {
    type: 'doc',
    content: paragraphs.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
  };
}

describe('stories', () => {
  it('keeps the draft at every save and a version at the first, on request and on restore', async () => {
    const made = await t.client.stories.create({ title: '老周', doc: doc('凌晨四点半') });
    expect(made.versionNo).toBe(1);
    const saved = await t.client.stories.save({
      storyId: made.storyId,
      baseHash: made.contentHash,
      title: '老周的春茶',
      doc: doc('凌晨四点半，雾还压着。'),
    });
    expect(saved.versionHash).toBeNull();
    const kept = await t.client.stories.save({
      storyId: made.storyId,
      baseHash: saved.contentHash,
      title: '老周的春茶',
      doc: doc('凌晨四点半，雾还压着。', '第二段'),
      checkpoint: true,
    });
    expect(kept.versionNo).toBe(2);
    expect(kept.versionHash).toBe(kept.contentHash);
    const back = await t.client.stories.restore({ storyId: made.storyId, hash: made.contentHash });
    expect(back.title).toBe('老周');
    const versions = await t.client.stories.versions({ storyId: made.storyId });
    expect(versions.map((v) => [v.n, v.reason])).toEqual([
      [3, 'restore'],
      [2, 'saved'],
      [1, 'created'],
    ]);
    expect(versions[0]?.hash).toBe(made.contentHash);
  });

  it('keeps what stood in the draft as a version before it restores an old one', async () => {
    const made = await t.client.stories.create({ title: 'a', doc: doc('一') });
    const saved = await t.client.stories.save({
      storyId: made.storyId,
      baseHash: made.contentHash,
      title: 'a',
      doc: doc('二'),
    });
    await t.client.stories.restore({ storyId: made.storyId, hash: made.contentHash });
    const versions = await t.client.stories.versions({ storyId: made.storyId });
    expect(versions.map((v) => v.hash)).toContain(saved.contentHash);
  });

  it('keeps a version for the reason it was asked for, once', async () => {
    const made = await t.client.stories.create({ title: 'a', doc: doc('一') });
    const base = { storyId: made.storyId, title: 'a', checkpoint: true };
    const two = await t.client.stories.save({
      ...base,
      baseHash: made.contentHash,
      doc: doc('二'),
      reason: 'beforePaste',
    });
    await t.client.stories.save({ ...base, baseHash: two.contentHash, doc: doc('二'), reason: 'beforeTheme' });
    const versions = await t.client.stories.versions({ storyId: made.storyId });
    expect(versions.map((v) => [v.n, v.reason])).toEqual([
      [2, 'beforePaste'],
      [1, 'created'],
    ]);
    const bad = { ...base, baseHash: two.contentHash, doc: doc('三'), reason: 'submit' as 'saved' };
    expect(await codeOf(t.client.stories.save(bad))).toBe('bad_input');
  });

  it('refuses the second of two editors without losing either text', async () => {
    const made = await t.client.stories.create({ title: '', doc: doc('一') });
    const base = { storyId: made.storyId, baseHash: made.contentHash, title: '' };
    const first = await t.client.stories.save({ ...base, doc: doc('甲的字') });
    const error = await errorOf(t.client.stories.save({ ...base, doc: doc('乙的字') }));
    expect(error.code).toBe('conflict');
    expect(error.details).toMatchObject({ contentHash: first.contentHash });
    const again = await t.client.stories.save({
      ...base,
      baseHash: first.contentHash,
      doc: doc('乙的字'),
      checkpoint: true,
    });
    expect(again.contentHash).not.toBe(first.contentHash);
  });

  it('answers a repeated save whose reply was lost as if it were the first', async () => {
    const made = await t.client.stories.create({ title: '', doc: doc('一') });
    const input = { storyId: made.storyId, baseHash: made.contentHash, title: '', doc: doc('二') };
    const one = await t.client.stories.save(input);
    const two = await t.client.stories.save(input);
    expect(two).toEqual(one);
  });

  it('names content by hash: the same text gives the same name in any story', async () => {
    const a = await t.client.stories.create({ title: '同', doc: doc('一样') });
    const b = await t.client.stories.create({ title: '同', doc: doc('一样') });
    expect(a.contentHash).toBe(b.contentHash);
    const named = await t.client.stories.nameVersion({ storyId: a.storyId, hash: a.contentHash, name: '初稿' });
    expect(named.hash).toBe(a.contentHash);
    expect((await t.client.stories.versions({ storyId: b.storyId }))[0]?.name).toBeNull();
  });

  it('refuses an article that does not fit its schema and leaves the draft as it was', async () => {
    const made = await t.client.stories.create({ title: 'x', doc: doc('一') });
    const bad = { type: 'doc' as const, content: [{ type: 'script', content: [] }] };
    const base = { storyId: made.storyId, baseHash: made.contentHash, title: 'x' };
    expect(await codeOf(t.client.stories.save({ ...base, doc: bad }))).toBe('bad_article');
    expect((await t.client.stories.get({ storyId: made.storyId })).contentHash).toBe(made.contentHash);
  });

  it('lists by words in title or beginning, wildcards taken literally', async () => {
    await t.client.stories.create({ title: '100% 的茶', doc: doc('x') });
    await t.client.stories.create({ title: '1000 亩', doc: doc('y') });
    const found = await t.client.stories.list({ q: '100%' });
    expect(found.items.map((s) => s.title)).toEqual(['100% 的茶']);
  });

  it('removes and brings back', async () => {
    const made = await t.client.stories.create({ title: 'x' });
    await t.client.stories.remove({ storyIds: [made.storyId] });
    expect((await t.client.stories.list({})).total).toBe(0);
    expect((await t.client.stories.list({ scope: 'removed' })).total).toBe(1);
    await t.client.stories.unremove({ storyIds: [made.storyId] });
    expect((await t.client.stories.list({})).total).toBe(1);
  });

  it('writes nothing when one of several ids is unknown', async () => {
    const made = await t.client.stories.create({ title: 'x' });
    expect(await codeOf(t.client.stories.remove({ storyIds: [made.storyId, 'nope'] }))).toBe('unknown_id');
    expect((await t.client.stories.list({})).total).toBe(1);
  });
});
