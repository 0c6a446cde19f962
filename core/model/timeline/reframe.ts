/** How a clip fills canvases: in which way, which part of it stays where it cannot all be seen, and what is otherwise on other shapes. */
import { z } from 'zod';
import { fit } from './basics.ts';
import type { Fit } from './basics.ts';
import type { CanvasSize } from './targets.ts';

const share = z.int().min(0).max(1000);
export const focus = z
  .strictObject({ x: share, y: share })
  .describe(
    'Which part stays where the canvas is filled: 0 the left and top, 500 the middle, 1000 the right and bottom.',
  );
export type Focus = z.infer<typeof focus>;

/** Width to height of a canvas in lowest terms, as platforms are told apart: "9:16". */
export const canvasShape = z.string().regex(/^[1-9]\d?:[1-9]\d?$/);

export const reframe = z.strictObject({ fit: fit.exactOptional(), focus: focus.exactOptional() });
export type Reframe = z.infer<typeof reframe>;

/** As many as there are shapes anybody uses, and more. */
const MOST = 20;
const reframes = z
  .record(canvasShape, reframe)
  .refine((all) => Object.keys(all).length > 0 && Object.keys(all).length <= MOST, `1 to ${MOST} shapes`)
  .refine((all) => Object.values(all).every((each) => Object.keys(each).length > 0), 'a shape that changes nothing');

/** Fields of a clip. */
export const reframeFields = {
  focus: focus.exactOptional(),
  reframes: reframes.exactOptional().describe('By the shape of the canvas ("16:9"): what is otherwise there.'),
};

export const MIDDLE: Focus = { x: 500, y: 500 };

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** Shape of a canvas of so many pixels; null where no two small numbers say it. */
export function shapeOf({ width, height }: CanvasSize): string | null {
  const by = gcd(width, height);
  const shape = `${width / by}:${height / by}`;
  return canvasShape.safeParse(shape).success ? shape : null;
}

interface Framed {
  fit: Fit | null;
  focus?: Focus;
  reframes?: Readonly<Record<string, Reframe>>;
}

/** What a clip has set for a shape of its own. */
export const reframeOf = (clip: Framed, shape: string | null): Reframe | undefined =>
  shape === null ? undefined : clip.reframes?.[shape];

/** How a clip fills a canvas. `timelineFit`: where it does not say. */
export function framingOf(clip: Framed, timelineFit: Fit, canvas: CanvasSize): { fit: Fit; focus: Focus } {
  const own = reframeOf(clip, shapeOf(canvas));
  return { fit: own?.fit ?? clip.fit ?? timelineFit, focus: own?.focus ?? clip.focus ?? MIDDLE };
}

const isMiddle = ({ x, y }: Focus): boolean => x === 500 && y === 500;

/** What an operation sets; undefined leaves, null undoes. */
interface Setting {
  fit?: Fit | null;
  focus?: Focus | null;
}

/** The clip's own framing with what is set. */
export function withFraming<T extends Framed>(clip: T, set: Setting): T {
  const { focus: before, ...rest } = clip;
  const focus = set.focus === undefined ? before : set.focus;
  const fit = set.fit === undefined ? clip.fit : set.fit;
  return { ...rest, fit, ...(focus && !isMiddle(focus) ? { focus } : {}) } as T;
}

/** The same for one shape. */
export function withReframe<T extends Framed>(clip: T, shape: string, set: Setting): T {
  const { reframes = {}, ...rest } = clip;
  const { [shape]: before = {}, ...others } = reframes;
  const fit = set.fit === undefined ? before.fit : set.fit;
  const focus = set.focus === undefined ? before.focus : set.focus;
  const own: Reframe = { ...(fit ? { fit } : {}), ...(focus ? { focus } : {}) };
  const all = Object.keys(own).length > 0 ? { ...others, [shape]: own } : others;
  return { ...rest, ...(Object.keys(all).length > 0 ? { reframes: all } : {}) } as T;
}
