/**
 * The workspace's signing key: Ed25519 (RFC 8032), kept as `signing.pem` (readable to the folder's owner) or as `signing.json`
 * (locked, see sealed.ts). Where both lie, a change of form was broken off: the locked one counts, and the readable one goes
 * as soon as the locked one has been opened.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import path from 'node:path';
import type { KeyProtection } from '../../model/contract/index.ts';
import { StudioError } from '../../model/errors.ts';
import type { KeyForm, KeyVault, SystemSafe } from '../../ports/index.ts';
import { folderFiles, memoryFiles, type KeyFiles } from './files.ts';
import { keyOfPassphrase, LOCK_BYTES, newPassphraseLock, type PassphraseCost } from './passphrase.ts';
import { publicPem, readSealed, seal, SEALED_FILE, unseal, type Lock } from './sealed.ts';

const PLAIN_FILE = 'signing.pem';

export interface VaultOptions {
  /** Passphrase the process was given: opens a locked key, and locks a new one. */
  passphrase?: string | undefined;
  /** The system's store; only the desktop program has one. */
  safe?: SystemSafe | undefined;
  /** What a new passphrase costs to try. */
  cost?: PassphraseCost;
}

/** Error: file_unreadable. */
function readPlain(pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType !== 'ed25519') throw new TypeError(`The key is ${String(key.asymmetricKeyType)}`);
    return key;
  } catch (error) {
    throw new StudioError('file_unreadable', { file: PLAIN_FILE }, { cause: error });
  }
}

/** Whether what lies in `signing.pem` is some other key: then it is not a copy of ours. */
function isAnotherKey(pem: string, publicKey: string): boolean {
  try {
    return publicPem(createPrivateKey(pem)) !== publicKey;
  } catch {
    return false; // half overwritten
  }
}

/** Refuses a key that does not sign for this public key. */
function prove(key: KeyObject, publicKey: string, file: string): void {
  const bytes = randomBytes(32);
  if (!verify(null, bytes, createPublicKey(publicKey), sign(null, bytes, key))) {
    throw new StudioError('key_damaged', { file });
  }
}

class Vault implements KeyVault {
  readonly #files: KeyFiles;
  readonly #options: VaultOptions;
  #loaded: KeyObject | null = null;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(files: KeyFiles, options: VaultOptions) {
    this.#files = files;
    this.#options = options;
  }

  create(): Promise<void> {
    return this.#alone(async () => {
      if ((await this.#files.read(SEALED_FILE)) !== null || (await this.#files.read(PLAIN_FILE)) !== null) return;
      const key = generateKeyPairSync('ed25519').privateKey;
      const { passphrase } = this.#options;
      if (passphrase === undefined) await this.#writePlain(key);
      else await this.#writeLocked(key, { kept: 'passphrase', passphrase });
      this.#loaded = key;
    });
  }

  publicKey(): Promise<string> {
    return this.#alone(async () => {
      const text = await this.#files.read(SEALED_FILE);
      return text === null ? publicPem(await this.#plain()) : readSealed(text).publicKey;
    });
  }

  ready(): Promise<void> {
    return this.#alone(async () => {
      await this.#key();
    });
  }

  sign(bytes: Uint8Array): Promise<string> {
    // null: Ed25519 hashes by itself.
    return this.#alone(async () => sign(null, bytes, await this.#key()).toString('base64url'));
  }

  protection(): Promise<KeyProtection> {
    return this.#alone(async () => {
      const refusal = this.#options.safe ? await this.#options.safe.refusal() : 'no_window';
      const system = { available: refusal === null, refusal };
      const text = await this.#files.read(SEALED_FILE);
      if (text === null) {
        await this.#plain();
        return { kept: 'file', locked: false, leftover: false, system };
      }
      const kept = readSealed(text).lock.kind;
      // The store may ask the person something; it is not asked for being looked at.
      const locked = kept === 'system' ? this.#loaded === null && refusal !== null : !(await this.#opens());
      return { kept, locked, leftover: (await this.#files.read(PLAIN_FILE)) !== null, system };
    });
  }

  unlock(passphrase: string): Promise<void> {
    return this.#alone(async () => {
      const text = await this.#files.read(SEALED_FILE);
      if (text === null || readSealed(text).lock.kind !== 'passphrase') return;
      this.#loaded = await this.#openLocked(text, passphrase);
    });
  }

  protect(form: KeyForm, present?: string): Promise<void> {
    return this.#alone(async () => {
      const text = await this.#files.read(SEALED_FILE);
      if (text === null && form.kept === 'file') return;
      const locked = text !== null && readSealed(text).lock.kind === 'passphrase';
      // Asked for although it is open: an unattended window must not be enough to take a passphrase away.
      const key = locked ? await this.#openLocked(text, present) : await this.#key();
      if (form.kept === 'file') await this.#writePlain(key);
      else await this.#writeLocked(key, form);
      if (form.kept === 'file') await this.#files.remove(SEALED_FILE);
      else await this.#dropPlain(publicPem(key));
      this.#loaded = key;
    });
  }

  async #writePlain(key: KeyObject): Promise<void> {
    const pem = key.export({ type: 'pkcs8', format: 'pem' }).toString();
    await this.#files.write(PLAIN_FILE, pem, async (back) => prove(readPlain(back), publicPem(key), PLAIN_FILE));
  }

  /** Writes the locked form once what was written has been opened again, the way it will be opened later. */
  async #writeLocked(key: KeyObject, form: Exclude<KeyForm, { kept: 'file' }>): Promise<void> {
    const passphrase = form.kept === 'passphrase' ? form.passphrase : undefined;
    const { lock, lockingKey } = await this.#newLock(passphrase);
    const text = seal(key, lock, lockingKey);
    lockingKey.fill(0);
    await this.#files.write(SEALED_FILE, text, async (back) => {
      const file = readSealed(back);
      prove(unseal(file, await this.#lockingKey(file.lock, passphrase)), publicPem(key), SEALED_FILE);
    });
  }

  async #newLock(passphrase: string | undefined): Promise<{ lock: Lock; lockingKey: Buffer }> {
    if (passphrase !== undefined) {
      const lock = newPassphraseLock(passphrase, this.#options.cost);
      return { lock, lockingKey: await keyOfPassphrase(passphrase, lock) };
    }
    const safe = await this.#safe();
    const lockingKey = randomBytes(LOCK_BYTES);
    const wrapped = Buffer.from(await safe.wrap(lockingKey)).toString('base64url');
    return { lock: { kind: 'system', wrapped }, lockingKey };
  }

  async #lockingKey(lock: Lock, passphrase: string | undefined): Promise<Buffer> {
    if (lock.kind === 'system') {
      const safe = await this.#safe();
      return Buffer.from(await safe.unwrap(Buffer.from(lock.wrapped, 'base64url')));
    }
    if (passphrase === undefined) throw new StudioError('key_locked');
    return keyOfPassphrase(passphrase, lock);
  }

  async #safe(): Promise<SystemSafe> {
    const { safe } = this.#options;
    if (!safe) throw new StudioError('key_needs_window');
    const why = await safe.refusal();
    if (why !== null) throw new StudioError('no_system_store', { why });
    return safe;
  }

  async #plain(): Promise<KeyObject> {
    const pem = await this.#files.read(PLAIN_FILE);
    if (pem === null) throw new StudioError('file_missing', { file: PLAIN_FILE });
    return readPlain(pem);
  }

  async #key(): Promise<KeyObject> {
    if (this.#loaded) return this.#loaded;
    const text = await this.#files.read(SEALED_FILE);
    this.#loaded = text === null ? await this.#plain() : await this.#openLocked(text, this.#options.passphrase);
    return this.#loaded;
  }

  async #openLocked(text: string, passphrase: string | undefined): Promise<KeyObject> {
    const file = readSealed(text);
    const lockingKey = await this.#lockingKey(file.lock, passphrase);
    const key = unseal(file, lockingKey);
    lockingKey.fill(0);
    try {
      await this.#dropPlain(file.publicKey);
    } catch {
      // A copy that cannot be removed is no reason not to sign; `protection` says that it is there.
    }
    return key;
  }

  /** Removes the readable copy of a key that is locked now. */
  async #dropPlain(publicKey: string): Promise<void> {
    const pem = await this.#files.read(PLAIN_FILE);
    if (pem !== null && !isAnotherKey(pem, publicKey)) await this.#files.destroy(PLAIN_FILE);
  }

  /** Whether the key is open, or opens with the passphrase the process was given. */
  async #opens(): Promise<boolean> {
    if (this.#loaded) return true;
    if (this.#options.passphrase === undefined) return false;
    try {
      await this.#key();
      return true;
    } catch (error) {
      if (error instanceof StudioError && error.code === 'wrong_passphrase') return false;
      throw error;
    }
  }

  /** One thing after another: a key that is being kept anew is not opened meanwhile. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#queue.then(work, work);
    this.#queue = next.catch(() => undefined);
    return next;
  }
}

/**
 * Keeps the key in `keysDir`, files of mode 0600. `create` never replaces a key.
 */
export function createFileVault(keysDir: string, options: VaultOptions = {}): KeyVault {
  return new Vault(folderFiles(path.resolve(keysDir)), options);
}

/** A vault that keeps its files in memory, or where a test wants them. */
export function createMemoryVault(options: VaultOptions = {}, files: KeyFiles = memoryFiles()): KeyVault {
  return new Vault(files, options);
}
