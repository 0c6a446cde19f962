/**
 * The door for media: a file becomes an asset, or a clear refusal and nothing left behind.
 * copy (hashing) → known already? → probe → final name → row. The original is only read.
 */
import type { Kysely } from 'kysely';
import type { MediaFacts } from '../model/contract/index.ts';
import type { Clock, Database, MediaEngine, StagedBlob, WorkspacePorts } from '../ports/index.ts';
import type { JobRunner } from '../jobs/index.ts';
import { enqueueMissing } from './derived.ts';
import { factsOf, toRow, type AssetRow } from './rows.ts';

export interface IngestDeps {
  db: Kysely<Database>;
  ports: Pick<WorkspacePorts, 'blobs' | 'derived'>;
  jobs: JobRunner;
  media: MediaEngine;
  clock: Clock;
  newId(): string;
}

export interface Ingested {
  assetId: string;
  sha256: string;
  facts: MediaFacts;
  duplicate: boolean;
}

export interface IngestOptions {
  name: string;
  createdBy: string;
  storyId?: string | undefined;
  salvage?: boolean;
  signal?: AbortSignal;
}

async function known(db: Kysely<Database>, sha256: string): Promise<AssetRow | undefined> {
  return db.selectFrom('asset').selectAll().where('sha256', '=', sha256).executeTakeFirst();
}

async function linkStory(db: Kysely<Database>, assetId: string, storyId: string | undefined): Promise<void> {
  if (storyId === undefined) return;
  await db
    .insertInto('asset_story')
    .values({ asset_id: assetId, story_id: storyId })
    .onConflict((c) => c.doNothing())
    .execute();
}

/** Links an asset that is there already, and brings it back if it had been removed. */
async function reuse(deps: IngestDeps, row: AssetRow, options: IngestOptions): Promise<Ingested> {
  await deps.db.transaction().execute(async (tx) => {
    if (row.removed_at !== null)
      await tx.updateTable('asset').set({ removed_at: null }).where('id', '=', row.id).execute();
    await linkStory(tx, row.id, options.storyId);
  });
  return { assetId: row.id, sha256: row.sha256, facts: factsOf(row), duplicate: true };
}

/** Adds a staged file. The staged copy is gone afterwards, whatever happens. Errors as `MediaEngine.probe`, disk_full. */
export async function ingestStaged(deps: IngestDeps, staged: StagedBlob, options: IngestOptions): Promise<Ingested> {
  try {
    const before = await known(deps.db, staged.sha256);
    const there = before && (await deps.ports.blobs.state(staged.sha256, staged.bytes)) === 'there';
    if (before && there) return await reuse(deps, before, options);
    if (before) {
      // The row was there but its bytes were lost or changed: the file just put them back.
      await deps.ports.blobs.commit(staged);
      return await reuse(deps, before, options);
    }
    const facts = await deps.media.probe(staged.path, {
      name: options.name,
      ...(options.salvage === undefined ? {} : { salvage: options.salvage }),
      ...(options.signal ? { signal: options.signal } : {}),
    });
    await deps.ports.blobs.commit(staged);
    return await insert(deps, staged, facts, options);
  } finally {
    await deps.ports.blobs.discard(staged);
  }
}

async function insert(
  deps: IngestDeps,
  staged: StagedBlob,
  facts: MediaFacts & { mime: string },
  options: IngestOptions,
): Promise<Ingested> {
  const row = toRow(facts, {
    id: deps.newId(),
    sha256: staged.sha256,
    name: options.name,
    bytes: staged.bytes,
    created_by: options.createdBy,
    created_at: deps.clock.now(),
  });
  await deps.db.transaction().execute(async (tx) => {
    await tx.insertInto('asset').values(row).execute();
    await linkStory(tx, row.id, options.storyId);
    await enqueueMissing(deps.jobs, tx, deps.ports.derived, [row]);
  });
  deps.jobs.wake();
  const { mime: _mime, ...plain } = facts;
  return { assetId: row.id, sha256: staged.sha256, facts: plain, duplicate: false };
}
