/** What the operations on groups come down to, and who belongs together. */
import { refuse } from './check.ts';
import { NO_CHANGE, unknownId } from './cues.ts';
import type { OperationOf } from './operation.ts';
import type { Patch } from './patch.ts';
import { SOUND_TRACKS } from './timeline.ts';
import type { Group, Timeline } from './timeline.ts';

/** Ids of everything that can be in a group. */
function idsOf(timeline: Timeline): Set<string> {
  const { storyline, overlays, titles, captions } = timeline;
  const sounds = SOUND_TRACKS.map((track) => timeline[track]);
  return new Set([storyline, overlays, titles, captions.cues, ...sounds].flat().map(({ id }) => id));
}

const change = (groups: readonly Group[]): Patch => ({
  ...NO_CHANGE,
  set: { groups: groups.length > 0 ? [...groups] : null },
});

/** The groups without some items; what is left of one alone is no group. */
function without(groups: readonly Group[], items: ReadonlySet<string>): Group[] {
  return groups.flatMap((group) => {
    const rest = group.items.filter((id) => !items.has(id));
    if (rest.length === group.items.length) return [group];
    return rest.length > 1 ? [{ ...group, items: rest }] : [];
  });
}

/** The items become one group and leave those they were in. What is gone is left out of the others on the way. */
export function makeGroup(timeline: Timeline, op: OperationOf<'group'>): Patch {
  const there = idsOf(timeline);
  const missing = op.items.find((id) => !there.has(id));
  if (missing !== undefined) unknownId(missing);
  const { groups = [] } = timeline;
  const same = groups.find(({ id }) => id === op.groupId);
  if (same) refuse(`the group ${op.groupId} is there already`);
  const gone = groups.flatMap(({ items }) => items).filter((id) => !there.has(id));
  return change([...without(groups, new Set([...op.items, ...gone])), { id: op.groupId, items: op.items }]);
}

export function ungroup(timeline: Timeline, op: OperationOf<'ungroup'>): Patch {
  const { groups = [] } = timeline;
  if (!groups.some(({ id }) => id === op.groupId)) unknownId(op.groupId);
  return change(groups.filter(({ id }) => id !== op.groupId));
}

/** The group an item is in; null where it stands by itself. */
export const groupOf = ({ groups = [] }: Pick<Timeline, 'groups'>, id: string): Group | null =>
  groups.find(({ items }) => items.includes(id)) ?? null;
