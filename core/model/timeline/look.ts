/**
 * What a clip does to its picture: masks over what must not be seen, turning, mirroring, cutting out, moving over it,
 * colours. In this order; all of it before the picture is fitted to a canvas. Left out where nothing is done.
 */
import { z } from 'zod';
import { itemId, label, lengthUs, timeUs } from './basics.ts';

const share = z.int().min(0).max(1000);

/** Smallest part of a side that can be cut out: a twentieth, 54 pixels of Full HD's height. */
const MIN_CROP = 50;
/** Nearest a view comes: a fifth of the side, five times as large. */
const MIN_VIEW = 200;

/** Clockwise, degrees. */
export const turn = z.literal([90, 180, 270]).describe('Degrees clockwise.');

export const crop = z
  .strictObject({ x: share, y: share, width: share.min(MIN_CROP), height: share.min(MIN_CROP) })
  .refine(({ x, y, width, height }) => x + width <= 1000 && y + height <= 1000, 'reaches beyond the picture')
  .describe('The part that is left, in thousandths of the turned picture.');
export type Crop = z.infer<typeof crop>;

export const view = z
  .strictObject({ x: share, y: share, size: share.min(MIN_VIEW) })
  .refine(({ x, y, size }) => x + size <= 1000 && y + size <= 1000, 'reaches beyond the picture')
  .describe('A part of the same shape as what is left of the picture: its place and size in thousandths of that.');
export type View = z.infer<typeof view>;

export const zoom = z
  .strictObject({ from: view, to: view })
  .describe("What is seen at the clip's first and at its last frame; evenly between them.");
export type Zoom = z.infer<typeof zoom>;

const percent = z.int().min(-100).max(100);
export const colours = z
  .strictObject({
    exposure: z.int().min(-200).max(200).describe('Hundredths of a stop.'),
    contrast: percent,
    saturation: percent.describe('-100: grey.'),
    warmth: percent.describe('Towards red where positive, towards blue where negative.'),
  })
  .describe('0 leaves as it is.');
export type Colours = z.infer<typeof colours>;

export const lut = z
  .strictObject({
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .describe('Of the .cube file.'),
    name: label(0, 255).describe('Its name: a hint for people, never a path.'),
    strength: z.int().min(0).max(100).describe('Percent of what the table does.'),
  })
  .describe('A colour table that the picture goes through, behind its colours.');
export type LutUse = z.infer<typeof lut>;

const across = z.int().min(-1000).max(1000);
const side = z.int().min(10).max(2000);
export const maskKey = z
  .strictObject({
    atUs: timeUs.describe('On the source.'),
    x: across.describe('Left edge in thousandths of the width of the source as displayed.'),
    y: across.describe('Top edge in thousandths of its height.'),
    width: side,
    height: side,
  })
  .describe('Where a mask is at one moment; evenly between two, as the first and the last before and behind them.');
export type MaskKey = z.infer<typeof maskKey>;

const ascending = (keys: readonly MaskKey[]): boolean =>
  keys.every((key, i) => i === 0 || key.atUs > (keys[i - 1]?.atUs ?? 0));

export const mask = z
  .strictObject({
    id: itemId,
    shape: z.enum(['ellipse', 'rectangle']),
    effect: z.enum(['mosaic', 'blur']),
    keys: z.array(maskKey).min(1).max(2000).refine(ascending, 'keys stand by their time, each at its own'),
  })
  .describe('Makes a part of the picture unrecognisable, for as long as the clip lasts.');
export type Mask = z.infer<typeof mask>;

const masks = z
  .array(mask)
  .max(20)
  .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'the id of a mask is there twice');

/** Longest that is of use; a longer one would be a scene of its own. */
const MAX_TRANSITION_US = 5_000_000;

export const transition = z
  .strictObject({
    kind: z.enum(['dissolve', 'black', 'white', 'wipe']).describe('wipe: from left to right.'),
    lengthUs: lengthUs.max(MAX_TRANSITION_US),
  })
  .describe('How the clip comes in: half of it before the cut, half behind it, and no more than half of either clip.');
export type Transition = z.infer<typeof transition>;

/** Fields of a clip. */
export const pictureFields = {
  turn: turn.exactOptional(),
  mirrored: z.literal(true).exactOptional().describe('Left and right change places, after turning.'),
  crop: crop.exactOptional(),
  zoom: zoom.exactOptional(),
  colours: colours.exactOptional(),
  lut: lut.exactOptional(),
  masks: masks.min(1).exactOptional(),
};

/** The same as an operation sets them; `null`, 0, false and the empty list undo. */
export const pictureSettings = {
  turn: z.union([z.literal(0), turn]).exactOptional(),
  mirrored: z.boolean().exactOptional(),
  crop: crop.nullable().exactOptional(),
  zoom: zoom.nullable().exactOptional(),
  colours: colours.nullable().exactOptional(),
  lut: lut.nullable().exactOptional(),
  masks: masks.exactOptional(),
};

export type PictureSettings = z.infer<z.ZodObject<typeof pictureSettings>>;
export type PictureFields = z.infer<z.ZodObject<typeof pictureFields>>;

export const WHOLE: Crop = { x: 0, y: 0, width: 1000, height: 1000 };
export const WHOLE_VIEW: View = { x: 0, y: 0, size: 1000 };
export const PLAIN: Colours = { exposure: 0, contrast: 0, saturation: 0, warmth: 0 };

const isWhole = ({ width, height }: Crop): boolean => width === 1000 && height === 1000;
const stands = ({ from, to }: Zoom): boolean => from.size === 1000 && to.size === 1000;
const isPlain = (value: Colours): boolean => Object.values(value).every((each) => each === 0);

/** The fields with what is set; what does nothing is left out. */
export function withPicture(now: PictureFields, set: PictureSettings): PictureFields {
  const { turn = now.turn ?? 0, mirrored = now.mirrored ?? false } = set;
  const crop = set.crop === undefined ? now.crop : set.crop;
  const zoom = set.zoom === undefined ? now.zoom : set.zoom;
  const colours = set.colours === undefined ? now.colours : set.colours;
  const lut = set.lut === undefined ? now.lut : set.lut;
  const masks = set.masks ?? now.masks ?? [];
  return {
    ...(turn === 0 ? {} : { turn }),
    ...(mirrored ? { mirrored } : {}),
    ...(crop && !isWhole(crop) ? { crop } : {}),
    ...(zoom && !stands(zoom) ? { zoom } : {}),
    ...(colours && !isPlain(colours) ? { colours } : {}),
    ...(lut ? { lut } : {}),
    ...(masks.length > 0 ? { masks } : {}),
  };
}
