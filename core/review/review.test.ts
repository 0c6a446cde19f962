import { createHash, createPublicKey, verify } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  addPeople,
  addPicture,
  addVideo,
  editVideo,
  pictureTimeline,
  signAll,
  signedIn,
  storyDoc,
  withDatabase,
} from '../../tests/support/packaging.ts';
import { codeOf, errorOf, makeStudio, type TestStudio } from '../../tests/support/studio.ts';
import { canonicalJson } from '../model/article/canonical.ts';
import type { StudioClient } from '../model/contract/client.ts';
import type { Anchor } from '../model/contract/index.ts';
import { TARGET_PROFILES } from '../model/review/index.ts';

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

let house: TestStudio;
let editor: StudioClient;
let ids: Map<string, string>;
beforeEach(async () => {
  house = await makeStudio({ jobKinds: ['media.import', 'story.import'] });
  ids = await addPeople(house.client);
  editor = await signedIn(house, '王编');
});
afterEach(() => house.stop());

const newStory = (text?: string) => editor.stories.create({ title: '老周的春茶', doc: storyDoc(null, text) });

describe('submitting', () => {
  it('freezes the draft and the videos, and names every part of them by its hash', async () => {
    const shown = await addPicture(house, 'shown');
    const cut = await addPicture(house, 'cut');
    const story = await editor.stories.create({ title: '老周的春茶', doc: storyDoc(shown.assetId) });
    const timeline = await pictureTimeline(house.client, cut.assetId);
    const video = { storyId: story.storyId, userId: ids.get('王编') ?? '', timeline };
    const projectId = await withDatabase(house.dir, (db) => addVideo(db, video));
    const status = await editor.review.submit({ storyId: story.storyId, waive: '标题待定' });
    expect(status).toMatchObject({ state: 'in_review', differences: [], earlier: [] });
    expect(status.round).toMatchObject({ n: 1, versionNo: 2, versionHash: story.contentHash, waiver: '标题待定' });
    expect(status.round?.route.map((s) => [s.n, s.name, s.state])).toEqual([
      [1, '初审', 'now'],
      [2, '复审', 'next'],
      [3, '终审', 'next'],
    ]);
    const piece = await editor.review.piece({ roundId: status.round?.roundId ?? '' });
    expect(piece.manifest.parts).toEqual([
      { kind: 'article', id: story.storyId, sha256: story.contentHash },
      ...[shown, cut]
        .map(({ assetId, sha256: hash }) => ({ kind: 'asset', id: assetId, sha256: hash }))
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
      ...Object.values(TARGET_PROFILES)
        .map((profile) => ({ kind: 'profile', id: profile.target, sha256: sha256(canonicalJson(profile)) }))
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
      { kind: 'timeline', id: projectId, sha256: sha256(canonicalJson(timeline)) },
    ]);
    expect(sha256(canonicalJson(piece.manifest))).toBe(piece.manifestHash);
    expect(piece.videos).toMatchObject([{ projectId, sha256: sha256(canonicalJson(timeline)), timeline }]);
    expect((await editor.stories.get({ storyId: story.storyId })).state).toBe('in_review');
    const [newest] = await editor.stories.versions({ storyId: story.storyId });
    expect(newest).toMatchObject({ n: 2, hash: story.contentHash, reason: 'submit' });
  });

  it('is refused while a round is open, and for a story that is gone', async () => {
    const { storyId } = await newStory();
    await editor.review.submit({ storyId });
    expect(await codeOf(editor.review.submit({ storyId }))).toBe('already_in_review');
    expect((await editor.stories.versions({ storyId })).map((v) => v.n)).toEqual([2, 1]);
    const gone = await newStory();
    await editor.stories.remove({ storyIds: [gone.storyId] });
    expect(await codeOf(editor.review.submit({ storyId: gone.storyId }))).toBe('unknown_id');
  });

  it('is refused when a picture is not there, and leaves nothing behind', async () => {
    const shown = await addPicture(house, 'shown');
    const story = await editor.stories.create({ title: 'x', doc: storyDoc(shown.assetId) });
    await rm(path.join(house.dir, 'blobs', shown.sha256.slice(0, 2), shown.sha256));
    const error = await errorOf(editor.review.submit({ storyId: story.storyId }));
    expect(error).toMatchObject({ code: 'source_vanished', params: { file: shown.name }, files: [shown.name] });
    expect((await editor.review.status({ storyId: story.storyId })).state).toBe('none');
    expect(await editor.stories.versions({ storyId: story.storyId })).toHaveLength(1);
    const stranger = await editor.stories.create({ title: 'y', doc: storyDoc('nowhere') });
    expect(await codeOf(editor.review.submit({ storyId: stranger.storyId }))).toBe('source_vanished');
  });
});

describe('signing', () => {
  it('takes three people, each once, and signs exactly what was submitted', async () => {
    const { storyId } = await newStory();
    const submitted = await editor.review.submit({ storyId });
    const first = await signedIn(house, '李初');
    expect((await first.review.inbox()).waiting).toMatchObject([{ storyId, stage: '初审', by: { name: '王编' } }]);
    const manifestHash = submitted.round?.manifestHash ?? '';
    const signed = await first.review.sign({ storyId, opinion: '同意', manifestHash });
    expect(signed.round?.route).toMatchObject([
      { state: 'done', by: { name: '李初' }, opinion: '同意' },
      { state: 'now', by: null },
      { state: 'next' },
    ]);
    expect(await codeOf(first.review.sign({ storyId }))).toBe('already_signed');
    await (await signedIn(house, '赵复')).review.sign({ storyId });
    expect((await editor.stories.get({ storyId })).state).toBe('in_review');
    const last = await (await signedIn(house, '孙终')).review.sign({ storyId });
    expect(last).toMatchObject({ state: 'approved', mine: { sign: false, whyNotSign: 'not_in_review', revoke: true } });
    expect((await editor.stories.get({ storyId })).state).toBe('approved');
    const acts = await withDatabase(house.dir, ({ kysely }) =>
      kysely.selectFrom('review_act').selectAll().where('kind', '=', 'sign').orderBy('stage').execute(),
    );
    const key = createPublicKey((await house.client.keys.export()).publicKey);
    for (const [i, act] of acts.entries()) {
      const text = act.statement ?? '';
      expect(verify(null, Buffer.from(text), key, Buffer.from(act.signature ?? '', 'base64url'))).toBe(true);
      const said = JSON.parse(text) as Record<string, unknown>;
      expect(canonicalJson(said)).toBe(text);
      expect(said).toMatchObject({ format: 'tongxin-approval/1', manifestHash, storyId, stage: { n: i + 1 } });
      const report = await editor.audit.verify({ against: String(said['auditHead']) });
      expect(report).toMatchObject({ ok: true, problems: [] });
    }
  });

  it('is refused in this order: nothing open, own work, signed already, role, another manifest', async () => {
    const { storyId } = await newStory();
    const reviewer = await signedIn(house, '李初');
    expect(await codeOf(reviewer.review.sign({ storyId }))).toBe('not_in_review');
    const owned = await house.client.stories.create({ title: '负责人的稿', doc: storyDoc(null) });
    await house.client.review.submit({ storyId: owned.storyId });
    expect(await codeOf(house.client.review.sign({ storyId: owned.storyId }))).toBe('own_work');
    await editor.review.submit({ storyId });
    expect(await codeOf(editor.review.sign({ storyId }))).toBe('own_work');
    expect(await codeOf(editor.review.sign({ storyId: owned.storyId }))).toBe('not_permitted');
    expect(await codeOf(house.client.review.sign({ storyId }))).toBe('not_your_stage');
    expect((await house.client.review.status({ storyId })).mine).toMatchObject({ whyNotSign: 'not_your_stage' });
    const other = await errorOf(reviewer.review.sign({ storyId, manifestHash: '0'.repeat(64) }));
    expect(other).toMatchObject({ code: 'differs_from_approval', params: { what: '老周的春茶' } });
    expect((await reviewer.review.status({ storyId })).round?.route[0]?.state).toBe('now');
  });

  it('by two at the same moment signs two stages, never one twice', async () => {
    const { storyId } = await newStory();
    await editor.review.submit({ storyId });
    const people = await Promise.all(['李初', '赵复', '孙终'].map((name) => signedIn(house, name)));
    await Promise.all(people.map((client) => client.review.sign({ storyId })));
    const { round } = await editor.review.status({ storyId });
    expect(round?.state).toBe('approved');
    expect(new Set(round?.route.map((s) => s.by?.userId)).size).toBe(3);
  });
});

describe('ending a round', () => {
  it('returns with a reason, to a story that is written on and sent in again', async () => {
    const story = await newStory();
    const { storyId } = story;
    await editor.review.submit({ storyId });
    const [first, second] = [await signedIn(house, '李初'), await signedIn(house, '赵复')];
    await first.review.sign({ storyId });
    expect(await codeOf(first.review.return({ storyId, reason: '再看' }))).toBe('already_signed');
    expect(await codeOf(editor.review.return({ storyId, reason: '自己退' }))).toBe('own_work');
    expect(await codeOf(second.review.return({ storyId, reason: '  ' }))).toBe('bad_input');
    const back = await second.review.return({ storyId, reason: '数字没有出处' });
    expect(back.state).toBe('returned');
    expect(back.round?.route.map((s) => s.state)).toEqual(['done', 'returned', 'next']);
    expect(back.round?.acts.at(-1)).toMatchObject({ kind: 'return', stage: 2, text: '数字没有出处' });
    expect((await editor.desk.get()).waiting).toMatchObject([{ storyId, why: 'returned', text: '数字没有出处' }]);
    expect((await editor.stories.get({ storyId })).state).toBe('writing');
    const again = await editor.review.submit({ storyId });
    expect(again.round).toMatchObject({ n: 2, state: 'in_review' });
    expect(again.earlier).toMatchObject([{ n: 1, state: 'returned' }]);
    // A new round is signed anew: who signed the last one may sign this one.
    await first.review.sign({ storyId });
  });

  it('is withdrawn by its submitter, owner or admin, and nobody else', async () => {
    const { storyId } = await newStory();
    await editor.review.submit({ storyId });
    const reviewer = await signedIn(house, '李初');
    expect(await codeOf(reviewer.review.withdraw({ storyId, reason: '不' }))).toBe('not_permitted');
    expect((await editor.review.withdraw({ storyId, reason: '还要改' })).state).toBe('withdrawn');
    expect(await codeOf(editor.review.withdraw({ storyId, reason: '还要改' }))).toBe('not_in_review');
    await editor.review.submit({ storyId });
    expect((await house.client.review.withdraw({ storyId, reason: '停发' })).state).toBe('withdrawn');
  });

  it('is revoked after the approval by who signed it, owner or admin', async () => {
    const { storyId } = await newStory();
    await editor.review.submit({ storyId });
    const reviewer = await signedIn(house, '李初');
    expect(await codeOf(reviewer.review.revoke({ storyId, reason: '早' }))).toBe('not_approved');
    await signAll(house, storyId);
    expect(await codeOf(editor.review.revoke({ storyId, reason: '不' }))).toBe('not_permitted');
    expect((await reviewer.review.revoke({ storyId, reason: '当事人撤回同意' })).state).toBe('revoked');
    expect((await editor.stories.get({ storyId })).state).toBe('writing');
    expect(await codeOf(house.client.review.revoke({ storyId, reason: '再' }))).toBe('not_approved');
  });
});

it('names what is no longer as it was submitted', async () => {
  const shown = await addPicture(house, 'shown');
  const more = await addPicture(house, 'more');
  const story = await editor.stories.create({ title: '春茶', doc: storyDoc(shown.assetId) });
  const { storyId } = story;
  const userId = ids.get('王编') ?? '';
  const timeline = await pictureTimeline(house.client, shown.assetId);
  const projectId = await withDatabase(house.dir, (db) => addVideo(db, { storyId, userId, timeline }));
  await editor.review.submit({ storyId });
  await editor.stories.save({ storyId, baseHash: story.contentHash, title: '春茶二', doc: storyDoc(more.assetId) });
  await withDatabase(house.dir, async (db) => {
    await editVideo(db, projectId, { ...timeline, fit: 'crop' });
    await addVideo(db, { storyId, userId, title: '另一条', timeline });
  });
  const { differences } = await editor.review.status({ storyId });
  expect(differences.map((d) => `${d.kind} ${d.what} ${d.name}`).sort()).toEqual([
    'article changed 春茶二',
    `asset added ${more.name}`,
    'timeline added 另一条',
    'timeline changed 一分钟',
  ]);
});

it('keeps no names and no words of people in the audit log, and writes every act', async () => {
  const { storyId } = await newStory();
  await editor.review.submit({ storyId, waive: '张三同意' });
  await signAll(house, storyId);
  await house.client.review.revoke({ storyId, reason: '李四撤回' });
  const rows = await withDatabase(house.dir, ({ kysely }) =>
    kysely.selectFrom('audit_event').selectAll().orderBy('seq').execute(),
  );
  expect(rows.map((r) => r.action).filter((a) => a.startsWith('review.'))).toEqual([
    'review.submit',
    'review.sign',
    'review.sign',
    'review.sign',
    'review.revoke',
  ]);
  expect(JSON.stringify(rows)).not.toMatch(/张三|李四|李初|王编/);
  const head = await house.client.audit.head();
  const text = `${String(head.seq)}:${head.hash}`;
  expect(await house.client.audit.verify({ against: text })).toMatchObject({ ok: true, head, events: head.seq });
  const forged = `${String(head.seq)}:${'0'.repeat(64)}`;
  expect(await house.client.audit.verify({ against: forged })).toMatchObject({
    ok: false,
    problems: [`the head ${forged} is not in the log`],
  });
  const later = `${String(head.seq + 9)}:${head.hash}`;
  expect((await house.client.audit.verify({ against: later })).ok).toBe(false);
  expect(await codeOf(house.client.audit.verify({ against: 'nonsense' }))).toBe('bad_input');
});

describe('comments', () => {
  it('find their words again in the present draft, and are never dropped', async () => {
    const story = await newStory('雾还压着茶园，老周说：“雾散了才好采。”');
    const { storyId } = story;
    const anchor: Anchor = {
      kind: 'text',
      versionHash: story.contentHash,
      block: 0,
      offset: 12,
      length: 2,
      quote: '雾散',
      before: '老周说：“',
      after: '了才好采',
    };
    const reviewer = await signedIn(house, '李初');
    const made = await reviewer.comments.add({ storyId, anchor, text: '核实' });
    const answer = await editor.comments.add({
      storyId,
      anchor: { kind: 'whole' },
      text: '已核',
      parentId: made.commentId,
    });
    await reviewer.comments.add({ storyId, anchor: { kind: 'whole' }, text: '总的很好' });
    const nested = { anchor: { kind: 'whole' as const }, text: '谢谢', parentId: answer.commentId };
    expect((await reviewer.comments.add({ storyId, ...nested })).parentId).toBe(made.commentId);
    const doc = storyDoc(null, '清晨。');
    const moved = { type: 'doc' as const, content: [...(doc.content ?? []), ...(story.doc.content ?? [])] };
    const saved = await editor.stories.save({ storyId, baseHash: story.contentHash, title: 'x', doc: moved });
    const listed = await editor.comments.list({ storyId });
    expect(listed.map((c) => c.text)).toEqual(['核实', '已核', '谢谢', '总的很好']);
    expect(listed[0]).toMatchObject({
      lost: false,
      anchor: { block: 1, offset: 12, length: 2, versionHash: saved.contentHash },
      by: { name: '李初' },
    });
    await editor.stories.save({ storyId, baseHash: saved.contentHash, title: 'x', doc });
    expect((await editor.comments.list({ storyId }))[0]).toMatchObject({ lost: true, anchor });
    await editor.comments.resolve({ commentId: made.commentId, resolved: true });
    expect((await editor.comments.list({ storyId }))[0]).toMatchObject({ resolvedBy: { name: '王编' } });
    await editor.comments.resolve({ commentId: made.commentId, resolved: false });
    expect((await editor.comments.list({ storyId }))[0]?.resolvedAt).toBeNull();
  });

  it('on something of another story are refused', async () => {
    const [one, two] = [await newStory(), await newStory('别的')];
    const { storyId } = one;
    const text = { kind: 'text', block: 0, offset: 0, length: 0, quote: '', before: '', after: '' } as const;
    const add = (anchor: Anchor, parentId?: string) =>
      codeOf(editor.comments.add({ storyId, anchor, text: 'x', ...(parentId === undefined ? {} : { parentId }) }));
    expect(await add({ ...text, versionHash: two.contentHash })).toBe('unknown_id');
    expect(await add({ kind: 'time', projectId: 'nope', timeUs: 0, region: null })).toBe('unknown_id');
    const other = await editor.comments.add({ storyId: two.storyId, anchor: { kind: 'whole' }, text: 'x' });
    expect(await add({ kind: 'whole' }, other.commentId)).toBe('unknown_id');
    expect(await codeOf(editor.comments.resolve({ commentId: 'nope', resolved: true }))).toBe('unknown_id');
  });
});
