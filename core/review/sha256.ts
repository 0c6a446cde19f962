import { createHash } from 'node:crypto';

/** Hexadecimal SHA-256 of a text's UTF-8. */
export function sha256Of(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
