/** The edits of a timeline as data: what is sent, journaled and read by `video edit --ops`. */
import { z } from 'zod';
import { refuse } from './check.ts';
import { firstIssue } from './migrate.ts';
import { patch } from './patch.ts';
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
  id,
  assetId: id,
  startUs: shape.timeUs.exactOptional().describe('Default 0.'),
  inUs: askedUs.exactOptional().describe('Default 0.'),
  outUs: askedUs.exactOptional().describe('Default the end of the source.'),
  ...soundLooks,
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
  op('insertClip', { clip: clipToInsert, at: place.exactOptional(), cues: withCues }),
  op('removeClip', { clipId: id, cues: withCues }),
  op('trimClip', { clipId: id, inUs: askedUs.exactOptional(), outUs: askedUs.exactOptional(), cues: withCues }),
  op('splitClip', { atUs: shape.timeUs, newId: id }),
  op('moveClip', { clipId: id, to: place, cues: withCues }),
  op('setFit', { clipId: id.nullable(), fit: shape.fit.nullable() }),
  op('setGain', { clipId: id, gainDb: shape.gain }),
  op('setSpeed', { clipId: id, speed: shape.speed, cues: withCues }),
  op('setMuted', { clipId: id, muted: z.boolean() }),
  op('setCanvas', { canvas: shape.canvas.exactOptional(), targets: z.array(shape.targetName).max(50).exactOptional() }),
  op('addCue', { cue: shape.cue }),
  op('removeCue', { cueId: id }),
  op('editCue', {
    cueId: id,
    text: shape.cueText.exactOptional(),
    startUs: shape.timeUs.exactOptional(),
    endUs: shape.lengthUs.exactOptional(),
    speaker: shape.speaker.nullable().exactOptional().describe('null: nobody is named.'),
  }),
  op('splitCue', {
    cueId: id,
    newId: id,
    offset: z.int().min(0).describe('UTF-16 units of the text that stay with the first cue.'),
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
  op('addSound', { track, sound: soundToAdd }),
  op('removeSound', { soundId: id }),
  op('editSound', {
    soundId: id,
    track: track.exactOptional().describe('Another track to go to.'),
    startUs: shape.timeUs.exactOptional(),
    inUs: askedUs.exactOptional(),
    outUs: askedUs.exactOptional(),
    ...soundLooks,
  }),
  op('splitSound', { soundId: id, atUs: shape.timeUs, newId: id }),
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
