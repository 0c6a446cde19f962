/** The signing key by the contract: who may change how it is kept, and what happens while it is locked. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { filesBelow } from '../../tests/support/kill.ts';
import { addPeople, signAll, signedIn, storyDoc, withDatabase, withKeys } from '../../tests/support/packaging.ts';
import { testSafe, type TestSafe } from '../../tests/support/safe.ts';
import { codeOf, errorOf, makeStudio, type TestStudio } from '../../tests/support/studio.ts';
import type { StudioClient } from '../model/contract/client.ts';
import type { StudioEvent } from '../model/contract/index.ts';

const PHRASE = '岚溪的茶园二月就忙起来了';
const OTHER = 'correct horse battery staple';

let house: TestStudio;
afterEach(() => house.stop());

async function open(options: { safe?: TestSafe; root?: string } = {}): Promise<StudioClient> {
  house = await makeStudio({
    jobKinds: ['package.make'],
    ports: (ports) => withKeys(ports, { safe: options.safe }),
    ...(options.root === undefined ? {} : { root: options.root }),
  });
  return house.client;
}

/** The same workspace, in a process that was not told any passphrase. */
async function reopen(options: { safe?: TestSafe } = {}): Promise<StudioClient> {
  await house.studio.stop();
  return open({ ...options, root: house.root });
}

const protect = (client: StudioClient): Promise<unknown> =>
  client.keys.protect({ kept: 'passphrase', passphrase: PHRASE });

const audited = () =>
  withDatabase(house.dir, ({ kysely }) =>
    kysely.selectFrom('audit_event').select(['action', 'data']).where('action', 'like', 'key.%').execute(),
  );

describe('how the key is kept', () => {
  it('is changed by the owner alone, and anybody may look', async () => {
    const client = await open();
    await addPeople(client);
    await client.users.add({ name: '管理员', role: 'admin', pin: '9753' });
    const admin = house.another().client;
    await admin.session.signIn({ name: '管理员', pin: '9753' });
    const reviewer = await signedIn(house, '李初');
    for (const somebody of [admin, reviewer]) {
      expect(await codeOf(protect(somebody))).toBe('not_permitted');
      expect(await somebody.keys.protection()).toEqual({
        kept: 'file',
        locked: false,
        leftover: false,
        system: { available: false, refusal: 'no_window' },
      });
    }
    expect(await codeOf(protect(house.another().client))).toBe('signed_out');
    expect(readdirSync(path.join(house.dir, 'keys'))).toEqual(['signing.pem']);
  });

  it('stays the same key, is written down, and is announced; the passphrase stands nowhere', async () => {
    const safe = testSafe();
    const client = await open({ safe });
    const { publicKey } = await client.keys.export();
    const heard: StudioEvent[] = [];
    house.studio.onEvent((event) => heard.push(event));
    expect(await protect(client)).toMatchObject({ kept: 'passphrase', locked: false });
    expect(await codeOf(client.keys.protect({ kept: 'file' }))).toBe('key_locked');
    expect(await codeOf(client.keys.protect({ kept: 'file', present: OTHER }))).toBe('wrong_passphrase');
    expect(await client.keys.protect({ kept: 'system', present: PHRASE })).toMatchObject({ kept: 'system' });
    expect(await client.keys.protect({ kept: 'file' })).toMatchObject({ kept: 'file' });
    expect((await client.keys.export()).publicKey).toBe(publicKey);
    expect(heard.map((event) => event.type)).toEqual(['key.changed', 'key.changed', 'key.changed']);
    const head = await client.audit.head();
    expect(await client.audit.verify({})).toEqual({ ok: true, events: head.seq, head, problems: [] });
    await house.studio.stop();
    expect(await audited()).toEqual([
      { action: 'key.protect', data: '{"from":"file","to":"passphrase"}' },
      { action: 'key.protect', data: '{"from":"passphrase","to":"system"}' },
      { action: 'key.protect', data: '{"from":"system","to":"file"}' },
    ]);
    const written = filesBelow(house.root).filter((file) => {
      const bytes = readFileSync(file);
      return [PHRASE, OTHER].some((phrase) => bytes.includes(phrase));
    });
    expect(written).toEqual([]);
    expect(JSON.stringify(heard)).not.toMatch(/茶园|horse/);
  });

  it('refuses input that does not belong together', async () => {
    const client = await open();
    expect(await codeOf(client.keys.protect({ kept: 'passphrase' }))).toBe('bad_input');
    expect(await codeOf(client.keys.protect({ kept: 'file', passphrase: PHRASE }))).toBe('bad_input');
    const weak = await errorOf(client.keys.protect({ kept: 'passphrase', passphrase: '太短' }));
    expect([weak.code, weak.params]).toEqual(['weak_passphrase', { least: 12 }]);
    const long = await errorOf(client.keys.protect({ kept: 'passphrase', passphrase: PHRASE.repeat(200) }));
    expect(long.code).toBe('bad_input');
    expect(JSON.stringify(long.toData())).not.toContain('茶园');
    expect(await codeOf(client.keys.protect({ kept: 'system' }))).toBe('key_needs_window');
    expect(await client.keys.protection()).toMatchObject({ kept: 'file' });
  });
});

describe('while the key is locked', () => {
  /** A story that waits for its first signature, and one that is approved. */
  async function office(client: StudioClient): Promise<{ waiting: string; approved: string }> {
    await addPeople(client);
    const editor = await signedIn(house, '王编');
    const make = async (title: string): Promise<string> => {
      const { storyId } = await editor.stories.create({ title, doc: storyDoc(null) });
      await editor.review.submit({ storyId });
      return storyId;
    };
    const [waiting, approved] = [await make('待签'), await make('已过审')];
    await signAll(house, approved);
    await protect(client);
    return { waiting, approved };
  }

  /** Everything in the database a half-done act could have changed. */
  const state = () =>
    withDatabase(house.dir, async ({ kysely }) => ({
      rounds: await kysely.selectFrom('review_round').selectAll().orderBy('id').execute(),
      acts: await kysely.selectFrom('review_act').selectAll().orderBy('id').execute(),
      jobs: await kysely.selectFrom('job').selectAll().execute(),
      packages: await kysely.selectFrom('package').selectAll().execute(),
      audit: await kysely.selectFrom('audit_event').selectAll().execute(),
    }));

  it('nothing is signed or packaged, nothing is changed by the attempt, and all is well once it is open', async () => {
    const { waiting, approved } = await office(await open());
    const client = await reopen();
    const before = await state();
    const reviewer = await signedIn(house, '李初');
    const out = path.join(house.root, '包');
    const make = (draft: boolean): Promise<unknown> =>
      client.packages.make({ storyId: approved, targets: ['wechat'], dir: out, draft });
    expect(await codeOf(reviewer.review.sign({ storyId: waiting, opinion: '同意' }))).toBe('key_locked');
    expect(await codeOf(make(false))).toBe('key_locked');
    expect(await codeOf(make(true))).toBe('key_locked');
    expect(await codeOf(reviewer.keys.unlock({ passphrase: OTHER }))).toBe('wrong_passphrase');
    expect(await codeOf(reviewer.review.sign({ storyId: waiting }))).toBe('key_locked');
    expect(await state()).toEqual(before);
    expect(readdirSync(house.root)).not.toContain('包');

    // Whoever knows the passphrase opens it, for everybody.
    expect(await reviewer.keys.unlock({ passphrase: PHRASE })).toMatchObject({ kept: 'passphrase', locked: false });
    expect((await reviewer.review.sign({ storyId: waiting })).round?.route[0]).toMatchObject({ state: 'done' });
    const { jobId } = await client.packages.make({ storyId: approved, targets: ['wechat'], dir: out });
    expect(await house.finished(jobId)).toMatchObject({ state: 'done' });
    expect(await client.packages.verify({ packageId: jobId })).toMatchObject({ ok: true, problems: [] });
  });

  it('what needs no signature goes on: submit, return, withdraw, revoke, verify', async () => {
    const { waiting, approved } = await office(await open());
    await reopen();
    const editor = await signedIn(house, '王编');
    const reviewer = await signedIn(house, '李初');
    expect((await reviewer.review.return({ storyId: waiting, reason: '补出处' })).state).toBe('returned');
    expect((await editor.review.submit({ storyId: waiting })).state).toBe('in_review');
    expect((await editor.review.withdraw({ storyId: waiting, reason: '再改改' })).state).toBe('withdrawn');
    expect((await house.client.review.revoke({ storyId: approved, reason: '有误' })).state).toBe('revoked');
    expect((await house.client.keys.export()).publicKey).toContain('BEGIN PUBLIC KEY');
    expect(await house.client.keys.protection()).toMatchObject({ kept: 'passphrase', locked: true });
  });

  it('a key of another computer’s store says so, and what was refused first is still said first', async () => {
    const safe = testSafe();
    const client = await open({ safe });
    await addPeople(client);
    const editor = await signedIn(house, '王编');
    const { storyId } = await editor.stories.create({ title: '搬家', doc: storyDoc(null) });
    await editor.review.submit({ storyId });
    await client.keys.protect({ kept: 'system' });
    await reopen({ safe: testSafe() });
    expect(await codeOf((await signedIn(house, '李初')).review.sign({ storyId }))).toBe('key_elsewhere');
    expect(await codeOf((await signedIn(house, '王编')).review.sign({ storyId }))).toBe('own_work');
    await reopen();
    expect(await codeOf((await signedIn(house, '李初')).review.sign({ storyId }))).toBe('key_needs_window');
    await reopen({ safe });
    const signed = await (await signedIn(house, '李初')).review.sign({ storyId });
    expect(signed.round?.route[0]).toMatchObject({ state: 'done' });
  });
});
