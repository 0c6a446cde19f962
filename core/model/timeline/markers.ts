/** What the operations on markers come down to. */
import { NO_CHANGE, unknownId } from './cues.ts';
import type { OperationOf } from './operation.ts';
import type { Patch, TableEdit } from './patch.ts';
import type { Marker, Timeline } from './timeline.ts';

/** Markers by time; none where the field is left out. */
export const markersOf = (timeline: Timeline): readonly Marker[] => timeline.markers ?? [];

/** `leaving` go, `fresh` come in where their times belong, behind those of the same time. */
export function placeMarkers(
  markers: readonly Marker[],
  leaving: ReadonlySet<string>,
  fresh: readonly Marker[],
): TableEdit<Marker> {
  const kept = markers.filter(({ id }) => !leaving.has(id)).map((marker) => ({ marker, isNew: false }));
  const all = [...kept, ...fresh.map((marker) => ({ marker, isNew: true }))];
  // Sorting keeps the order of equal ones.
  all.sort((a, b) => a.marker.atUs - b.marker.atUs);
  const put = all.flatMap(({ marker, isNew }, at) => (isNew ? [{ at, item: marker }] : []));
  return { remove: [...leaving], put };
}

const change = (markers: TableEdit<Marker>): Patch => ({ ...NO_CHANGE, tables: { markers } });

const find = (timeline: Timeline, id: string): Marker =>
  markersOf(timeline).find((marker) => marker.id === id) ?? unknownId(id);

export function addMarker(timeline: Timeline, op: OperationOf<'addMarker'>): Patch {
  return change(placeMarkers(markersOf(timeline), new Set(), [op.marker]));
}

export function editMarker(timeline: Timeline, op: OperationOf<'editMarker'>): Patch {
  const marker = find(timeline, op.markerId);
  const next = { ...marker, atUs: op.atUs ?? marker.atUs, text: op.text ?? marker.text };
  if (next.atUs === marker.atUs && next.text === marker.text) return NO_CHANGE;
  return change(placeMarkers(markersOf(timeline), new Set([marker.id]), [next]));
}

export function removeMarker(timeline: Timeline, op: OperationOf<'removeMarker'>): Patch {
  return change(placeMarkers(markersOf(timeline), new Set([find(timeline, op.markerId).id]), []));
}
