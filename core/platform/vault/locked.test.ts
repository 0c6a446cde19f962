/** Locked keys: what opens them, what does not, and what an altered file does. */
import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { chmodSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { testSafe } from '../../../tests/support/safe.ts';
import { asOrdinaryUser, tempDirs } from '../../../tests/support/temp.ts';
import type { KeyForm, KeyVault } from '../../ports/index.ts';
import { createFileVault, createMemoryVault, type VaultOptions } from './index.ts';
import { LEAST_COST, NEW_COST } from './passphrase.ts';
import type { SealedKey } from './sealed.ts';

const temp = tempDirs();
const cost = LEAST_COST;
const PHRASE = '岚溪的茶园二月就忙起来了';
const OTHER = 'correct horse battery staple';
const PASSPHRASE: KeyForm = { kept: 'passphrase', passphrase: PHRASE };
const SYSTEM: KeyForm = { kept: 'system' };
const FILE: KeyForm = { kept: 'file' };
const at = (dir: string, options: VaultOptions = {}): KeyVault => createFileVault(dir, { cost, ...options });
const sealedFile = (dir: string): string => path.join(dir, 'signing.json');
const readFile = (dir: string): SealedKey => JSON.parse(readFileSync(sealedFile(dir), 'utf8')) as SealedKey;

/** Signs, and checks the signature with the public key that is expected. */
async function signsFor(vault: KeyVault, publicKey: string): Promise<boolean> {
  const bytes = Buffer.from('同心');
  return verify(null, bytes, createPublicKey(publicKey), Buffer.from(await vault.sign(bytes), 'base64url'));
}

async function lockedKey(form: KeyForm = PASSPHRASE, options: VaultOptions = {}) {
  const dir = temp();
  const vault = at(dir, options);
  await vault.create();
  const publicKey = await vault.publicKey();
  await vault.protect(form);
  return { dir, vault, publicKey };
}

describe('a passphrase', () => {
  it('locks the key: the readable file is gone, the locked one is its owner’s alone', async () => {
    const { dir, vault, publicKey } = await lockedKey();
    expect(readdirSync(dir)).toEqual(['signing.json']);
    if (process.platform !== 'win32') expect(statSync(sealedFile(dir)).mode & 0o777).toBe(0o600);
    expect(readFileSync(sealedFile(dir), 'utf8')).not.toMatch(/PRIVATE|茶园/);
    expect(await signsFor(vault, publicKey)).toBe(true);
    expect(await vault.protection()).toMatchObject({ kept: 'passphrase', locked: false, leftover: false });
  });

  it('is wanted by the next process for signing, and not for the public key', async () => {
    const { dir, publicKey } = await lockedKey();
    const next = at(dir);
    expect(await next.publicKey()).toBe(publicKey);
    expect(await next.protection()).toMatchObject({ kept: 'passphrase', locked: true });
    for (const wanted of [next.ready(), next.sign(Buffer.from('x'))]) {
      await expect(wanted).rejects.toMatchObject({ code: 'key_locked' });
    }
    await expect(next.unlock(OTHER)).rejects.toMatchObject({ code: 'wrong_passphrase' });
    await expect(next.unlock('')).rejects.toMatchObject({ code: 'wrong_passphrase' });
    await expect(next.ready()).rejects.toMatchObject({ code: 'key_locked' });
    await next.unlock(PHRASE.normalize('NFD'));
    expect(await signsFor(next, publicKey)).toBe(true);
    expect(await next.protection()).toMatchObject({ locked: false });
  });

  it('may come with the process', async () => {
    const { dir, publicKey } = await lockedKey();
    expect(await signsFor(at(dir, { passphrase: PHRASE }), publicKey)).toBe(true);
    expect(await at(dir, { passphrase: PHRASE }).protection()).toMatchObject({ locked: false });
    const wrong = at(dir, { passphrase: OTHER });
    await expect(wrong.sign(Buffer.from('x'))).rejects.toMatchObject({ code: 'wrong_passphrase' });
    expect(await wrong.protection()).toMatchObject({ locked: true });
  });

  it('locks a new key at once, when the process has one', async () => {
    const dir = temp();
    const vault = createFileVault(dir, { passphrase: PHRASE });
    await vault.create();
    expect(readdirSync(dir)).toEqual(['signing.json']);
    expect(readFile(dir).lock).toMatchObject({ kdf: 'argon2id', version: 19, ...NEW_COST });
    expect(await signsFor(vault, await vault.publicKey())).toBe(true);
    const weak = createFileVault(temp(), { passphrase: 'kurz' });
    await expect(weak.create()).rejects.toMatchObject({ code: 'weak_passphrase', params: { least: 12 } });
  });

  it('is asked for again before anything is changed, although the key is open', async () => {
    const { dir, vault, publicKey } = await lockedKey();
    const before = readFileSync(sealedFile(dir), 'utf8');
    await expect(vault.protect(FILE)).rejects.toMatchObject({ code: 'key_locked' });
    await expect(vault.protect(FILE, OTHER)).rejects.toMatchObject({ code: 'wrong_passphrase' });
    const short: KeyForm = { kept: 'passphrase', passphrase: '十一个字还差一个字的' };
    await expect(vault.protect(short, PHRASE)).rejects.toMatchObject({ code: 'weak_passphrase' });
    expect(readFileSync(sealedFile(dir), 'utf8')).toBe(before);
    await vault.protect({ kept: 'passphrase', passphrase: OTHER }, PHRASE);
    await expect(at(dir).unlock(PHRASE)).rejects.toMatchObject({ code: 'wrong_passphrase' });
    expect(await signsFor(at(dir, { passphrase: OTHER }), publicKey)).toBe(true);
    expect(readFile(dir).lock).not.toMatchObject({
      salt: (JSON.parse(before) as { lock: { salt: string } }).lock.salt,
    });
  });
});

describe('the system’s store', () => {
  it('locks the key to itself; another computer’s, or none, does not open it', async () => {
    const safe = testSafe();
    const { dir, vault, publicKey } = await lockedKey(SYSTEM, { safe });
    expect(readdirSync(dir)).toEqual(['signing.json']);
    expect(await vault.protection()).toEqual({
      kept: 'system',
      locked: false,
      leftover: false,
      system: { available: true, refusal: null },
    });
    expect(await signsFor(at(dir, { safe }), publicKey)).toBe(true);
    await expect(at(dir, { safe: testSafe() }).ready()).rejects.toMatchObject({ code: 'key_elsewhere' });
    const withoutWindow = at(dir);
    await expect(withoutWindow.ready()).rejects.toMatchObject({ code: 'key_needs_window' });
    await expect(withoutWindow.protect(FILE)).rejects.toMatchObject({ code: 'key_needs_window' });
    expect(await withoutWindow.publicKey()).toBe(publicKey);
    expect(await withoutWindow.protection()).toMatchObject({ kept: 'system', locked: true });
    safe.why = 'unavailable';
    await expect(at(dir, { safe }).ready()).rejects.toMatchObject({
      code: 'no_system_store',
      params: { why: 'unavailable' },
    });
  });

  it('is not used where it would lock with a password everybody knows', async () => {
    const safe = { ...testSafe(), why: 'plain_text' as const };
    const dir = temp();
    const vault = at(dir, { safe });
    await vault.create();
    await expect(vault.protect(SYSTEM)).rejects.toMatchObject({ code: 'no_system_store' });
    await expect(at(dir).protect(SYSTEM)).rejects.toMatchObject({ code: 'key_needs_window' });
    expect(readdirSync(dir)).toEqual(['signing.pem']);
    expect(await vault.protection()).toMatchObject({ system: { available: false, refusal: 'plain_text' } });
  });
});

it.each([
  ['in a folder', (options: VaultOptions) => createFileVault(temp(), options)],
  ['in memory', (options: VaultOptions) => createMemoryVault(options)],
])('stays the same key through every form, %s', async (_, make) => {
  const vault = make({ cost, safe: testSafe() });
  await vault.create();
  const publicKey = await vault.publicKey();
  const steps: [KeyForm, string | undefined][] = [
    [PASSPHRASE, undefined],
    [SYSTEM, PHRASE],
    [{ kept: 'passphrase', passphrase: OTHER }, undefined],
    [FILE, OTHER],
    [SYSTEM, undefined],
    [FILE, undefined],
    [FILE, undefined],
  ];
  for (const [form, present] of steps) {
    await vault.protect(form, present);
    expect(await vault.publicKey()).toBe(publicKey);
    expect(await signsFor(vault, publicKey)).toBe(true);
    expect(await vault.protection()).toMatchObject({ kept: form.kept, locked: false, leftover: false });
  }
});

describe('an altered file', () => {
  const stranger = (): string =>
    generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const flip = (text: string): string => (text.startsWith('A') ? 'B' : 'A') + text.slice(1);
  const cases: [string, (file: SealedKey) => object, string][] = [
    ['another public key', (f) => ({ ...f, publicKey: stranger() }), 'wrong_passphrase'],
    ['another key inside', (f) => ({ ...f, sealed: flip(f.sealed) }), 'wrong_passphrase'],
    ['another nonce', (f) => ({ ...f, nonce: flip(f.nonce) }), 'wrong_passphrase'],
    ['another cost', (f) => ({ ...f, lock: { ...f.lock, passes: 3 } }), 'wrong_passphrase'],
    ['too cheap a cost', (f) => ({ ...f, lock: { ...f.lock, passes: 1 } }), 'key_damaged'],
    ['too little memory', (f) => ({ ...f, lock: { ...f.lock, memoryKiB: 8 } }), 'key_damaged'],
    ['a cost that takes the computer', (f) => ({ ...f, lock: { ...f.lock, memoryKiB: 2 ** 31 } }), 'key_damaged'],
    ['an older kdf', (f) => ({ ...f, lock: { ...f.lock, kdf: 'argon2i' } }), 'key_damaged'],
    ['an older argon2', (f) => ({ ...f, lock: { ...f.lock, version: 16 } }), 'key_damaged'],
    ['a short salt', (f) => ({ ...f, lock: { ...f.lock, salt: 'AAAA' } }), 'key_damaged'],
    ['another format', (f) => ({ ...f, format: 'tongxin-key/0' }), 'key_damaged'],
    ['a newer format', (f) => ({ ...f, format: 'tongxin-key/2' }), 'key_damaged'],
    ['a weaker cipher', (f) => ({ ...f, cipher: 'aes-256-ctr' }), 'key_damaged'],
    ['a field more', (f) => ({ ...f, hint: 'x' }), 'key_damaged'],
    ['no ciphertext', (f) => ({ ...f, sealed: '' }), 'wrong_passphrase'],
    ['a lock of the system', (f) => ({ ...f, lock: { kind: 'system', wrapped: 'AAAA' } }), 'key_elsewhere'],
    ['no public key', (f) => ({ ...f, publicKey: 'none' }), 'key_damaged'],
  ];
  it.each(cases)('with %s signs nothing and is left alone', async (_, alter, code) => {
    const { dir } = await lockedKey();
    const text = JSON.stringify(alter(readFile(dir)));
    writeFileSync(sealedFile(dir), text);
    const vault = at(dir, { passphrase: PHRASE, safe: testSafe() });
    await vault.create();
    await expect(vault.sign(Buffer.from('x'))).rejects.toMatchObject({ code });
    await expect(vault.protect(FILE, PHRASE)).rejects.toMatchObject({ code });
    expect(readFileSync(sealedFile(dir), 'utf8')).toBe(text);
    expect(readdirSync(dir)).toEqual(['signing.json']);
  });

  it('that was locked by the system is damaged, not of another computer', async () => {
    const safe = testSafe();
    const { dir } = await lockedKey(SYSTEM, { safe });
    const file = readFile(dir);
    writeFileSync(sealedFile(dir), JSON.stringify({ ...file, sealed: flip(file.sealed) }));
    await expect(at(dir, { safe }).ready()).rejects.toMatchObject({ code: 'key_damaged' });
  });

  it('does not fall back to a readable key that somebody laid beside it', async () => {
    const { dir, publicKey } = await lockedKey();
    const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
    writeFileSync(path.join(dir, 'signing.pem'), pem);
    const vault = at(dir);
    expect(await vault.publicKey()).toBe(publicKey);
    await expect(vault.sign(Buffer.from('x'))).rejects.toMatchObject({ code: 'key_locked' });
    await vault.unlock(PHRASE);
    expect(await signsFor(vault, publicKey)).toBe(true);
    // Not a copy of this key, so not the vault's to remove.
    expect(readFileSync(path.join(dir, 'signing.pem'), 'utf8')).toBe(pem);
    expect(await vault.protection()).toMatchObject({ leftover: true });
  });
});

it('tells nothing secret in its errors', async () => {
  const { dir } = await lockedKey();
  const told: unknown = await at(dir)
    .unlock(OTHER)
    .catch((error: unknown) => error);
  const everything = (error: unknown): string =>
    error instanceof Error ? `${error.stack ?? ''}${JSON.stringify(error)}${everything(error.cause)}` : String(error);
  expect(everything(told)).not.toMatch(/correct horse|茶园/);
});

it.skipIf(process.platform === 'win32')('changes nothing in a folder it may not write to', async () => {
  const { dir, publicKey } = await lockedKey(FILE);
  chmodSync(path.join(dir, 'signing.pem'), 0o644);
  chmodSync(dir, 0o555);
  await asOrdinaryUser(async () => {
    const vault = at(dir);
    await expect(vault.protect(PASSPHRASE)).rejects.toMatchObject({ code: 'not_writable' });
    expect(await signsFor(at(dir), publicKey)).toBe(true);
  });
  chmodSync(dir, 0o755);
  expect(readdirSync(dir)).toEqual(['signing.pem']);
});
