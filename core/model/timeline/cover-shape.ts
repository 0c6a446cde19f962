/** The shape of a film's cover: part of the timeline, so that versions and approvals cover it. */
import { z } from 'zod';
import { itemId, targetName, timeUs } from './basics.ts';
import { canvasShape } from './reframe.ts';
import { titleAt, titleLookName, titleTexts } from './title-shape.ts';

const share = z.int().min(0).max(1000);
/** Furthest a cover goes into its picture, in thousandths: four times. */
export const MAX_COVER_ZOOM = 4000;
export const coverFill = z
  .strictObject({
    x: share.describe('Which part stays: 0 the left, 500 the middle, 1000 the right.'),
    y: share,
    zoom: z.int().min(1000).max(MAX_COVER_ZOOM).describe('How far it is gone in, thousandths.'),
  })
  .describe('The picture fills the cover; what does not fit is cut off.');
export type CoverFill = z.infer<typeof coverFill>;

export const coverFrame = z
  .strictObject({
    fill: coverFill.exactOptional().describe('Left out: as the film frames it on a canvas of that shape.'),
    at: titleAt.exactOptional().describe("Where the middle of its title is; left out: the cover's."),
  })
  .refine((frame) => Object.keys(frame).length > 0, 'a shape that changes nothing');
export type CoverFrame = z.infer<typeof coverFrame>;

/** What one platform has otherwise than the others of its shape; what is left out is as those have it. */
export const platformFrame = z
  .strictObject({
    fill: coverFill.nullable().exactOptional().describe("Left out: the shape's; null: as the film frames it."),
    at: titleAt.exactOptional().describe("Where the middle of its title is; left out: the shape's."),
  })
  .refine((frame) => Object.keys(frame).length > 0, 'a platform that changes nothing');
export type PlatformFrame = z.infer<typeof platformFrame>;

/** Percent of the look's own size. */
export const [MIN_COVER_SIZE, MAX_COVER_SIZE] = [50, 160];
export const coverTitle = z.strictObject({
  look: titleLookName.describe('Name of a look in templates/video/covers.'),
  texts: titleTexts.describe('Its fields and what stands in them.'),
  size: z.int().min(MIN_COVER_SIZE).max(MAX_COVER_SIZE).exactOptional().describe("Percent of the look's own size."),
  at: titleAt.exactOptional().describe("Where its middle is; left out: the look's own place."),
});
export type CoverTitle = z.infer<typeof coverTitle>;

/** As many as there are shapes anybody uses, and more. */
const MOST = 20;
/** As many as a timeline has targets. */
const MOST_PLATFORMS = 50;
const upTo = (most: number) => (all: object) => Object.keys(all).length > 0 && Object.keys(all).length <= most;
const platformFrames = z
  .record(canvasShape, platformFrame)
  .refine(upTo(MOST), `1 to ${MOST} shapes`)
  .describe('By the shape of the cover ("3:4").');
export const filmCover = z
  .strictObject({
    atUs: timeUs.exactOptional().describe('The frame of the film at that time.'),
    assetId: itemId.exactOptional().describe('A picture instead of a frame.'),
    words: z.literal(true).exactOptional().describe('Captions and titles of the frame are on it too.'),
    title: coverTitle.exactOptional(),
    frames: z
      .record(canvasShape, coverFrame)
      .refine(upTo(MOST), `1 to ${MOST} shapes`)
      .exactOptional()
      .describe('By the shape of the cover ("3:4"): what is otherwise there.'),
    platforms: z
      .record(targetName, platformFrames)
      .refine(upTo(MOST_PLATFORMS), `1 to ${MOST_PLATFORMS} platforms`)
      .exactOptional()
      .describe('By platform: what is otherwise on its covers alone.'),
  })
  .describe('Its picture is a frame of the film or a file; with neither a frame is taken by itself.');
export type FilmCover = z.infer<typeof filmCover>;
