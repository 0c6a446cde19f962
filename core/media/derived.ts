/** What is made from a file for the window: which pieces an asset has, which are missing, and their jobs. */
import type { Kysely } from 'kysely';
import type { JobRunner } from '../jobs/index.ts';
import type { Database, DerivedStore, DerivedVariant } from '../ports/index.ts';
import type { AssetRow } from './rows.ts';

type Made = Pick<AssetRow, 'id' | 'kind' | 'name' | 'sha256' | 'audio_tracks' | 'created_by'>;

/**
 * How long the first picture of a film stands before the film begins in its proxy, microseconds: a decoder takes up to 150 ms to start,
 * and a clip that begins at its file's beginning can so be set going before its cut, like every other.
 */
export const PROXY_LEAD_US = 500_000;
/** Of a proxy with a lead-in; those that an older studio made begin with the film. */
export const LEAD_EXTENSION = 'm4v';

/** Where a film begins on a proxy with this extension, microseconds. */
export const proxyLeadUs = (extension: string | undefined): number =>
  extension === LEAD_EXTENSION ? PROXY_LEAD_US : 0;

/** Posters first: they are what the grid shows. */
const PRIORITY: Record<DerivedVariant, number> = { poster: 1, peaks: 1, proxy: 0, strip: 0, scenes: 0 };

/** What is made from the proxy. */
const FROM_PROXY: readonly DerivedVariant[] = ['strip', 'scenes'];
/** What every asset gets by itself; scenes are looked for when somebody wants to see them. */
const BY_ITSELF: readonly DerivedVariant[] = ['poster', 'proxy', 'peaks', 'strip'];

/** What an asset of this kind has when all is made. A filmstrip comes from the proxy and is not asked for before that. */
function wanted(row: Made): DerivedVariant[] {
  if (row.kind === 'image') return ['poster'];
  return [
    'poster',
    'proxy',
    ...(row.audio_tracks > 0 ? (['peaks'] as const) : []),
    ...(row.kind === 'video' ? (['strip', 'scenes'] as const) : []),
  ];
}

/** `kind assetId` of every job that will make something, or failed to. */
async function waiting(db: Kysely<Database>): Promise<Set<string>> {
  const rows = await db
    .selectFrom('job')
    .select(['kind', 'input'])
    .where('kind', 'in', ['media.poster', 'media.proxy', 'media.peaks', 'media.strip', 'media.scenes'])
    // A failed one is shown with its reason and retried by hand, not at every start.
    .where('state', 'in', ['queued', 'running', 'failed'])
    .execute();
  return new Set(rows.map(({ kind, input }) => `${kind} ${(JSON.parse(input) as { assetId: string }).assetId}`));
}

/**
 * Queues what is missing of these assets and is not queued yet, of `only` these variants. Call `jobs.wake` once that is committed.
 */
export async function enqueueMissing(
  jobs: JobRunner,
  db: Kysely<Database>,
  derived: DerivedStore,
  rows: readonly Made[],
  only: readonly DerivedVariant[] = BY_ITSELF,
): Promise<void> {
  const queued = await waiting(db);
  for (const row of rows) {
    const there = await derived.variants(row.sha256);
    const missing = wanted(row).filter((variant) => only.includes(variant) && !there.has(variant));
    for (const variant of missing) {
      if (FROM_PROXY.includes(variant) && !there.has('proxy')) continue;
      if (queued.has(`media.${variant} ${row.id}`)) continue;
      await jobs.enqueue(db, {
        kind: `media.${variant}`,
        title: row.name,
        input: { assetId: row.id },
        createdBy: row.created_by,
        priority: PRIORITY[variant],
      });
    }
  }
}
