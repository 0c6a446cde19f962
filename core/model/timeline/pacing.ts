/** What framing, freezing, turning round, loudness over time, another source and the film's ending come down to. */
import { snapToSource } from './asset.ts';
import { NO_CHANGE, unknownId } from './cues.ts';
import { clipAsset } from './gap.ts';
import { clipDurationUs } from './layout.ts';
import type { OperationOf } from './operation.ts';
import { volumeOf } from './pace.ts';
import type { Patch } from './patch.ts';
import { withFraming, withReframe } from './reframe.ts';
import { SOUND_TRACKS } from './timeline.ts';
import type { Clip, Overlay, Sound, Timeline, TimelineAsset } from './timeline.ts';

function find(timeline: Timeline, id: string): { clip: Clip; at: number; asset: TimelineAsset } {
  const at = timeline.storyline.findIndex((clip) => clip.id === id);
  const clip = timeline.storyline[at];
  const asset = clip && clipAsset(timeline, clip);
  return clip && asset ? { clip, at, asset } : unknownId(id);
}

const assetOf = (timeline: Timeline, assetId: string): TimelineAsset =>
  timeline.assets.find((asset) => asset.assetId === assetId) ?? unknownId(assetId);

/** Puts `item` where `clip` stands; nothing when they say the same. */
function replaced(clip: Clip, item: Clip, at: number): Patch {
  const spelt = (one: Clip): string => JSON.stringify(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)));
  if (spelt(clip) === spelt(item)) return NO_CHANGE;
  return { ...NO_CHANGE, tables: { storyline: { remove: [clip.id], put: [{ at, item }] } } };
}

export function setFraming(timeline: Timeline, op: OperationOf<'setFraming'>): Patch {
  const { clipId, shape } = op;
  const { clip, at } = find(timeline, clipId);
  const set = {
    ...(op.fit === undefined ? {} : { fit: op.fit }),
    ...(op.focus === undefined ? {} : { focus: op.focus }),
  };
  return replaced(clip, shape === undefined ? withFraming(clip, set) : withReframe(clip, shape, set), at);
}

export function setVolume(timeline: Timeline, op: OperationOf<'setVolume'>): Patch {
  const { clip, at } = find(timeline, op.clipId);
  const { volume: _now, ...rest } = clip;
  return replaced(clip, { ...rest, ...volumeOf(op.volume) }, at);
}

export function setReversed(timeline: Timeline, op: OperationOf<'setReversed'>): Patch {
  const { clip, at } = find(timeline, op.clipId);
  const { reversed: _now, ...rest } = clip;
  return replaced(clip, op.reversed ? { ...rest, reversed: true } : rest, at);
}

export function setHeld(timeline: Timeline, op: OperationOf<'setHeld'>): Patch {
  const { clip, at } = find(timeline, op.clipId);
  const { heldUs: _now, ...rest } = clip;
  return replaced(clip, op.heldUs === null ? rest : { ...rest, heldUs: op.heldUs }, at);
}

/** So much of a source, from `inUs` on or as late as it can begin; of one that is shorter, beyond its end. */
function rangeIn(asset: TimelineAsset, inUs: number, lengthUs: number): { inUs: number; outUs: number } {
  const from = asset.durationUs === null ? inUs : Math.max(0, Math.min(inUs, asset.durationUs - lengthUs));
  const start = snapToSource(from, asset);
  return { inUs: start, outUs: start + lengthUs };
}

/** Keys of a source's time go along when another part of another source takes its place. */
function movedKeys<T extends { atUs: number }>(keys: readonly T[], byUs: number): T[] {
  const first = keys[0]?.atUs ?? 0;
  const by = Math.max(byUs, -first);
  return keys.map((key) => ({ ...key, atUs: key.atUs + by }));
}

/** What is done to picture and sound, on the time of the new source. */
function keptEdit<T extends Clip | Overlay | Sound>(item: T, byUs: number): T {
  const masks = 'masks' in item ? item.masks : [];
  const volume = 'volume' in item ? item.volume : [];
  return {
    ...item,
    ...(masks.length > 0 ? { masks: masks.map((mask) => ({ ...mask, keys: movedKeys(mask.keys, byUs) })) } : {}),
    ...(volume.length > 0 ? { volume: movedKeys(volume, byUs) } : {}),
  };
}

/** A still picture takes the room of a clip: it has no speed, direction or frozen frame of its own. */
function asStill(clip: Clip): Clip {
  const { heldUs: _h, reversed: _r, volume: _v, ...rest } = clip;
  return { ...rest, speed: '1/1', inUs: 0, outUs: clipDurationUs(clip) };
}

function replaceOf(timeline: Timeline, op: OperationOf<'replaceSource'>): Patch | null {
  const asset = assetOf(timeline, op.assetId);
  const into = <T extends Clip | Overlay | Sound>(item: T): T => {
    const range = rangeIn(asset, op.inUs ?? 0, item.outUs - item.inUs);
    return { ...keptEdit(item, range.inUs - item.inUs), assetId: asset.assetId, ...range };
  };
  const clip = timeline.storyline.findIndex(({ id }) => id === op.clipId);
  const one = timeline.storyline[clip];
  if (one) {
    // A gap is filled.
    const { gap: _gap, ...bare } = one;
    return replaced(one, into(asset.kind === 'image' ? asStill(bare) : bare), clip);
  }
  const over = timeline.overlays.findIndex(({ id }) => id === op.clipId);
  const overlay = timeline.overlays[over];
  if (overlay) {
    return {
      ...NO_CHANGE,
      tables: { overlays: { remove: [overlay.id], put: [{ at: over, item: into(overlay) }] } },
    };
  }
  for (const track of SOUND_TRACKS) {
    const at = timeline[track].findIndex(({ id }) => id === op.clipId);
    const sound = timeline[track][at];
    if (!sound) continue;
    const { linkedTo: _link, ...rest } = into(sound);
    return { ...NO_CHANGE, tables: { [track]: { remove: [sound.id], put: [{ at, item: rest }] } } };
  }
  return null;
}

/**
 * Another source in the same place, for as long, with all that was done to it. Begins at `inUs`, or so much earlier that
 * it is long enough; refused as range_outside_source where it cannot be.
 */
export function replaceSource(timeline: Timeline, op: OperationOf<'replaceSource'>): Patch {
  return replaceOf(timeline, op) ?? unknownId(op.clipId);
}

export function setEnding(timeline: Timeline, op: OperationOf<'setEnding'>): Patch {
  const { ending = null } = timeline;
  const same = ending?.kind === op.ending?.kind && ending?.lengthUs === op.ending?.lengthUs;
  return same ? NO_CHANGE : { ...NO_CHANGE, set: { ending: op.ending } };
}
