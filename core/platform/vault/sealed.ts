/**
 * The locked key file, `signing.json`: AES-256-GCM around the PKCS #8 key. Everything that is not encrypted (format, public key,
 * how it is locked, nonce) is authenticated, so no part of it can be exchanged or weakened.
 */
import { createCipheriv, createDecipheriv, createPrivateKey, createPublicKey, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../../model/article/canonical.ts';
import { StudioError } from '../../model/errors.ts';
import { passphraseLock } from './passphrase.ts';

export const SEALED_FILE = 'signing.json';

const FORMAT = 'tongxin-key/1';
const CIPHER = 'aes-256-gcm';
/** NIST SP 800-38D, section 8.2: 96 bits; the locking key is new at every sealing, so no nonce meets it twice. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const systemLock = z.strictObject({
  kind: z.literal('system'),
  /** The locking key as the system's store wrapped it. */
  wrapped: z.base64url().max(8192),
});
const lock = z.discriminatedUnion('kind', [passphraseLock, systemLock]);
export type Lock = z.infer<typeof lock>;

const sealedKey = z.strictObject({
  format: z.literal(FORMAT),
  publicKey: z.string().max(1024),
  lock,
  cipher: z.literal(CIPHER),
  nonce: z.base64url().refine((text) => Buffer.from(text, 'base64url').length === NONCE_BYTES),
  /** Ciphertext, then the tag. */
  sealed: z.base64url().max(8192),
});
export type SealedKey = z.infer<typeof sealedKey>;

/** SPKI PEM of either half of a key. */
export function publicPem(key: KeyObject): string {
  const half = key.type === 'public' ? key : createPublicKey(key);
  return half.export({ type: 'spki', format: 'pem' }).toString();
}

/** Error: key_damaged. */
function damaged(cause?: unknown): StudioError {
  return new StudioError('key_damaged', { file: SEALED_FILE }, cause === undefined ? {} : { cause });
}

/** What is authenticated without being encrypted. */
function headerOf({ format, publicKey, lock: locked, cipher, nonce }: Omit<SealedKey, 'sealed'>): Buffer {
  return Buffer.from(canonicalJson({ format, publicKey, lock: locked, cipher, nonce }), 'utf8');
}

/** The text of a key file. `lockingKey`: 32 bytes, used once. */
export function seal(key: KeyObject, how: Lock, lockingKey: Uint8Array): string {
  const nonce = randomBytes(NONCE_BYTES);
  const header = {
    format: FORMAT,
    publicKey: publicPem(key),
    lock: how,
    cipher: CIPHER,
    nonce: nonce.toString('base64url'),
  } as const;
  const cipher = createCipheriv(CIPHER, lockingKey, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(headerOf(header));
  const plain = key.export({ type: 'pkcs8', format: 'der' });
  const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  plain.fill(0);
  return `${JSON.stringify({ ...header, sealed: sealed.toString('base64url') }, null, 2)}\n`;
}

/** Reads the text of a key file; nothing is decrypted. Error: key_damaged (also for another version of the format). */
export function readSealed(text: string): SealedKey {
  try {
    const parsed = sealedKey.parse(JSON.parse(text));
    const key = createPublicKey(parsed.publicKey);
    if (key.asymmetricKeyType !== 'ed25519' || publicPem(key) !== parsed.publicKey) throw new TypeError('public key');
    return parsed;
  } catch (error) {
    throw damaged(error);
  }
}

function decrypt(file: SealedKey, lockingKey: Uint8Array): Buffer {
  const bytes = Buffer.from(file.sealed, 'base64url');
  const nonce = Buffer.from(file.nonce, 'base64url');
  const decipher = createDecipheriv(CIPHER, lockingKey, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(headerOf(file));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]);
}

/**
 * The private key. Errors: wrong_passphrase (GCM cannot tell a wrong passphrase from an altered file), key_damaged (locked by the
 * system and altered; or the key inside is not the one the file names).
 */
export function unseal(file: SealedKey, lockingKey: Uint8Array): KeyObject {
  let plain: Buffer;
  try {
    plain = decrypt(file, lockingKey);
  } catch (error) {
    if (file.lock.kind === 'passphrase') throw new StudioError('wrong_passphrase', {}, { cause: error });
    throw damaged(error);
  }
  try {
    const key = createPrivateKey({ key: plain, format: 'der', type: 'pkcs8' });
    if (publicPem(key) !== file.publicKey) throw new TypeError('The public key is another one');
    return key;
  } catch (error) {
    throw damaged(error);
  } finally {
    plain.fill(0);
  }
}
