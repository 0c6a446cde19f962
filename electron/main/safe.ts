/**
 * The system's store of secrets, asked for the core. It locks a random key of 32 bytes, never the signing key itself; the answer
 * goes to the core's process alone, no page can ask.
 */
import type { SafeRefusal } from '../../core/model/contract/index.ts';
import type { SafeAnswer, SafeAsk } from '../messages.ts';

/** The part of Electron's safeStorage that is used. */
export interface Store {
  isEncryptionAvailable(): boolean;
  /** Linux only. */
  getSelectedStorageBackend?(): string;
  encryptString(text: string): Buffer;
  decryptString(encrypted: Buffer): string;
}

/** Backends of Linux that are no store: a password written in Chromium's source, and "not asked yet". */
const NO_STORE: ReadonlySet<string> = new Set(['basic_text', 'unknown']);

const BASE64 = /^[A-Za-z0-9+/]{1,1024}={0,2}$/;

/** Why the store cannot be used; null: it can. */
export function refusalOf(store: Store, platform: string): SafeRefusal | null {
  if (platform === 'linux' && NO_STORE.has(store.getSelectedStorageBackend?.() ?? 'unknown')) return 'plain_text';
  return store.isEncryptionAvailable() ? null : 'unavailable';
}

/**
 * Answers what the core asks; never throws. The synchronous calls are used on purpose: `getSelectedStorageBackend` speaks of
 * them, not of the asynchronous ones, which may choose another store.
 */
export function answerSafe(ask: SafeAsk, store: Store, platform: string): SafeAnswer {
  const why = refusalOf(store, platform);
  if (ask.what === 'refusal') return { what: 'refusal', why };
  if (why !== null) return { what: 'refused', code: 'no_system_store', params: { why } };
  try {
    if (ask.what === 'wrap') return { what: 'bytes', bytes: store.encryptString(ask.bytes).toString('base64') };
    const bytes = store.decryptString(Buffer.from(ask.bytes, 'base64'));
    // Something else that the same store once locked is not ours.
    return BASE64.test(bytes) ? { what: 'bytes', bytes } : { what: 'refused', code: 'key_elsewhere', params: {} };
  } catch {
    // Chromium's reason names no more than that it did not work.
    if (ask.what === 'unwrap') return { what: 'refused', code: 'key_elsewhere', params: {} };
    return { what: 'refused', code: 'no_system_store', params: { why: 'unavailable' } };
  }
}
