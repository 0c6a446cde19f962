/** Between time and pixels on the timeline. All pure; times in microseconds, zoom in pixels a second. */
import { clipAt, type Layout, type PlacedClip } from '../../../../../core/model/timeline/layout.ts';
import type { Cue } from '../../../../../core/model/timeline/timeline.ts';

/** From one hour in the width of a small screen to single frames that can be told apart. */
export const MIN_ZOOM = 0.25;
export const MAX_ZOOM = 480;
/** Free space behind the last clip, pixels: somewhere to drop the next one. */
export const TAIL_PX = 240;

export const xOf = (us: number, zoom: number): number => (us * zoom) / 1_000_000;
export const usOf = (x: number, zoom: number): number => Math.round((x * 1_000_000) / zoom);
export const clampZoom = (zoom: number): number => Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, zoom));

/** Zoom at which the whole film fits into `width` pixels; 40 a second for an empty one. */
export function fitZoom(durationUs: number, width: number): number {
  if (durationUs <= 0 || width <= 0) return 40;
  return clampZoom((Math.max(60, width - 48) * 1_000_000) / durationUs);
}

/** Zooms by `factor` so that what lies at `x` pixels from the left edge of the view stays there. */
export function zoomAt(
  view: { zoom: number; scroll: number },
  factor: number,
  x: number,
): { zoom: number; scroll: number } {
  const zoom = clampZoom(view.zoom * factor);
  const us = ((view.scroll + x) * 1_000_000) / view.zoom;
  return { zoom, scroll: Math.max(0, (us * zoom) / 1_000_000 - x) };
}

/** Steps of the ruler in milliseconds, each a multiple of its small ones. */
const STEPS: readonly [majorMs: number, minor: number][] = [
  [200, 6],
  [500, 5],
  [1000, 5],
  [2000, 4],
  [5000, 5],
  [10_000, 5],
  [15_000, 3],
  [30_000, 6],
  [60_000, 6],
  [120_000, 4],
  [300_000, 5],
  [600_000, 5],
  [1_800_000, 6],
  [3_600_000, 6],
];
/** Smallest distance of two labels, pixels. */
const LABEL_PX = 72;

export interface Tick {
  us: number;
  /** Has a label. */
  major: boolean;
}

/** Ticks of the ruler between two times. */
export function ticks(fromUs: number, toUs: number, zoom: number): Tick[] {
  const [majorMs, parts] = STEPS.find(([ms]) => (ms * zoom) / 1000 >= LABEL_PX) ?? [3_600_000, 6];
  const step = (majorMs * 1000) / parts;
  const list: Tick[] = [];
  for (let n = Math.max(0, Math.floor(fromUs / step)); n * step <= toUs; n += 1) {
    list.push({ us: Math.round(n * step), major: n % parts === 0 });
  }
  return list;
}

/** The clips that are seen between two times. */
export function clipsBetween(places: Layout, fromUs: number, toUs: number): readonly PlacedClip[] {
  const first = clipAt(places, Math.max(0, fromUs))?.index;
  if (first === undefined) return [];
  const list: PlacedClip[] = [];
  for (let i = first; i < places.clips.length; i += 1) {
    const placed = places.clips[i];
    if (!placed || placed.startUs > toUs) break;
    list.push(placed);
  }
  return list;
}

/** The cues that are seen between two times, with their place in the table. */
export function cuesBetween(cues: readonly Cue[], fromUs: number, toUs: number): { cue: Cue; index: number }[] {
  const list: { cue: Cue; index: number }[] = [];
  for (const [index, cue] of cues.entries()) {
    if (cue.startUs > toUs) break;
    if (cue.endUs >= fromUs) list.push({ cue, index });
  }
  return list;
}

/** Place (from 0) at which a clip let go at `us` would stand: before the first clip whose middle lies behind it. */
export function dropPlace(places: Layout, us: number): number {
  const before = places.clips.findIndex(({ startUs, endUs }) => us < (startUs + endUs) / 2);
  return before === -1 ? places.clips.length : before;
}

/** The cut before (-1) or after (1) `us`; the ends of the film are cuts too. */
export function neighbourCut(places: Layout, us: number, step: 1 | -1): number {
  const cuts = [0, ...places.clips.map(({ endUs }) => endUs)];
  if (step === 1) return cuts.find((cut) => cut > us) ?? places.durationUs;
  return cuts.findLast((cut) => cut < us) ?? 0;
}

/** Rows for what stands on one lane, so that nothing hides behind another: each goes into the first row that is free. */
export function rowsOf(spans: readonly { startUs: number; endUs: number }[]): { rows: number[]; count: number } {
  const ends: number[] = [];
  const rows = spans.map(({ startUs, endUs }) => {
    const free = ends.findIndex((end) => end <= startUs);
    const row = free < 0 ? ends.length : free;
    ends[row] = endUs;
    return row;
  });
  return { rows, count: Math.max(1, ends.length) };
}
