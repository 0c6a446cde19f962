/** Edits of the storyline that are several operations, or none that a person would think of as one. Pure; times in microseconds. */
import type { Asset } from '../../../../core/model/contract/index.ts';
import { assetEntry } from '../../../../core/model/timeline/asset.ts';
import { clipAsset } from '../../../../core/model/timeline/gap.ts';
import { viewAt } from '../../../../core/model/timeline/framing.ts';
import {
  clipAt,
  layout,
  sourceTime,
  speedOf,
  type Layout,
  type PlacedClip,
} from '../../../../core/model/timeline/layout.ts';
import type { Operation, OperationOf } from '../../../../core/model/timeline/operation.ts';
import { applyOperations } from '../../../../core/model/timeline/operations.ts';
import {
  frameAt,
  frameTime,
  parseRational,
  shortestFrame,
  type Rational,
} from '../../../../core/model/timeline/rational.ts';
import { DEFAULT_STILL_US, MAX_TIME_US, type Clip, type Timeline } from '../../../../core/model/timeline/timeline.ts';

type Side = 'start' | 'end';

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));
const assetOf = clipAsset;

/** Time of the source for so much of the film: a clip twice as fast takes twice as much. */
function onSource({ clip }: PlacedClip, us: number): number {
  const { num, den } = speedOf(clip);
  return Math.round((us * num) / den);
}

/**
 * Moves an edge of a clip `byUs` to the right, kept within its source and at least a frame long. Backwards the edges lie the
 * other way round on the source; a frozen frame only lasts longer or shorter.
 */
export function edgeBy(
  timeline: Timeline,
  placed: PlacedClip,
  side: Side,
  byUs: number,
  rate: Rational,
): OperationOf<'trimClip' | 'setHeld'> {
  const { clip } = placed;
  const frame = shortestFrame(rate) + 1;
  if (clip.heldUs !== undefined) {
    const heldUs = clamp(clip.heldUs + (side === 'end' ? byUs : -byUs), frame, MAX_TIME_US);
    return { type: 'setHeld', clipId: clip.id, heldUs };
  }
  const shortest = onSource(placed, frame) + 4;
  const moved = onSource(placed, byUs);
  const movesIn = (side === 'start') !== (clip.reversed === true);
  const by = clip.reversed ? -moved : moved;
  if (movesIn && assetOf(timeline, clip)?.kind === 'image') {
    // A picture has no beginning: what is not there in front is put on behind.
    const inUs = clamp(clip.inUs + by, 0, clip.outUs - shortest);
    const beyond = Math.max(0, -(clip.inUs + by));
    return { type: 'trimClip', clipId: clip.id, inUs, outUs: Math.min(MAX_TIME_US, clip.outUs + beyond) };
  }
  if (movesIn) {
    return { type: 'trimClip', clipId: clip.id, inUs: clamp(clip.inUs + by, 0, clip.outUs - shortest) };
  }
  const end = Math.min(assetOf(timeline, clip)?.durationUs ?? MAX_TIME_US, MAX_TIME_US);
  return { type: 'trimClip', clipId: clip.id, outUs: clamp(clip.outUs + by, clip.inUs + shortest, end) };
}

/** How far an edge went, on the timeline. */
function wentBy(timeline: Timeline, placed: PlacedClip, side: Side, operation: Operation): number {
  const after = layout(applyOperations(timeline, [operation]).timeline).byId.get(placed.clip.id);
  const longer = after ? after.endUs - after.startUs - (placed.endUs - placed.startUs) : 0;
  return side === 'end' ? longer : -longer;
}

/** Moves two edges, on either side of what stays, by the same; as far as both can. */
function both(timeline: Timeline, left: PlacedClip, right: PlacedClip, byUs: number, rate: Rational): Operation[] {
  const far = (placed: PlacedClip, side: Side, by: number): number =>
    wentBy(timeline, placed, side, edgeBy(timeline, placed, side, by, rate));
  const byLeft = far(left, 'end', byUs);
  const byBoth = far(right, 'start', byLeft);
  if (byBoth === 0) return [];
  // Nothing behind them moves: captions stay where they are.
  return [edgeBy(timeline, left, 'end', byBoth, rate), edgeBy(timeline, right, 'start', byBoth, rate)];
}

/** Moves the cut before clip `index` by `byUs`: one clip gives what the other takes. Nothing where there is no cut. */
export function rollCut(timeline: Timeline, places: Layout, index: number, byUs: number, rate: Rational): Operation[] {
  const [left, right] = [places.clips[index - 1], places.clips[index]];
  return left && right ? both(timeline, left, right, byUs, rate) : [];
}

/** Place of the clip behind the cut that is nearest to `us`; null where the film has no cut. */
export function nearestCut(places: Layout, us: number): number | null {
  const cuts = places.clips.slice(1);
  const [first] = cuts;
  if (!first) return null;
  return cuts.reduce((best, each) => (Math.abs(each.startUs - us) < Math.abs(best.startUs - us) ? each : best), first)
    .index;
}

/** Shows another part of the source, later by `byUs` of the film, in the same place. Nothing where the source has no more. */
export function slipClip(timeline: Timeline, placed: PlacedClip, byUs: number): Operation[] {
  const { clip } = placed;
  const end = assetOf(timeline, clip)?.durationUs ?? null;
  if (end === null) return [];
  const by = clamp(onSource(placed, byUs), -clip.inUs, Math.max(0, end - clip.outUs));
  return by === 0 ? [] : [{ type: 'trimClip', clipId: clip.id, inUs: clip.inUs + by, outUs: clip.outUs + by }];
}

/** Moves a clip between its neighbours by `byUs`: the one before gives or takes what the one behind takes or gives. */
export function slideClip(
  timeline: Timeline,
  places: Layout,
  placed: PlacedClip,
  byUs: number,
  rate: Rational,
): Operation[] {
  const [left, right] = [places.clips[placed.index - 1], places.clips[placed.index + 1]];
  return left && right ? both(timeline, left, right, byUs, rate) : [];
}

/** Ids for what an edit makes. */
export type NewId = () => string;

/** The frame of the source that is on show at `us`: its start and its end. */
function frameOn(timeline: Timeline, placed: PlacedClip, us: number): { inUs: number; outUs: number } {
  const asset = assetOf(timeline, placed.clip);
  const sourceUs = sourceTime(placed, us);
  const rate = asset?.frameRate && !asset.variable ? parseRational(asset.frameRate) : null;
  const end = asset?.durationUs ?? sourceUs + 1;
  if (!rate) return { inUs: Math.min(sourceUs, end - 1), outUs: Math.min(end, sourceUs + 33_333) };
  const n = frameAt(sourceUs, rate);
  return { inUs: frameTime(n, rate), outUs: Math.min(end, frameTime(n + 1, rate)) };
}

/** The look of a clip at one moment, as of a clip that does not move. */
function lookAt(placed: PlacedClip, us: number): Partial<Clip> {
  const { fit, turn, mirrored, crop, colours, lut, masks, zoom } = placed.clip;
  const view = viewAt(placed.clip, (us - placed.startUs) / (placed.endUs - placed.startUs));
  const stands = { x: Math.round(view.x), y: Math.round(view.y), size: Math.min(1000, Math.round(view.size)) };
  return {
    fit,
    ...(turn ? { turn } : {}),
    ...(mirrored ? { mirrored } : {}),
    ...(crop ? { crop } : {}),
    ...(colours ? { colours } : {}),
    ...(lut ? { lut } : {}),
    ...(masks ? { masks } : {}),
    ...(zoom && stands.size < 1000 ? { zoom: { from: stands, to: stands } } : {}),
  };
}

/** A freeze frame stands this long at first, as still pictures do. */
const HELD_US = DEFAULT_STILL_US;

/** Freezes what is on show at `us` for a while: the clip goes on behind it. Null for a picture, which stands anyway. */
export function freezeAt(
  timeline: Timeline,
  places: Layout,
  us: number,
  ids: { held: string; rest: string },
): Operation[] | null {
  const placed = clipAt(places, us) ?? (us > 0 ? places.clips.at(-1) : undefined);
  if (!placed || placed.clip.heldUs !== undefined || assetOf(timeline, placed.clip)?.kind === 'image') return null;
  const at = Math.min(us, placed.endUs - 1);
  const inside = us > placed.startUs && us < placed.endUs;
  const clip = {
    id: ids.held,
    assetId: placed.clip.assetId,
    ...frameOn(timeline, placed, at),
    heldUs: HELD_US,
    ...lookAt(placed, at),
  };
  const split: Operation[] = inside ? [{ type: 'splitClip', atUs: us, newId: ids.rest }] : [];
  const place = us <= placed.startUs ? placed.index : placed.index + 1;
  return [...split, { type: 'insertClip', clip, at: place, cues: 'follow' }];
}

/** Cuts at `us` where a clip goes on over it, unless that would leave less than a frame. */
function cutAt(timeline: Timeline, us: number, newId: string, rate: Rational): Operation[] {
  const placed = clipAt(layout(timeline), us);
  const frame = shortestFrame(rate);
  if (!placed || us - placed.startUs < frame || placed.endUs - us < frame) return [];
  return [{ type: 'splitClip', atUs: us, newId }];
}

/**
 * Puts an asset over the storyline from `us` on, in the room of what is there for as long as it lasts: nothing behind it moves.
 * Beyond the film's end it is simply put behind it.
 */
export function overwriteAt(
  timeline: Timeline,
  asset: Asset,
  us: number,
  id: string,
  newId: NewId,
  rate: Rational,
): Operation[] {
  const known = timeline.assets.some(({ assetId }) => assetId === asset.assetId);
  const ops: Operation[] = known ? [] : [{ type: 'addAsset', asset: assetEntry(asset, asset.name) }];
  let now = applyOperations(timeline, ops).timeline;
  const run = (more: Operation[]): void => {
    now = applyOperations(now, more).timeline;
    ops.push(...more);
  };
  const lastsUs = asset.durationUs ?? DEFAULT_STILL_US;
  run(cutAt(now, us, newId(), rate));
  run(cutAt(now, us + lastsUs, newId(), rate));
  const middle = ({ startUs, endUs }: PlacedClip): number => (startUs + endUs) / 2;
  const places = layout(now);
  const before = places.clips.filter((placed) => middle(placed) < us).length;
  run(
    places.clips
      .filter((each) => middle(each) >= us && middle(each) < us + lastsUs)
      .map(({ clip }) => ({ type: 'removeClip', clipId: clip.id })),
  );
  run([{ type: 'insertClip', clip: { id, assetId: asset.assetId }, at: before }]);
  return ops;
}

/** Another source for the selected clip, overlay or sound, with all that was done to it. */
export function replaceBy(timeline: Timeline, asset: Asset, id: string): Operation[] {
  const known = timeline.assets.some(({ assetId }) => assetId === asset.assetId);
  return [
    ...(known ? [] : [{ type: 'addAsset' as const, asset: assetEntry(asset, asset.name) }]),
    { type: 'replaceSource', clipId: id, assetId: asset.assetId },
  ];
}

/** Whether a clip's sound can be a piece of its own. */
export const canDetach = ({ clip }: PlacedClip): boolean =>
  !clip.gap && !clip.muted && clip.speed === '1/1' && !clip.reversed && clip.heldUs === undefined;

/** The marker at `us`, within a frame; else a new one there. */
export function markAt(
  timeline: Timeline,
  us: number,
  id: string,
  rate: Rational,
): { id: string; operation: OperationOf<'addMarker'> | null } {
  const there = timeline.markers?.find(({ atUs }) => Math.abs(atUs - us) < shortestFrame(rate));
  return there
    ? { id: there.id, operation: null }
    : { id, operation: { type: 'addMarker', marker: { id, atUs: us, text: '' } } };
}
