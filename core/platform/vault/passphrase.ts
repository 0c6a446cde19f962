/** From a passphrase to the key that locks the signing key: argon2id. */
import { randomBytes } from 'node:crypto';
import { argon2id } from 'hash-wasm';
import { z } from 'zod';
import { StudioError } from '../../model/errors.ts';

/** Bytes of an AES-256 key. */
export const LOCK_BYTES = 32;
/** RFC 9106, section 3.1: 16 bytes of salt for password hashing. */
const SALT_BYTES = 16;
/** argon2 version 1.3, as RFC 9106 writes it in its parameters. */
const VERSION = 0x13;

export interface PassphraseCost {
  memoryKiB: number;
  passes: number;
  lanes: number;
}

/**
 * RFC 9106, section 4, second recommended option (64 MiB, 3 passes, 4 lanes): the key file can be tried against away from this
 * computer for years, a PIN cannot. About a second in WebAssembly on one core.
 */
export const NEW_COST: PassphraseCost = { memoryKiB: 65_536, passes: 3, lanes: 4 };
/** Less is not opened. OWASP Password Storage Cheat Sheet (2024), argon2id: 19 MiB, 2 passes, 1 lane. */
export const LEAST_COST: PassphraseCost = { memoryKiB: 19_456, passes: 2, lanes: 1 };
/** More is not opened: an altered file must not take the computer's memory or an hour of its time. */
const MOST_COST: PassphraseCost = { memoryKiB: 1_048_576, passes: 16, lanes: 16 };

const within = (name: keyof PassphraseCost) => z.number().int().min(LEAST_COST[name]).max(MOST_COST[name]);
const saltText = z.base64url().refine((text) => Buffer.from(text, 'base64url').length === SALT_BYTES);

/** How a passphrase locks a key, as it stands in the key file. */
export const passphraseLock = z.strictObject({
  kind: z.literal('passphrase'),
  kdf: z.literal('argon2id'),
  version: z.literal(VERSION),
  memoryKiB: within('memoryKiB'),
  passes: within('passes'),
  lanes: within('lanes'),
  salt: saltText,
});
export type PassphraseLock = z.infer<typeof passphraseLock>;

/**
 * Characters a new passphrase needs. NIST SP 800-63B-4 asks for 8 where something else is needed as well (here: the file) and for
 * 15 where nothing is; whoever steals the file needs nothing else, but each try costs them {@link NEW_COST}.
 */
const LEAST_CHARACTERS = 12;

/** A fresh lock for a new passphrase. Error: weak_passphrase {least}. */
export function newPassphraseLock(passphrase: string, cost: PassphraseCost = NEW_COST): PassphraseLock {
  if ([...passphrase.normalize('NFC')].length < LEAST_CHARACTERS) {
    throw new StudioError('weak_passphrase', { least: LEAST_CHARACTERS });
  }
  const salt = randomBytes(SALT_BYTES).toString('base64url');
  return { kind: 'passphrase', kdf: 'argon2id', version: VERSION, ...cost, salt };
}

/** The locking key, {@link LOCK_BYTES} long. The same sentence typed on another system (NFC) gives the same key. */
export async function keyOfPassphrase(passphrase: string, lock: PassphraseLock): Promise<Buffer> {
  // hash-wasm refuses an empty password by throwing; an empty passphrase is simply wrong.
  if (passphrase === '') throw new StudioError('wrong_passphrase');
  const key = await argon2id({
    password: passphrase.normalize('NFC'),
    salt: Buffer.from(lock.salt, 'base64url'),
    memorySize: lock.memoryKiB,
    iterations: lock.passes,
    parallelism: lock.lanes,
    hashLength: LOCK_BYTES,
    outputType: 'binary',
  });
  return Buffer.from(key);
}
