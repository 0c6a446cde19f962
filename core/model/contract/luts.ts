/** Colour tables (.cube files) of the office, which clips and overlays can go through. */
import { z } from 'zod';
import { mutation, ok, query } from './base.ts';
import { id, importSource, sha256 } from './schemas.ts';

export const officeLut = z.object({
  sha256,
  name: z.string(),
  dimensions: z.union([z.literal(1), z.literal(3)]),
  /** Nodes a side, or entries. */
  size: z.number().int().min(2),
  removed: z.boolean(),
  by: z.object({ userId: id, name: z.string() }),
  createdAt: z.number().int(),
});
export type OfficeLut = z.infer<typeof officeLut>;

/** A table as the page draws with it. */
export const lutTable = z.object({
  dimensions: z.union([z.literal(1), z.literal(3)]),
  /** Nodes a side, or entries. */
  size: z.number().int().min(2),
  /** Base64 of little-endian 32-bit floats: red, green, blue of each node, red fastest. */
  values: z.string(),
});
export type LutTable = z.infer<typeof lutTable>;

export const luts = {
  /** Those that are not removed, newest first. */
  list: query('media.read').output(z.array(officeLut)),
  /** A table, removed ones too: films that use it keep it. Errors: unknown_id, source_vanished, original_altered. */
  table: query('media.read').input(z.object({ sha256 })).output(lutTable),
  /**
   * Takes a .cube file in; the same again is the one that is there. Errors: file_missing, file_unreadable, too_large {file, limit},
   * not_a_lut {file}, lut_broken and lut_unsupported {file, line, what}.
   */
  import: mutation('media.edit', 'lut.import')
    .input(z.object({ source: importSource }))
    .output(officeLut),
  /** Takes a table out of the list, or puts it back. Error: unknown_id. */
  setRemoved: mutation('media.edit', null)
    .input(z.object({ sha256, removed: z.boolean() }))
    .output(ok),
};
