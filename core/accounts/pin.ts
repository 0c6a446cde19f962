/** PINs: argon2id, with a lock-out that grows. A PIN says who sits here; it is never the only key to data. */
import { randomBytes } from 'node:crypto';
import { argon2Verify, argon2id } from 'hash-wasm';
import { StudioError } from '../model/errors.ts';

/** OWASP Password Storage Cheat Sheet (2024): argon2id with 19 MiB, 2 passes, 1 lane. */
const ARGON2 = { parallelism: 1, iterations: 2, memorySize: 19_456, hashLength: 32 } as const;
const MIN_PIN = 4;
/** Wrong tries before the first wait. */
export const TRIES = 5;
const FIRST_WAIT_MIN = 5;
const LONGEST_WAIT_MIN = 60;

/** PHC string of a PIN. Error: weak_pin. */
export async function hashPin(pin: string): Promise<string> {
  if ([...pin.normalize('NFC')].length < MIN_PIN) throw new StudioError('weak_pin');
  return argon2id({ ...ARGON2, password: pin.normalize('NFC'), salt: randomBytes(16), outputType: 'encoded' });
}

export async function pinMatches(pin: string, hash: string): Promise<boolean> {
  // hash-wasm refuses an empty password by throwing; an empty PIN is simply wrong.
  return pin !== '' && argon2Verify({ password: pin.normalize('NFC'), hash });
}

/** Minutes to wait after the n-th wrong try in a row; 0 while tries are left. 5, 10, 20, 40, 60, 60 … */
export function waitMinutes(failedAttempts: number): number {
  if (failedAttempts < TRIES) return 0;
  return Math.min(LONGEST_WAIT_MIN, FIRST_WAIT_MIN * 2 ** Math.min(10, failedAttempts - TRIES));
}
