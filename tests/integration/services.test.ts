/** The domains' own queries on both databases, through the whole pipeline. */
import path from 'node:path';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Studio } from '../../core/index.ts';
import type { StudioClient } from '../../core/model/contract/client.ts';
import type { ArticleDocJson, ImportedStory, MediaImportResult, StudioEvent } from '../../core/model/contract/index.ts';
import { describeOnBoth } from '../support/databases.ts';
import { codeOf, repoRoot } from '../support/studio.ts';
import { studioOn } from '../support/studio-on.ts';

const doc = (text: string): ArticleDocJson => ({
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});

describeOnBoth('services', (open) => {
  let root = '';
  let studio: Studio;
  let client: StudioClient;
  let events: StudioEvent[];

  beforeEach(async () => {
    root = mkdtempSync(path.join(os.tmpdir(), 'tongxin-services-'));
    process.env['TONGXIN_HOME'] = path.join(root, 'home');
    studio = studioOn(root, open);
    events = [];
    studio.onEvent((event) => events.push(event));
    client = studio.client(studio.newSession({ shell: 'test', localFiles: true, trust: 'owner' }));
    await client.workspace.create({ dir: path.join(root, 'w'), name: '岚溪' });
  });
  afterEach(async () => {
    await studio.stop();
    rmSync(root, { recursive: true, force: true });
  });

  async function finish(jobId: string): Promise<unknown> {
    await studio.idle();
    const job = await client.jobs.get({ jobId });
    expect(job).toMatchObject({ state: 'done', error: null });
    return job.result;
  }

  it('people: add, sign in, lock out, disable', async () => {
    const { userId } = await client.users.add({ name: '林小满', role: 'editor', pin: '4821' });
    const other = studio.client(studio.newSession({ shell: 'test', localFiles: false, trust: 'none' }));
    expect(await codeOf(other.session.signIn({ name: '林小满', pin: '9999' }))).toBe('wrong_pin');
    expect((await other.session.signIn({ name: '林小满', pin: '4821' })).userId).toBe(userId);
    expect(await codeOf(client.users.add({ name: '林小满', role: 'editor', pin: '4821' }))).toBe('name_taken');
    await client.users.setDisabled({ userId, disabled: true });
    expect((await client.users.list()).map((u) => [u.role, u.disabled])).toEqual([
      ['owner', false],
      ['editor', true],
    ]);
  });

  it('stories: save, conflict, versions, restore, search, remove', async () => {
    const made = await client.stories.create({ title: '老周的春茶 🍵', doc: doc('凌晨四点半') });
    const base = { storyId: made.storyId, title: made.title };
    const saved = await client.stories.save({
      ...base,
      baseHash: made.contentHash,
      doc: doc('雾还压着'),
      checkpoint: true,
    });
    expect(await codeOf(client.stories.save({ ...base, baseHash: made.contentHash, doc: doc('别的') }))).toBe(
      'conflict',
    );
    expect(saved.versionNo).toBe(2);
    await client.stories.nameVersion({ storyId: made.storyId, hash: made.contentHash, name: '初稿' });
    const back = await client.stories.restore({ storyId: made.storyId, hash: made.contentHash });
    expect(back.contentHash).toBe(made.contentHash);
    expect((await client.stories.versions({ storyId: made.storyId })).map((v) => [v.n, v.name])).toEqual([
      [3, null],
      [2, null],
      [1, '初稿'],
    ]);
    await client.stories.create({ title: 'Tea 100%' });
    expect((await client.stories.list({ q: '春茶' })).items.map((s) => s.storyId)).toEqual([made.storyId]);
    expect((await client.stories.list({ q: 'tEA 100%' })).total).toBe(1);
    expect((await client.stories.list({ q: '100_' })).total).toBe(0);
    expect((await client.stories.list({ scope: 'mine', limit: 1 })).total).toBe(2);
    await client.stories.remove({ storyIds: [made.storyId] });
    expect((await client.stories.list({ scope: 'removed' })).items.map((s) => s.storyId)).toEqual([made.storyId]);
    expect((await client.workspace.check()).problems).toEqual([]);
  });

  it('media: import with a duplicate and a refusal, poster, rename, use in a story, remove and bring back', async () => {
    const good = path.join(root, '采茶 "一".png');
    const same = path.join(root, 'copy.png');
    const bad = path.join(root, 'bad.mp4');
    const picture = sharp({ create: { width: 40, height: 30, channels: 3, background: '#356' } });
    await Promise.all([picture.clone().png().toFile(good), picture.clone().png().toFile(same)]);
    writeFileSync(bad, 'this is a text');
    const { jobId } = await client.media.import({ sources: [good, bad, same].map((file) => ({ path: file })) });
    const [one, two, three] = (await finish(jobId)) as MediaImportResult;
    expect(one).toMatchObject({ kind: 'image', width: 40, height: 30, duplicate: false });
    expect(two).toMatchObject({ file: bad, error: { code: 'unreadable_media' } });
    expect(three).toMatchObject({ duplicate: true });
    const assetId = one && 'assetId' in one ? one.assetId : '';
    const asset = await client.media.get({ assetId });
    expect(asset).toMatchObject({ name: '采茶 "一".png', poster: true, proxy: false, storyIds: [] });
    await client.media.rename({ assetId, name: '采茶.png' });
    const image = { type: 'image', attrs: { assetId, alt: '采茶' } };
    const story = await client.stories.create({ title: 'x', doc: { type: 'doc', content: [image] } });
    expect(story.coverAssetId).toBe(assetId);
    expect((await client.media.list({ storyId: story.storyId, q: '采茶' })).items.map((a) => a.storyIds)).toEqual([
      [story.storyId],
    ]);
    await client.media.remove({ assetIds: [assetId] });
    expect([(await client.media.list({})).total, (await client.media.list({ removed: true })).total]).toEqual([0, 1]);
    const again = await client.media.import({ sources: [{ path: same }] });
    expect(await finish(again.jobId)).toMatchObject([{ assetId, duplicate: true }]);
    expect((await client.media.list({})).total).toBe(1);
  });

  it('imports a document once even if its job runs twice', async () => {
    const file = path.join(repoRoot, 'docs/adr/0001-what-the-studio-is-not-for.md');
    const { jobId } = await client.stories.import({ source: { path: file } });
    const done = (await finish(jobId)) as ImportedStory;
    expect(done.title).toBe('1. What the studio is not for');
    const versions = await client.stories.versions({ storyId: done.storyId });
    expect(versions.map((v) => [v.reason, v.hash])).toEqual([['import', done.versionHash]]);
    expect((await client.stories.list({})).total).toBe(1);
  });

  it('numbers events without a gap, each after its change can be read', async () => {
    await client.stories.create({ title: 'a' });
    await client.stories.create({ title: 'b' });
    const seqs = events.map((e) => e.seq);
    expect(seqs).toEqual(seqs.map((_s, i) => (seqs[0] ?? 0) + i));
  });

  it('lets two saves of one draft at the same moment end with one winner', async () => {
    const made = await client.stories.create({ title: '', doc: doc('一') });
    const saves = ['甲', '乙', '丙'].map((text) =>
      client.stories.save({ storyId: made.storyId, baseHash: made.contentHash, title: '', doc: doc(text) }).then(
        () => 'saved',
        () => 'refused',
      ),
    );
    expect((await Promise.all(saves)).sort()).toEqual(['refused', 'refused', 'saved']);
  });
});
