/** What the operations on titles, name bars and marks come down to. */
import { NO_CHANGE, given, unknownId } from './cues.ts';
import { refuse } from './check.ts';
import type { OperationOf } from './operation.ts';
import type { Patch } from './patch.ts';
import { sameJson } from './same-json.ts';
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
  const { type: _type, titleId: _titleId, at: place, accent, size, opacity, corner, ...fields } = op;
  if (fields.look !== undefined && !titleLookOf(fields.look)) refuse(`${title.id}: no look ${fields.look}`);
  const next = withOwn({ ...title, ...given(fields) }, { at: place, accent, size, opacity, corner });
  return sameJson(next, title) ? NO_CHANGE : change([title.id], [{ at, item: next }]);
}

/** What a title has of its own: undefined leaves as it is, null takes it away. */
type Own = { [K in (typeof OWN)[number]]: Title[K] | null | undefined };
const OWN = ['at', 'accent', 'size', 'opacity', 'corner'] as const;

function withOwn(title: Title, own: Own): Title {
  const taken = new Set<string>(OWN.filter((key) => own[key] === null));
  const kept = Object.entries({ ...title, ...given(own) }).filter(([key]) => !taken.has(key));
  return Object.fromEntries(kept) as Title;
}
