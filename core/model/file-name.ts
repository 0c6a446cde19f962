/** Names for files and folders that Windows, macOS and Linux all take. */

import { utf8Bytes } from './text-form.ts';

/** A name may have 255 bytes on Linux; this leaves room for a number, an ending and for files beside it. */
export const MAX_NAME_BYTES = 200;
/** Devices of Windows, whatever their ending (Naming Files, Paths, and Namespaces; the superscript digits count). */
const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$/i;

/**
 * As close to `name` as the three systems allow, at most `maxBytes` bytes of UTF-8; `fallback` where nothing is left of it.
 * Signs that turn the direction of writing go too: they could make an ending look like another.
 */
export function safeFileName(name: string, fallback: string, maxBytes = MAX_NAME_BYTES): string {
  const clean = name
    .normalize('NFC')
    .trim()
    .replace(/[<>:"/\\|?*\p{Cc}\p{Cs}]/gu, '_')
    .replace(/[\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu, '')
    .replace(/^\.+/, '_');
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(clean)) {
    if (utf8Bytes(kept + segment) > maxBytes) break;
    kept += segment;
  }
  // Windows drops dots and spaces at the end.
  kept = kept.replace(/[. ]+$/, '');
  if (kept === '') return fallback;
  return RESERVED.test(kept) ? `_${kept}` : kept;
}
