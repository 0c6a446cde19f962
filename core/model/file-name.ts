/** Names for files and folders that Windows, macOS and Linux all take. */

import { utf8Bytes } from './text-form.ts';

/** A name may have 255 bytes on Linux; this leaves room for a number, an ending and for files beside it. */
const MAX_BYTES = 200;
const RESERVED = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?$/i;

/** As close to `name` as the three systems allow; `fallback` where nothing is left of it. */
export function safeFileName(name: string, fallback: string): string {
  const clean = name
    .normalize('NFC')
    .trim()
    .replace(/[<>:"/\\|?*\p{Cc}]/gu, '_')
    .replace(/^\.+/, '_');
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(clean)) {
    if (utf8Bytes(kept + segment) > MAX_BYTES) break;
    kept += segment;
  }
  // Windows drops dots and spaces at the end.
  kept = kept.replace(/[. ]+$/, '');
  if (kept === '') return fallback;
  return RESERVED.test(kept) ? `_${kept}` : kept;
}
