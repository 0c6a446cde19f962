/** The edits of a timeline as data: what is sent, journaled and read by `video edit --ops`. */
import { z } from 'zod';
import { refuse } from './check.ts';
import { pictureFields, pictureSettings, transition } from './look.ts';
import { firstIssue } from './migrate.ts';
import { paceFields, volumeField, volumeSetting } from './pace.ts';
import { patch } from './patch.ts';
import { canvasShape, focus, reframeFields } from './reframe.ts';
import * as shape from './timeline.ts';

const id = shape.itemId;
const place = z.int().min(0).max(shape.MAX_ITEMS);
/** Source time as it is asked for; outside the source is refused as range_outside_source and not as a wrong shape. */
const askedUs = z.int().min(-shape.MAX_TIME_US).max(shape.MAX_TIME_US);
/** Whether cues keep their times (default) or go with the pictures under them; cues whose pictures go, go too. */
const withCues = z.enum(['stay', 'follow']).exactOptional().describe('Whether cues keep their times or go along.');

const clipToInsert = z.strictObject({
  id,
  assetId: id,
  inUs: askedUs.exactOptional().describe('Default 0.'),
  outUs: askedUs.exactOptional().describe('Default the end of the source; 3 s for a picture.'),
  gainDb: shape.gain.exactOptional(),
  muted: z.boolean().exactOptional(),
  fit: shape.fit.nullable().exactOptional(),
  speed: shape.speed.exactOptional(),
  ...pictureFields,
  ...reframeFields,
  ...paceFields,
  ...volumeField,
  transition: transition.exactOptional(),
  gap: z.literal(true).exactOptional(),
});

const track = z.enum(shape.SOUND_TRACKS);
const soundLooks = {
  gainDb: shape.gain.exactOptional(),
  muted: z.boolean().exactOptional(),
  fadeInUs: shape.fadeUs.exactOptional(),
  fadeOutUs: shape.fadeUs.exactOptional(),
  duckDb: shape.duck.exactOptional(),
};
const soundToAdd = z.strictObject({
  ...volumeField,
  linkedTo: id.exactOptional(),
  id,
  assetId: id,
  startUs: shape.timeUs.exactOptional().describe('Default 0.'),
  inUs: askedUs.exactOptional().describe('Default 0.'),
  outUs: askedUs.exactOptional().describe('Default the end of the source.'),
  ...soundLooks,
});

const { fit: overlayFit, ...overlayPlace } = shape.overlayLooks;
const overlaySettings = {
  ...z.strictObject(overlayPlace).partial().shape,
  fit: overlayFit.nullable().exactOptional().describe('null: it lies where x, y and width say.'),
  gainDb: shape.gain.exactOptional(),
  muted: z.boolean().exactOptional(),
};
const overlayToAdd = z.strictObject({
  id,
  assetId: id,
  startUs: shape.timeUs.exactOptional().describe('Default 0.'),
  inUs: askedUs.exactOptional().describe('Default 0.'),
  outUs: askedUs.exactOptional().describe('Default the end of the source; 3 s for a picture.'),
  ...overlaySettings,
  ...pictureFields,
});

const titleToAdd = z.strictObject({
  ...shape.title.shape,
  endUs: shape.lengthUs.exactOptional().describe("Default: as long as the look's own time."),
});

/** The cues an operation is about; each once, in any order. */
const cueIds = z.array(id).min(1).max(shape.MAX_ITEMS);
/** Two times of the timeline, the second after the first (which the operation checks). */
const twoTimes = z.tuple([shape.timeUs, shape.timeUs]);

const op = <N extends string, S extends z.ZodRawShape>(type: N, fields: S) =>
  z.strictObject({ type: z.literal(type), ...fields });

/** Every operation, by its `type`. docs/TIMELINE.md says what each does. */
export const operation = z.discriminatedUnion('type', [
  op('addAsset', { asset: shape.timelineAsset }),
  op('removeAsset', { assetId: id }),
  op('declareAi', { assetId: id, aiMade: z.boolean() }),
  op('insertClip', { clip: clipToInsert, at: place.exactOptional(), cues: withCues }),
  op('removeClip', { clipId: id, cues: withCues }),
  op('liftClip', { clipId: id, newId: id.describe('Of the gap.') }),
  op('trimClip', { clipId: id, inUs: askedUs.exactOptional(), outUs: askedUs.exactOptional(), cues: withCues }),
  op('splitClip', { atUs: shape.timeUs, newId: id }),
  op('moveClip', { clipId: id, to: place, cues: withCues }),
  op('setFit', { clipId: id.nullable(), fit: shape.fit.nullable() }),
  op('setFraming', {
    clipId: id,
    shape: canvasShape
      .exactOptional()
      .describe('Of the canvases it is for; left out: all that have nothing of their own.'),
    fit: shape.fit.nullable().exactOptional().describe("null: as elsewhere, the timeline's."),
    focus: focus.nullable().exactOptional().describe('null: as elsewhere, the middle.'),
  }),
  op('setGain', { clipId: id, gainDb: shape.gain }),
  op('setSpeed', { clipId: id, speed: shape.speed, cues: withCues }),
  op('setTransition', { clipId: id, transition: transition.nullable() }),
  op('setMuted', { clipId: id, muted: z.boolean() }),
  op('setVolume', { clipId: id, ...z.strictObject(volumeSetting).required().shape }),
  op('setReversed', { clipId: id, reversed: z.boolean() }),
  op('setHeld', { clipId: id, heldUs: shape.lengthUs.nullable().describe('null: it moves again.'), cues: withCues }),
  op('replaceSource', {
    clipId: id.describe('Of a clip, an overlay or a sound.'),
    assetId: id,
    inUs: askedUs.exactOptional().describe('Default 0.'),
  }),
  op('detachSound', { clipId: id, soundId: id, track: track.exactOptional().describe('Default voice.') }),
  op('setEnding', { ending: shape.ending.nullable() }),
  op('setPack', { pack: shape.packUse.nullable().describe('null: none was applied.') }),
  op('setCover', { cover: shape.filmCover.nullable().describe('Whole; null: none was chosen.') }),
  op('addMarker', { marker: shape.marker }),
  op('editMarker', { markerId: id, atUs: shape.timeUs.exactOptional(), text: shape.markerText.exactOptional() }),
  op('removeMarker', { markerId: id }),
  op('setPicture', { clipId: id.describe('Of a clip or an overlay.'), ...pictureSettings }),
  op('setCanvas', { canvas: shape.canvas.exactOptional(), targets: z.array(shape.targetName).max(50).exactOptional() }),
  op('addCue', { cue: shape.cue }),
  op('removeCue', { cueId: id }),
  op('editCue', {
    cueId: id,
    text: shape.cueText.exactOptional(),
    translation: shape.translation.nullable().exactOptional().describe('null: there is none.'),
    startUs: shape.timeUs.exactOptional(),
    endUs: shape.lengthUs.exactOptional(),
    speaker: shape.speaker.nullable().exactOptional().describe('null: nobody is named.'),
    position: shape.cuePosition.nullable().exactOptional().describe('null: as the style.'),
  }),
  op('splitCue', {
    cueId: id,
    newId: id,
    offset: z.int().min(0).describe('UTF-16 units of the text that stay with the first cue.'),
    translationOffset: z
      .int()
      .min(0)
      .exactOptional()
      .describe('The same of the translation. Default: between two words, in proportion to the text.'),
    atUs: shape.timeUs.exactOptional().describe('Default: in proportion to the text.'),
  }),
  op('mergeCues', { cueIds: z.array(id).min(2).max(100), joiner: z.enum(['\n', ' ', '']).exactOptional() }),
  op('shiftCues', { cueIds, byUs: askedUs.describe('Later where positive, earlier where negative.') }),
  op('stretchCues', {
    cueIds,
    from: twoTimes.describe('Two different times as they are, the earlier first.'),
    to: twoTimes.describe('Where these two come to stand; everything else goes along in proportion.'),
  }),
  op('importCues', { cues: z.array(shape.cue).max(shape.MAX_ITEMS), mode: z.enum(['replace', 'append']) }),
  op('setCaptionStyle', { style: z.strictObject(shape.captionStyleFields).partial() }),
  op('addOverlay', { overlay: overlayToAdd }),
  op('removeOverlay', { overlayId: id }),
  op('editOverlay', {
    overlayId: id,
    startUs: shape.timeUs.exactOptional(),
    inUs: askedUs.exactOptional(),
    outUs: askedUs.exactOptional(),
    ...overlaySettings,
  }),
  op('splitOverlay', { overlayId: id, atUs: shape.timeUs, newId: id }),
  op('addTitle', { title: titleToAdd }),
  op('removeTitle', { titleId: id }),
  op('editTitle', {
    titleId: id,
    startUs: shape.timeUs.exactOptional(),
    endUs: shape.lengthUs.exactOptional(),
    look: shape.titleLookName.exactOptional(),
    texts: shape.titleTexts.exactOptional().describe('All of them.'),
    at: shape.titleAt.nullable().exactOptional().describe("null: the look's own place."),
    accent: shape.titleDress.accent.nullable().exactOptional().describe("null: the look's own."),
    size: shape.titleDress.size.nullable().exactOptional(),
    opacity: shape.titleDress.opacity.nullable().exactOptional(),
    corner: shape.titleDress.corner.nullable().exactOptional(),
  }),
  op('addSound', { track, sound: soundToAdd }),
  op('removeSound', { soundId: id }),
  op('editSound', {
    soundId: id,
    track: track.exactOptional().describe('Another track to go to.'),
    startUs: shape.timeUs.exactOptional(),
    inUs: askedUs.exactOptional(),
    outUs: askedUs.exactOptional(),
    ...soundLooks,
    ...volumeSetting,
    linkedTo: id.nullable().exactOptional().describe('null: it stands by itself.'),
  }),
  op('splitSound', { soundId: id, atUs: shape.timeUs, newId: id }),
  op('group', { groupId: id, items: shape.groupItems }),
  op('ungroup', { groupId: id }),
  patch,
]);
export type Operation = z.infer<typeof operation>;
export type OperationType = Operation['type'];
export type OperationOf<T extends OperationType> = Extract<Operation, { type: T }>;

/**
 * Operations as they come from a file or another process, checked for shape.
 *
 * @throws StudioError bad_timeline {what}, which starts with the place ("0/clip/id: …").
 */
export function parseOperations(json: unknown): Operation[] {
  const parsed = z.array(operation).max(shape.MAX_ITEMS).safeParse(json);
  return parsed.success ? parsed.data : refuse(`operations: ${firstIssue(parsed.error)}`);
}
