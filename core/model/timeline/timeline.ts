/**
 * The timeline document, version 1: what a video is made of. docs/TIMELINE.md explains every field.
 * All times are whole microseconds. `…Us` of a clip's in and out are on the source's own time base (0 = the first
 * frame that is shown), everything called start or end is on the timeline. Ends and outs are exclusive.
 *
 * Timelines are values: nothing here or in the operations changes one in place, and a part that an operation does not
 * touch stays the same object in the next timeline.
 */
import { z } from 'zod';
import { RATIONAL_PATTERN } from './rational.ts';
import { DEFAULT_FRAME_RATE, TARGET_CANVAS } from './targets.ts';
import type { BuiltInTarget } from './targets.ts';

/** Number written into every timeline; raised with each migration. */
export const TIMELINE_VERSION = 1;
/** Longest time a timeline can name: 100 hours. Sums of 20,000 of them are still exact integers. */
export const MAX_TIME_US = 100 * 3600 * 1_000_000;
/** Most entries of any table: keeps a made-up file from filling the memory. */
export const MAX_ITEMS = 20_000;
/** A still picture stands this long when no out point is given. */
export const DEFAULT_STILL_US = 3_000_000;

export const timeUs = z.int().min(0).max(MAX_TIME_US);
export const lengthUs = z.int().min(1).max(MAX_TIME_US);
const pixels = z.int().min(1).max(65_536);
/** Identifiers: letters, digits, "-" and "_", so that a path can never pose as one. */
export const itemId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const rational = z.string().regex(RATIONAL_PATTERN);
const colour = z.string().regex(/^#[0-9A-F]{6}$/);
/**
 * Control characters (line feed aside), lone surrogates and non-characters, which XML, ASS or RFC 8785 cannot hold. Not a
 * pattern of the JSON Schema: not every validator's regular expressions know such classes.
 */
const UNSTORABLE = /(?!\n)\p{Cc}|[\p{Cs}\uFFFE\uFFFF]/u;
const UNSTORABLE_TOLD = 'holds a character that cannot be stored';
/** Longest text of a cue, in UTF-16 units. */
export const MAX_CUE_TEXT = 2000;
/** Text of a caption or title: lines separated by a line feed. */
export const cueText = z
  .string()
  .max(MAX_CUE_TEXT)
  .refine((text) => !UNSTORABLE.test(text), UNSTORABLE_TOLD);
/** Text of one line. */
const label = (min: number, max: number) =>
  z
    .string()
    .min(min)
    .max(max)
    .refine((text) => !UNSTORABLE.test(text) && !text.includes('\n'), UNSTORABLE_TOLD);

// — what the parts are —
export const fit = z.enum(['blur', 'crop', 'contain']);
export type Fit = z.infer<typeof fit>;

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
  })
  .describe('A file the timeline uses or has at hand.');
export type TimelineAsset = z.infer<typeof timelineAsset>;

/** Loudness of a part in decibels. */
export const gain = z.number().min(-60).max(24).describe('Decibels; 0 leaves the sound as it is.');
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
/** Of overlays, which nothing draws yet. */
const overlaySpeed = z
  .literal('1/1')
  .default('1/1')
  .describe('Source time over timeline time; other speeds are reserved.');

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
  })
  .describe('A piece of a video or picture. Its place follows from the clips before it: there are no gaps.');
export type Clip = z.infer<typeof clip>;

export const speaker = label(1, 80);
export const cue = z
  .strictObject({
    id: itemId,
    startUs: timeUs,
    endUs: lengthUs.describe('Exclusive, later than startUs.'),
    text: cueText.describe('Lines are separated by a line feed.'),
    speaker: speaker.exactOptional(),
  })
  .describe('One caption, in timeline time. Cues may overlap and may stand beyond the end of the storyline.');
export type Cue = z.infer<typeof cue>;

/** Fields of a caption style, without the defaults a whole style has. */
export const captionStyleFields = {
  font: label(1, 80).describe('Family name; the bundled font unless a file was chosen.'),
  size: z.int().min(16).max(200).describe("Character height; pixels where the canvas's shorter side is 1080."),
  bold: z.boolean(),
  colour,
  outlineColour: colour,
  outlineWidth: z.int().min(0).max(20).describe('Pixels, as size.'),
  shadow: z.int().min(0).max(20).describe('Distance in pixels, as size.'),
  box: z
    .strictObject({ colour, opacity: z.int().min(0).max(100).describe('Percent.') })
    .nullable()
    .describe('Plate behind the text; null: none.'),
  position: z.enum(['bottom', 'middle', 'top']),
  margin: z
    .int()
    .min(0)
    .max(450)
    .nullable()
    .describe("Distance from that edge in thousandths of the canvas height; null: the target's safe area."),
  lineWidth: z.int().min(200).max(1000).describe('Widest line in thousandths of the canvas width.'),
};

/** 60 px and 90 % of the width: 16 characters a line on a canvas 1080 wide, the most that is read well (Netflix, zh). */
export const captionStyle = z
  .strictObject({
    font: captionStyleFields.font.default('Noto Sans SC'),
    size: captionStyleFields.size.default(60),
    bold: captionStyleFields.bold.default(true),
    colour: captionStyleFields.colour.default('#FFFFFF'),
    outlineColour: captionStyleFields.outlineColour.default('#000000'),
    outlineWidth: captionStyleFields.outlineWidth.default(3),
    shadow: captionStyleFields.shadow.default(0),
    box: captionStyleFields.box.default(null),
    position: captionStyleFields.position.default('bottom'),
    margin: captionStyleFields.margin.default(null),
    lineWidth: captionStyleFields.lineWidth.default(900),
  })
  .describe('How all cues look. Sizes are drawn relative to the canvas, so every target looks alike.');
export type CaptionStyle = z.infer<typeof captionStyle>;

const range = { startUs: timeUs, inUs: timeUs, outUs: lengthUs };
export const overlay = z
  .strictObject({
    id: itemId,
    assetId: itemId,
    ...range,
    speed: overlaySpeed,
    layer: z.int().min(0).max(99).default(0).describe('Higher ones lie over lower ones.'),
    x: z.int().min(-1000).max(1000).default(0).describe('Left edge in thousandths of the canvas width.'),
    y: z.int().min(-1000).max(1000).default(0).describe('Top edge in thousandths of the canvas height.'),
    width: z.int().min(1).max(1000).default(1000).describe('Thousandths of the canvas width; the height follows.'),
    opacity: z.int().min(0).max(100).default(100).describe('Percent.'),
    gainDb,
    muted,
  })
  .describe('A video or picture over the storyline, in timeline time.');
export type Overlay = z.infer<typeof overlay>;

export const title = z
  .strictObject({
    id: itemId,
    startUs: timeUs,
    endUs: lengthUs,
    look: label(1, 80).describe('Name of a look in templates/video.'),
    texts: z.record(z.string().regex(/^[A-Za-z0-9_-]{1,40}$/), cueText).describe('Its fields and what stands in them.'),
  })
  .describe('A title, name bar or mark, in timeline time.');
export type Title = z.infer<typeof title>;

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
  })
  .describe('A piece of sound, in timeline time.');
export type Sound = z.infer<typeof sound>;

export const canvas = z
  .strictObject({
    width: z.int().min(16).max(8192),
    height: z.int().min(16).max(8192),
    frameRate: rational.default(DEFAULT_FRAME_RATE),
  })
  .describe('The picture that is edited and previewed, in pixels.');
export type Canvas = z.infer<typeof canvas>;

export const targetName = z.string().regex(/^[a-z0-9-]{1,40}$/);

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
  overlays: later(overlay, 'Reserved: not rendered yet.'),
  titles: later(title, 'Reserved: not rendered yet.'),
  music: later(sound, 'Under everything; may step back while somebody speaks.'),
  voice: later(sound, 'Spoken over the pictures.'),
  effects: later(sound, 'Short sounds.'),
  captions: captions.default(() => captions.parse({})),
});
export type Timeline = z.infer<typeof timelineSchema>;

/** Tables that version 1 defines and the renderer does not draw or play yet. */
export const RESERVED_TABLES = ['overlays', 'titles'] as const;

/** Reserved tables that are filled. What renders a timeline refuses these, so that nothing is left out in silence. */
export function filledReservedTables(timeline: Timeline): (typeof RESERVED_TABLES)[number][] {
  return RESERVED_TABLES.filter((name) => timeline[name].length > 0);
}

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
