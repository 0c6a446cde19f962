/** Several things at once: which are picked, and what becomes of them together. Pure; times in microseconds. */
import { groupOf } from '../../../../core/model/timeline/groups.ts';
import { layout, type Layout } from '../../../../core/model/timeline/layout.ts';
import type { Operation } from '../../../../core/model/timeline/operation.ts';
import { applyOperations } from '../../../../core/model/timeline/operations.ts';
import { overlayEndUs } from '../../../../core/model/timeline/overlays.ts';
import { soundEndUs, soundsOf } from '../../../../core/model/timeline/sounds.ts';
import type { Timeline } from '../../../../core/model/timeline/timeline.ts';
import { removalOf } from './acts.ts';
import { copyOf, placeAt, pasteOf, type Copied } from './clipboard.ts';
import type { Item } from './selection.ts';

/** From when to when it stands; a marker is a moment. */
function spanOf(timeline: Timeline, places: Layout, { kind, id }: Item): { startUs: number; endUs: number } | null {
  const named = <T extends { id: string }>(items: readonly T[]): T | undefined => items.find((item) => item.id === id);
  if (kind === 'clip') return places.byId.get(id) ?? null;
  if (kind === 'cue') return named(timeline.captions.cues) ?? null;
  if (kind === 'title') return named(timeline.titles) ?? null;
  if (kind === 'marker') {
    const marker = named(timeline.markers ?? []);
    return marker ? { startUs: marker.atUs, endUs: marker.atUs } : null;
  }
  if (kind === 'overlay') {
    const overlay = named(timeline.overlays);
    return overlay ? { startUs: overlay.startUs, endUs: overlayEndUs(overlay) } : null;
  }
  const sound = named(soundsOf(timeline).map((each) => each.sound));
  return sound ? { startUs: sound.startUs, endUs: soundEndUs(sound) } : null;
}

/** Puts something that stands at a time of its own at another. */
function moveTo({ kind, id }: Item, startUs: number, lastsUs: number): Operation | null {
  if (kind === 'overlay') return { type: 'editOverlay', overlayId: id, startUs };
  if (kind === 'sound') return { type: 'editSound', soundId: id, startUs };
  if (kind === 'title') return { type: 'editTitle', titleId: id, startUs, endUs: startUs + lastsUs };
  if (kind === 'cue') return { type: 'editCue', cueId: id, startUs, endUs: startUs + lastsUs };
  return kind === 'marker' ? { type: 'editMarker', markerId: id, atUs: startUs } : null;
}

/** Takes all of them away. Those beside the storyline first: captions and linked sounds go with their clips. */
export function removeAll(items: readonly Item[], lift: (clipId: string) => Operation | null): Operation[] {
  const beside = items.flatMap((item) => removalOf(item) ?? []);
  const clips = items.flatMap(({ kind, id }) => (kind === 'clip' ? (lift(id) ?? []) : []));
  return [...beside, ...clips];
}

/** Moves what stands at times of its own by the same, none of it before the film; clips stay in the storyline. */
export function shiftAll(timeline: Timeline, places: Layout, items: readonly Item[], byUs: number): Operation[] {
  const spans = items.flatMap((item) => {
    const span = item.kind === 'clip' ? null : spanOf(timeline, places, item);
    return span ? [{ item, span }] : [];
  });
  const by = Math.max(byUs, ...spans.map(({ span }) => -span.startUs));
  return spans.flatMap(({ item, span }) => moveTo(item, span.startUs + by, span.endUs - span.startUs) ?? []);
}

/** Brings the storyline into another order, clip by clip. */
function ordered(before: readonly string[], wanted: readonly string[]): Operation[] {
  const now = [...before];
  return wanted.flatMap((id, to): Operation[] => {
    const at = now.indexOf(id);
    if (at === to) return [];
    now.splice(to, 0, ...now.splice(at, 1));
    return [{ type: 'moveClip', clipId: id, to, cues: 'follow' }];
  });
}

/**
 * Moves the picked clips before the clip that now stands at `place` (the number of clips: to the end), side by side in the order
 * they have; what is picked beside the storyline keeps its distance from the first of them.
 */
export function moveClips(timeline: Timeline, places: Layout, items: readonly Item[], place: number): Operation[] {
  const picked = new Set(items.flatMap(({ kind, id }) => (kind === 'clip' ? [id] : [])));
  const ids = timeline.storyline.map(({ id }) => id);
  const rest = ids.filter((id) => !picked.has(id));
  const before = ids.slice(0, place).filter((id) => !picked.has(id)).length;
  const block = ids.filter((id) => picked.has(id));
  const moves = ordered(ids, [...rest.slice(0, before), ...block, ...rest.slice(before)]);
  const [first] = block;
  if (moves.length === 0 || first === undefined) return [];
  const after = applyOperations(timeline, moves).timeline;
  const now = layout(after);
  const byUs = (now.byId.get(first)?.startUs ?? 0) - (places.byId.get(first)?.startUs ?? 0);
  const along = items.flatMap((item): Operation[] => {
    const was = item.kind === 'clip' ? null : spanOf(timeline, places, item);
    const is = was && spanOf(after, now, item);
    if (!was || !is) return [];
    const startUs = Math.max(0, was.startUs + byUs);
    const moved = startUs === is.startUs ? null : moveTo(item, startUs, was.endUs - was.startUs);
    return moved ? [moved] : [];
  });
  return [...moves, ...along];
}

/** Place in the storyline one step further; null at its end. */
export function nextPlace(places: Layout, items: readonly Item[], step: 1 | -1): number | null {
  const indexes = items.flatMap(({ kind, id }) => (kind === 'clip' ? (places.byId.get(id)?.index ?? []) : []));
  const [low, high] = [Math.min(...indexes), Math.max(...indexes)];
  const place = step === 1 ? high + 2 : low - 1;
  return indexes.length === 0 || place < 0 || place > places.clips.length ? null : place;
}

/** Things that were copied together: each with its distance from the first of them. */
export interface CopiedSet {
  pieces: readonly { copied: Copied; afterUs: number }[];
  /** They were a group, and will be one where they are pasted. */
  grouped: boolean;
}

/** Null where none of them can be copied. */
export function copyAll(timeline: Timeline, places: Layout, items: readonly Item[]): CopiedSet | null {
  const found = items.flatMap((item) => {
    const [copied, span] = [copyOf(timeline, item), spanOf(timeline, places, item)];
    return copied && span ? [{ copied, startUs: span.startUs }] : [];
  });
  if (found.length === 0) return null;
  const clips = found.filter(({ copied }) => copied.kind === 'clip');
  const firstUs = Math.min(...(clips.length > 0 ? clips : found).map(({ startUs }) => startUs));
  const pieces = found
    .map(({ copied, startUs }) => ({ copied, afterUs: startUs - firstUs }))
    .sort((a, b) => a.afterUs - b.afterUs);
  const groups = new Set(items.map(({ id }) => groupOf(timeline, id)?.id));
  return { pieces, grouped: found.length > 1 && groups.size === 1 && !groups.has(undefined) };
}

/** Puts copies in at `us` under new ids: clips side by side, the rest as far from the first as it was. Answers what they are. */
export function pasteAll(
  { pieces, grouped }: CopiedSet,
  at: { timeline: Timeline; places: Layout; us: number; idFor: (kind: Copied['kind'] | 'group') => string },
): { operations: Operation[]; items: Item[] } {
  const { idFor } = at;
  const operations: Operation[] = [];
  const items: Item[] = [];
  let { timeline, places } = at;
  const clips = pieces.filter(({ copied }) => copied.kind === 'clip');
  const place = placeAt(places, at.us);
  const anchorUs = clips.length > 0 ? (places.clips[place]?.startUs ?? places.durationUs) : at.us;
  const put = (copied: Copied, us: number): void => {
    const id = idFor(copied.kind);
    const made = pasteOf(copied, { timeline, places, us, id });
    operations.push(...made);
    items.push({ kind: copied.kind, id });
    timeline = applyOperations(timeline, made).timeline;
    places = layout(timeline);
  };
  clips.forEach(({ copied }, i) => {
    // At the start of what stands there now, so that it comes before it.
    put(copied, places.clips[place + i]?.startUs ?? places.durationUs);
  });
  for (const { copied, afterUs } of pieces) {
    if (copied.kind !== 'clip') put(copied, Math.max(0, anchorUs + afterUs));
  }
  if (grouped && items.length > 1) {
    operations.push({ type: 'group', groupId: idFor('group'), items: items.map(({ id }) => id) });
  }
  return { operations, items };
}

/** Where seconds of all of them go: behind the last. */
export function behindAll(timeline: Timeline, places: Layout, items: readonly Item[]): number {
  const clips = items.filter(({ kind }) => kind === 'clip');
  const ends = (clips.length > 0 ? clips : items).flatMap((item) => spanOf(timeline, places, item)?.endUs ?? []);
  return Math.max(0, ...ends);
}

/** Makes the picked ones a group; null where there are not two of them. */
export function groupAll(items: readonly Item[], groupId: string): Operation | null {
  const ids = items.flatMap(({ kind, id }) => (kind === 'marker' ? [] : [id]));
  return ids.length > 1 ? { type: 'group', groupId, items: ids } : null;
}

/** Takes apart every group that a picked one is in. */
export function ungroupAll(timeline: Timeline, items: readonly Item[]): Operation[] {
  const ids = new Set(items.flatMap(({ id }) => groupOf(timeline, id)?.id ?? []));
  return [...ids].map((groupId) => ({ type: 'ungroup', groupId }));
}

let kept: CopiedSet | null = null;
/** Kept for the sitting, over all videos. */
export const keepCopied = (copied: CopiedSet): void => {
  kept = copied;
};
export const lastCopied = (): CopiedSet | null => kept;
