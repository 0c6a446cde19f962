/** What an office pack put into a timeline, so that it can be put anew or taken out again (core/model/office-pack). */
import { z } from 'zod';
import { itemId, label } from './basics.ts';
import { captionStyleFields } from './caption-style.ts';
import { titleDress, titleLookName } from './title-shape.ts';

/** As many as a table holds. */
const MANY = 20_000;
const some = z.strictObject(captionStyleFields).partial();
const dress = z.strictObject({ look: titleLookName, accent: titleDress.accent.exactOptional() });

export const packUse = z
  .strictObject({
    packId: label(1, 80),
    name: label(1, 80).describe('For people.'),
    items: z
      .array(itemId)
      .max(200)
      .describe('Clips, overlays, titles and sounds that came with it; one that is not there means nothing.'),
    assets: z.array(itemId).max(200).describe('Entries of the table of files that came with it.'),
    nameBars: z
      .array(z.strictObject({ titleId: itemId, was: dress, now: dress }))
      .max(MANY)
      .describe('Name bars of the film that it gave its look, and theirs before.'),
    captions: z
      .strictObject({ was: some, now: some })
      .exactOptional()
      .describe('What it changed in the style of the captions.'),
  })
  .describe('The office pack that was applied. It is only a note: the film is what the tables say.');
export type PackUse = z.infer<typeof packUse>;
