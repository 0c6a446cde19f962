/** What the hand does to a cover, as the next cover. Shares are thousandths; sizes are pixels of the screen. */
import type { CoverFill, CoverFrame, FilmCover } from '../../../../../core/model/timeline/timeline.ts';
import type { CanvasSize } from '../../../../../core/model/timeline/targets.ts';

/** The largest part that fills, from the middle. */
export const MIDDLE_FILL: CoverFill = { x: 500, y: 500, zoom: 1000 };
const MAX_ZOOM = 4000;
const MIN_ZOOM = 1000;

export interface Place {
  x: number;
  y: number;
}

const within = (value: number, least: number, most: number): number =>
  Math.min(most, Math.max(least, Math.round(value)));
const share = (value: number): number => within(value, 0, 1000);

/** The cover without what says nothing. */
export function withFrame(cover: FilmCover, shape: string, frame: CoverFrame): FilmCover {
  const { frames = {}, ...rest } = cover;
  const { [shape]: _before, ...others } = frames;
  const all = Object.keys(frame).length > 0 ? { ...others, [shape]: frame } : others;
  return Object.keys(all).length > 0 ? { ...rest, frames: all } : rest;
}

/** Another framing of one shape; null: as in the film. */
export function withFill(cover: FilmCover, shape: string, fill: CoverFill | null): FilmCover {
  const { fill: _before, ...rest } = cover.frames?.[shape] ?? {};
  return withFrame(cover, shape, fill ? { ...rest, fill } : rest);
}

/** The title of one shape elsewhere; null: where it is on all. */
export function withTitleAt(cover: FilmCover, shape: string, at: Place | null): FilmCover {
  const { at: _before, ...rest } = cover.frames?.[shape] ?? {};
  return withFrame(cover, shape, at ? { ...rest, at } : rest);
}

/** What is in a cover of one shape: others may change without it. */
export function onlyShape(cover: FilmCover, shape: string): FilmCover {
  const { frames, ...rest } = cover;
  const own = frames?.[shape];
  return own ? { ...rest, frames: { [shape]: own } } : rest;
}

/** How far the picture stands over a frame that it fills, pixels on each axis. */
function slackOf(fill: CoverFill, frame: CanvasSize, source: CanvasSize): CanvasSize {
  const by = (Math.max(frame.width / source.width, frame.height / source.height) * fill.zoom) / 1000;
  return { width: source.width * by - frame.width, height: source.height * by - frame.height };
}

/** The picture taken along by the hand; an axis without room keeps its place. */
export function draggedFill(
  fill: CoverFill,
  by: Place,
  { frame, source }: { frame: CanvasSize; source: CanvasSize },
): CoverFill {
  const slack = slackOf(fill, frame, source);
  return {
    x: slack.width < 1 ? fill.x : share(fill.x - (by.x * 1000) / slack.width),
    y: slack.height < 1 ? fill.y : share(fill.y - (by.y * 1000) / slack.height),
    zoom: fill.zoom,
  };
}

/** One press of an arrow; five times that with Shift. */
const STEP = 20;
const ZOOM_STEP = 100;
const TITLE_STEP = 10;
const FAR = 5;

const ARROWS: Readonly<Record<string, Place>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

export const zoomedFill = (fill: CoverFill, zoom: number): CoverFill => ({
  ...fill,
  zoom: within(zoom, MIN_ZOOM, MAX_ZOOM),
});

/** What a key does to a framing; null: nothing. */
export function keyedFill(fill: CoverFill, key: string, far: boolean): CoverFill | null {
  const way = ARROWS[key];
  const step = STEP * (far ? FAR : 1);
  if (way) return { ...fill, x: share(fill.x + way.x * step), y: share(fill.y + way.y * step) };
  if (key === '+' || key === '=') return zoomedFill(fill, fill.zoom + ZOOM_STEP);
  if (key === '-' || key === '_') return zoomedFill(fill, fill.zoom - ZOOM_STEP);
  return null;
}

/** What a key does to a title's middle; null: nothing. */
export function keyedPlace(at: Place, key: string, far: boolean): Place | null {
  const way = ARROWS[key];
  const step = TITLE_STEP * (far ? FAR : 1);
  return way ? { x: share(at.x + way.x * step), y: share(at.y + way.y * step) } : null;
}

export const draggedPlace = (at: Place, by: Place, frame: CanvasSize): Place => ({
  x: share(at.x + (by.x * 1000) / frame.width),
  y: share(at.y + (by.y * 1000) / frame.height),
});
