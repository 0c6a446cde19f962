/** Review, comments, packages and the desk on both databases, through the whole pipeline. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { verifyPackage, type Studio } from '../../core/index.ts';
import type { StudioClient } from '../../core/model/contract/client.ts';
import { madePackage, type Anchor, type Job } from '../../core/model/contract/index.ts';
import { describeOnBoth } from '../support/databases.ts';
import { addPeople, addPicture, signAll, signedIn, storyDoc, withSmallFilms } from '../support/packaging.ts';
import { codeOf, type TestStudio } from '../support/studio.ts';
import { studioOn } from '../support/studio-on.ts';

describeOnBoth('review and packages', (open) => {
  let root = '';
  let studio: Studio;
  let client: StudioClient;
  let editor: StudioClient;
  let house: Pick<TestStudio, 'another' | 'client' | 'finished' | 'root'>;

  beforeEach(async () => {
    root = mkdtempSync(path.join(os.tmpdir(), 'tongxin-reviews-'));
    process.env['TONGXIN_HOME'] = path.join(root, 'home');
    studio = studioOn(root, open, withSmallFilms);
    client = studio.client(studio.newSession({ shell: 'test', localFiles: true, trust: 'owner' }));
    await client.workspace.create({ dir: path.join(root, 'w'), name: '岚溪' });
    house = {
      root,
      client,
      another: () => {
        const session = studio.newSession({ shell: 'test', localFiles: true, trust: 'none' });
        return { session, client: studio.client(session) };
      },
      finished: async (jobId: string): Promise<Job> => {
        await studio.idle();
        return client.jobs.get({ jobId });
      },
    };
    await addPeople(client);
    editor = await signedIn(house, '王编');
  });
  afterEach(async () => {
    await studio.stop();
    rmSync(root, { recursive: true, force: true });
  });

  it('from submission over three signatures to a proven package', async () => {
    const { assetId } = await addPicture(house, 'a');
    const story = await editor.stories.create({ title: '老周的春茶 🍵', doc: storyDoc(assetId) });
    const { storyId } = story;
    const clips = [{ assetId, inUs: 0, outUs: 1_000_000 }];
    const video = await editor.videos.create({ storyId, title: '一分钟', clips });
    await editor.review.submit({ storyId });
    expect((await editor.desk.get()).waiting).toEqual([]);
    const first = await signedIn(house, '李初');
    expect((await first.desk.get()).waiting).toMatchObject([{ storyId, why: 'sign', stage: '初审' }]);
    expect((await first.review.inbox()).waiting).toHaveLength(1);
    await signAll(house, storyId);
    const dir = path.join(root, '包');
    const order = { storyId, targets: ['wechat', 'douyin'] as ('wechat' | 'douyin')[], dir };
    const job = await house.finished((await editor.packages.make(order)).jobId);
    expect(job).toMatchObject({ state: 'done', error: null });
    const made = madePackage.parse(job.result);
    expect(await verifyPackage(dir, (await client.keys.export()).publicKey)).toMatchObject({ ok: true, problems: [] });
    expect((await editor.packages.list({})).map((p) => p.packageId)).toEqual([made.packageId]);
    expect(await editor.packages.verify({ packageId: made.packageId })).toMatchObject({ ok: true });
    expect((await first.review.inbox()).seen).toMatchObject([{ storyId, state: 'approved' }]);
    expect((await editor.review.inbox()).submitted).toMatchObject([{ storyId, by: { name: '孙终' } }]);
    const { packages, recent, waiting } = await editor.desk.get();
    expect([packages.length, recent.length, waiting]).toEqual([1, 1, []]);
    // The video is edited: the piece differs, and what was approved before can still be read as it was.
    const fit = [{ type: 'setFit' as const, clipId: null, fit: 'crop' as const }];
    await editor.videos.edit({ projectId: video.projectId, baseHash: video.contentHash, operations: fit });
    const check = await editor.packages.check({ storyId });
    expect(check).toMatchObject({ ready: false, differences: [{ kind: 'timeline', what: 'changed', name: '一分钟' }] });
    expect(await codeOf(editor.packages.make({ storyId, targets: ['wechat'] }))).toBe('differs_from_approval');
    const { round } = await editor.review.status({ storyId });
    const piece = await editor.review.piece({ roundId: round?.roundId ?? '' });
    expect(piece.videos[0]?.sha256).toBe(video.contentHash);
    expect((await client.workspace.check()).problems).toEqual([]);
  });

  it('of two who submit at once one opens the round; three who sign at once sign three stages', async () => {
    const { storyId } = await editor.stories.create({ title: '抢', doc: storyDoc(null) });
    const tries = [editor, client].map((c) => c.review.submit({ storyId }).then(() => 'open', codeOfThrown));
    expect((await Promise.all(tries)).sort()).toEqual(['already_in_review', 'open']);
    const people = await Promise.all(['李初', '赵复', '孙终'].map((name) => signedIn(house, name)));
    await Promise.all(people.map((c) => c.review.sign({ storyId })));
    const { round } = await client.review.status({ storyId });
    expect([round?.state, new Set(round?.route.map((s) => s.by?.userId)).size]).toEqual(['approved', 3]);
    const ended = await client.review.revoke({ storyId, reason: '停' });
    expect(ended.round?.acts.map((a) => a.kind)).toEqual(['submit', 'sign', 'sign', 'sign', 'revoke']);
    const heads = await client.audit.verify({});
    expect(heads).toMatchObject({ ok: true, problems: [] });
  });

  it('comments, answers, what was returned and sent in again', async () => {
    const story = await editor.stories.create({ title: '评', doc: storyDoc(null) });
    const { storyId } = story;
    const anchor: Anchor = {
      kind: 'text',
      versionHash: story.contentHash,
      block: 0,
      offset: 0,
      length: 5,
      quote: '凌晨四点半',
      before: '',
      after: '，雾还',
    };
    const reviewer = await signedIn(house, '李初');
    const { commentId } = await reviewer.comments.add({ storyId, anchor, text: '几点？' });
    await editor.comments.add({ storyId, anchor: { kind: 'whole' }, text: '四点半', parentId: commentId });
    await editor.comments.resolve({ commentId, resolved: true });
    expect((await reviewer.comments.list({ storyId })).map((c) => [c.text, c.lost, c.resolvedBy?.name])).toEqual([
      ['几点？', false, '王编'],
      ['四点半', false, undefined],
    ]);
    await editor.review.submit({ storyId });
    await reviewer.review.return({ storyId, reason: '时间没有出处' });
    expect((await editor.desk.get()).waiting).toMatchObject([{ why: 'returned', text: '时间没有出处' }]);
    await editor.review.submit({ storyId, waive: '已核' });
    await editor.review.withdraw({ storyId, reason: '再改' });
    const status = await editor.review.status({ storyId });
    expect([status.round?.n, status.state, status.earlier.map((r) => r.state)]).toEqual([2, 'withdrawn', ['returned']]);
    expect((await editor.desk.get()).waiting).toMatchObject([{ why: 'write', text: '再改' }]);
    expect((await editor.desk.get()).resume?.storyId).toBe(storyId);
  });
});

function codeOfThrown(error: unknown): string {
  return (error as { code: string }).code;
}
