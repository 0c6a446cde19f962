/** How much room a content string takes. */
import { utf8Bytes } from '../text-form.ts';
import { WECHAT_LIMITS } from './limits.ts';

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
