/**
 * The one way a timeline changes. An operation is worked out into a patch: which entries leave which table, which
 * ones come, and where. Applying a patch gives the patch that takes it back, so an inverse is exact by construction.
 */
import { z } from 'zod';
import { checkTimeline, refuse } from './check.ts';
import * as shape from './timeline.ts';
import type { Timeline } from './timeline.ts';

/** Entry of each table. */
interface Items {
  assets: shape.TimelineAsset;
  storyline: shape.Clip;
  overlays: shape.Overlay;
  titles: shape.Title;
  music: shape.Sound;
  voice: shape.Sound;
  effects: shape.Sound;
  cues: shape.Cue;
  markers: shape.Marker;
}
export type TableName = keyof Items;

/**
 * Change of one table: first the entries named in `remove` go, then those of `put` come in, each at the place (from 0)
 * it has in the finished table, in ascending order.
 */
export interface TableEdit<T> {
  remove: string[];
  put: { at: number; item: T }[];
}

export type TableEdits = { [K in TableName]?: TableEdit<Items[K]> };

const tableEdit = <T extends z.ZodType>(item: T) =>
  z.strictObject({
    remove: z.array(shape.itemId).max(shape.MAX_ITEMS),
    put: z.array(z.strictObject({ at: z.int().min(0), item })).max(shape.MAX_ITEMS),
  });

/** Values outside the tables. */
const settings = z.strictObject({
  canvas: shape.canvas.exactOptional(),
  targets: z.array(shape.targetName).max(50).exactOptional(),
  fit: shape.fit.exactOptional(),
  captionStyle: shape.captionStyle.exactOptional(),
  groups: z.array(shape.group).max(shape.MAX_ITEMS).nullable().exactOptional().describe('null: there is none.'),
  ending: shape.ending.nullable().exactOptional().describe('null: there is none.'),
  cover: shape.filmCover.nullable().exactOptional().describe('null: there is none.'),
  pack: shape.packUse.nullable().exactOptional().describe('null: there is none.'),
});
export type Settings = z.infer<typeof settings>;

export const patch = z
  .strictObject({
    type: z.literal('patch'),
    tables: z.strictObject({
      assets: tableEdit(shape.timelineAsset).exactOptional(),
      storyline: tableEdit(shape.clip).exactOptional(),
      overlays: tableEdit(shape.overlay).exactOptional(),
      titles: tableEdit(shape.title).exactOptional(),
      music: tableEdit(shape.sound).exactOptional(),
      voice: tableEdit(shape.sound).exactOptional(),
      effects: tableEdit(shape.sound).exactOptional(),
      cues: tableEdit(shape.cue).exactOptional(),
      markers: tableEdit(shape.marker).exactOptional(),
    }),
    set: settings,
  })
  .describe('What an operation comes down to; undo and redo are patches.');
export type Patch = z.infer<typeof patch>;

const TABLES: readonly TableName[] = [
  'assets',
  'storyline',
  'overlays',
  'titles',
  'music',
  'voice',
  'effects',
  'cues',
  'markers',
];

const keyOf = (item: Items[TableName]): string => ('id' in item ? item.id : item.assetId);

/** Entries of a table. */
export function tableOf<K extends TableName>(timeline: Timeline, name: K): readonly Items[K][] {
  const tables = { ...timeline, cues: timeline.captions.cues, markers: timeline.markers ?? [] };
  const items: readonly Items[TableName][] = tables[name];
  return items as readonly Items[K][];
}

function applyEdit<T extends Items[TableName]>(items: readonly T[], edit: TableEdit<T>, name: TableName) {
  const leaving = new Set(edit.remove);
  const removed: { at: number; item: T }[] = [];
  const rest = items.filter((item, at) => {
    if (!leaving.has(keyOf(item))) return true;
    removed.push({ at, item });
    return false;
  });
  if (removed.length < edit.remove.length) refuse(`patch: ${name} has not all of what it removes`);
  const finished: T[] = [];
  let from = 0;
  for (const { at, item } of edit.put) {
    const kept = at - finished.length;
    if (!Number.isSafeInteger(kept) || kept < 0 || from + kept > rest.length)
      refuse(`patch: no place ${at} in ${name}`);
    for (const end = from + kept; from < end; from++) finished.push(rest[from] as T);
    finished.push(item);
  }
  for (; from < rest.length; from++) finished.push(rest[from] as T);
  return { items: finished, inverse: { remove: edit.put.map(({ item }) => keyOf(item)), put: removed } };
}

/** The field is there only where it holds something, so that a timeline without markers stays the bytes it was. */
function withMarkers(timeline: Timeline, markers: shape.Marker[]): Timeline {
  const { markers: _before, ...rest } = timeline;
  return markers.length > 0 ? { ...rest, markers } : rest;
}

function withEnding(timeline: Timeline, ending: shape.Ending | null): Timeline {
  const { ending: _before, ...rest } = timeline;
  return ending ? { ...rest, ending } : rest;
}

function withCover(timeline: Timeline, cover: shape.FilmCover | null): Timeline {
  const { cover: _before, ...rest } = timeline;
  return cover ? { ...rest, cover } : rest;
}

function withPack(timeline: Timeline, pack: shape.PackUse | null): Timeline {
  const { pack: _before, ...rest } = timeline;
  return pack ? { ...rest, pack } : rest;
}

function withGroups(timeline: Timeline, groups: shape.Group[] | null): Timeline {
  const { groups: _before, ...rest } = timeline;
  return groups && groups.length > 0 ? { ...rest, groups } : rest;
}

function withTables(timeline: Timeline, tables: { [K in TableName]?: Items[K][] }): Timeline {
  const { cues, markers, ...rest } = tables;
  const marked = markers ? withMarkers(timeline, markers) : timeline;
  const next = { ...marked, ...rest };
  return cues ? { ...next, captions: { ...next.captions, cues } } : next;
}

function withSettings(timeline: Timeline, set: Settings): { timeline: Timeline; inverse: Settings } {
  const { captionStyle, ending, cover, pack, groups, ...rest } = set;
  const inverse: Settings = {};
  if (pack !== undefined) inverse.pack = timeline.pack ?? null;
  if (cover !== undefined) inverse.cover = timeline.cover ?? null;
  if (groups !== undefined) inverse.groups = timeline.groups ?? null;
  if (ending !== undefined) inverse.ending = timeline.ending ?? null;
  if (set.canvas) inverse.canvas = timeline.canvas;
  if (set.targets) inverse.targets = timeline.targets;
  if (set.fit) inverse.fit = timeline.fit;
  const grouped = groups === undefined ? timeline : withGroups(timeline, groups);
  const ended = ending === undefined ? grouped : withEnding(grouped, ending);
  const packed = pack === undefined ? ended : withPack(ended, pack);
  const next = { ...(cover === undefined ? packed : withCover(packed, cover)), ...rest };
  if (!captionStyle) return { timeline: next, inverse };
  inverse.captionStyle = timeline.captions.style;
  return { timeline: { ...next, captions: { ...timeline.captions, style: captionStyle } }, inverse };
}

/** Whether a patch changes nothing. */
export function isEmptyPatch(change: Patch): boolean {
  return Object.keys(change.tables).length === 0 && Object.keys(change.set).length === 0;
}

/** A timeline and the patch that leads back from it. */
export interface Applied {
  timeline: Timeline;
  inverse: Patch;
}

/**
 * Applies a patch. Tables and entries it does not touch stay the same objects; one that changes nothing gives the same
 * timeline. Nothing is changed in place.
 *
 * @throws StudioError bad_timeline when it removes what is not there, puts at a place that is not there, or what comes
 *   out does not hold together; range_outside_source (`checkTimeline`).
 */
export function applyPatch(timeline: Timeline, change: Patch): Applied {
  if (isEmptyPatch(change)) return { timeline, inverse: change };
  const tables: Record<string, unknown> = {};
  const back: Record<string, unknown> = {};
  for (const name of TABLES) {
    const edit = change.tables[name];
    if (!edit) continue;
    const done = applyEdit(tableOf(timeline, name), edit as TableEdit<Items[TableName]>, name);
    tables[name] = done.items;
    back[name] = done.inverse;
  }
  const moved = withTables(timeline, tables);
  const set = withSettings(moved, change.set);
  checkTimeline(set.timeline);
  return { timeline: set.timeline, inverse: { type: 'patch', tables: back, set: set.inverse } };
}

/**
 * One patch that does what `first` and then `second` do, or null when that cannot be said in one: where `second` leaves
 * an entry of `first` standing, its place can have moved.
 */
export function joinPatches(first: Patch, second: Patch): Patch | null {
  const tables: Record<string, unknown> = { ...first.tables };
  for (const name of TABLES) {
    const [one, two] = [first.tables[name], second.tables[name]];
    if (!two) continue;
    const leaving = new Set(two.remove);
    const came = (one?.put ?? []).map(({ item }) => keyOf(item));
    if (!came.every((key) => leaving.has(key))) return null;
    for (const key of came) leaving.delete(key);
    tables[name] = { remove: [...(one?.remove ?? []), ...leaving], put: two.put };
  }
  return { type: 'patch', tables, set: { ...first.set, ...second.set } };
}
