/** What the storyline, asset and canvas operations come down to. */
import { snapToSource } from './asset.ts';
import { refuse } from './check.ts';
import { NO_CHANGE, given, unknownId } from './cues.ts';
import { clipAt, layout, sourceTime } from './layout.ts';
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

export function insertClip(timeline: Timeline, op: OperationOf<'insertClip'>): Patch {
  const { inUs = 0, outUs, ...fields } = op.clip;
  const asset = assetOf(timeline, fields.assetId);
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

export function trimClip(timeline: Timeline, op: OperationOf<'trimClip'>): Patch {
  const { clip } = find(timeline, op.clipId);
  const asset = assetOf(timeline, clip.assetId);
  const fields: Partial<Clip> = {};
  if (op.inUs !== undefined) fields.inUs = snapToSource(op.inUs, asset);
  if (op.outUs !== undefined) fields.outUs = snapToSource(op.outUs, asset);
  return edit(timeline, clip.id, fields);
}

/** Source time at which a clip is split: on a frame of the source where it has even ones, else of the canvas. */
function splitTime(timeline: Timeline, atUs: number): { clip: Clip; at: number; sourceUs: number } {
  const places = layout(timeline);
  const placed = clipAt(places, atUs) ?? refuse(`no clip at ${atUs}`);
  const { clip, index } = placed;
  const asset = assetOf(timeline, clip.assetId);
  if (asset.frameRate !== null && !asset.variable) {
    return { clip, at: index, sourceUs: snapToSource(sourceTime(placed, atUs), asset) };
  }
  const rate = parseRational(timeline.canvas.frameRate);
  const snapped = rate ? snapToFrame(atUs, rate) : atUs;
  return { clip, at: index, sourceUs: sourceTime(placed, Math.min(snapped, placed.endUs)) };
}

export function splitClip(timeline: Timeline, op: OperationOf<'splitClip'>): Patch {
  const { clip, at, sourceUs } = splitTime(timeline, op.atUs);
  if (sourceUs <= clip.inUs || sourceUs >= clip.outUs) refuse(`${clip.id}: nothing to split at its edge`);
  const halves = [
    { at, item: { ...clip, outUs: sourceUs } },
    { at: at + 1, item: { ...clip, id: op.newId, inUs: sourceUs } },
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

export function setCanvas(timeline: Timeline, op: OperationOf<'setCanvas'>): Patch {
  const { canvas, targets } = timeline;
  const set: Patch['set'] = {};
  if (op.canvas && JSON.stringify(op.canvas) !== JSON.stringify(canvas)) set.canvas = op.canvas;
  if (op.targets && op.targets.join() !== targets.join()) set.targets = op.targets;
  return { ...NO_CHANGE, set };
}
