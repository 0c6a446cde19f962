/** How the workspace's signing key is kept, and how that is changed. */
import { z } from 'zod';
import { query, self } from './base.ts';

/** `file`: readable to the account that owns the folder; `passphrase`: locked with one; `system`: locked by the system's own store. */
export const keyKept = z.enum(['file', 'passphrase', 'system']);
export type KeyKept = z.infer<typeof keyKept>;

/**
 * Why the system's store cannot keep a key here. `no_window`: only the desktop program can ask it; `unavailable`: the system
 * has none that answers; `plain_text`: there is none, and Chromium would use a password that everybody knows.
 */
export const safeRefusal = z.enum(['no_window', 'unavailable', 'plain_text']);
export type SafeRefusal = z.infer<typeof safeRefusal>;

export const keyProtection = z.object({
  kept: keyKept,
  /** This process cannot sign now: the passphrase is wanted, or the store that locked the key is not here. */
  locked: z.boolean(),
  /** A readable copy from before a change that was broken off still lies in the folder. */
  leftover: z.boolean(),
  system: z.object({ available: z.boolean(), refusal: safeRefusal.nullable() }),
});
export type KeyProtection = z.infer<typeof keyProtection>;

/** Longer than any sentence somebody types; the core says what is too short. */
const passphrase = z.string().max(1024);

export const keys = {
  export: query('key.read').output(z.object({ publicKey: z.string() })),
  protection: query('key.read').output(keyProtection),
  /**
   * Keeps the key in another form. `passphrase`: the new one; `present`: the one that locks the key now. Neither is ever
   * stored, logged or sent back.
   */
  protect: self('key.manage')
    .input(
      z
        .object({ kept: keyKept, passphrase: passphrase.optional(), present: passphrase.optional() })
        .refine((i) => (i.kept === 'passphrase') === (i.passphrase !== undefined), { path: ['passphrase'] }),
    )
    .output(keyProtection),
  /** Lets this process sign until the workspace is closed. Whoever knows the passphrase may. */
  unlock: self('signed-in').input(z.object({ passphrase })).output(keyProtection),
};
