/** The workspace's signing key: Ed25519 (RFC 8032). */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { StudioError } from '../model/errors.ts';
import type { KeyVault } from '../ports/index.ts';
import { systemCode, writeFileAtomic } from './files.ts';

const KEY_FILE = 'signing.pem';

function publicPem(key: KeyObject): string {
  return createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
}

function signature(bytes: Uint8Array, key: KeyObject): string {
  // null: Ed25519 hashes by itself.
  return sign(null, bytes, key).toString('base64url');
}

async function present(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}

async function loadKey(file: string): Promise<KeyObject> {
  let pem: string;
  try {
    pem = await readFile(file, 'utf8');
  } catch (error) {
    const code = systemCode(error) === 'ENOENT' ? 'file_missing' : 'file_unreadable';
    throw new StudioError(code, { file: KEY_FILE }, { cause: error });
  }
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType !== 'ed25519') throw new TypeError(`The key is ${String(key.asymmetricKeyType)}`);
    return key;
  } catch (error) {
    throw new StudioError('file_unreadable', { file: KEY_FILE }, { cause: error });
  }
}

/**
 * Keeps the private key as PKCS #8 PEM in `<keysDir>/signing.pem`, mode 0600.
 * `create` never replaces a key. Errors: file_missing (no key yet), file_unreadable, disk_full, not_writable.
 */
export function createFileVault(keysDir: string): KeyVault {
  const file = path.join(path.resolve(keysDir), KEY_FILE);
  let loaded: KeyObject | null = null;
  const key = async (): Promise<KeyObject> => (loaded ??= await loadKey(file));
  return {
    create: async () => {
      if (await present(file)) return;
      const pair = generateKeyPairSync('ed25519');
      await writeFileAtomic(file, pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 0o600);
      loaded = pair.privateKey;
    },
    publicKey: async () => publicPem(await key()),
    sign: async (bytes) => signature(bytes, await key()),
  };
}

/** A vault that keeps its key in memory, for tests. */
export function createMemoryVault(): KeyVault {
  let key: KeyObject | null = null;
  const need = (): KeyObject => {
    if (!key) throw new StudioError('file_missing', { file: KEY_FILE });
    return key;
  };
  return {
    create: () => {
      key ??= generateKeyPairSync('ed25519').privateKey;
      return Promise.resolve();
    },
    publicKey: async () => Promise.resolve(publicPem(need())),
    sign: async (bytes) => Promise.resolve(signature(bytes, need())),
  };
}
