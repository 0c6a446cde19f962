/** Films without a workspace: a timeline document and a folder of media, as the command line has them. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { RenderResult } from './model/contract/index.ts';
import { StudioError } from './model/errors.ts';
import { lutsOf, usedAssetIds, type Timeline } from './model/timeline/index.ts';
import type { FilmMaker, RenderPlan } from './ports/index.ts';
import type { PlatformBook } from './model/platforms/index.ts';
import { makeFilms } from './video/index.ts';

export interface FileRender {
  timeline: Timeline;
  /** Folder looked through with all folders in it; files are known by their SHA-256. */
  mediaDir: string;
  targets: readonly string[];
  films: FilmMaker;
  /** What the targets are; left out: the program's own. */
  platforms?: PlatformBook | undefined;
  /** Something in it is made by an AI. */
  aiMade?: boolean;
  signal?: AbortSignal;
  onProgress?: (fraction: number) => void;
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Every file below, those whose name one of the wanted assets has first. Links are not followed. */
async function filesIn(dir: string, names: ReadonlySet<string>): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    throw new StudioError('file_missing', { file: dir }, { files: [dir], cause });
  });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const named = (file: string): boolean => names.has(path.basename(file));
  return [...files.filter(named), ...files.filter((file) => !named(file))];
}

/** Paths by SHA-256 of the assets the timeline shows and of its colour tables. Error: source_vanished, naming every file that is not there. */
async function findMedia(timeline: Timeline, dir: string): Promise<Map<string, string>> {
  const used = new Set(usedAssetIds(timeline));
  const luts = lutsOf(timeline).map((lut) => ({ assetId: lut.sha256, ...lut }));
  const assets = [...timeline.assets.filter(({ assetId }) => used.has(assetId)), ...luts];
  const wanted = new Set(assets.map(({ sha256 }) => sha256));
  const found = new Map<string, string>();
  for (const file of await filesIn(dir, new Set(assets.map(({ name }) => name)))) {
    if (found.size === wanted.size) break;
    // A file nobody may read is not one of the media.
    const sha256 = await sha256Of(file).catch(() => '');
    if (wanted.has(sha256) && !found.has(sha256)) found.set(sha256, file);
  }
  const missing = assets.filter(({ sha256 }) => !found.has(sha256));
  const [first] = missing;
  if (first) {
    const details = { missing: missing.map(({ assetId, sha256, name }) => ({ assetId, sha256, name })) };
    throw new StudioError('source_vanished', { file: first.name }, { files: missing.map(({ name }) => name), details });
  }
  return found;
}

type Order = Parameters<FilmMaker['plan']>[0];

async function orderOf(job: FileRender): Promise<Order> {
  const found = await findMedia(job.timeline, job.mediaDir);
  const source = (sha256: string): Promise<string> => {
    const file = found.get(sha256);
    return file === undefined
      ? Promise.reject(new StudioError('source_vanished', { file: sha256 }))
      : Promise.resolve(file);
  };
  const { timeline, targets, platforms, signal, aiMade = false } = job;
  return {
    ...{ timeline, targets, source, aiMade },
    ...(platforms ? { platforms } : {}),
    ...(signal ? { signal } : {}),
  };
}

/** What `renderFiles` would do. Errors: file_missing (the folder), and those of the film maker. */
export async function planFiles(job: FileRender): Promise<RenderPlan> {
  return job.films.plan(await orderOf(job));
}

/**
 * Renders into `outDir`, which is made if it is not there: a folder a target (see `makeFilms`). `title`: what the films are
 * called. Errors: as `planFiles`.
 */
export async function renderFiles(job: FileRender & { outDir: string; title: string }): Promise<RenderResult> {
  const order = await orderOf(job);
  await mkdir(job.outDir, { recursive: true }).catch((cause: unknown) => {
    throw new StudioError('not_writable', { dir: job.outDir }, { cause });
  });
  const { outDir, onProgress } = job;
  const words = { title: job.title, text: '', topics: [] };
  const made = await makeFilms(job.films, { ...order, outDir, words, ...(onProgress ? { onProgress } : {}) });
  return made.result;
}
