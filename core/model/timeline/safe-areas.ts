/**
 * What the buttons and texts of each platform's player cover. The same numbers stand in `templates/platforms/<name>.json`
 * with where they come from; a test holds the two together.
 */
import { isBuiltInTarget } from './targets.ts';
import type { BuiltInTarget, CanvasSize } from './targets.ts';

/** Free space at each edge in thousandths of the canvas, left and right of its width, top and bottom of its height. */
export interface SafeArea {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** Buttons at the right, name and text at the foot. */
const VERTICAL: SafeArea = { top: 120, right: 120, bottom: 220, left: 40 };
const THREE_TO_FOUR: SafeArea = { top: 80, right: 50, bottom: 120, left: 50 };
/** The bar of the player at the foot; the sides as EBU R 95 keeps free for text (5 %). */
const WIDE: SafeArea = { top: 50, right: 50, bottom: 80, left: 50 };

export const SAFE_AREAS: Readonly<Record<Exclude<BuiltInTarget, 'archive'>, SafeArea>> = {
  douyin: VERTICAL,
  kuaishou: VERTICAL,
  channels: VERTICAL,
  xiaohongshu: THREE_TO_FOUR,
  bilibili: WIDE,
  weibo: WIDE,
};

/** The area of a target; of others (archive) that of the platform whose canvas has the nearest shape. */
export function safeAreaOf(target: string | null, canvas: CanvasSize): SafeArea {
  if (target !== null && isBuiltInTarget(target) && target !== 'archive') return SAFE_AREAS[target];
  const shape = canvas.height / canvas.width;
  if (shape > 1.5) return VERTICAL;
  return shape > 1 ? THREE_TO_FOUR : WIDE;
}
