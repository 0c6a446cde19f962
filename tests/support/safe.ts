/** A system store for tests: encrypts with a key of its own, as the store of one account on one computer does. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { StudioError } from '../../core/model/errors.ts';
import type { SafeRefusal } from '../../core/model/contract/index.ts';
import type { SystemSafe } from '../../core/ports/index.ts';

export interface TestSafe extends SystemSafe {
  /** Set: the store cannot be used (any more). */
  why: SafeRefusal | null;
}

export function testSafe(): TestSafe {
  const key = randomBytes(32);
  return {
    why: null,
    refusal() {
      return Promise.resolve(this.why);
    },
    wrap: (secret) => {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      return Promise.resolve(Buffer.concat([iv, cipher.update(secret), cipher.final(), cipher.getAuthTag()]));
    },
    unwrap: (wrapped) => {
      const bytes = Buffer.from(wrapped);
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
        decipher.setAuthTag(bytes.subarray(-16));
        return Promise.resolve(Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]));
      } catch (error) {
        return Promise.reject(new StudioError('key_elsewhere', {}, { cause: error }));
      }
    },
  };
}
