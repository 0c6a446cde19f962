/** What a person does to a timeline, worked out into operations. Pure; times in microseconds. */
import type { Asset } from '../../../../core/model/contract/index.ts';
import { assetEntry } from '../../../../core/model/timeline/asset.ts';
import { clipAt, sourceTime, type Layout, type PlacedClip } from '../../../../core/model/timeline/layout.ts';
import type { Operation } from '../../../../core/model/timeline/operation.ts';
import { frameTime, nearestFrame, snapToFrame, type Rational } from '../../../../core/model/timeline/rational.ts';
import {
  DEFAULT_STILL_US,
  type Cue,
  type Overlay,
  type Sound,
  type Timeline,
  type Title,
} from '../../../../core/model/timeline/timeline.ts';
import type { Selection } from './cut-session.ts';
import { edgeBy } from './edits.ts';

/** Puts an asset of the library into the storyline; `at`: the place from 0, null: the end. */
export function addClip(timeline: Timeline, asset: Asset, clipId: string, at: number | null): Operation[] {
  const known = timeline.assets.some(({ assetId }) => assetId === asset.assetId);
  return [
    ...(known ? [] : [{ type: 'addAsset' as const, asset: assetEntry(asset, asset.name) }]),
    {
      type: 'insertClip',
      clip: { id: clipId, assetId: asset.assetId },
      ...(at === null ? {} : { at }),
      cues: 'follow',
    },
  ];
}

/** How music comes in: under the voices, stepping back for them, and not ending with a bang. A person changes it at will. */
const NEW_MUSIC = { gainDb: -12, duckDb: -9, fadeOutUs: 1_000_000 };

/** Puts a sound of the library under the film from `us` on, as far as there is film (the whole of it where there is none). */
export function addMusic(timeline: Timeline, asset: Asset, soundId: string, us: number, filmUs: number): Operation[] {
  const known = timeline.assets.some(({ assetId }) => assetId === asset.assetId);
  const startUs = us < filmUs ? us : 0;
  const lasts = Math.min(asset.durationUs ?? 0, filmUs > 0 ? filmUs - startUs : Infinity);
  const sound = { id: soundId, assetId: asset.assetId, startUs, outUs: lasts, ...NEW_MUSIC };
  return [
    ...(known ? [] : [{ type: 'addAsset' as const, asset: assetEntry(asset, asset.name) }]),
    { type: 'addSound', track: 'music', sound },
  ];
}

/** Shortest piece of sound that is made, microseconds: less can hardly be taken hold of. */
const SHORTEST_SOUND_US = 100_000;

/** Moves a sound, or one edge of it, by `byUs`; an edge stays within its source (`sourceUs` long). */
export function soundByDrag(sound: Sound, part: 'start' | 'end' | 'whole', byUs: number, sourceUs: number): Operation {
  const base = { type: 'editSound' as const, soundId: sound.id };
  const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(high, value));
  if (part === 'whole') return { ...base, startUs: Math.max(0, sound.startUs + byUs) };
  if (part === 'end') {
    return { ...base, outUs: clamp(sound.outUs + byUs, sound.inUs + SHORTEST_SOUND_US, sourceUs) };
  }
  // What is cut off in front leaves the rest where it is heard.
  const least = Math.max(-sound.inUs, -sound.startUs);
  const by = clamp(byUs, least, sound.outUs - SHORTEST_SOUND_US - sound.inUs);
  return { ...base, inUs: sound.inUs + by, startUs: sound.startUs + by };
}

/** What removes the one that is selected; null for a clip, with which others go. */
export function removalOf({ kind, id }: NonNullable<Selection>): Operation | null {
  if (kind === 'cue') return { type: 'removeCue', cueId: id };
  if (kind === 'sound') return { type: 'removeSound', soundId: id };
  if (kind === 'title') return { type: 'removeTitle', titleId: id };
  if (kind === 'marker') return { type: 'removeMarker', markerId: id };
  return kind === 'overlay' ? { type: 'removeOverlay', overlayId: id } : null;
}

/** Lays a video or picture over the film from `us` on, silent, as far as there is film. */
export function addCutaway(
  timeline: Timeline,
  asset: Asset,
  overlayId: string,
  us: number,
  filmUs: number,
): Operation[] {
  const known = timeline.assets.some(({ assetId }) => assetId === asset.assetId);
  const startUs = us < filmUs ? us : 0;
  const outUs = Math.min(asset.durationUs ?? DEFAULT_STILL_US, filmUs - startUs);
  const overlay = { id: overlayId, assetId: asset.assetId, startUs, outUs, fit: timeline.fit, muted: true };
  return [
    ...(known ? [] : [{ type: 'addAsset' as const, asset: assetEntry(asset, asset.name) }]),
    { type: 'addOverlay', overlay },
  ];
}

/** Moves an overlay, or one edge of it, by `byUs`; an edge stays within its source (`sourceUs` long; a picture has no end). */
export function overlayByDrag(
  overlay: Overlay,
  part: 'start' | 'end' | 'whole',
  byUs: number,
  sourceUs: number,
): Operation {
  const base = { type: 'editOverlay' as const, overlayId: overlay.id };
  const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(high, value));
  if (part === 'whole') return { ...base, startUs: Math.max(0, overlay.startUs + byUs) };
  if (part === 'end')
    return { ...base, outUs: clamp(overlay.outUs + byUs, overlay.inUs + SHORTEST_SOUND_US, sourceUs) };
  const least = Math.max(-overlay.inUs, -overlay.startUs);
  const by = clamp(byUs, least, overlay.outUs - SHORTEST_SOUND_US - overlay.inUs);
  return { ...base, inUs: overlay.inUs + by, startUs: overlay.startUs + by };
}

/** A new title from `us` on, as long as the film goes on there at most. */
export function titleAtPlayhead(title: Omit<Title, 'endUs'>, lastsUs: number, filmUs: number): Operation {
  const left = filmUs - title.startUs;
  const endUs = title.startUs + (left >= SHORTEST_TITLE_US ? Math.min(lastsUs, left) : lastsUs);
  return { type: 'addTitle', title: { ...title, endUs } };
}

/** Shortest title that is made, microseconds: less can hardly be read. */
const SHORTEST_TITLE_US = 300_000;

/** Moves a title, or one edge of it, by `byUs`. */
export function titleByDrag({ id, startUs, endUs }: Title, part: 'start' | 'end' | 'whole', byUs: number): Operation {
  const base = { type: 'editTitle' as const, titleId: id };
  if (part === 'whole') {
    const by = Math.max(byUs, -startUs);
    return { ...base, startUs: startUs + by, endUs: endUs + by };
  }
  if (part === 'end') return { ...base, endUs: Math.max(endUs + byUs, startUs + SHORTEST_TITLE_US) };
  return { ...base, startUs: Math.max(0, Math.min(startUs + byUs, endUs - SHORTEST_TITLE_US)) };
}

/** The clip that commands are about: the selected one, else the one under the playhead. */
export function clipMeant(places: Layout, selectedId: string | null, us: number): PlacedClip | null {
  const selected = selectedId === null ? undefined : places.byId.get(selectedId);
  return selected ?? clipAt(places, us) ?? (us > 0 && us >= places.durationUs ? (places.clips.at(-1) ?? null) : null);
}

/** Cuts off what lies before the playhead (Q) or from it on (W). Null where there is nothing to cut. */
export function trimToPlayhead(placed: PlacedClip, side: 'start' | 'end', us: number): Operation | null {
  if (us <= placed.startUs || us >= placed.endUs) return null;
  const { clip } = placed;
  const base = { clipId: clip.id, cues: 'follow' as const };
  if (clip.heldUs !== undefined) {
    return { type: 'setHeld', ...base, heldUs: side === 'end' ? us - placed.startUs : placed.endUs - us };
  }
  const sourceUs = sourceTime(placed, us);
  // Backwards the source's end is cut off in front; its last moment lies one before its end.
  if (clip.reversed) {
    return { type: 'trimClip', ...base, ...(side === 'start' ? { outUs: sourceUs + 1 } : { inUs: sourceUs + 1 }) };
  }
  return { type: 'trimClip', ...base, ...(side === 'start' ? { inUs: sourceUs } : { outUs: sourceUs }) };
}

/** Trims by dragging an edge `byUs` to the right: what follows moves with it, captions go along. */
export function trimByDrag(
  timeline: Timeline,
  placed: PlacedClip,
  side: 'start' | 'end',
  byUs: number,
  rate: Rational,
): Operation {
  return { ...edgeBy(timeline, placed, side, byUs, rate), cues: 'follow' };
}

/** A caption stands this long when it is added by hand, unless the next one comes earlier. */
const NEW_CUE_US = 2_000_000;
/** Shortest caption that is made: less can hardly be taken hold of. */
const SHORTEST_CUE_US = 200_000;

/** An empty caption from `us` on, up to the next one. Null where one begins too soon. */
export function cueAtPlayhead(cues: readonly Cue[], us: number, id: string): Operation | null {
  const next = cues.find(({ startUs }) => startUs > us);
  const endUs = Math.min(us + NEW_CUE_US, next?.startUs ?? Infinity);
  if (endUs - us < SHORTEST_CUE_US) return null;
  return { type: 'addCue', cue: { id, startUs: us, endUs, text: '' } };
}

/** Sets a caption's start or end to the playhead. Null where it would have no length. */
export function cueEdgeTo(cue: Cue, edge: 'start' | 'end', us: number): Operation | null {
  if (edge === 'start') return us < cue.endUs ? { type: 'editCue', cueId: cue.id, startUs: us } : null;
  return us > cue.startUs ? { type: 'editCue', cueId: cue.id, endUs: us } : null;
}

/** Moves a caption's start or end by frames of the film, onto a frame. Null where it would have no length. */
export function cueEdgeBy(cue: Cue, edge: 'start' | 'end', frames: number, rate: Rational): Operation | null {
  const us = edge === 'start' ? cue.startUs : cue.endUs;
  return cueEdgeTo(cue, edge, Math.max(0, frameTime(nearestFrame(us, rate) + frames, rate)));
}

/** Sets a caption's start or end to the cut that is nearest to it; the ends of the film are cuts too. */
export function cueEdgeToCut(cue: Cue, edge: 'start' | 'end', places: Layout): Operation | null {
  const us = edge === 'start' ? cue.startUs : cue.endUs;
  const cuts = [0, ...places.clips.map(({ endUs }) => endUs)];
  const nearest = cuts.reduce((best, cut) => (Math.abs(cut - us) < Math.abs(best - us) ? cut : best));
  return cueEdgeTo(cue, edge, nearest);
}

/** Moves a caption, or one edge of it, by `byUs`. */
export function cueByDrag(cue: Cue, part: 'start' | 'end' | 'whole', byUs: number): Operation {
  const base = { type: 'editCue' as const, cueId: cue.id };
  if (part === 'start') {
    return { ...base, startUs: Math.max(0, Math.min(cue.startUs + byUs, cue.endUs - SHORTEST_CUE_US)) };
  }
  if (part === 'end') return { ...base, endUs: Math.max(cue.endUs + byUs, cue.startUs + SHORTEST_CUE_US) };
  const shift = Math.max(-cue.startUs, byUs);
  return { ...base, startUs: cue.startUs + shift, endUs: cue.endUs + shift };
}

/** A time on the frames of the canvas, within the film. */
export const onFrame = (us: number, rate: Rational, durationUs: number): number =>
  Math.min(snapToFrame(Math.max(0, us), rate), durationUs);
