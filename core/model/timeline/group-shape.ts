/** The shape of a group. */
import { z } from 'zod';
import { itemId } from './basics.ts';

/** More than a person holds together, fewer than would fill a memory. */
export const MAX_GROUPED = 1_000;

/** What stands in a group: ids, each once. */
export const groupItems = z
  .array(itemId)
  .min(2)
  .max(MAX_GROUPED)
  .refine((ids) => new Set(ids).size === ids.length, 'an id is there twice')
  .describe('Ids of clips, cues, titles, overlays and sounds; one that is not there means nothing.');

export const group = z
  .strictObject({ id: itemId, items: groupItems })
  .describe('Things that are picked, moved, copied and deleted together. Nothing of it is seen in the film.');
export type Group = z.infer<typeof group>;
