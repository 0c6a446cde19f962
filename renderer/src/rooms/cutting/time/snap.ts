/** What a dragged edge or the playhead is caught by. Times in microseconds. */
import type { Layout } from '../../../../../core/model/timeline/layout.ts';
import type { Timeline } from '../../../../../core/model/timeline/timeline.ts';

/** How near the pointer must come, pixels. */
export const SNAP_PX = 8;

export type SnapKind = 'clip' | 'cue' | 'marker' | 'playhead' | 'start';
export interface SnapPoint {
  us: number;
  kind: SnapKind;
}

/** Everything that catches: clip edges, cue edges, markers, the playhead (null: it is what moves), the start. */
export function snapPoints(
  places: Layout,
  { captions, markers = [] }: Pick<Timeline, 'captions' | 'markers'>,
  playheadUs: number | null,
  without: string | null = null,
): SnapPoint[] {
  const points: SnapPoint[] = [{ us: 0, kind: 'start' }];
  for (const { clip, endUs } of places.clips) if (clip.id !== without) points.push({ us: endUs, kind: 'clip' });
  for (const { id, atUs } of markers) if (id !== without) points.push({ us: atUs, kind: 'marker' });
  for (const cue of captions.cues) {
    if (cue.id === without) continue;
    points.push({ us: cue.startUs, kind: 'cue' }, { us: cue.endUs, kind: 'cue' });
  }
  if (playheadUs !== null) points.push({ us: playheadUs, kind: 'playhead' });
  return points;
}

/** The nearest point within `reachUs`; of equally near ones the first. Null: nothing catches. */
export function snapTo(us: number, points: readonly SnapPoint[], reachUs: number): SnapPoint | null {
  let best: SnapPoint | null = null;
  let distance = reachUs;
  for (const point of points) {
    const away = Math.abs(point.us - us);
    if (away < distance || (away === distance && best === null)) {
      best = point;
      distance = away;
    }
  }
  return best;
}

/** Moves a span so that its start or its end lies on a point, whichever is nearer. */
export function snapSpan(
  span: { startUs: number; endUs: number },
  points: readonly SnapPoint[],
  reachUs: number,
): { shiftUs: number; point: SnapPoint | null } {
  const start = snapTo(span.startUs, points, reachUs);
  const end = snapTo(span.endUs, points, reachUs);
  const byStart = start ? start.us - span.startUs : Infinity;
  const byEnd = end ? end.us - span.endUs : Infinity;
  if (!start && !end) return { shiftUs: 0, point: null };
  return Math.abs(byStart) <= Math.abs(byEnd) ? { shiftUs: byStart, point: start } : { shiftUs: byEnd, point: end };
}
