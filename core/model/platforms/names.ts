/** How films are named for people. */
import { MAX_NAME_BYTES, safeFileName } from '../file-name.ts';
import { utf8Bytes } from '../text-form.ts';
import type { CanvasSize } from '../timeline/targets.ts';
import type { PlatformProfile } from './profile.ts';

/** A profile, of which only the name is looked at: one that an office wrote may have signs that no file takes. */
type Named = Pick<PlatformProfile, 'name'>;

const UNTITLED = '未命名视频';
const UNNAMED = '平台';
const NAME_BYTES = 60;
/** Longest ending of what lies beside a film, and a number before it. */
const COVER = '-封面';
const ENDING_BYTES = utf8Bytes('-9999.mp4');

/**
 * Name of a target's film without its ending: `清晨的茶园-抖音-1080x1920`. `title` as the person wrote it: what no file
 * system takes is replaced, and it is shortened so that the whole name with its ending has at most 200 bytes of UTF-8.
 * `number`: from the second film of a story on, so that two of one title are two files.
 */
export function filmStem(title: string, { name }: Named, canvas: CanvasSize, number = 1): string {
  return stemOf(title, `-${safeFileName(name.zh, UNNAMED, NAME_BYTES)}-${sizeOf(canvas)}`, number);
}

/** The same of a cover: `清晨的茶园-抖音-封面-1080x1440`. The title is cut as that of the film, so that they stand together. */
export function coverStem(title: string, { name }: Named, size: CanvasSize, number = 1): string {
  return stemOf(title, `-${safeFileName(name.zh, UNNAMED, NAME_BYTES)}${COVER}-${sizeOf(size)}`, number);
}

const sizeOf = ({ width, height }: CanvasSize): string => `${width}x${height}`;

function stemOf(title: string, tail: string, number: number): string {
  // A reserved name gets one more sign.
  const room = MAX_NAME_BYTES - utf8Bytes(tail.replace(COVER, '')) - utf8Bytes(COVER) - ENDING_BYTES - 1;
  return `${safeFileName(title, UNTITLED, room)}${tail}${number > 1 ? `-${number}` : ''}`;
}
