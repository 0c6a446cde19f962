/** How films are named for people. */
import { MAX_NAME_BYTES, safeFileName } from '../file-name.ts';
import { utf8Bytes } from '../text-form.ts';
import type { CanvasSize } from '../timeline/targets.ts';
import { platformOf } from './load.ts';
import type { PlatformTarget } from './profile.ts';

const UNTITLED = '未命名视频';
/** Longest ending of what lies beside a film, and a number before it. */
const ENDING_BYTES = utf8Bytes('-9999.mp4');

/**
 * Name of a target's film without its ending: `清晨的茶园-抖音-1080x1920`. `title` as the person wrote it: what no file
 * system takes is replaced, and it is shortened so that the whole name with its ending has at most 200 bytes of UTF-8.
 * `number`: from the second film of a story on, so that two of one title are two files.
 */
export function filmStem(title: string, target: PlatformTarget, canvas: CanvasSize, number = 1): string {
  const tail = `-${platformOf(target).name.zh}-${canvas.width}x${canvas.height}`;
  // A reserved name gets one more sign.
  const room = MAX_NAME_BYTES - utf8Bytes(tail) - ENDING_BYTES - 1;
  return `${safeFileName(title, UNTITLED, room)}${tail}${number > 1 ? `-${number}` : ''}`;
}
