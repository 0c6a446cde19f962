/** Media: what is in the workspace's store, listed, renamed, removed; import is a job. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Kysely } from 'kysely';
import { userNames } from '../accounts/index.ts';
import { actorOf, type Call, type OpenWorkspace } from '../call.ts';
import type { Asset, ImportSource } from '../model/contract/index.ts';
import { StudioError } from '../model/errors.ts';
import type { Database, DerivedVariant } from '../ports/index.ts';
import { containsText } from '../query.ts';
import type { ServedFile } from '../types.ts';
import { enqueueMissing, proxyLeadUs } from './derived.ts';
import { factsOf, type AssetRow } from './rows.ts';

export { mediaJobs, dropUploads, locateSource, type MediaJobDeps } from './jobs.ts';
export { ingestStaged, type IngestDeps } from './ingest.ts';
export { originalOf } from './originals.ts';

type ListInput = {
  kind?: AssetRow['kind'] | undefined;
  storyId?: string | undefined;
  since?: number | undefined;
  q: string;
  removed: boolean;
  limit: number;
  offset: number;
};

async function storiesOf(db: Kysely<Database>, assetIds: string[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  if (assetIds.length === 0) return found;
  const rows = await db.selectFrom('asset_story').selectAll().where('asset_id', 'in', assetIds).execute();
  for (const row of rows) found.set(row.asset_id, [...(found.get(row.asset_id) ?? []), row.story_id]);
  return found;
}

async function toAssets(call: Call, rows: AssetRow[]): Promise<Asset[]> {
  const stories = await storiesOf(
    call.db,
    rows.map((r) => r.id),
  );
  const names = await userNames(
    call.db,
    rows.map((r) => r.created_by),
  );
  const { blobs, derived } = call.workspace.ports;
  return Promise.all(
    rows.map(async (row) => {
      const made = await derived.variants(row.sha256);
      return {
        assetId: row.id,
        sha256: row.sha256,
        name: row.name,
        bytes: row.bytes,
        mime: row.mime,
        createdAt: row.created_at,
        createdBy: { userId: row.created_by, name: names.get(row.created_by) ?? '' },
        removedAt: row.removed_at,
        original: await blobs.state(row.sha256, row.bytes),
        poster: made.has('poster'),
        proxy: made.has('proxy'),
        proxyLeadUs: proxyLeadUs(made.get('proxy')),
        peaks: made.has('peaks'),
        strip: made.has('strip'),
        scenes: made.has('scenes'),
        storyIds: stories.get(row.id) ?? [],
        ...factsOf(row),
      };
    }),
  );
}

/** Newest first. */
export async function listMedia(call: Call, input: ListInput): Promise<{ items: Asset[]; total: number }> {
  const { storyId } = input;
  let query = call.db.selectFrom('asset').where('removed_at', input.removed ? 'is not' : 'is', null);
  if (input.kind) query = query.where('kind', '=', input.kind);
  if (storyId !== undefined) {
    query = query.where('id', 'in', (eb) =>
      eb.selectFrom('asset_story').select('asset_id').where('story_id', '=', storyId),
    );
  }
  if (input.since !== undefined) query = query.where('created_at', '>=', input.since);
  const words = input.q.trim();
  if (words !== '') {
    query = query.where((eb) => containsText(eb.ref('name'), words));
  }
  const count = await query.select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
  const rows = await query
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(input.limit)
    .offset(input.offset)
    .execute();
  return { items: await toAssets(call, rows), total: count.n };
}

async function assetRow(db: Kysely<Database>, assetId: string): Promise<AssetRow> {
  const row = await db.selectFrom('asset').selectAll().where('id', '=', assetId).executeTakeFirst();
  if (!row) throw new StudioError('unknown_id', { id: assetId });
  return row;
}

export async function getAsset(call: Call, assetId: string): Promise<Asset> {
  const [asset] = await toAssets(call, [await assetRow(call.db, assetId)]);
  if (!asset) throw new StudioError('unknown_id', { id: assetId });
  return asset;
}

/** Queues the import. A browser may not name paths on this computer. */
export async function startImport(
  call: Call,
  input: { sources: ImportSource[]; storyId?: string | undefined; salvage: boolean; restores?: string | undefined },
): Promise<{ jobId: string }> {
  refusePaths(call, input.sources);
  if (input.storyId !== undefined) {
    const story = await call.db.selectFrom('story').select('id').where('id', '=', input.storyId).executeTakeFirst();
    if (!story) throw new StudioError('unknown_id', { id: input.storyId });
  }
  if (input.restores !== undefined) await assetRow(call.db, input.restores);
  const job = await call.workspace.jobs.enqueue(call.db, {
    kind: 'media.import',
    title: titleOf(input.sources),
    input,
    createdBy: actorOf(call).userId,
    priority: 2,
  });
  call.audit({ action: 'media.import', subject: job.jobId, data: { files: input.sources.length } });
  call.emit({ type: 'job.changed', job });
  return { jobId: job.jobId };
}

/** Error: bad_input when the session may not name files by path. */
export function refusePaths(call: Call, sources: readonly ImportSource[]): void {
  if (call.session.localFiles) return;
  if (sources.some((s) => 'path' in s)) throw new StudioError('bad_input', { what: 'sources: path' });
}

export function titleOf(sources: readonly ImportSource[]): string {
  const [first] = sources;
  if (!first) return '';
  const name = 'path' in first ? path.basename(first.path) : first.name;
  return sources.length === 1 ? name : `${name} +${String(sources.length - 1)}`;
}

export async function renameAsset(call: Call, input: { assetId: string; name: string }): Promise<Asset> {
  await assetRow(call.db, input.assetId);
  await call.db.updateTable('asset').set({ name: input.name }).where('id', '=', input.assetId).execute();
  call.audit({ action: 'media.rename', subject: input.assetId, data: {} });
  call.emit({ type: 'media.changed', assetId: input.assetId });
  return getAsset(call, input.assetId);
}

/** Hides or brings back assets; the bytes stay (versions may show them). */
export async function setRemoved(call: Call, assetIds: string[], removed: boolean): Promise<void> {
  const now = call.machine.clock.now();
  for (const assetId of assetIds) {
    await assetRow(call.db, assetId);
    await call.db
      .updateTable('asset')
      .set({ removed_at: removed ? now : null })
      .where('id', '=', assetId)
      .execute();
    call.audit({ action: removed ? 'media.remove' : 'media.unremove', subject: assetId, data: {} });
    call.emit({ type: 'media.changed', assetId });
  }
}

/** The file behind a media URL. Error: unknown_id, also when a derived file is not made yet. */
export async function locateAsset(
  workspace: OpenWorkspace,
  assetId: string,
  variant: 'original' | DerivedVariant,
): Promise<ServedFile> {
  const row = await assetRow(workspace.db, assetId);
  const { blobs, derived } = workspace.ports;
  const found =
    variant === 'original'
      ? { path: blobs.pathOf(row.sha256), mime: row.mime }
      : await derived.find(row.sha256, variant);
  const info = found ? await stat(found.path).catch(() => null) : null;
  if (!found || !info) throw new StudioError('unknown_id', { id: `${assetId}/${variant}` });
  // A proxy made anew in another form is another file.
  const ending = variant === 'original' ? '' : path.extname(found.path);
  return { ...found, bytes: info.size, name: row.name, etag: `"${row.sha256.slice(0, 32)}-${variant}${ending}"` };
}

/** Queues whatever is missing (a cleared cache, an import by the command line, a workspace of an older studio). */
export async function requeueDerived(workspace: OpenWorkspace): Promise<void> {
  const { db, jobs, ports } = workspace;
  const rows = await db.selectFrom('asset').selectAll().where('removed_at', 'is', null).execute();
  await enqueueMissing(jobs, db, ports.derived, rows);
}

/** Queues what is missing of these assets, their scenes too where asked for; unknown ones are passed over. A room asks for what it is about to show. */
export async function prepareMedia(call: Call, assetIds: string[], scenes = false): Promise<void> {
  const rows = await call.db.selectFrom('asset').selectAll().where('id', 'in', assetIds).execute();
  const { jobs, ports } = call.workspace;
  await enqueueMissing(jobs, call.db, ports.derived, rows);
  if (scenes) await enqueueMissing(jobs, call.db, ports.derived, rows, ['scenes']);
}
