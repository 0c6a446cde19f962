/** Office packs: those of the program, which stay as they are, and the office's own. How one is applied: core/model/office-pack. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Kysely, Selectable } from 'kysely';
import { userNames } from '../accounts/index.ts';
import { actorOf, type Call } from '../call.ts';
import { getAsset, ingestStaged } from '../media/index.ts';
import { canonicalJson } from '../model/article/canonical.ts';
import type { Asset, OfficePackInfo } from '../model/contract/index.ts';
import { StudioError } from '../model/errors.ts';
import { safeFileName } from '../model/file-name.ts';
import { BUILT_IN_PACKS, cardColours, packFiles, readPack, type OfficePack } from '../model/office-pack/index.ts';
import { buildFolder, freeDir } from '../out-folder.ts';
import type { Database, OfficePackTable } from '../ports/index.ts';
import { cardPicture } from './card-picture.ts';

type PackRow = Selectable<OfficePackTable>;

const revisionOf = (content: string): string => createHash('sha256').update(content, 'utf8').digest('hex');

/** A pack as it is stored. Error: workspace_damaged when it is none. */
function packOf(row: PackRow): OfficePack {
  try {
    return readPack(JSON.parse(row.content));
  } catch (cause) {
    throw new StudioError('workspace_damaged', {}, { cause });
  }
}

/** The files of the workspace that packs name, by SHA-256; those in the bin are not among them. */
async function filesOf(db: Kysely<Database>, packs: readonly OfficePack[]) {
  const hashes = [...new Set(packs.flatMap((pack) => packFiles(pack).map(({ file }) => file.sha256)))];
  if (hashes.length === 0) return new Map<string, never>();
  const rows = await db
    .selectFrom('asset')
    .select(['id', 'sha256', 'kind', 'audio_tracks'])
    .where('sha256', 'in', hashes)
    .where('removed_at', 'is', null)
    .execute();
  return new Map(rows.map((row) => [row.sha256, row]));
}

type Files = Awaited<ReturnType<typeof filesOf>>;

const missingOf = (pack: OfficePack, files: Files): OfficePackInfo['missing'] =>
  packFiles(pack).flatMap(({ place, file }) => (files.has(file.sha256) ? [] : [{ place, name: file.name }]));

/** Refuses a pack whose files are not here, or cannot be what they are named for. Errors: pack_file_missing, bad_input. */
function refuseFiles(pack: OfficePack, files: Files): void {
  const [missing] = missingOf(pack, files);
  if (missing) throw new StudioError('pack_file_missing', missing);
  for (const { place, file, needs } of packFiles(pack)) {
    const { kind, audio_tracks: tracks } = files.get(file.sha256) ?? { kind: 'image', audio_tracks: 0 };
    const fits = { picture: kind !== 'audio', image: kind === 'image', sound: tracks > 0 }[needs];
    const what = { picture: 'is no picture or video', image: 'is no picture', sound: 'has no sound' }[needs];
    if (!fits) throw new StudioError('bad_input', { what: `${place}: “${file.name}” ${what}` });
  }
}

function present(row: PackRow, files: Files, names: ReadonlyMap<string, string>): OfficePackInfo {
  const pack = packOf(row);
  return {
    ...{ packId: row.id, builtIn: false, pack, revision: revisionOf(row.content), missing: missingOf(pack, files) },
    by: { userId: row.updated_by, name: names.get(row.updated_by) ?? '' },
    updatedAt: row.updated_at,
  };
}

async function rowOf(db: Kysely<Database>, packId: string): Promise<PackRow> {
  const row = await db.selectFrom('office_pack').selectAll().where('id', '=', packId).executeTakeFirst();
  if (!row) throw new StudioError('unknown_id', { id: packId });
  return row;
}

async function named(db: Kysely<Database>, packId: string): Promise<OfficePack> {
  return BUILT_IN_PACKS.get(packId) ?? packOf(await rowOf(db, packId));
}

/** The office's own first, by their Chinese name; then the program's in their order. */
export async function listPacks(db: Kysely<Database>): Promise<OfficePackInfo[]> {
  const rows = await db.selectFrom('office_pack').selectAll().where('removed', '=', 0).execute();
  const files = await filesOf(db, rows.map(packOf));
  const names = await userNames(db, [...new Set(rows.map(({ updated_by }) => updated_by))]);
  const keyOf = ({ pack, packId }: OfficePackInfo): string => `${pack.name.zh}\n${packId}`;
  const own = rows.map((row) => present(row, files, names)).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const builtIn = [...BUILT_IN_PACKS].map(([packId, pack]): OfficePackInfo => {
    const revision = revisionOf(canonicalJson(pack));
    return { packId, builtIn: true, pack, revision, missing: [], by: null, updatedAt: null };
  });
  return [...own, ...builtIn];
}

/**
 * Keeps a pack: a new one, or the next state of the office's `packId`, whose state is thought to be `base`.
 * Errors: bad_input with the place, pack_file_missing, conflict, unknown_id (also for those of the program).
 */
export async function savePack(
  call: Call,
  input: { pack: unknown; packId?: string | undefined; base?: string | undefined },
): Promise<OfficePackInfo> {
  const pack = readPack(input.pack);
  const files = await filesOf(call.db, [pack]);
  refuseFiles(pack, files);
  const content = canonicalJson(pack);
  const { userId } = actorOf(call);
  const values = { content, removed: 0, updated_by: userId, updated_at: call.machine.clock.now() };
  const packId = input.packId ?? call.machine.newId();
  if (input.packId === undefined) {
    await call.db
      .insertInto('office_pack')
      .values({ id: packId, ...values })
      .execute();
  } else {
    const there = await rowOf(call.db, packId);
    // The same content again is the answer to a save whose reply was lost.
    if (revisionOf(there.content) !== input.base && there.content !== content) throw new StudioError('conflict');
    await call.db.updateTable('office_pack').set(values).where('id', '=', packId).execute();
  }
  call.audit({ action: 'pack.save', subject: packId, data: {} });
  call.emit({ type: 'packs.changed' });
  return present(await rowOf(call.db, packId), files, await userNames(call.db, [userId]));
}

/** Out of the list, or back. Films it was applied to keep what it brought. Error: unknown_id. */
export async function setPackRemoved(call: Call, packId: string, removed: boolean): Promise<void> {
  await rowOf(call.db, packId);
  await call.db
    .updateTable('office_pack')
    .set({ removed: removed ? 1 : 0 })
    .where('id', '=', packId)
    .execute();
  call.audit({ action: removed ? 'pack.remove' : 'pack.unremove', subject: packId, data: {} });
  call.emit({ type: 'packs.changed' });
}

/** Writes a pack as a file in a folder of its own below `exports/`. Error: unknown_id. */
export async function exportPack(call: Call, packId: string): Promise<{ file: string }> {
  const pack = await named(call.db, packId);
  const name = safeFileName(pack.name.zh, 'pack');
  const exportsDir = path.join(call.workspace.ports.dir, 'exports');
  await mkdir(exportsDir, { recursive: true });
  const dir = freeDir(exportsDir, name);
  await buildFolder(dir, randomUUID(), async (folder) => {
    await folder.write(`${name}.json`, `${JSON.stringify(pack, null, 2)}\n`);
    await folder.syncFile(`${name}.json`);
  });
  return { file: path.join(dir, `${name}.json`) };
}

/** The media asset of a card's colour; made where there is none yet. */
async function cardAsset(call: Call, colour: string): Promise<string> {
  const { ports, db, jobs } = call.workspace;
  const { media, clock } = call.machine;
  const staged = await ports.blobs.stageBytes(cardPicture(colour));
  const deps = { db, ports, jobs, media, clock, newId: () => call.machine.newId() };
  const done = await ingestStaged(deps, staged, { name: `${colour}.png`, createdBy: actorOf(call).userId });
  if (!done.duplicate) call.emit({ type: 'media.changed', assetId: done.assetId });
  return done.assetId;
}

/**
 * What applying a pack needs: the assets of its files, and of its cards by their colours; cards get theirs here.
 * Errors: unknown_id, pack_file_missing.
 */
export async function packMaterials(
  call: Call,
  packId: string,
): Promise<{ files: Asset[]; cards: { colour: string; asset: Asset }[] }> {
  const pack = await named(call.db, packId);
  const files = await filesOf(call.db, [pack]);
  refuseFiles(pack, files);
  const cards = [];
  for (const colour of cardColours(pack)) {
    cards.push({ colour, asset: await getAsset(call, await cardAsset(call, colour)) });
  }
  return { files: await Promise.all([...files.values()].map(({ id }) => getAsset(call, id))), cards };
}
