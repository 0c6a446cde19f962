/**
 * Colour tables of the office. A table is named by the bytes of its file, which are kept with the originals: what was signed can
 * only be rendered with the table it was signed with.
 */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Kysely, Selectable } from 'kysely';
import { userNames } from '../accounts/index.ts';
import { actorOf, type Call } from '../call.ts';
import { dropUploads, locateSource, originalOf, refusePaths } from '../media/index.ts';
import type { ImportSource, LutTable, OfficeLut } from '../model/contract/index.ts';
import { StudioError } from '../model/errors.ts';
import { MAX_LUT_BYTES, parseCube, type Lut } from '../model/lut/index.ts';
import type { Database, LutFileTable } from '../ports/index.ts';
import { decodeText } from '../text/index.ts';

type LutRow = Selectable<LutFileTable>;

const present = (row: LutRow, names: ReadonlyMap<string, string>): OfficeLut => ({
  sha256: row.sha256,
  name: row.name,
  dimensions: row.dimensions === 1 ? 1 : 3,
  size: row.size,
  removed: row.removed === 1,
  by: { userId: row.created_by, name: names.get(row.created_by) ?? '' },
  createdAt: row.created_at,
});

async function rowOf(db: Kysely<Database>, sha256: string): Promise<LutRow> {
  const row = await db.selectFrom('lut').selectAll().where('sha256', '=', sha256).executeTakeFirst();
  if (!row) throw new StudioError('unknown_id', { id: sha256.slice(0, 12) });
  return row;
}

/** Those that are not removed, newest first. */
export async function listLuts(db: Kysely<Database>): Promise<OfficeLut[]> {
  const rows = await db.selectFrom('lut').selectAll().where('removed', '=', 0).orderBy('created_at', 'desc').execute();
  const names = await userNames(db, [...new Set(rows.map((row) => row.created_by))]);
  return rows.map((row) => present(row, names));
}

/** Remarks and titles may be in any encoding; the numbers are ASCII in all of them. */
const textOf = (bytes: Uint8Array, file: string): string => {
  const decoded = decodeText(bytes, { html: false });
  if (!decoded) throw new StudioError('not_a_lut', { file });
  return decoded.text;
};

async function bytesOf(file: { path: string; name: string }): Promise<Uint8Array> {
  try {
    const { size } = await stat(file.path);
    if (size > MAX_LUT_BYTES) throw new StudioError('too_large', { file: file.name, limit: '32 MB' });
    return await readFile(file.path);
  } catch (error) {
    if (error instanceof StudioError) throw error;
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new StudioError(missing ? 'file_missing' : 'file_unreadable', { file: file.name }, { cause: error });
  }
}

/** The file's bytes and what is noted of it; the same bytes again bring back what was removed. */
async function keep(call: Call, bytes: Uint8Array, lut: Lut, file: string): Promise<LutRow> {
  const { blobs } = call.workspace.ports;
  const staged = await blobs.stageBytes(bytes);
  const { sha256 } = staged;
  await blobs.commit(staged);
  const there = await call.db.selectFrom('lut').selectAll().where('sha256', '=', sha256).executeTakeFirst();
  if (there) {
    await call.db.updateTable('lut').set({ removed: 0 }).where('sha256', '=', sha256).execute();
    return { ...there, removed: 0 };
  }
  const name = path
    .basename(file)
    .replace(/\.cube$/i, '')
    .replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, '')
    .slice(0, 255);
  const row: LutRow = {
    ...{ sha256, name: name || lut.title || sha256.slice(0, 8), bytes: bytes.length, removed: 0 },
    ...{ dimensions: lut.dimensions, size: lut.size },
    ...{ created_by: actorOf(call).userId, created_at: call.machine.clock.now() },
  };
  await call.db.insertInto('lut').values(row).execute();
  return row;
}

/** Takes a .cube file in. Errors: file_missing, file_unreadable, too_large, and those of `parseCube`. */
export async function importLut(call: Call, source: ImportSource): Promise<OfficeLut> {
  refusePaths(call, [source]);
  const { uploadsDir } = call.workspace.ports;
  const file = locateSource(source, uploadsDir);
  try {
    const bytes = await bytesOf(file);
    const row = await keep(call, bytes, parseCube(textOf(bytes, file.name), file.name), file.name);
    call.audit({ action: 'lut.import', subject: row.sha256, data: { bytes: row.bytes } });
    call.emit({ type: 'luts.changed' });
    return present(row, await userNames(call.db, [row.created_by]));
  } finally {
    await dropUploads([source], uploadsDir);
  }
}

/** A table to draw with. Errors: unknown_id, source_vanished, original_altered. */
export async function lutTableOf(call: Call, sha256: string): Promise<LutTable> {
  const row = await rowOf(call.db, sha256);
  const bytes = await readFile(await originalOf(call.workspace.ports.blobs, sha256, row.name));
  const { dimensions, size, values } = parseCube(textOf(bytes, row.name), row.name);
  return {
    dimensions,
    size,
    values: Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64'),
  };
}

/** Out of the list, or back. Films that use it keep it. Error: unknown_id. */
export async function setLutRemoved(call: Call, sha256: string, removed: boolean): Promise<void> {
  await rowOf(call.db, sha256);
  await call.db
    .updateTable('lut')
    .set({ removed: removed ? 1 : 0 })
    .where('sha256', '=', sha256)
    .execute();
  call.audit({ action: removed ? 'lut.remove' : 'lut.unremove', subject: sha256, data: {} });
  call.emit({ type: 'luts.changed' });
}

/** Those of `hashes` that are kept here, removed ones too: hash, name, length in bytes. */
export async function knownLuts(
  db: Kysely<Database>,
  hashes: readonly string[],
): Promise<Pick<LutRow, 'sha256' | 'name' | 'bytes'>[]> {
  if (hashes.length === 0) return [];
  return db
    .selectFrom('lut')
    .select(['sha256', 'name', 'bytes'])
    .where('sha256', 'in', [...hashes])
    .execute();
}
