/** The contract, as every client must find it: one suite for all ways to the core. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { StudioEvent } from '../../core/model/contract/index.ts';
import { PEOPLE, addPeople } from '../support/packaging.ts';
import { errorOf } from '../support/studio.ts';
import type { Peer, WayKind } from './peers.ts';
import { officePacks } from './packs.ts';
import { storyTemplates } from './templates.ts';
import { officePlatforms } from './platforms.ts';
import { officeLuts } from './luts.ts';
import { officeThemes } from './themes.ts';
import { spokenTakes } from './takes.ts';
import { collect, docOf, pictures, refusal, rig, sourcesOf, until } from './rig.ts';

const MIB = 1024 * 1024;

/** Runs the suite over one way. Each group has a studio of its own. */
export function contractSuite(name: string, kind: WayKind): void {
  describe(`contract over ${name}`, () => {
    describe('refusals', () => refusals(kind));
    describe('without a workspace', () => withoutWorkspace(kind));
    describe('people', () => people(kind));
    describe('the signing key', () => signingKey(kind));
    describe('review', () => review(kind));
    describe('templates', () => storyTemplates(kind));
    describe('themes', () => officeThemes(kind));
    describe('platforms', () => officePlatforms(kind));
    describe('office packs', () => officePacks(kind));
    describe('colour tables', () => officeLuts(kind));
    describe('spoken takes', () => spokenTakes(kind));
    describe('events and jobs', () => eventsAndJobs(kind));
    describe('the connection', () => connection(kind));
  });
}

function refusals(kind: WayKind): void {
  const at = rig(kind);

  it('refuses bad input, says where, and does nothing', async () => {
    const { client } = await at.connect();
    const before = await client.stories.list({});
    const data = await refusal(client.stories.create({ title: 5 as unknown as string }));
    expect(data).toEqual({
      code: 'bad_input',
      params: { what: expect.stringMatching(/^title: /) as string },
      retryable: false,
    });
    const deep = await refusal(client.media.import({ sources: [{ path: '' }] }));
    expect(deep.code).toBe('bad_input');
    expect(String(deep.params['what'])).toMatch(/^sources\.0/);
    expect(await client.stories.list({})).toEqual(before);
    expect(await client.jobs.list({})).toEqual([]);
  });

  it('refuses an unknown id', async () => {
    const { client } = await at.connect();
    expect(await refusal(client.stories.get({ storyId: 'nope' }))).toEqual({
      code: 'unknown_id',
      params: { id: 'nope' },
      retryable: false,
    });
    expect((await refusal(client.media.get({ assetId: 'nope' }))).code).toBe('unknown_id');
    expect((await refusal(client.jobs.cancel({ jobId: 'nope' }))).code).toBe('unknown_id');
  });

  it.each([
    [['stories', 'nope']],
    [['nope']],
    [['stories']],
    [['__proto__']],
    [['stories', '__proto__', 'toString']],
    [['toString']],
    [['constructor', 'constructor']],
    [['stories', 'constructor']],
    [['stories', 'hasOwnProperty']],
    [['stories', 'list', '~orpc', 'handler']],
  ])('knows no procedure by the name %j', async (procedure) => {
    const { call, client } = await at.connect();
    if (kind.wire) {
      expect(await refusal(call(procedure, {}))).toEqual({ code: 'unknown_procedure', params: {}, retryable: false });
    } else {
      await expect(call(procedure, {})).rejects.toThrow(TypeError);
    }
    expect((await client.stories.list({})).total).toBe(0);
  });

  it('answers a save over another one with conflict, and keeps both', async () => {
    const { client } = await at.connect();
    const story = await client.stories.create({ title: '岚溪春茶' });
    const base = { storyId: story.storyId, baseHash: story.contentHash };
    const first = await client.stories.save({ ...base, title: '岚溪春茶', doc: docOf('第一稿') });
    const data = await refusal(client.stories.save({ ...base, title: '岚溪春茶', doc: docOf('第二稿') }));
    expect(data).toMatchObject({ code: 'conflict', retryable: false });
    expect(data.details).toMatchObject({ contentHash: first.contentHash });
    expect((await client.stories.get({ storyId: story.storyId })).contentHash).toBe(first.contentHash);
  });

  it('refuses an oversized input and goes on answering', async () => {
    const { client } = await at.connect();
    const before = (await client.stories.list({})).total;
    const data = await refusal(client.stories.create({ title: 'x'.repeat(17 * MIB) }));
    if (kind.wire) {
      expect(data).toEqual({ code: 'too_large', params: { file: 'request', limit: '16 MB' }, retryable: false });
    } else {
      expect(data.code).toBe('bad_input');
    }
    expect((await client.stories.list({})).total).toBe(before);
  });
}

function withoutWorkspace(kind: WayKind): void {
  const at = rig(kind, { workspace: false });

  it('says no_workspace where one is needed, and answers where none is', async () => {
    const { client } = await at.connect();
    expect(await refusal(client.stories.list({}))).toEqual({ code: 'no_workspace', params: {}, retryable: false });
    expect((await refusal(client.session.whoAmI())).code).toBe('no_workspace');
    expect((await client.workspace.current()).workspace).toBeNull();
  });

  it('opens one for everybody who is connected', async () => {
    const first = await at.connect();
    const second = await at.connect();
    const made = await first.client.workspace.create({ dir: at.house.dir, name: '岚溪县融媒体中心' });
    expect((await second.client.workspace.current()).workspace).toMatchObject({ workspaceId: made.workspaceId });
  });
}

function people(kind: WayKind): void {
  const at = rig(kind);

  beforeAll(async () => {
    const { users } = at.house.client;
    await users.add({ name: '李审', role: 'reviewer', pin: '2468' });
    await users.add({ name: '王编', role: 'editor', pin: '1357' });
    await users.add({ name: '赵忘', role: 'editor', pin: '8642' });
  });

  it('refuses what a role may not do', async () => {
    const { client } = await at.connect();
    await client.session.signIn({ name: '李审', pin: '2468' });
    const refused = { code: 'not_permitted', params: { role: 'reviewer' }, retryable: false };
    expect(await refusal(client.stories.create({ title: '不该有' }))).toEqual(refused);
    expect(await refusal(client.users.add({ name: '新人', role: 'editor', pin: '9753' }))).toEqual(refused);
    expect((await client.stories.list({})).total).toBe(0);
    expect(await client.users.list()).toHaveLength(4);
  });

  it('counts wrong PINs down, then locks, also for the right one', async () => {
    const { client } = await at.connect();
    for (const left of [4, 3, 2, 1, 0]) {
      const data = await refusal(client.session.signIn({ name: '赵忘', pin: '0000' }));
      expect(data).toEqual({ code: 'wrong_pin', params: { left }, retryable: false });
    }
    const locked = { code: 'locked_out', params: { minutes: 5 }, retryable: true };
    expect(await refusal(client.session.signIn({ name: '赵忘', pin: '0000' }))).toEqual(locked);
    expect(await refusal(client.session.signIn({ name: '赵忘', pin: '8642' }))).toEqual(locked);
  });

  it('keeps two sessions apart', async () => {
    const first = await at.connect();
    const second = await at.connect();
    await first.client.session.signIn({ name: '王编', pin: '1357' });
    expect((await first.client.session.whoAmI()).user?.name).toBe('王编');
    expect((await second.client.session.whoAmI()).user?.role).toBe('owner');
    const story = await first.client.stories.create({ title: '王编的稿件' });
    expect(story.updatedBy.name).toBe('王编');
    await first.client.session.signOut();
    expect((await first.client.session.whoAmI()).user?.role).toBe('owner');
  });

  it('asks for a sign-in once the owner has a PIN', async () => {
    const owner = (await at.house.client.users.list()).find((user) => user.role === 'owner');
    await at.house.client.users.setPin({ userId: owner!.userId, pin: '7531' });
    const { client } = await at.connect();
    if (kind.alwaysOwner) {
      expect((await client.session.whoAmI()).user?.role).toBe('owner');
      return;
    }
    expect((await client.session.whoAmI()).user).toBeNull();
    const refused = { code: 'signed_out', params: {}, retryable: false };
    expect(await refusal(client.stories.list({}))).toEqual(refused);
    expect(await refusal(client.session.signOut())).toEqual(refused);
    await client.session.signIn({ name: owner!.name, pin: '7531' });
    expect((await client.stories.list({})).total).toBeGreaterThanOrEqual(0);
  });
}

function signingKey(kind: WayKind): void {
  const at = rig(kind);
  const phrase = '岚溪的茶园二月就忙起来了';

  it('is locked, opened and turned back by the owner; the passphrase never comes back', async () => {
    const { client } = await at.connect();
    const { publicKey } = await client.keys.export();
    const system = { available: false, refusal: 'no_window' };
    const file = { kept: 'file', locked: false, leftover: false, system };
    expect(await client.keys.protection()).toEqual(file);
    const weak = await refusal(client.keys.protect({ kept: 'passphrase', passphrase: '短' }));
    expect(weak).toEqual({ code: 'weak_passphrase', params: { least: 12 }, retryable: false });
    const events = await client.events.subscribe();
    await events.next();
    const locked = { ...file, kept: 'passphrase' };
    expect(await client.keys.protect({ kept: 'passphrase', passphrase: phrase })).toEqual(locked);
    const seen = await collect(events, (event) => event.type === 'key.changed');
    expect(JSON.stringify(seen)).not.toContain('茶园');
    const wrong = await refusal(client.keys.protect({ kept: 'file', present: '不是这一句，差得远呢' }));
    expect(wrong).toEqual({ code: 'wrong_passphrase', params: {}, retryable: false });
    const missing = await refusal(client.keys.protect({ kept: 'file' }));
    expect(missing).toEqual({ code: 'key_locked', params: {}, retryable: false });
    expect((await refusal(client.keys.unlock({ passphrase: '不是这一句，差得远呢' }))).code).toBe('wrong_passphrase');
    expect(await client.keys.unlock({ passphrase: phrase })).toEqual(locked);
    expect((await refusal(client.keys.protect({ kept: 'system', present: phrase }))).code).toBe('key_needs_window');
    expect(await client.keys.protect({ kept: 'file', present: phrase })).toEqual(file);
    expect((await client.keys.export()).publicKey).toBe(publicKey);
  });

  it('is nobody else’s to change', async () => {
    await at.house.client.users.add({ name: '何管', role: 'admin', pin: '9753' });
    const { client } = await at.connect();
    await client.session.signIn({ name: '何管', pin: '9753' });
    const refused = { code: 'not_permitted', params: { role: 'admin' }, retryable: false };
    expect(await refusal(client.keys.protect({ kept: 'passphrase', passphrase: phrase }))).toEqual(refused);
    expect((await client.keys.protection()).kept).toBe('file');
  });
}

function review(kind: WayKind): void {
  const at = rig(kind);
  const pins = new Map(PEOPLE.map(([name, , pin]) => [name as string, pin as string]));
  const signIn = async (name: string): Promise<Peer> => {
    const peer = await at.connect();
    await peer.client.session.signIn({ name, pin: pins.get(name) ?? '' });
    return peer;
  };

  beforeAll(() => addPeople(at.house.client));

  it('refuses whoever may not sign, says why, and changes nothing', async () => {
    const [{ client: editor }, { client: reviewer }, { client: owner }] = [
      await signIn('王编'),
      await signIn('李初'),
      await at.connect(),
    ];
    const { storyId } = await editor.stories.create({ title: '送审', doc: docOf('一') });
    expect((await refusal(reviewer.review.sign({ storyId }))).code).toBe('not_in_review');
    const submitted = await editor.review.submit({ storyId });
    expect((await refusal(editor.review.submit({ storyId }))).code).toBe('already_in_review');
    expect(await refusal(editor.review.sign({ storyId }))).toEqual({ code: 'own_work', params: {}, retryable: false });
    expect((await refusal(owner.review.sign({ storyId }))).code).toBe('not_your_stage');
    expect((await refusal(reviewer.review.withdraw({ storyId, reason: '停' }))).code).toBe('not_permitted');
    expect((await refusal(reviewer.review.return({ storyId, reason: ' ' }))).code).toBe('bad_input');
    const differs = await refusal(reviewer.review.sign({ storyId, manifestHash: '0'.repeat(64) }));
    expect(differs).toMatchObject({ code: 'differs_from_approval', params: { what: '送审' } });
    expect((await editor.review.status({ storyId })).round).toEqual(submitted.round);
    expect((await refusal(editor.packages.make({ storyId, targets: ['wechat'] }))).code).toBe('not_approved');
    await reviewer.review.sign({ storyId });
    expect((await refusal(reviewer.review.sign({ storyId }))).code).toBe('already_signed');
  });

  it('tells everybody of a signature, and of the approval, after it is on disk', async () => {
    const { client: editor } = await signIn('王编');
    const { storyId } = await editor.stories.create({ title: '过审', doc: docOf('一') });
    await editor.review.submit({ storyId });
    const events = await editor.events.subscribe();
    await events.next();
    for (const name of ['李初', '赵复', '孙终']) await (await signIn(name)).client.review.sign({ storyId });
    const seen = await collect(events, (event) => event.type === 'story.changed' && event.storyId === storyId);
    expect(seen.filter((event) => event.type === 'review.changed').length).toBeGreaterThanOrEqual(2);
    expect((await editor.review.status({ storyId })).state).toBe('approved');
    const head = await editor.audit.head();
    expect(await editor.audit.verify({})).toEqual({ ok: true, events: head.seq, head, problems: [] });
  });
}

function eventsAndJobs(kind: WayKind): void {
  const at = rig(kind);

  it('announces saves in order, after ready', async () => {
    const { client } = await at.connect();
    const story = await client.stories.create({ title: '事件' });
    const events = await client.events.subscribe();
    const first = await events.next();
    expect(first.value).toMatchObject({ type: 'ready' });
    let baseHash = story.contentHash;
    for (const text of ['一', '二', '三']) {
      const saved = await client.stories.save({ storyId: story.storyId, baseHash, title: '事件', doc: docOf(text) });
      baseHash = saved.contentHash;
    }
    const seen = await collect(events, (event) => event.type === 'story.changed' && event.contentHash === baseHash);
    const changes = seen.filter((event) => event.type === 'story.changed');
    expect(changes.map((event) => event.storyId)).toEqual([story.storyId, story.storyId, story.storyId]);
    const numbers = [(first.value as StudioEvent).seq, ...seen.map((event) => event.seq)];
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  });

  it('tells of a job from queued to done, never backwards', async () => {
    const { client } = await at.connect();
    const sources = await sourcesOf(at.house, kind, await pictures(at.house, 6, 'done'));
    const events = await client.events.subscribe();
    await events.next();
    const { jobId } = await client.media.import({ sources });
    const seen = await collect(
      events,
      (event) => event.type === 'job.changed' && event.job.jobId === jobId && event.job.state === 'done',
    );
    const told = seen.flatMap((event) =>
      event.type === 'job.changed' && event.job.jobId === jobId ? [event.job] : [],
    );
    expect(told[0]?.state).toBe('queued');
    expect(told.at(-1)).toMatchObject({ state: 'done', progress: 1 });
    const progress = told.map((job) => job.progress);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(seen.filter((event) => event.type === 'media.changed')).toHaveLength(6);
    expect((await client.jobs.get({ jobId })).result).toHaveLength(6);
  });

  it('says what is made of a file, and queues what is missing once', async () => {
    const { client } = await at.connect();
    const sources = await sourcesOf(at.house, kind, await pictures(at.house, 1, 'made'));
    const { jobId } = await client.media.import({ sources });
    await at.house.studio.idle();
    const [entry] = (await client.jobs.get({ jobId })).result as { assetId: string }[];
    const assetId = entry?.assetId ?? '';
    // This studio imports only: its posters are left to another process.
    const asset = await client.media.get({ assetId });
    expect(asset).toMatchObject({ poster: false, proxy: false, peaks: false, strip: false });
    const queued = async () =>
      (await client.jobs.list({ limit: 200 })).filter(({ state }) => state === 'queued').length;
    const before = await queued();
    expect(before).toBeGreaterThan(0);
    expect(await client.media.prepare({ assetIds: [assetId, 'nope'] })).toEqual({ ok: true });
    expect(await queued()).toBe(before);
    expect((await refusal(client.media.prepare({ assetIds: [] }))).code).toBe('bad_input');
  });

  it('cancels a running job; what was imported stays', async () => {
    const { client } = await at.connect();
    const sources = await sourcesOf(at.house, kind, await pictures(at.house, 60, 'cancel'));
    const before = (await client.media.list({})).total;
    const events = await client.events.subscribe();
    await events.next();
    const { jobId } = await client.media.import({ sources });
    const seen = await collect(events, (event) => event.type === 'media.changed');
    expect(seen.length).toBeGreaterThan(0);
    const job = await client.jobs.cancel({ jobId });
    expect(job).toMatchObject({ state: 'cancelled', error: { code: 'cancelled', retryable: true } });
    const after = (await client.media.list({})).total;
    expect(after).toBeGreaterThan(before);
    expect(after).toBeLessThan(before + 60);
  });
}

function connection(kind: WayKind): void {
  const at = rig(kind);

  it('frees the listener when the client ends its subscription', async () => {
    const { client } = await at.connect();
    const idle = at.house.studio.listeners;
    const events = await client.events.subscribe();
    await events.next();
    expect(at.house.studio.listeners).toBe(idle + 1);
    await events.return();
    await until(() => at.house.studio.listeners === idle, 'the listener of the ended subscription went');
  });

  it('frees the listener when the caller aborts', async () => {
    const { client } = await at.connect();
    const idle = at.house.studio.listeners;
    const leaving = new AbortController();
    const events = await client.events.subscribe(undefined, { signal: leaving.signal });
    await events.next();
    const waiting = events.next().catch(() => ({ done: true }));
    expect(at.house.studio.listeners).toBe(idle + 1);
    leaving.abort();
    await until(() => at.house.studio.listeners === idle, 'the listener of the aborted subscription went');
    expect((await waiting).done).toBe(true);
  });

  it.runIf(kind.wire)('frees the listener when the client is simply gone', async () => {
    const { client, vanish } = await at.connect();
    const idle = at.house.studio.listeners;
    const events = await client.events.subscribe();
    await events.next();
    const waiting = events.next().catch(() => ({ done: true }));
    expect(at.house.studio.listeners).toBe(idle + 1);
    await vanish();
    await until(() => at.house.studio.listeners === idle, 'the listener of the lost client went');
    await waiting;
  });

  it('answers calls that run side by side, each with its own', async () => {
    const { client } = await at.connect();
    const titles = Array.from({ length: 20 }, (_, index) => `并行 ${index}`);
    const made = await Promise.all(titles.map((title) => client.stories.create({ title })));
    expect(made.map((story) => story.title)).toEqual(titles);
    const error = await errorOf(client.stories.get({ storyId: 'nope' }));
    expect(error.code).toBe('unknown_id');
  });
}
