/** Background work on media: import, posters, proxies, peaks, filmstrips. */
import path from 'node:path';
import { rm } from 'node:fs/promises';
import { z } from 'zod';
import type { JobContext, JobHandler } from '../jobs/index.ts';
import { importSource, mediaImportResult, type MediaImportResult } from '../model/contract/index.ts';
import { StudioError } from '../model/errors.ts';
import type { DerivedVariant, Log, StagedBlob, WorkspacePorts } from '../ports/index.ts';
import type { NewEvent } from '../model/contract/index.ts';
import { enqueueMissing, LEAD_EXTENSION, PROXY_LEAD_US, proxyLeadUs } from './derived.ts';
import { ingestStaged, type IngestDeps, type Ingested } from './ingest.ts';
import { factsOf, type AssetRow } from './rows.ts';

export interface MediaJobDeps extends IngestDeps {
  ports: Pick<WorkspacePorts, 'blobs' | 'derived' | 'uploadsDir'>;
  log: Log;
  emit(event: NewEvent): void;
}

export const importInput = z.object({
  sources: z.array(importSource),
  storyId: z.string().optional(),
  salvage: z.boolean(),
  restores: z.string().optional(),
});
export type ImportInput = z.infer<typeof importInput>;
type Source = ImportInput['sources'][number];
type Entry = MediaImportResult[number];

/** Where a source's bytes are now, and what the person calls it. */
export function locateSource(source: Source, uploadsDir: string): { path: string; name: string } {
  if ('path' in source) return { path: source.path, name: path.basename(source.path) };
  // An upload id is one of our own ids; anything with a separator is not.
  if (!/^[0-9a-f-]{36}$/.test(source.uploadId)) throw new StudioError('unknown_id', { id: source.uploadId });
  return { path: path.join(uploadsDir, source.uploadId), name: source.name };
}

/** Removes finished uploads once their job no longer needs them. */
export async function dropUploads(sources: readonly Source[], uploadsDir: string): Promise<void> {
  for (const source of sources) {
    if ('uploadId' in source) await rm(locateSource(source, uploadsDir).path, { force: true });
  }
}

function toEntry(done: Ingested): Entry {
  return { assetId: done.assetId, sha256: done.sha256, ...done.facts, duplicate: done.duplicate };
}

/** Refusals of one file do not stop the others; these stop the whole job. */
const STOPS_ALL = new Set(['cancelled', 'interrupted', 'disk_full', 'missing_tool', 'not_writable']);

/** A lost original is given again as it was: any other file is another source, and is never put in its place. */
async function refuseOthers(deps: MediaJobDeps, staged: StagedBlob, assetId: string, file: string): Promise<void> {
  const row = await deps.db.selectFrom('asset').select(['sha256', 'name']).where('id', '=', assetId).executeTakeFirst();
  if (row?.sha256 === staged.sha256) {
    // Looked at once more, so that a copy whose bytes were changed at the same size is found and replaced.
    await deps.ports.blobs.verify(staged.sha256);
    return;
  }
  await deps.ports.blobs.discard(staged);
  if (!row) throw new StudioError('unknown_id', { id: assetId });
  throw new StudioError('not_the_original', { file, name: row.name }, { files: [file] });
}

async function importOne(
  deps: MediaJobDeps,
  source: Source,
  input: ImportInput,
  context: JobContext,
  at: (part: number) => void,
): Promise<Entry> {
  const file = locateSource(source, deps.ports.uploadsDir);
  try {
    const staged = await deps.ports.blobs.stageFile(file.path, {
      signal: context.signal,
      onProgress: (bytes, total) => {
        at(total > 0 ? (bytes / total) * 0.9 : 0);
      },
    });
    if (input.restores !== undefined) await refuseOthers(deps, staged, input.restores, file.name);
    const done = await ingestStaged(deps, staged, {
      name: file.name,
      createdBy: context.createdBy,
      storyId: input.storyId,
      salvage: input.salvage,
      signal: context.signal,
    });
    deps.emit({ type: 'media.changed', assetId: done.assetId });
    return toEntry(done);
  } catch (error) {
    if (context.signal.aborted) throw error;
    if (!(error instanceof StudioError)) throw error;
    if (STOPS_ALL.has(error.code)) throw error;
    deps.log.info('file not imported', { code: error.code });
    return { file: 'path' in source ? source.path : source.name, error: error.toData() };
  }
}

async function runImport(deps: MediaJobDeps, raw: unknown, context: JobContext): Promise<MediaImportResult> {
  const input = importInput.parse(raw);
  const kept = mediaImportResult.safeParse(context.kept);
  const entries: MediaImportResult = kept.success ? kept.data : [];
  const total = input.sources.length;
  for (const source of input.sources.slice(entries.length)) {
    const at = entries.length;
    const entry = await importOne(deps, source, input, context, (part) => {
      context.progress((at + part) / total);
    });
    entries.push(entry);
    context.progress(entries.length / total);
    await context.keep(entries);
  }
  // A refused upload stays until the next start: its person may still ask for the part that plays.
  const taken = input.sources.filter((_source, i) => {
    const entry = entries[i];
    return entry !== undefined && !('error' in entry);
  });
  await dropUploads(taken, deps.ports.uploadsDir);
  return entries;
}

const derivedInput = z.object({ assetId: z.string() });

type Variant = DerivedVariant;

/** Makes one derived file; false when what it is made from is missing. */
async function makeDerived(deps: MediaJobDeps, variant: Variant, row: AssetRow, context: JobContext): Promise<boolean> {
  const { derived, blobs } = deps.ports;
  const source = blobs.pathOf(row.sha256);
  const facts = factsOf(row);
  const { signal } = context;
  const options = { signal, onProgress: (fraction: number) => context.progress(fraction) };
  if (variant === 'poster') {
    await derived.make(row.sha256, variant, 'jpg', (out) => deps.media.poster(source, facts, out, signal));
  } else if (variant === 'proxy') {
    const [extension, leadUs] =
      facts.kind === 'video' ? ([LEAD_EXTENSION, PROXY_LEAD_US] as const) : (['mp4', 0] as const);
    const proxy = (out: string) => deps.media.proxy(source, facts, out, { ...options, leadUs });
    await derived.make(row.sha256, variant, extension, proxy);
  } else if (variant === 'peaks') {
    await derived.make(row.sha256, variant, 'peaks', (out) => deps.media.peaks(source, facts, out, options));
  } else {
    const found = await derived.find(row.sha256, 'proxy');
    if (!found) return false;
    const proxy = { path: found.path, leadUs: proxyLeadUs(path.extname(found.path).slice(1)) };
    const lengthUs = facts.durationUs ?? 0;
    if (variant === 'strip') {
      await derived.make(row.sha256, variant, 'jpg', (out) => deps.media.strip(proxy, lengthUs, out, signal));
    } else {
      await derived.make(row.sha256, variant, 'json', (out) => deps.media.scenes(proxy, lengthUs, out, options));
    }
  }
  return true;
}

async function runDerived(deps: MediaJobDeps, variant: Variant, raw: unknown, context: JobContext): Promise<null> {
  const { assetId } = derivedInput.parse(raw);
  const row = await deps.db.selectFrom('asset').selectAll().where('id', '=', assetId).executeTakeFirst();
  if (!row) throw new StudioError('unknown_id', { id: assetId });
  const there = (await deps.ports.derived.find(row.sha256, variant)) !== null;
  const made = there || (await makeDerived(deps, variant, row, context));
  // A filmstrip is made from the proxy: its job follows the proxy's, and calls for a proxy that is gone.
  if (variant === 'proxy' || !made) {
    await enqueueMissing(deps.jobs, deps.db, deps.ports.derived, [row], made ? ['strip'] : ['proxy']);
    deps.jobs.wake();
  }
  deps.emit({ type: 'media.changed', assetId });
  return null;
}

export function mediaJobs(deps: MediaJobDeps): JobHandler[] {
  const derived = (variant: Variant, lane: string): JobHandler => ({
    kind: `media.${variant}`,
    lane,
    run: (input, context) => runDerived(deps, variant, input, context),
  });
  return [
    { kind: 'media.import', lane: 'import', run: (input, context) => runImport(deps, input, context) },
    derived('poster', 'poster'),
    derived('proxy', 'proxy'),
    // One lane for both: they are short, and there is enough going on beside them.
    derived('peaks', 'strips'),
    derived('strip', 'strips'),
    derived('scenes', 'strips'),
  ];
}
