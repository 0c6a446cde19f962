/** What can be picked in the cutting room, and what is picked with it. Pure. */
import { groupOf } from '../../../../core/model/timeline/groups.ts';
import { soundsOf } from '../../../../core/model/timeline/sounds.ts';
import type { Timeline } from '../../../../core/model/timeline/timeline.ts';

export interface Item {
  kind: 'clip' | 'cue' | 'sound' | 'title' | 'overlay' | 'marker';
  id: string;
}
export type Selection = Item | null;

/** Whether both name the same thing, or nothing. */
export const sameItem = (a: Item | null, b: Item | null): boolean => a?.kind === b?.kind && a?.id === b?.id;

/** What an id names; null for what cannot be in a group or is not there. */
function itemOf(timeline: Timeline, id: string): Item | null {
  const has = (items: readonly { id: string }[]): boolean => items.some((item) => item.id === id);
  if (has(timeline.storyline)) return { kind: 'clip', id };
  if (has(timeline.overlays)) return { kind: 'overlay', id };
  if (has(timeline.titles)) return { kind: 'title', id };
  if (has(timeline.captions.cues)) return { kind: 'cue', id };
  return has(soundsOf(timeline).map(({ sound }) => sound)) ? { kind: 'sound', id } : null;
}

/** The item with those of its group, itself first. */
export function withGroup(timeline: Timeline, item: Item): Item[] {
  const group = groupOf(timeline, item.id);
  const others = (group?.items ?? []).filter((id) => id !== item.id);
  return [item, ...others.flatMap((id) => itemOf(timeline, id) ?? [])];
}
