/** What the hand does to a cover, as the next cover. Shares are thousandths; sizes are pixels of the screen. */
import { platformFrameOf, type CoverOf } from '../../../../../core/model/timeline/covers.ts';
import type { CoverFill, CoverFrame, FilmCover, PlatformFrame } from '../../../../../core/model/timeline/timeline.ts';
import type { CanvasSize } from '../../../../../core/model/timeline/targets.ts';

/** The largest part that fills, from the middle. */
export const MIDDLE_FILL: CoverFill = { x: 500, y: 500, zoom: 1000 };
const MAX_ZOOM = 4000;
const MIN_ZOOM = 1000;

/** Whether a shape is shown on a lower card: much wider than high. */
export const isLying = ({ width, height }: CanvasSize): boolean => width > height * 1.4;

export interface Place {
  x: number;
  y: number;
}

const within = (value: number, least: number, most: number): number =>
  Math.min(most, Math.max(least, Math.round(value)));
const share = (value: number): number => within(value, 0, 1000);

/** A table with another entry, or without it where it says nothing; undefined: nothing is left. */
function entered<T extends object>(
  table: Readonly<Record<string, T>> | undefined,
  key: string,
  entry: T | undefined,
): Record<string, T> | undefined {
  const { [key]: _before, ...others } = table ?? {};
  const all = entry && Object.keys(entry).length > 0 ? { ...others, [key]: entry } : others;
  return Object.keys(all).length > 0 ? all : undefined;
}

/** The cover with another frame for a shape, without what says nothing. */
function withShape({ frames, ...rest }: FilmCover, shape: string, frame: CoverFrame): FilmCover {
  const all = entered(frames, shape, frame);
  return all ? { ...rest, frames: all } : rest;
}

/** The same for one platform alone; null: as the others of its shape have it. */
export function withPlatform(
  { platforms, ...rest }: FilmCover,
  { shape, target }: { shape: string; target: string },
  frame: PlatformFrame | null,
): FilmCover {
  const all = entered(platforms, target, entered(platforms?.[target], shape, frame ?? undefined));
  return all ? { ...rest, platforms: all } : rest;
}

/** Another framing of one shape, or of one platform in it; null: as in the film. */
export function withFill(cover: FilmCover, { shape, target }: CoverOf, fill: CoverFill | null): FilmCover {
  const alike = cover.frames?.[shape] ?? {};
  if (target === undefined) {
    const { fill: _before, ...rest } = alike;
    return withShape(cover, shape, fill ? { ...rest, fill } : rest);
  }
  const { fill: _before, ...rest } = platformFrameOf(cover, { shape, target }) ?? {};
  // Where the shape lies as in the film nothing need be said.
  const own = fill === null && !alike.fill ? rest : { ...rest, fill };
  return withPlatform(cover, { shape, target }, own);
}

/** The title of one shape elsewhere, or of one platform in it; null: where it is otherwise. */
export function withTitleAt(cover: FilmCover, { shape, target }: CoverOf, at: Place | null): FilmCover {
  if (target === undefined) {
    const { at: _before, ...rest } = cover.frames?.[shape] ?? {};
    return withShape(cover, shape, at ? { ...rest, at } : rest);
  }
  const { at: _before, ...rest } = platformFrameOf(cover, { shape, target }) ?? {};
  return withPlatform(cover, { shape, target }, at ? { ...rest, at } : rest);
}

/** What is in a cover of one shape, for all or for one platform: others may change without it. */
export function onlyOf({ frames, platforms, ...rest }: FilmCover, { shape, target }: CoverOf): FilmCover {
  const alike = frames?.[shape];
  const own = platformFrameOf({ ...(platforms ? { platforms } : {}) }, { shape, target });
  return {
    ...rest,
    ...(alike ? { frames: { [shape]: alike } } : {}),
    ...(own && target !== undefined ? { platforms: { [target]: { [shape]: own } } } : {}),
  };
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
