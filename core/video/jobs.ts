/** Films and stills of a project, made as jobs into the workspace's `exports/`. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { actorOf, type Call } from '../call.ts';
import { pauseOnBattery } from '../computer.ts';
import type { JobContext, JobHandler } from '../jobs/index.ts';
import { originalOf } from '../media/index.ts';
import type { RenderResult, StillResult } from '../model/contract/index.ts';
import { StudioError } from '../model/errors.ts';
import { safeFileName } from '../model/file-name.ts';
import { fileName, type Timeline } from '../model/timeline/index.ts';
import { inBook, type PlatformBook } from '../model/platforms/index.ts';
import { platformBook } from '../platforms/index.ts';
import type { Database, FilmMaker, Machine, WorkspacePorts } from '../ports/index.ts';
import { storyDraft } from '../stories/index.ts';
import { aiMadeBy, makeFilms, wordsOfStory } from './films.ts';
import { projectRow, readTimeline } from './store.ts';

export interface VideoJobDeps {
  db: Kysely<Database>;
  ports: Pick<WorkspacePorts, 'dir' | 'blobs'>;
  films: FilmMaker;
  computer: Machine;
}

const renderInput = z.object({ projectId: z.string(), targets: z.array(z.string()) });
const stillInput = z.object({ projectId: z.string(), target: z.string(), atUs: z.number() });

/** Folders of exports still in the making. */
const HALF = '.making-';
const UNTITLED = '未命名视频';

function refuseTargets(targets: readonly string[], platforms: PlatformBook): void {
  for (const target of targets) inBook(platforms, target);
  if (new Set(targets).size < targets.length)
    throw new StudioError('bad_input', { what: 'targets: one is there twice' });
}

async function start(
  call: Call,
  kind: 'video.render' | 'video.still',
  input: z.infer<typeof renderInput> | z.infer<typeof stillInput>,
): Promise<{ jobId: string }> {
  const row = await projectRow(call.db, input.projectId);
  const job = await call.workspace.jobs.enqueue(call.db, {
    ...{ kind, title: row.title, input, createdBy: actorOf(call).userId },
    // Somebody waits for a still; a film may take its time.
    priority: kind === 'video.still' ? 2 : 1,
  });
  const { projectId: _subject, ...data } = input;
  call.audit({ action: kind, subject: input.projectId, data });
  call.emit({ type: 'job.changed', job });
  return { jobId: job.jobId };
}

/** Queues films for some targets. Errors: unknown_id, bad_input. */
export async function startRender(call: Call, input: z.infer<typeof renderInput>): Promise<{ jobId: string }> {
  refuseTargets(input.targets, await platformBook(call.db));
  return start(call, 'video.render', input);
}

/** Queues one frame as a picture. Errors: unknown_id, bad_input. */
export async function startStill(call: Call, input: z.infer<typeof stillInput>): Promise<{ jobId: string }> {
  refuseTargets([input.target], await platformBook(call.db));
  return start(call, 'video.still', input);
}

/** `exports/<name><ending>`, with a number where that is taken. */
function freePath(exportsDir: string, name: string, ending: string): string {
  let free = path.join(exportsDir, `${name}${ending}`);
  for (let n = 2; existsSync(free); n += 1) free = path.join(exportsDir, `${name} ${n}${ending}`);
  return free;
}

interface Making<T> {
  deps: VideoJobDeps;
  projectId: string;
  context: JobContext;
  /** Makes files in `outDir`, which becomes or gives what stands in `exports/` under `name`. */
  make: (
    order: Parameters<FilmMaker['plan']>[0] & { outDir: string; onProgress(fraction: number): void },
  ) => Promise<T>;
  finish: (made: T, outDir: string, exportsDir: string, name: string) => Promise<T>;
}

function sourceOf(deps: VideoJobDeps, timeline: Timeline): (sha256: string) => Promise<string> {
  const { blobs } = deps.ports;
  return (sha256) => originalOf(blobs, sha256, fileName(timeline, sha256));
}

/** Makes in a hidden folder of its own, so that nothing unfinished stands under a name a person sees. */
async function making<T>({ deps, projectId, context, make, finish }: Making<T>): Promise<T> {
  const row = await projectRow(deps.db, projectId);
  const timeline = readTimeline(row);
  const exportsDir = path.join(deps.ports.dir, 'exports');
  await mkdir(exportsDir, { recursive: true });
  // Jobs of this kind run one after another: what is there now was left by a process that died.
  for (const name of await readdir(exportsDir)) {
    if (name.startsWith(HALF)) await rm(path.join(exportsDir, name), { recursive: true, force: true });
  }
  const outDir = path.join(exportsDir, `${HALF}${context.jobId}`);
  await mkdir(outDir);
  try {
    const { signal } = context;
    const onProgress = (fraction: number): void => context.progress(fraction);
    const made = await make({ timeline, targets: [], outDir, source: sourceOf(deps, timeline), signal, onProgress });
    return await finish(made, outDir, exportsDir, safeFileName(row.title, UNTITLED));
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
}

/** What the story says of its films, and of what an AI made in them. */
async function aboutFilm(deps: VideoJobDeps, projectId: string) {
  const row = await projectRow(deps.db, projectId);
  const { title, doc } = await storyDraft(deps.db, row.story_id);
  const words = wordsOfStory(row.title === '' ? title : row.title, doc);
  return { words, aiMade: aiMadeBy(doc, readTimeline(row)) };
}

/** Films of one render stand together: `exports/<title>/<target>/…`, see {@link makeFilms}. */
async function runRender(deps: VideoJobDeps, raw: unknown, context: JobContext): Promise<RenderResult> {
  const { projectId, targets } = renderInput.parse(raw);
  const about = await aboutFilm(deps, projectId);
  const platforms = await platformBook(deps.db);
  const pause = pauseOnBattery(deps.computer, context);
  return making<RenderResult>({
    ...{ deps, projectId, context },
    make: async (order) => (await makeFilms(deps.films, { ...order, ...about, targets, platforms, pause })).result,
    finish: async (made, outDir, exportsDir, name) => {
      const dir = freePath(exportsDir, name, '');
      await rename(outDir, dir);
      const placed = <T extends { file: string }>(one: T): T => ({
        ...one,
        file: path.join(dir, path.relative(outDir, one.file)),
      });
      const outputs = made.outputs.map((output) => ({
        ...placed(output),
        ...(output.covers ? { covers: output.covers.map(placed) } : {}),
      }));
      return { ...made, outputs };
    },
  });
}

/** `exports/<title> <target>-<frame>.png`. */
async function runStill(deps: VideoJobDeps, raw: unknown, context: JobContext): Promise<StillResult> {
  const { projectId, target, atUs } = stillInput.parse(raw);
  const { aiMade } = await aboutFilm(deps, projectId);
  const platforms = await platformBook(deps.db);
  return making<StillResult>({
    ...{ deps, projectId, context },
    make: (order) => deps.films.still({ ...order, target, atUs, aiMade, platforms }),
    finish: async (made, _outDir, exportsDir, name) => {
      const file = freePath(exportsDir, `${name} ${path.basename(made.file, '.png')}`, '.png');
      await rename(made.file, file);
      return { ...made, file };
    },
  });
}

export function videoJobs(deps: VideoJobDeps): JobHandler[] {
  return [
    { kind: 'video.render', lane: 'render', run: (input, context) => runRender(deps, input, context) },
    { kind: 'video.still', lane: 'render', run: (input, context) => runStill(deps, input, context) },
  ];
}
