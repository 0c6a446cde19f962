/** How much room a content string takes. */
import { WECHAT_LIMITS } from './limits.ts';

/** Bytes of a text in UTF-8. */
export function utf8Bytes(text: string): number {
  let bytes = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
  }
  return bytes;
}

/**
 * Room that `html` will take in the account: its own pictures, wherever they lie now (beside the file, in a preview), are
 * counted with an address of the account.
 */
export function contentRoom(html: string, pictures: readonly string[]): { chars: number; bytes: number } {
  const room = { chars: html.length, bytes: utf8Bytes(html) };
  const own = new Set(pictures);
  for (const [, written = ''] of html.matchAll(/<img src="([^"]*)"/g)) {
    if (
      !own.has(
        written.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'),
      )
    )
      continue;
    room.chars += WECHAT_LIMITS.pictureAddress.chars - written.length;
    room.bytes += WECHAT_LIMITS.pictureAddress.chars - utf8Bytes(written);
  }
  return room;
}
