/** The shapes a film is looked at in: those of the platforms, and the square. */
import { shapeOf } from '../../../../core/model/timeline/reframe.ts';
import type { Timeline } from '../../../../core/model/timeline/timeline.ts';

/** Pixels of each, as platforms take them. */
const CANVASES = {
  '9:16': { width: 1080, height: 1920 },
  '3:4': { width: 1080, height: 1440 },
  '1:1': { width: 1080, height: 1080 },
  '16:9': { width: 1920, height: 1080 },
} as const;
export type Shape = keyof typeof CANVASES;
export const SHAPES = Object.keys(CANVASES) as Shape[];

/** The timeline on a canvas of another shape; the timeline itself where it has that one already. */
export function inShape(timeline: Timeline, shape: Shape | null): Timeline {
  if (shape === null || shapeOf(timeline.canvas) === shape) return timeline;
  return { ...timeline, canvas: { ...timeline.canvas, ...CANVASES[shape] } };
}

/** The shape that is looked at; null where the film has an odd one of its own. */
export const shapeSeen = (timeline: Timeline, wanted: Shape | null): Shape | null =>
  wanted ?? SHAPES.find((shape) => shape === shapeOf(timeline.canvas)) ?? null;
