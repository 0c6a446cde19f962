/** From one timeline to another as operations: the note of the pack, and one patch for all the rest. */
import type { Operation } from '../timeline/operation.ts';
import { isEmptyPatch, tableOf, type Patch, type TableName } from '../timeline/patch.ts';
import { sameJson } from '../timeline/same-json.ts';
import type { Timeline } from '../timeline/timeline.ts';

interface Entry {
  key: string;
  item: unknown;
}

/** What leaves and what comes; an entry that says the same and whose neighbours are in their order stays. */
function editOf(before: readonly Entry[], after: readonly Entry[]): { remove: string[]; put: unknown[] } {
  const placeOf = new Map(before.map(({ key }, at) => [key, at]));
  const kept = new Set<string>();
  let last = -1;
  for (const { key, item } of after) {
    const at = placeOf.get(key) ?? -1;
    if (at <= last || !sameJson(before[at]?.item, item)) continue;
    kept.add(key);
    last = at;
  }
  return {
    remove: before.flatMap(({ key }) => (kept.has(key) ? [] : [key])),
    put: after.flatMap(({ key, item }, at) => (kept.has(key) ? [] : [{ at, item }])),
  };
}

const TABLES: readonly TableName[] = [
  ...(['assets', 'storyline', 'overlays', 'titles', 'music', 'voice', 'effects', 'cues', 'markers'] as const),
];

const entries = (timeline: Timeline, name: TableName): Entry[] =>
  tableOf(timeline, name).map((item) => ({ key: 'id' in item ? item.id : item.assetId, item }));

/** What leads from `before` to `after`, which differ in tables, captions, cover and pack only; empty where they say the same. */
export function operationsBetween(before: Timeline, after: Timeline): Operation[] {
  const tables: Record<string, unknown> = {};
  for (const name of TABLES) {
    const edit = editOf(entries(before, name), entries(after, name));
    if (edit.remove.length > 0 || edit.put.length > 0) tables[name] = edit;
  }
  const style = after.captions.style;
  const change: Patch = {
    type: 'patch',
    tables,
    set: {
      ...(sameJson(before.captions.style, style) ? {} : { captionStyle: style }),
      ...(sameJson(before.cover, after.cover) ? {} : { cover: after.cover ?? null }),
    },
  };
  // The note first: it gives the step its name.
  return [
    ...(sameJson(before.pack ?? null, after.pack ?? null)
      ? []
      : [{ type: 'setPack' as const, pack: after.pack ?? null }]),
    ...(isEmptyPatch(change) ? [] : [change]),
  ];
}
