/** What the storyline, asset and canvas operations come down to. */
import { snapToSource } from './asset.ts';
import { refuse } from './check.ts';
import { NO_CHANGE, given, unknownId } from './cues.ts';
import { clipAsset, gapOf } from './gap.ts';
import { clipAt, clipDurationUs, layout, sourceTime } from './layout.ts';
import type { PlacedClip } from './layout.ts';
import { withPicture } from './look.ts';
import { setOverlayPicture } from './overlays.ts';
import type { OperationOf } from './operation.ts';
import type { Patch } from './patch.ts';
import { parseRational, snapToFrame } from './rational.ts';
import { DEFAULT_STILL_US } from './timeline.ts';
import type { Clip, Timeline, TimelineAsset } from './timeline.ts';

const change = (remove: string[], put: { at: number; item: Clip }[]): Patch => ({
  type: 'patch',
  tables: { storyline: { remove, put } },
  set: {},
});

function find(timeline: Timeline, id: string): { clip: Clip; at: number } {
  const at = timeline.storyline.findIndex((clip) => clip.id === id);
  const clip = timeline.storyline[at];
  return clip ? { clip, at } : unknownId(id);
}

/** What a clip shows; a gap's is made up. */
const assetOfClip = (timeline: Timeline, clip: Pick<Clip, 'assetId' | 'gap'>): TimelineAsset =>
  clipAsset(timeline, clip) ?? unknownId(clip.assetId);

const assetOf = (timeline: Timeline, assetId: string): TimelineAsset =>
  timeline.assets.find((asset) => asset.assetId === assetId) ?? unknownId(assetId);

/** Replaces one clip by itself with other values; nothing when they are the values it has. */
function edit(timeline: Timeline, id: string, fields: Partial<Clip>): Patch {
  const { clip, at } = find(timeline, id);
  const next = { ...clip, ...fields };
  const same = (Object.keys(fields) as (keyof Clip)[]).every((key) => next[key] === clip[key]);
  return same ? NO_CHANGE : change([id], [{ at, item: next }]);
}

export function addAsset(timeline: Timeline, op: OperationOf<'addAsset'>): Patch {
  return { ...NO_CHANGE, tables: { assets: { remove: [], put: [{ at: timeline.assets.length, item: op.asset }] } } };
}

export function removeAsset(timeline: Timeline, op: OperationOf<'removeAsset'>): Patch {
  const { assetId } = assetOf(timeline, op.assetId);
  return { ...NO_CHANGE, tables: { assets: { remove: [assetId], put: [] } } };
}

export function declareAi(timeline: Timeline, op: OperationOf<'declareAi'>): Patch {
  const asset = assetOf(timeline, op.assetId);
  if ((asset.aiMade ?? false) === op.aiMade) return NO_CHANGE;
  const { aiMade: _before, ...rest } = asset;
  const item: TimelineAsset = op.aiMade ? { ...rest, aiMade: true } : rest;
  return {
    ...NO_CHANGE,
    tables: { assets: { remove: [op.assetId], put: [{ at: timeline.assets.indexOf(asset), item }] } },
  };
}

export function insertClip(timeline: Timeline, op: OperationOf<'insertClip'>): Patch {
  const { inUs = 0, outUs, ...fields } = op.clip;
  const asset = assetOfClip(timeline, fields);
  const at = op.at ?? timeline.storyline.length;
  if (at > timeline.storyline.length) refuse(`no place ${at} in the storyline`);
  const item: Clip = {
    speed: '1/1',
    gainDb: 0,
    muted: false,
    fit: null,
    ...given(fields),
    inUs: snapToSource(inUs, asset),
    outUs: snapToSource(outUs ?? asset.durationUs ?? inUs + DEFAULT_STILL_US, asset),
  };
  return change([], [{ at, item }]);
}

export function removeClip(timeline: Timeline, op: OperationOf<'removeClip'>): Patch {
  return change([find(timeline, op.clipId).clip.id], []);
}

/** Takes a clip away and leaves its room empty: nothing behind it moves. */
export function liftClip(timeline: Timeline, op: OperationOf<'liftClip'>): Patch {
  const { clip, at } = find(timeline, op.clipId);
  if (clip.gap) refuse(`${clip.id}: is a gap already`);
  return change([clip.id], [{ at, item: gapOf(op.newId, clipDurationUs(clip)) }]);
}

export function trimClip(timeline: Timeline, op: OperationOf<'trimClip'>): Patch {
  const { clip } = find(timeline, op.clipId);
  const asset = assetOfClip(timeline, clip);
  const fields: Partial<Clip> = {};
  if (op.inUs !== undefined) fields.inUs = snapToSource(op.inUs, asset);
  if (op.outUs !== undefined) fields.outUs = snapToSource(op.outUs, asset);
  return edit(timeline, clip.id, fields);
}

/** The moment on the canvas's frames. */
function onCanvas(timeline: Timeline, us: number): number {
  const rate = parseRational(timeline.canvas.frameRate);
  return rate ? snapToFrame(us, rate) : us;
}

/** Source time at which a clip is split: on a frame of the source where it has even ones, else of the canvas. */
function splitTime(timeline: Timeline, placed: PlacedClip, atUs: number): number {
  const { clip } = placed;
  const asset = assetOfClip(timeline, clip);
  // Backwards the moment's end is where the one before it begins.
  const edge = (us: number): number => sourceTime(placed, us) + (clip.reversed ? 1 : 0);
  if (asset.frameRate !== null && !asset.variable) return snapToSource(edge(atUs), asset);
  return edge(Math.min(onCanvas(timeline, atUs), placed.endUs));
}

/** What each half of a clip has of its own; the second one's comes later. */
function halvesOf(timeline: Timeline, placed: PlacedClip, atUs: number): [Partial<Clip>, Partial<Clip>] {
  const { clip, startUs } = placed;
  const nothing = (): never => refuse(`${clip.id}: nothing to split at its edge`);
  if (clip.heldUs !== undefined) {
    const first = onCanvas(timeline, atUs) - startUs;
    if (first <= 0 || first >= clip.heldUs) nothing();
    return [{ heldUs: first }, { heldUs: clip.heldUs - first }];
  }
  const sourceUs = splitTime(timeline, placed, atUs);
  if (sourceUs <= clip.inUs || sourceUs >= clip.outUs) nothing();
  const [before, behind] = [{ outUs: sourceUs }, { inUs: sourceUs }];
  return clip.reversed ? [behind, before] : [before, behind];
}

export function splitClip(timeline: Timeline, op: OperationOf<'splitClip'>): Patch {
  const placed = clipAt(layout(timeline), op.atUs) ?? refuse(`no clip at ${op.atUs}`);
  const { clip, index: at } = placed;
  const [first, second] = halvesOf(timeline, placed, op.atUs);
  // The transition stays where it was: at the beginning of the first half.
  const { transition: _transition, ...rest } = clip;
  const halves = [
    { at, item: { ...clip, ...first } },
    { at: at + 1, item: { ...rest, ...second, id: op.newId } },
  ];
  return change([clip.id], halves);
}

export function moveClip(timeline: Timeline, op: OperationOf<'moveClip'>): Patch {
  const { clip, at } = find(timeline, op.clipId);
  if (op.to >= timeline.storyline.length) refuse(`no place ${op.to} in the storyline`);
  return op.to === at ? NO_CHANGE : change([clip.id], [{ at: op.to, item: clip }]);
}

export function setFit(timeline: Timeline, op: OperationOf<'setFit'>): Patch {
  if (op.clipId !== null) return edit(timeline, op.clipId, { fit: op.fit });
  if (op.fit === null) return refuse("the timeline's fit cannot be null");
  return op.fit === timeline.fit ? NO_CHANGE : { ...NO_CHANGE, set: { fit: op.fit } };
}

export function setGain(timeline: Timeline, op: OperationOf<'setGain'>): Patch {
  return edit(timeline, op.clipId, { gainDb: op.gainDb });
}

export function setSpeed(timeline: Timeline, op: OperationOf<'setSpeed'>): Patch {
  return edit(timeline, find(timeline, op.clipId).clip.id, { speed: op.speed });
}

export function setMuted(timeline: Timeline, op: OperationOf<'setMuted'>): Patch {
  return edit(timeline, op.clipId, { muted: op.muted });
}

export function setTransition(timeline: Timeline, op: OperationOf<'setTransition'>): Patch {
  const { clip, at } = find(timeline, op.clipId);
  const { transition: now, ...rest } = clip;
  const same = now?.kind === op.transition?.kind && now?.lengthUs === op.transition?.lengthUs;
  return same
    ? NO_CHANGE
    : change([clip.id], [{ at, item: { ...rest, ...(op.transition ? { transition: op.transition } : {}) } }]);
}

export function setPicture(timeline: Timeline, op: OperationOf<'setPicture'>): Patch {
  const { type: _type, clipId, ...set } = op;
  const laidOver = setOverlayPicture(timeline, clipId, set);
  if (laidOver) return laidOver;
  const { clip, at } = find(timeline, clipId);
  const { turn: _t, mirrored: _m, crop: _c, zoom: _z, colours: _co, lut: _l, masks: _ma, ...rest } = clip;
  const next: Clip = { ...rest, ...withPicture(clip, set) };
  return JSON.stringify(withPicture(clip, {})) === JSON.stringify(withPicture(clip, set))
    ? NO_CHANGE
    : change([clip.id], [{ at, item: next }]);
}

export function setCanvas(timeline: Timeline, op: OperationOf<'setCanvas'>): Patch {
  const { canvas, targets } = timeline;
  const set: Patch['set'] = {};
  if (op.canvas && JSON.stringify(op.canvas) !== JSON.stringify(canvas)) set.canvas = op.canvas;
  if (op.targets && op.targets.join() !== targets.join()) set.targets = op.targets;
  return { ...NO_CHANGE, set };
}
