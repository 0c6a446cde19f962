/** Where the window stood, in device-independent pixels. */
import { z } from 'zod';

const rectangle = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int(),
  height: z.number().int(),
});
export type Rectangle = z.infer<typeof rectangle>;

export const windowState = z.object({ bounds: rectangle, maximized: z.boolean() });
export type WindowState = z.infer<typeof windowState>;

export const MIN_SIZE = { width: 1024, height: 680 } as const;
const FIRST_SIZE = { width: 1440, height: 900 } as const;
/** So much of the window must lie on a display for its title bar to be caught with the mouse. */
const CATCH = 120;

function overlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width < CATCH || height < CATCH ? 0 : width * height;
}

function limit(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, Math.max(low, high)));
}

/**
 * Bounds to open the window with: the remembered ones, moved and shrunk into the display they overlap most;
 * centred on the first display (the primary) when there are none or that display is gone.
 */
export function fitToDisplays(saved: Rectangle | null, workAreas: readonly Rectangle[]): Rectangle {
  const [primary] = workAreas;
  if (!primary) return { x: 0, y: 0, ...FIRST_SIZE };
  const best = saved ? workAreas.reduce((a, b) => (overlap(saved, b) > overlap(saved, a) ? b : a), primary) : primary;
  const lost = !saved || overlap(saved, best) === 0;
  const wanted = saved ?? { x: 0, y: 0, ...FIRST_SIZE };
  const width = limit(wanted.width, MIN_SIZE.width, best.width);
  const height = limit(wanted.height, MIN_SIZE.height, best.height);
  const centreX = best.x + Math.max(0, Math.round((best.width - width) / 2));
  const centreY = best.y + Math.max(0, Math.round((best.height - height) / 2));
  return {
    x: lost ? centreX : limit(wanted.x, best.x, best.x + best.width - width),
    y: lost ? centreY : limit(wanted.y, best.y, best.y + best.height - height),
    width,
    height,
  };
}
