/** What the operations on overlays come down to, and where overlays stand. */
import { snapToSource } from './asset.ts';
import { refuse } from './check.ts';
import { NO_CHANGE, given, unknownId } from './cues.ts';
import { withPicture } from './look.ts';
import type { PictureSettings } from './look.ts';
import type { OperationOf } from './operation.ts';
import type { Patch } from './patch.ts';
import { DEFAULT_STILL_US } from './timeline.ts';
import type { Clip, Overlay, Timeline } from './timeline.ts';

/** Where it ends on the timeline, microseconds; exclusive. */
export const overlayEndUs = ({ startUs, inUs, outUs }: Overlay): number => startUs + (outUs - inUs);

/** The overlay as a clip: what is shown of its source, and what is done to the picture. */
export function overlayAsClip(overlay: Overlay): Clip {
  const { startUs: _s, layer: _l, x: _x, y: _y, width: _w, opacity: _o, fit, ...rest } = overlay;
  return { ...rest, speed: '1/1', fit: fit ?? null };
}

/** Overlays on show at a time, lowest first; of one layer the later ones of the table lie over the earlier. */
export function overlaysAt(timeline: Timeline, us: number): Overlay[] {
  return timeline.overlays
    .filter((overlay) => overlay.startUs <= us && us < overlayEndUs(overlay))
    .sort((a, b) => a.layer - b.layer);
}

function find(timeline: Timeline, id: string): { overlay: Overlay; at: number } {
  const at = timeline.overlays.findIndex((overlay) => overlay.id === id);
  const overlay = timeline.overlays[at];
  return overlay ? { overlay, at } : unknownId(id);
}

const assetOf = (timeline: Timeline, assetId: string) =>
  timeline.assets.find((asset) => asset.assetId === assetId) ?? unknownId(assetId);

const change = (remove: string[], put: { at: number; item: Overlay }[]): Patch => ({
  ...NO_CHANGE,
  tables: { overlays: { remove, put } },
});

export function addOverlay(timeline: Timeline, op: OperationOf<'addOverlay'>): Patch {
  const { startUs = 0, inUs = 0, outUs, fit, ...fields } = op.overlay;
  const asset = assetOf(timeline, fields.assetId);
  const item: Overlay = {
    ...{ layer: 0, x: 0, y: 0, width: 1000, opacity: 100, gainDb: 0, muted: false },
    ...given(fields),
    ...(fit ? { fit } : {}),
    startUs,
    inUs: snapToSource(inUs, asset),
    outUs: snapToSource(outUs ?? asset.durationUs ?? inUs + DEFAULT_STILL_US, asset),
  };
  return change([], [{ at: timeline.overlays.length, item }]);
}

export function removeOverlay(timeline: Timeline, op: OperationOf<'removeOverlay'>): Patch {
  return change([find(timeline, op.overlayId).overlay.id], []);
}

/** Puts `next` where `overlay` stands; nothing when they are alike. */
function replaced(overlay: Overlay, next: Overlay, at: number): Patch {
  const spelt = (one: Overlay): string => JSON.stringify(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)));
  return spelt(overlay) === spelt(next) ? NO_CHANGE : change([overlay.id], [{ at, item: next }]);
}

export function editOverlay(timeline: Timeline, op: OperationOf<'editOverlay'>): Patch {
  const { overlay, at } = find(timeline, op.overlayId);
  const { type: _type, overlayId: _id, fit, inUs, outUs, ...fields } = op;
  const asset = assetOf(timeline, overlay.assetId);
  const { fit: before, ...rest } = overlay;
  const now = fit === undefined ? before : fit;
  const next: Overlay = {
    ...rest,
    ...given(fields),
    ...(now ? { fit: now } : {}),
    ...(inUs === undefined ? {} : { inUs: snapToSource(inUs, asset) }),
    ...(outUs === undefined ? {} : { outUs: snapToSource(outUs, asset) }),
  };
  return replaced(overlay, next, at);
}

export function splitOverlay(timeline: Timeline, op: OperationOf<'splitOverlay'>): Patch {
  const { overlay, at } = find(timeline, op.overlayId);
  const asset = assetOf(timeline, overlay.assetId);
  const cutUs = snapToSource(overlay.inUs + (op.atUs - overlay.startUs), asset);
  if (cutUs <= overlay.inUs || cutUs >= overlay.outUs) refuse(`${overlay.id}: nothing to split at its edge`);
  const second = { ...overlay, id: op.newId, startUs: overlay.startUs + (cutUs - overlay.inUs), inUs: cutUs };
  return change(
    [overlay.id],
    [
      { at, item: { ...overlay, outUs: cutUs } },
      { at: at + 1, item: second },
    ],
  );
}

/** What setPicture does where it names an overlay; null where it does not. */
export function setOverlayPicture(timeline: Timeline, id: string, set: PictureSettings): Patch | null {
  const at = timeline.overlays.findIndex((overlay) => overlay.id === id);
  const overlay = timeline.overlays[at];
  if (!overlay) return null;
  const { turn: _t, mirrored: _m, crop: _c, zoom: _z, colours: _co, lut: _l, masks: _ma, ...rest } = overlay;
  return replaced(overlay, { ...rest, ...withPicture(overlay, set) }, at);
}
