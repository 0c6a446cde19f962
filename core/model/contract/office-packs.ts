/** Office packs: how the films of an office open and close, and what is the same in all of them. */
import { z } from 'zod';
import { officePack } from '../office-pack/shape.ts';
import { mutation, ok, query, self } from './base.ts';
import { asset, id } from './schemas.ts';

export const officePackInfo = z.object({
  packId: id,
  /** Of the program: nobody's to change; a copy of one is. */
  builtIn: z.boolean(),
  pack: officePack,
  /** Names this state of it; sent back with the next save. */
  revision: z.string(),
  /** Files that are not in this workspace, with the places that name them. It cannot be applied before they are. */
  missing: z.array(z.object({ place: z.string(), name: z.string() })),
  by: z.object({ userId: id, name: z.string() }).nullable(),
  updatedAt: z.number().int().nullable(),
});
export type OfficePackInfo = z.infer<typeof officePackInfo>;

export const officePacks = {
  /** The office's own by name, then the program's. */
  list: query('media.read').output(z.array(officePackInfo)),
  /**
   * Keeps a pack: a new one, or the next state of `packId`, whose `revision` is thought to be `base`. Errors: bad_input {what} with
   * the place, pack_file_missing {place, name}, conflict, unknown_id.
   */
  save: mutation('video.edit', 'pack.save')
    .input(z.object({ pack: z.record(z.string(), z.unknown()), packId: id.optional(), base: z.string().optional() }))
    .output(officePackInfo),
  /** Takes an office's pack out of the list, or puts it back. Error: unknown_id. */
  setRemoved: mutation('video.edit', null)
    .input(z.object({ packId: id, removed: z.boolean() }))
    .output(ok),
  /** Writes a pack as a file below `exports/`, to be handed on. Error: unknown_id. */
  export: mutation('video.edit', 'pack.export')
    .input(z.object({ packId: id }))
    .output(z.object({ file: z.string() })),
  /** What applying it needs; pictures of its cards' colours are made. Errors: unknown_id, pack_file_missing, bad_input. */
  materials: self('video.edit')
    .input(z.object({ packId: id }))
    .output(z.object({ files: z.array(asset), cards: z.array(z.object({ colour: z.string(), asset })) })),
};
