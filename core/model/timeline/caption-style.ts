/** How captions look: the fields, and the style of a timeline. */
import { z } from 'zod';
import { label } from './basics.ts';

const colour = z.string().regex(/^#[0-9A-F]{6}$/);
export const cuePosition = z.enum(['bottom', 'middle', 'top']);

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
  position: cuePosition,
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
