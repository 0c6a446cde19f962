/** The signing key, and the system's own store that may lock it. */
import type { KeyKept, KeyProtection, SafeRefusal } from '../model/contract/index.ts';

/** The form a key shall be kept in. */
export type KeyForm =
  | { kept: Exclude<KeyKept, 'passphrase'> }
  /** A new passphrase, at least 12 characters. */
  | { kept: 'passphrase'; passphrase: string };

/**
 * The workspace's key. Its private half never leaves the adapter. Errors of whatever needs that half: file_missing,
 * file_unreadable, key_damaged, key_locked, wrong_passphrase, key_needs_window, no_system_store {why}, key_elsewhere.
 */
export interface KeyVault {
  /** Makes the workspace's Ed25519 key pair if there is none. Error: weak_passphrase (of a passphrase the process was given). */
  create(): Promise<void>;
  /** Public key, SPKI PEM. Needs no passphrase. */
  publicKey(): Promise<string>;
  /** Refuses what `sign` would refuse; asked before anything is changed that a signature belongs to. */
  ready(): Promise<void>;
  /** Ed25519 signature over `bytes`, base64url. */
  sign(bytes: Uint8Array): Promise<string>;
  /** How the key is kept now. */
  protection(): Promise<KeyProtection>;
  /** Opens a key that is locked with a passphrase, for as long as the workspace is open. */
  unlock(passphrase: string): Promise<void>;
  /**
   * Keeps the same key in another form. `present` is the passphrase that locks it now. A crash at any moment leaves a form that
   * signs. Errors also: weak_passphrase, not_writable, disk_full.
   */
  protect(form: KeyForm, present?: string): Promise<void>;
}

/** The system's store of secrets (Keychain, DPAPI, a Linux keyring). Only the desktop program has one. */
export interface SystemSafe {
  /** null: it can be used. */
  refusal(): Promise<SafeRefusal | null>;
  /** Locks a few dozen bytes to this account of this computer. Error: no_system_store. */
  wrap(secret: Uint8Array): Promise<Uint8Array>;
  /** Errors: no_system_store, key_elsewhere (locked by another computer or account). */
  unwrap(wrapped: Uint8Array): Promise<Uint8Array>;
}
