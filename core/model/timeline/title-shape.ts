/** The shape of a title, name bar or mark. */
import { z } from 'zod';
import { cueText, itemId, label, lengthUs, timeUs } from './basics.ts';

export const titleLookName = label(1, 80);
export const titleTexts = z.record(z.string().regex(/^[A-Za-z0-9_-]{1,40}$/), cueText);
const across = z.int().min(0).max(1000).describe('Thousandths of the canvas.');
/** What a title may have of its own beside its look. */
export const titleDress = {
  accent: z
    .string()
    .regex(/^#[0-9A-F]{6}$/)
    .describe("Instead of the colour of the look's bar; of a look without a bar, of its plate."),
  size: z.int().min(50).max(200).describe("Percent of the look's own size."),
  opacity: z.int().min(10).max(100).describe('Percent.'),
  corner: z
    .enum(['topLeft', 'topRight', 'bottomLeft', 'bottomRight'])
    .describe("Corner of the safe area it stands in; left out: the look's own place."),
};
export const titleAt = z.strictObject({ x: across, y: across });
export const title = z
  .strictObject({
    id: itemId,
    startUs: timeUs,
    endUs: lengthUs,
    look: titleLookName.describe('Name of a look in templates/video/titles.'),
    texts: titleTexts.describe('Its fields and what stands in them.'),
    accent: titleDress.accent.exactOptional(),
    size: titleDress.size.exactOptional(),
    opacity: titleDress.opacity.exactOptional(),
    corner: titleDress.corner.exactOptional(),
    at: titleAt.exactOptional().describe("Where its middle is; left out: the look's own place in the safe area."),
  })
  .describe('A title, name bar or mark, in timeline time.');
export type Title = z.infer<typeof title>;
