/** A change of form that is broken off at every moment it can be: the key is there before, between and after. */
import { createPublicKey, randomBytes, verify } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { testSafe } from '../../../tests/support/safe.ts';
import { tempDirs } from '../../../tests/support/temp.ts';
import type { KeyForm, KeyVault } from '../../ports/index.ts';
import { sweepHalfFiles } from '../files.ts';
import { folderFiles, type KeyFiles } from './files.ts';
import { createFileVault, createMemoryVault } from './index.ts';
import { LEAST_COST } from './passphrase.ts';

const temp = tempDirs();
const cost = LEAST_COST;
const ONE = '岚溪的茶园二月就忙起来了';
const TWO = 'correct horse battery staple';

/** Where the process dies. */
const MOMENTS = {
  'while the new form is written': 'write-half',
  'right after the new form took its name': 'write-done',
  'while the old form is removed': 'destroy-half',
  'right after the old form was removed': 'destroy-done',
} as const;
type Moment = (typeof MOMENTS)[keyof typeof MOMENTS];

class Died extends Error {}

/** Files of a real folder, for a process that dies at one moment and never does anything again. */
function dyingFiles(dir: string, moment: Moment): KeyFiles {
  const real = folderFiles(dir);
  let dead = false;
  const die = (): never => {
    dead = true;
    throw new Died();
  };
  const alive = (): void => {
    if (dead) throw new Died();
  };
  return {
    read: (name) => real.read(name),
    write: async (name, text, check) => {
      alive();
      if (moment === 'write-half') {
        // As writeFileAtomic leaves it when it is killed: a hidden file with a part of the bytes.
        const half = `.${name}.0b8f9e0a-0000-4000-8000-000000000000.tmp`;
        writeFileSync(path.join(dir, half), text.slice(0, 40), { mode: 0o600 });
        die();
      }
      await real.write(name, text, check);
      if (moment === 'write-done') die();
    },
    destroy: async (name) => {
      alive();
      if (!readdirSync(dir).includes(name)) return;
      if (moment === 'destroy-half') {
        const file = path.join(dir, name);
        writeFileSync(file, Buffer.concat([randomBytes(20), readFileSync(file).subarray(20)]));
        die();
      }
      await real.destroy(name);
      if (moment === 'destroy-done') die();
    },
    remove: async (name) => {
      alive();
      if (moment === 'destroy-half') die();
      await real.remove(name);
      if (moment === 'destroy-done') die();
    },
  };
}

const safe = testSafe();
const CHANGES: [string, KeyForm, KeyForm][] = [
  ['file to passphrase', { kept: 'file' }, { kept: 'passphrase', passphrase: ONE }],
  ['file to system', { kept: 'file' }, { kept: 'system' }],
  ['passphrase to another', { kept: 'passphrase', passphrase: ONE }, { kept: 'passphrase', passphrase: TWO }],
  ['passphrase to system', { kept: 'passphrase', passphrase: ONE }, { kept: 'system' }],
  ['passphrase to file', { kept: 'passphrase', passphrase: ONE }, { kept: 'file' }],
  ['system to passphrase', { kept: 'system' }, { kept: 'passphrase', passphrase: ONE }],
  ['system to file', { kept: 'system' }, { kept: 'file' }],
];

const phraseOf = (form: KeyForm): string | undefined => (form.kept === 'passphrase' ? form.passphrase : undefined);

async function signsFor(vault: KeyVault, publicKey: string): Promise<boolean> {
  const bytes = randomBytes(8);
  return verify(null, bytes, createPublicKey(publicKey), Buffer.from(await vault.sign(bytes), 'base64url'));
}

/** Which of two passphrases opens the key now; undefined for none at all. */
async function opening(dir: string, phrases: (string | undefined)[]): Promise<string | undefined> {
  const { kept } = await createFileVault(dir, { cost, safe }).protection();
  if (kept !== 'passphrase') return undefined;
  for (const phrase of phrases) {
    if (phrase === undefined) continue;
    const open = await createFileVault(dir, { cost })
      .unlock(phrase)
      .then(
        () => true,
        () => false,
      );
    if (open) return phrase;
  }
  throw new Error('no passphrase opens the key');
}

describe.each(Object.entries(MOMENTS))('killed %s', (_, moment) => {
  it.each(CHANGES)('%s', async (_name, from, to) => {
    const dir = temp();
    const first = createFileVault(dir, { cost, safe });
    await first.create();
    const publicKey = await first.publicKey();
    await first.protect(from);

    const dying = createMemoryVault({ cost, safe }, dyingFiles(dir, moment));
    const outcome = await dying.protect(to, phraseOf(from)).then(
      () => 'done',
      (error: unknown) => (error instanceof Died ? 'died' : String(error)),
    );
    // A change from one locked form to another has no old file to remove, so it is over by then.
    const removes = from.kept === 'file' || to.kept === 'file';
    expect(outcome).toBe(moment.startsWith('destroy') && !removes ? 'done' : 'died');

    // The next process: what a dead one left is swept, the key is there and is the same.
    await sweepHalfFiles(dir);
    const passphrase = await opening(dir, [phraseOf(from), phraseOf(to)]);
    const next = createFileVault(dir, { cost, safe, passphrase });
    expect(await next.publicKey()).toBe(publicKey);
    expect(await signsFor(next, publicKey)).toBe(true);
    const { kept } = await next.protection();
    expect([from.kept, to.kept]).toContain(kept);
    if (kept !== 'file') expect(readdirSync(dir)).toEqual(['signing.json']);

    // And the change can be made now.
    await next.protect(to, passphrase);
    expect(await signsFor(createFileVault(dir, { cost, safe, passphrase: phraseOf(to) }), publicKey)).toBe(true);
    expect(readdirSync(dir)).toEqual([to.kept === 'file' ? 'signing.pem' : 'signing.json']);
  });
});

it('keeps the old form when the new one does not open', async () => {
  const dir = temp();
  const broken = { ...testSafe(), unwrap: () => Promise.resolve(randomBytes(32)) };
  const vault = createFileVault(dir, { cost, safe: broken });
  await vault.create();
  const publicKey = await vault.publicKey();
  await expect(vault.protect({ kept: 'system' })).rejects.toMatchObject({ code: 'key_damaged' });
  expect(readdirSync(dir)).toEqual(['signing.pem']);
  expect(await signsFor(createFileVault(dir), publicKey)).toBe(true);
});
