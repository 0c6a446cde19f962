/**
 * Doing the edits of a timeline. Each gives the next timeline and the patch that takes it back, exactly.
 */
import { StudioError } from '../errors.ts';
import * as clips from './clips.ts';
import { followCover, setCover } from './covers.ts';
import * as cues from './cues.ts';
import { followPictures } from './follow.ts';
import * as groups from './groups.ts';
import { detachSound, followLinked } from './linked.ts';
import * as markers from './markers.ts';
import type { Operation, OperationOf, OperationType } from './operation.ts';
import * as overlays from './overlays.ts';
import * as pacing from './pacing.ts';
import { setPack } from './pack-note.ts';
import { applyPatch, isEmptyPatch } from './patch.ts';
import type { Applied, Patch } from './patch.ts';
import * as sounds from './sounds.ts';
import type { Timeline } from './timeline.ts';
import * as titles from './titles.ts';

type Compiler<T extends OperationType> = (timeline: Timeline, op: OperationOf<T>) => Patch;

const COMPILERS: { [T in OperationType]: Compiler<T> } = {
  addAsset: clips.addAsset,
  removeAsset: clips.removeAsset,
  declareAi: clips.declareAi,
  insertClip: clips.insertClip,
  removeClip: clips.removeClip,
  liftClip: clips.liftClip,
  trimClip: clips.trimClip,
  splitClip: clips.splitClip,
  moveClip: clips.moveClip,
  setFit: clips.setFit,
  setFraming: pacing.setFraming,
  setGain: clips.setGain,
  setMuted: clips.setMuted,
  setSpeed: clips.setSpeed,
  setPicture: clips.setPicture,
  setTransition: clips.setTransition,
  setVolume: pacing.setVolume,
  setReversed: pacing.setReversed,
  setHeld: pacing.setHeld,
  replaceSource: pacing.replaceSource,
  detachSound,
  setEnding: pacing.setEnding,
  setCover,
  setPack,
  addMarker: markers.addMarker,
  editMarker: markers.editMarker,
  removeMarker: markers.removeMarker,
  setCanvas: clips.setCanvas,
  addCue: cues.addCue,
  removeCue: cues.removeCue,
  editCue: cues.editCue,
  splitCue: cues.splitCue,
  mergeCues: cues.mergeCues,
  shiftCues: cues.shiftCues,
  stretchCues: cues.stretchCues,
  importCues: cues.importCues,
  setCaptionStyle: cues.setCaptionStyle,
  addOverlay: overlays.addOverlay,
  removeOverlay: overlays.removeOverlay,
  editOverlay: overlays.editOverlay,
  splitOverlay: overlays.splitOverlay,
  addTitle: titles.addTitle,
  removeTitle: titles.removeTitle,
  editTitle: titles.editTitle,
  addSound: sounds.addSound,
  removeSound: sounds.removeSound,
  editSound: sounds.editSound,
  splitSound: sounds.splitSound,
  group: groups.makeGroup,
  ungroup: groups.ungroup,
  patch: (_timeline, change) => change,
};

/**
 * Does one operation. `inverse`, applied to the result, gives back the same canonical JSON; it is an operation itself.
 * What is not touched stays the same object; an operation that changes nothing gives the same timeline. The operation
 * must have the right shape (`parseOperations` for what comes from outside).
 *
 * @throws StudioError unknown_id {id} when it names a clip, cue or asset that is not there; range_outside_source;
 *   bad_timeline {what} when it does not apply or what comes out does not hold together (`checkTimeline`).
 */
export function applyOperation(timeline: Timeline, op: Operation): Applied {
  const change = (COMPILERS[op.type] as Compiler<OperationType>)(timeline, op);
  const applied = applyPatch(timeline, change);
  if (!change.tables.storyline || op.type === 'patch') return applied;
  const cut = applied.timeline;
  const pictures = 'cues' in op && op.cues === 'follow' ? followPictures(timeline, cut) : {};
  const sounds = followLinked(timeline, cut, op.type === 'splitClip' ? op : null);
  const along = { ...pictures, ...sounds };
  const cover = followCover(timeline, cut, op.type === 'splitClip' ? op : null);
  if (Object.keys(along).length === 0 && Object.keys(cover).length === 0) return applied;
  return applyPatch(timeline, {
    ...change,
    tables: { ...change.tables, ...along },
    set: { ...change.set, ...cover },
  });
}

/** `error` with the place (from 0) of the operation it is about. */
function atOperation(error: unknown, index: number): unknown {
  if (!(error instanceof StudioError)) return error;
  const { code, params, details } = error;
  const what = params['what'];
  const named = what === undefined ? params : { ...params, what: `operation ${index}: ${what}` };
  return new StudioError(code, named, {
    details: { operation: index, ...(details as object | undefined) },
    cause: error,
  });
}

/**
 * Does the operations one after another, all or none. `inverse` holds their inverses in the order in which they take
 * everything back.
 *
 * @throws StudioError as `applyOperation`, with the place of the operation in `details.operation`.
 */
export function applyOperations(
  timeline: Timeline,
  operations: readonly Operation[],
): { timeline: Timeline; inverse: Patch[] } {
  const inverse: Patch[] = [];
  let current = timeline;
  operations.forEach((each, index) => {
    try {
      const done = applyOperation(current, each);
      current = done.timeline;
      if (!isEmptyPatch(done.inverse)) inverse.unshift(done.inverse);
    } catch (error) {
      throw atOperation(error, index);
    }
  });
  return { timeline: current, inverse };
}
