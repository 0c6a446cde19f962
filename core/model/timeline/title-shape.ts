/** The shape of a title, name bar or mark. */
import { z } from 'zod';
import { cueText, itemId, label, lengthUs, timeUs } from './basics.ts';

export const titleLookName = label(1, 80);
export const titleTexts = z.record(z.string().regex(/^[A-Za-z0-9_-]{1,40}$/), cueText);
const across = z.int().min(0).max(1000).describe('Thousandths of the canvas.');
export const titleAt = z.strictObject({ x: across, y: across });
export const title = z
  .strictObject({
    id: itemId,
    startUs: timeUs,
    endUs: lengthUs,
    look: titleLookName.describe('Name of a look in templates/video/titles.'),
    texts: titleTexts.describe('Its fields and what stands in them.'),
    at: titleAt.exactOptional().describe("Where its middle is; left out: the look's own place in the safe area."),
  })
  .describe('A title, name bar or mark, in timeline time.');
export type Title = z.infer<typeof title>;
