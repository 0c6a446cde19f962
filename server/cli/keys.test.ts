/** The signing key by the command line: made locked, asked for, changed, unlocked; from `init` to `verify`. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startLink } from '../../core/index.ts';
import { answerOf, refusalOf, tongxin, type RunOptions } from '../../tests/support/cli.ts';
import { PEOPLE, withKeys } from '../../tests/support/packaging.ts';
import { testSafe } from '../../tests/support/safe.ts';
import { makeStudio, type TestStudio } from '../../tests/support/studio.ts';

const PHRASE = '岚溪的茶园二月就忙起来了';
const OTHER = 'correct horse battery staple';
const W = ['--workspace', 'work'];
/** Every passphrase tried costs a second of the processor, more where others use it too: the command line has no cheaper one. */
vi.setConfig({ testTimeout: 180_000 });

let house: TestStudio;
let root = '';
beforeAll(async () => {
  // Only for its folder: the commands make their own workspaces.
  house = await makeStudio({ workspace: false });
  root = house.root;
});
afterAll(() => house.stop());

const at = (passphrase?: string, stdin?: string): RunOptions => ({
  cwd: root,
  ...(passphrase === undefined ? {} : { env: { TONGXIN_KEY_PASSPHRASE: passphrase } }),
  ...(stdin === undefined ? {} : { stdin }),
});
const keyFiles = (workspace = 'work'): string[] => readdirSync(path.join(root, workspace, 'keys'));
const as = (name: string): string[] => {
  const pin = PEOPLE.find(([known]) => known === name)?.[2] ?? '';
  return [...W, '--as', name, '--pin', pin];
};
const kept = async (how: 'file' | 'passphrase', locked: boolean, argv: string[], options: RunOptions) =>
  expect(await answerOf('key-status', ['key', ...argv, ...W], options)).toEqual({
    kept: how,
    locked,
    leftover: false,
    system: { available: false, refusal: 'no_window' },
  });

describe('a workspace made with TONGXIN_KEY_PASSPHRASE', () => {
  let storyId = '';
  let publicKey = '';

  it('has a locked key at once; a short passphrase makes no workspace', async () => {
    const weak = await refusalOf(['init', '--workspace', 'weak'], 1, at('kurz'));
    expect(weak.code).toBe('weak_passphrase');
    expect(readdirSync(root)).not.toContain('weak');
    ({ publicKey } = await answerOf('init', ['init', ...W, '--name', '岚溪县融媒体中心'], at(PHRASE)));
    expect(keyFiles()).toEqual(['signing.json']);
    const file = path.join(root, 'work/keys/signing.json');
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('gives its public key to anybody', async () => {
    expect((await answerOf('key-export', ['key', 'export', ...W], at())).publicKey).toBe(publicKey);
    await kept('passphrase', true, ['status'], at());
    await kept('passphrase', true, ['status'], at(OTHER));
    await kept('passphrase', false, ['status'], at(PHRASE));
    writeFileSync(path.join(root, 'key.pem'), (await tongxin(['key', 'export', ...W], at())).stdout);
  });

  it('signs with the passphrase, and without it refuses with a code and changes nothing', async () => {
    for (const [name, role, pin] of PEOPLE) {
      await answerOf('user-add', ['user', 'add', name, '--role', role, '--pin', pin, ...W], at());
    }
    writeFileSync(path.join(root, '春茶.md'), '# 岚溪春茶\n\n清明前，岚溪的茶园忙了起来。\n');
    ({ storyId } = await answerOf('story-import', ['story', 'import', '春茶.md', ...as('王编')], at()));
    await answerOf('review-submit', ['review', 'submit', storyId, ...as('王编')], at());
    const status = (): Promise<unknown> => answerOf('review-status', ['review', 'status', storyId, ...W], at());
    const head = (): Promise<unknown> => answerOf('audit-head', ['audit', 'head', ...W], at());
    const before = [await status(), await head()];
    const sign = (name: string): string[] => ['review', 'sign', storyId, ...as(name)];
    const locked = await refusalOf(sign('李初'), 1, at());
    expect(locked.code).toBe('key_locked');
    expect(locked.hint).toContain('TONGXIN_KEY_PASSPHRASE');
    expect((await refusalOf(sign('李初'), 1, at(OTHER))).code).toBe('wrong_passphrase');
    const chinese = await tongxin([...sign('李初'), '--language', 'zh'], at());
    expect(chinese.stderr).toMatch(/^签名密钥有口令保护，还没有解锁\n.*TONGXIN_KEY_PASSPHRASE/);
    expect([await status(), await head()]).toEqual(before);
    for (const name of ['李初', '赵复', '孙终']) await answerOf('review-status', sign(name), at(PHRASE));
  });

  it('packages with the passphrase only; what is verified is what was signed', async () => {
    const make = ['package', storyId, '--targets', 'wechat', '--out', '包', ...W];
    expect((await refusalOf(make, 1, at())).code).toBe('key_locked');
    expect((await refusalOf([...make, '--draft'], 1, at(OTHER))).code).toBe('wrong_passphrase');
    expect(readdirSync(root)).not.toContain('包');
    await answerOf('package', make, at(PHRASE));
    expect(await answerOf('verify', ['verify', '包', '--key', 'key.pem'], at())).toMatchObject({ ok: true });
  });

  it('changes its passphrase by standard input, and never by an argument', async () => {
    expect((await refusalOf(['key', 'protect', ...W], 2, at(PHRASE))).code).toBe('wrong_arguments');
    expect((await refusalOf(['key', 'protect', PHRASE, ...W], 2, at(PHRASE))).code).toBe('wrong_arguments');
    const stdin = ['key', 'protect', '--stdin', ...W];
    expect((await refusalOf(stdin, 2, at(PHRASE))).code).toBe('wrong_arguments');
    expect((await refusalOf(stdin, 1, at(OTHER, `${PHRASE}\n`))).code).toBe('wrong_passphrase');
    expect((await refusalOf(stdin, 1, at(PHRASE, 'kurz\n'))).code).toBe('weak_passphrase');
    await kept('passphrase', false, ['protect', '--stdin'], at(PHRASE, `${OTHER}\n`));
    await kept('passphrase', true, ['status'], at(PHRASE));
    await kept('passphrase', false, ['protect', '--stdin'], at(undefined, `${OTHER}\r\n${PHRASE}\r\n`));
    await kept('passphrase', false, ['status'], at(PHRASE));
  });

  it('goes back to the plain file, and to a lock again, with the same key', async () => {
    expect((await refusalOf(['key', 'unprotect', ...W], 2, at())).code).toBe('wrong_arguments');
    expect((await refusalOf(['key', 'unprotect', ...W], 1, at(OTHER))).code).toBe('wrong_passphrase');
    expect(keyFiles()).toEqual(['signing.json']);
    await kept('file', false, ['unprotect', '--stdin'], at(undefined, `${PHRASE}\n`));
    expect(keyFiles()).toEqual(['signing.pem']);
    await kept('file', false, ['unprotect'], at());
    await kept('file', false, ['status'], at(OTHER));
    await kept('passphrase', false, ['protect'], at(OTHER));
    expect(keyFiles()).toEqual(['signing.json']);
    expect((await answerOf('key-export', ['key', 'export', ...W], at())).publicKey).toBe(publicKey);
    const told = await tongxin(['key', 'status', ...W], at());
    expect(told.stdout).toBe('The signing key is locked with a passphrase.\nNothing can be signed now.\n');
  });

  it('says that an altered key file is damaged', async () => {
    const file = path.join(root, 'work/keys/signing.json');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('"aes-256-gcm"', '"none"'));
    expect((await refusalOf(['key', 'export', ...W], 1, at(OTHER))).code).toBe('key_damaged');
    writeFileSync(file, text);
    await kept('passphrase', false, ['status'], at(OTHER));
  });
});

describe('a key in the system’s store', () => {
  it('is used through the open window, and without it the command says what to do', async () => {
    const safe = testSafe();
    const window = await makeStudio({ ports: (ports) => withKeys(ports, { safe }), jobKinds: [] });
    const dir = ['--workspace', window.dir];
    const run = { cwd: window.root };
    for (const [name, role, pin] of PEOPLE) await window.client.users.add({ name, role, pin });
    const { storyId } = await window.client.stories.create({ title: '窗口' });
    await window.client.review.submit({ storyId });
    await window.client.keys.protect({ kept: 'system' });
    const sign = ['review', 'sign', storyId, '--as', '李初', '--pin', '2468', ...dir];
    const link = await startLink(window.studio);
    await window.studio.publish(link);
    const signed = await answerOf('review-status', sign, run);
    expect(signed.round?.route[0]).toMatchObject({ state: 'done', by: { name: '李初' } });
    await link.close();
    await window.studio.stop();
    const next = ['review', 'sign', storyId, '--as', '赵复', '--pin', '3579', ...dir];
    const refused = await refusalOf(next, 1, run);
    expect(refused.code).toBe('key_needs_window');
    expect(refused.hint).toContain('Settings › Workspace');
    expect((await refusalOf(['key', 'unprotect', ...dir], 1, run)).code).toBe('key_needs_window');
    expect((await answerOf('key-status', ['key', 'status', ...dir], run)).locked).toBe(true);
    await window.stop();
  });
});
