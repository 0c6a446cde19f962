import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempDirs } from '../../../tests/support/temp.ts';
import type { KeyVault } from '../../ports/index.ts';
import { createFileVault, createMemoryVault } from './index.ts';

const temp = tempDirs();

async function proves(vault: KeyVault): Promise<boolean> {
  const bytes = Buffer.from('同心');
  const signature = await vault.sign(bytes);
  expect(signature).toMatch(/^[A-Za-z0-9_-]{86}$/);
  const key = createPublicKey(await vault.publicKey());
  expect(verify(null, Buffer.from('other'), key, Buffer.from(signature, 'base64url'))).toBe(false);
  return verify(null, bytes, key, Buffer.from(signature, 'base64url'));
}

describe.each([
  ['file', () => createFileVault(path.join(temp(), 'keys'))],
  ['memory', createMemoryVault],
])('the %s vault', (_, make) => {
  it('signs with the key whose public half it shows', async () => {
    const vault = make();
    await vault.create();
    const key = await vault.publicKey();
    expect(key).toContain('BEGIN PUBLIC KEY');
    expect(await proves(vault)).toBe(true);
    await vault.create();
    expect(await vault.publicKey()).toBe(key);
  });

  it('has nothing to sign with before a key is made', async () => {
    await expect(make().sign(Buffer.from('x'))).rejects.toMatchObject({ code: 'file_missing' });
    await expect(make().publicKey()).rejects.toMatchObject({ code: 'file_missing' });
  });
});

it('keeps the key in a file of its owner alone, and finds it again', async () => {
  const dir = temp();
  const vault = createFileVault(dir);
  await vault.create();
  const file = path.join(dir, 'signing.pem');
  expect(readdirSync(dir)).toEqual(['signing.pem']);
  expect(readFileSync(file, 'utf8')).toContain('BEGIN PRIVATE KEY');
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  const again = createFileVault(dir);
  await again.create();
  expect(await again.publicKey()).toBe(await vault.publicKey());
  expect(await proves(again)).toBe(true);
});

it.each([
  ['rubbish', 'not a key'],
  [
    'another kind of key',
    generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
  ],
])('refuses %s and does not replace it', async (_, pem) => {
  const dir = temp();
  writeFileSync(path.join(dir, 'signing.pem'), pem);
  const vault = createFileVault(dir);
  await vault.create();
  await expect(vault.sign(Buffer.from('x'))).rejects.toMatchObject({ code: 'file_unreadable' });
  expect(readFileSync(path.join(dir, 'signing.pem'), 'utf8')).toBe(pem.toString());
});
