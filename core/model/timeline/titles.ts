/** What the operations on titles, name bars and marks come down to. */
import { NO_CHANGE, given, unknownId } from './cues.ts';
import { refuse } from './check.ts';
import type { OperationOf } from './operation.ts';
import type { Patch } from './patch.ts';
import { titleLookOf } from './title-looks.ts';
import type { Timeline, Title } from './timeline.ts';

function find(timeline: Timeline, id: string): { title: Title; at: number } {
  const at = timeline.titles.findIndex((title) => title.id === id);
  const title = timeline.titles[at];
  return title ? { title, at } : unknownId(id);
}

const change = (remove: string[], put: { at: number; item: Title }[]): Patch => ({
  ...NO_CHANGE,
  tables: { titles: { remove, put } },
});

export function addTitle(timeline: Timeline, op: OperationOf<'addTitle'>): Patch {
  const { endUs, ...title } = op.title;
  const look = titleLookOf(title.look) ?? refuse(`${title.id}: no look ${title.look}`);
  const item = { ...given(title), endUs: endUs ?? title.startUs + look.lastsUs };
  return change([], [{ at: timeline.titles.length, item }]);
}

export function removeTitle(timeline: Timeline, op: OperationOf<'removeTitle'>): Patch {
  return change([find(timeline, op.titleId).title.id], []);
}

export function editTitle(timeline: Timeline, op: OperationOf<'editTitle'>): Patch {
  const { title, at } = find(timeline, op.titleId);
  const { type: _type, titleId: _titleId, at: place, ...fields } = op;
  if (fields.look !== undefined && !titleLookOf(fields.look)) refuse(`${title.id}: no look ${fields.look}`);
  const { at: before, ...rest } = title;
  const now = place === undefined ? before : place;
  const next: Title = { ...rest, ...given(fields), ...(now ? { at: now } : {}) };
  return JSON.stringify(next) === JSON.stringify({ ...rest, ...(before ? { at: before } : {}) })
    ? NO_CHANGE
    : change([title.id], [{ at, item: next }]);
}
