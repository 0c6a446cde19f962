/** What a frame drawn on the timeline touches. Pure; times in microseconds, heights in pixels from the top of the strip. */
import { groupOf } from '../../../../../core/model/timeline/groups.ts';
import type { Layout } from '../../../../../core/model/timeline/layout.ts';
import { overlayEndUs } from '../../../../../core/model/timeline/overlays.ts';
import { soundEndUs } from '../../../../../core/model/timeline/sounds.ts';
import type { SoundTrack, Timeline } from '../../../../../core/model/timeline/timeline.ts';
import { withGroup, type Item } from '../selection.ts';
import { rowsOf } from '../time/view.ts';

/** The lanes as they are marked in the page (`data-lane`). */
export type LaneName = 'markers' | 'titles' | 'overlays' | 'clips' | 'cues' | SoundTrack;

export interface Frame {
  fromUs: number;
  toUs: number;
  top: number;
  bottom: number;
  /** How far a marker's flag reaches behind its moment. */
  flagUs: number;
}

/** Where a lane lies. */
export interface LaneBox {
  lane: LaneName;
  top: number;
  height: number;
}

interface Standing {
  item: Item;
  startUs: number;
  endUs: number;
}

/** What stands on a lane, all of it: only what is in view is in the page. */
function standingOn(lane: LaneName, timeline: Timeline, places: Layout, flagUs: number): Standing[] {
  const all = <T extends { id: string }>(
    kind: Item['kind'],
    items: readonly T[],
    spanOf: (item: T) => { startUs: number; endUs: number },
  ): Standing[] => items.map((item) => ({ item: { kind, id: item.id }, ...timesOf(spanOf(item)) }));
  switch (lane) {
    case 'clips':
      return places.clips.map((placed) => ({ item: { kind: 'clip', id: placed.clip.id }, ...timesOf(placed) }));
    case 'cues':
      return all('cue', timeline.captions.cues, (cue) => cue);
    case 'titles':
      return all('title', timeline.titles, (title) => title);
    case 'overlays':
      return all('overlay', timeline.overlays, (it) => ({ startUs: it.startUs, endUs: overlayEndUs(it) }));
    case 'markers':
      return all('marker', timeline.markers ?? [], ({ atUs }) => ({ startUs: atUs, endUs: atUs + flagUs }));
    default:
      return all('sound', timeline[lane], (it) => ({ startUs: it.startUs, endUs: soundEndUs(it) }));
  }
}

const timesOf = ({ startUs, endUs }: { startUs: number; endUs: number }) => ({ startUs, endUs });

/** Lanes on which things lie in rows where they overlap. */
const inRows = (lane: LaneName): boolean => lane !== 'clips' && lane !== 'cues' && lane !== 'markers';

/** Everything that the frame touches, clips first, lane by lane. */
export function touched(frame: Frame, boxes: readonly LaneBox[], timeline: Timeline, places: Layout): Item[] {
  const found = boxes.flatMap(({ lane, top, height }) => {
    if (frame.bottom <= top || frame.top >= top + height) return [];
    const standing = standingOn(lane, timeline, places, frame.flagUs);
    const { rows, count } = inRows(lane) ? rowsOf(standing) : { rows: [], count: 1 };
    const high = height / count;
    return standing.flatMap(({ item, startUs, endUs }, i) => {
      const rowTop = top + (rows[i] ?? 0) * high;
      const beside = frame.toUs < startUs || frame.fromUs > endUs || (frame.fromUs === endUs && endUs > startUs);
      return beside || frame.bottom <= rowTop || frame.top >= rowTop + high ? [] : [item];
    });
  });
  return [...found.filter(({ kind }) => kind === 'clip'), ...found.filter(({ kind }) => kind !== 'clip')];
}

/** What is picked while a frame is drawn: what it touches, with the groups of that, and with Shift what was picked before. */
export function pickedBy(found: readonly Item[], before: readonly Item[], timeline: Timeline): Item[] {
  const grouped = found.flatMap((item) => (groupOf(timeline, item.id) ? withGroup(timeline, item) : [item]));
  const all: Item[] = [];
  const known = new Set<string>();
  for (const item of [...before, ...grouped]) {
    const key = `${item.kind} ${item.id}`;
    if (!known.has(key)) all.push(item);
    known.add(key);
  }
  return all;
}
