/** Canvases of the platforms the studio knows from the start. More come as data (`templates/platforms`). */

export interface CanvasSize {
  readonly width: number;
  readonly height: number;
}

/** Every platform gets 30 frames a second (docs of the command line, "Canvas"). */
export const DEFAULT_FRAME_RATE = '30/1';

const VERTICAL: CanvasSize = { width: 1080, height: 1920 };
const THREE_TO_FOUR: CanvasSize = { width: 1080, height: 1440 };
const WIDE: CanvasSize = { width: 1920, height: 1080 };

/** Pixels of each built-in target; null: as the source. */
export const TARGET_CANVAS = {
  douyin: VERTICAL,
  kuaishou: VERTICAL,
  channels: VERTICAL,
  xiaohongshu: THREE_TO_FOUR,
  bilibili: WIDE,
  weibo: WIDE,
  archive: null,
} as const satisfies Record<string, CanvasSize | null>;

export type BuiltInTarget = keyof typeof TARGET_CANVAS;

/** True for the name of a built-in target (own key, so `toString` is not). */
export function isBuiltInTarget(name: string): name is BuiltInTarget {
  return Object.hasOwn(TARGET_CANVAS, name);
}
