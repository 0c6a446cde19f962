/**
 * The timeline document, version 1: what a video is made of. docs/TIMELINE.md explains every field.
 * All times are whole microseconds. `…Us` of a clip's in and out are on the source's own time base (0 = the first
 * frame that is shown), everything called start or end is on the timeline. Ends and outs are exclusive.
 *
 * Timelines are values: nothing here or in the operations changes one in place, and a part that an operation does not
 * touch stays the same object in the next timeline.
 */
import { z } from 'zod';
import { cueText, fit, itemId, label, lengthUs, timeUs, targetName } from './basics.ts';
import type { Fit } from './basics.ts';
import { captionStyle, cuePosition } from './caption-style.ts';
import { filmCover } from './cover-shape.ts';
import { group } from './group-shape.ts';
import { pictureFields, transition } from './look.ts';
import { packUse } from './pack-use.ts';
import { gain, paceFields, volumeField } from './pace.ts';
import { RATIONAL_PATTERN } from './rational.ts';
import { reframeFields } from './reframe.ts';
import { DEFAULT_FRAME_RATE, TARGET_CANVAS } from './targets.ts';
import type { BuiltInTarget } from './targets.ts';
import { title } from './title-shape.ts';

export { MAX_CUE_TEXT, MAX_TIME_US, cueText, itemId, lengthUs, timeUs } from './basics.ts';

/** Number written into every timeline; raised with each migration. */
export const TIMELINE_VERSION = 1;
/** Most entries of any table: keeps a made-up file from filling the memory. */
export const MAX_ITEMS = 20_000;
/** A still picture stands this long when no out point is given. */
export const DEFAULT_STILL_US = 3_000_000;

const pixels = z.int().min(1).max(65_536);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const rational = z.string().regex(RATIONAL_PATTERN);
// — what the parts are —
export { fit } from './basics.ts';
export type { Fit } from './basics.ts';

export const timelineAsset = z
  .strictObject({
    assetId: itemId.describe('Id in the workspace; any id where there is none.'),
    sha256: sha256.describe('Of the original file, by which it is found.'),
    name: label(0, 255).describe('Original file name: a hint for people, never a path.'),
    kind: z.enum(['video', 'audio', 'image']),
    durationUs: lengthUs.nullable().describe('Microseconds; null for a picture.'),
    width: pixels.nullable().describe('As displayed, after rotation and pixel aspect; null for sound.'),
    height: pixels.nullable(),
    frameRate: rational.nullable().describe('Reduced fraction; the average where variable; null where there is none.'),
    variable: z
      .boolean()
      .default(false)
      .describe('Frames are not evenly spaced, so frameRate cannot name their times.'),
    hasAudio: z.boolean(),
    aiMade: z.literal(true).exactOptional().describe('Somebody declared that an AI made it.'),
  })
  .describe('A file the timeline uses or has at hand.');
export type TimelineAsset = z.infer<typeof timelineAsset>;

export { gain } from './pace.ts';
const gainDb = gain.default(0);
const muted = z.boolean().default(false);
/** Slowest and fastest a clip goes: a quarter of its own speed to four times it. */
export const [MIN_SPEED, MAX_SPEED] = [0.25, 4];
const withinSpeeds = (text: string): boolean => {
  const [num = 1, den = 1] = text.split('/').map(Number);
  return num >= MIN_SPEED * den && num <= MAX_SPEED * den;
};
export const speed = rational
  .refine(withinSpeeds, 'from 1/4 to 4/1')
  .describe('Source time over timeline time, 1/4 to 4/1; the pitch of its sound is kept.');
const clipSpeed = speed.default('1/1');
export const clip = z
  .strictObject({
    id: itemId,
    assetId: itemId,
    inUs: timeUs.describe('First microsecond shown, on the source.'),
    outUs: lengthUs.describe('Exclusive, on the source.'),
    speed: clipSpeed,
    gainDb,
    muted,
    fit: fit.nullable().default(null).describe("null: the timeline's fit."),
    ...pictureFields,
    ...reframeFields,
    ...paceFields,
    ...volumeField,
    transition: transition.exactOptional(),
    gap: z.literal(true).exactOptional().describe('Nothing is shown or heard; assetId says "gap" and names nothing.'),
  })
  .describe('A piece of a video or picture, or of nothing. Its place follows from the clips before it.');
export type Clip = z.infer<typeof clip>;

export const speaker = label(1, 80);
/** Never empty: a cue without one has no such field. */
export const translation = cueText.refine((text) => text.trim() !== '', 'says nothing');
export { cuePosition } from './caption-style.ts';
export const cue = z
  .strictObject({
    id: itemId,
    startUs: timeUs,
    endUs: lengthUs.describe('Exclusive, later than startUs.'),
    text: cueText.describe('Lines are separated by a line feed.'),
    translation: translation
      .exactOptional()
      .describe('The same words in a second language, drawn smaller below the text; lines as in text.'),
    speaker: speaker.exactOptional(),
    position: cuePosition
      .exactOptional()
      .describe('Where this one stands, as when it covers a face; left out: as the style.'),
  })
  .describe('One caption, in timeline time. Cues may overlap and may stand beyond the end of the storyline.');
export type Cue = z.infer<typeof cue>;
/** A cue that has no id yet. */
export type CueWish = Omit<Cue, 'id'>;

export { captionStyle, captionStyleFields } from './caption-style.ts';
export type { CaptionStyle } from './caption-style.ts';

const range = { startUs: timeUs, inUs: timeUs, outUs: lengthUs };
/** Where an overlay lies and how it looks. Its speed is its source's. */
export const overlayLooks = {
  layer: z.int().min(0).max(99).describe('Higher ones lie over lower ones.'),
  fit: fit.describe('It fills the canvas in this way, as a clip does; left out: it lies where x, y and width say.'),
  x: z.int().min(-1000).max(1000).describe('Left edge in thousandths of the canvas width.'),
  y: z.int().min(-1000).max(1000).describe('Top edge in thousandths of the canvas height.'),
  width: z.int().min(1).max(1000).describe('Thousandths of the canvas width; the height follows.'),
  opacity: z.int().min(0).max(100).describe('Percent.'),
};
export const overlay = z
  .strictObject({
    id: itemId,
    assetId: itemId,
    ...range,
    layer: overlayLooks.layer.default(0),
    fit: overlayLooks.fit.exactOptional(),
    x: overlayLooks.x.default(0),
    y: overlayLooks.y.default(0),
    width: overlayLooks.width.default(1000),
    opacity: overlayLooks.opacity.default(100),
    gainDb,
    muted,
    ...pictureFields,
  })
  .describe('A video or picture over the storyline, in timeline time.');
export type Overlay = z.infer<typeof overlay>;

export { coverFill, coverFrame, coverTitle, filmCover, platformFrame } from './cover-shape.ts';
export type { CoverFill, CoverFrame, CoverTitle, FilmCover, PlatformFrame } from './cover-shape.ts';
export { MAX_GROUPED, group, groupItems } from './group-shape.ts';
export type { Group } from './group-shape.ts';
export { title, titleAt, titleDress, titleLookName, titleTexts } from './title-shape.ts';
export type { Title } from './title-shape.ts';
export { packUse } from './pack-use.ts';
export type { PackUse } from './pack-use.ts';

/** Longer than the sound, a fade takes the whole of it. */
export const fadeUs = timeUs.describe('Microseconds; at most the length of the sound counts.');
/** Deepest that is reached for certain with speech of a usual level (core/video/plan/layers.ts). */
export const duck = z.int().min(-18).max(0).describe('Decibels it steps back while somebody speaks; 0: never.');
export const SOUND_TRACKS = ['music', 'voice', 'effects'] as const;
export type SoundTrack = (typeof SOUND_TRACKS)[number];

export const sound = z
  .strictObject({
    id: itemId,
    assetId: itemId,
    ...range,
    gainDb,
    muted,
    fadeInUs: fadeUs.default(0),
    fadeOutUs: fadeUs.default(0),
    duckDb: duck.default(0),
    ...volumeField,
    linkedTo: itemId
      .exactOptional()
      .describe('Id of the clip it belongs to: it goes where that goes, and goes with it.'),
  })
  .describe('A piece of sound, in timeline time.');
export type Sound = z.infer<typeof sound>;

export const MARKER_TEXT = 200;
export const markerText = label(0, MARKER_TEXT);
export const marker = z
  .strictObject({ id: itemId, atUs: timeUs, text: markerText.default('') })
  .describe('A moment of the timeline that somebody wants to find again. Nothing of it is seen in the film.');
export type Marker = z.infer<typeof marker>;

/** As long as the longest transition. */
const MAX_ENDING_US = 10_000_000;
export const ending = z
  .strictObject({ kind: z.enum(['black', 'white']), lengthUs: lengthUs.max(MAX_ENDING_US) })
  .describe('How the film goes out: picture and sound, evenly, over its last moments.');
export type Ending = z.infer<typeof ending>;

export const canvas = z
  .strictObject({
    width: z.int().min(16).max(8192),
    height: z.int().min(16).max(8192),
    frameRate: rational.default(DEFAULT_FRAME_RATE),
  })
  .describe('The picture that is edited and previewed, in pixels.');
export type Canvas = z.infer<typeof canvas>;

export { targetName };

const table = <T extends z.ZodType>(item: T) => z.array(item).max(MAX_ITEMS);
const later = <T extends z.ZodType>(item: T, what: string) => table(item).default([]).describe(what);

const captions = z.strictObject({
  style: captionStyle.default(() => captionStyle.parse({})),
  cues: table(cue).default([]).describe('By startUs.'),
});

/** Shape of a timeline. `parseTimeline` also checks what a shape cannot say. */
export const timelineSchema = z.strictObject({
  version: z.literal(TIMELINE_VERSION),
  canvas: canvas.default(() => canvas.parse(TARGET_CANVAS.douyin)),
  targets: z.array(targetName).max(50).default([]).describe('Platforms it is meant for, as their profiles are named.'),
  fit: fit.default('blur').describe('How a source of another shape fills the canvas, where the clip does not say.'),
  assets: table(timelineAsset),
  storyline: table(clip),
  overlays: later(overlay, 'Pictures over the storyline, under titles and captions.'),
  titles: later(title, 'Titles, name bars and marks; later ones lie over earlier ones.'),
  music: later(sound, 'Under everything; may step back while somebody speaks.'),
  voice: later(sound, 'Spoken over the pictures.'),
  effects: later(sound, 'Short sounds.'),
  markers: table(marker).min(1).exactOptional().describe('By atUs; left out where there is none.'),
  groups: table(group).min(1).exactOptional().describe('Left out where there is none.'),
  ending: ending.exactOptional(),
  cover: filmCover.exactOptional(),
  pack: packUse.exactOptional(),
  captions: captions.default(() => captions.parse({})),
});
export type Timeline = z.infer<typeof timelineSchema>;

/**
 * A timeline without clips. `target`: whose canvas it gets and for whom it is meant; `archive`, which is as its
 * source, starts with the canvas of douyin.
 */
export function emptyTimeline(options: { target?: BuiltInTarget; fit?: Fit } = {}): Timeline {
  const target = options.target ?? 'douyin';
  return timelineSchema.parse({
    version: TIMELINE_VERSION,
    canvas: TARGET_CANVAS[target] ?? TARGET_CANVAS.douyin,
    targets: [target],
    fit: options.fit ?? 'blur',
    assets: [],
    storyline: [],
  });
}
