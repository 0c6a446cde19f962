/** The job that writes a story's draft as the files of one target. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { actorOf, type Call } from '../call.ts';
import type { JobContext, JobHandler } from '../jobs/index.ts';
import { videoIds } from '../model/article/text.ts';
import type { ArticleDoc } from '../model/article/types.ts';
import { articleTarget, type RenderedArticle } from '../model/contract/index.ts';
import { StudioError } from '../model/errors.ts';
import { safeFileName } from '../model/file-name.ts';
import type { ArticleTarget } from '../model/targets/index.ts';
import { durationUs } from '../model/timeline/index.ts';
import { buildFolder, freeDir, refuseFilled } from '../out-folder.ts';
import type { Database, DocumentMaker, MediaEngine, WorkspacePorts } from '../ports/index.ts';
import { storyDraft } from '../stories/index.ts';
import { themesOf } from '../themes/index.ts';
import { readTimeline } from '../video/index.ts';
import { makeArticle, refuseTheme } from './make.ts';

export interface ArticleJobDeps {
  db: Kysely<Database>;
  ports: Pick<WorkspacePorts, 'dir' | 'blobs'>;
  media: Pick<MediaEngine, 'webPicture' | 'framedPicture' | 'coverPicture' | 'codePicture'>;
  documents: DocumentMaker;
  /** Name of the office: the publisher. */
  office: string;
}

const exportInput = z.object({
  storyId: z.string(),
  target: articleTarget,
  theme: z.string().optional(),
  /** Absolute; a folder under `exports/` without it. */
  dir: z.string().optional(),
});
type ExportInput = z.infer<typeof exportInput>;

const UNTITLED = '未命名稿件';

/** Errors: bad_input (a browser names no folders; a relative path), out_not_empty. */
async function placeOf(call: Call, dir: string | undefined): Promise<string | undefined> {
  if (dir === undefined) return undefined;
  if (!call.session.localFiles || !path.isAbsolute(dir)) throw new StudioError('bad_input', { what: 'dir' });
  await refuseFilled(path.resolve(dir));
  return path.resolve(dir);
}

/** Queues the files of one target. Errors: unknown_id, bad_input, out_not_empty. */
export async function startExport(
  call: Call,
  input: { storyId: string; target: ArticleTarget; theme?: string | undefined; dir?: string | undefined },
): Promise<{ jobId: string }> {
  const { storyId, target, theme } = input;
  const { title } = await storyDraft(call.db, storyId);
  await refuseTheme({ target, theme, themes: themesOf(call.db) });
  const dir = await placeOf(call, input.dir);
  const order: ExportInput = { storyId, target, ...(theme === undefined ? {} : { theme }), ...(dir ? { dir } : {}) };
  const job = await call.workspace.jobs.enqueue(call.db, {
    kind: 'story.export',
    title,
    input: order,
    createdBy: actorOf(call).userId,
    priority: 3,
  });
  call.audit({ action: 'story.export', subject: storyId, data: { target } });
  call.emit({ type: 'job.changed', job });
  return { jobId: job.jobId };
}

/** The video projects a story shows, by id. */
async function filmsOf(
  db: Kysely<Database>,
  doc: ArticleDoc,
): Promise<Map<string, { title: string; durationUs: number }>> {
  const ids = videoIds(doc);
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('video_project')
    .select(['id', 'title', 'timeline'])
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map((row) => [row.id, { title: row.title, durationUs: durationUs(readTimeline(row)) }]));
}

/** Where a story's pictures lie. Error: source_vanished for one whose file is gone. */
async function pictureFiles(
  deps: ArticleJobDeps,
  ids: readonly string[],
): Promise<(id: string) => Promise<string | null>> {
  const rows =
    ids.length === 0
      ? []
      : await deps.db.selectFrom('asset').select(['id', 'sha256', 'name']).where('id', 'in', ids).execute();
  const known = new Map(rows.map((row) => [row.id, row]));
  const { blobs } = deps.ports;
  return async (id) => {
    const row = known.get(id);
    if (!row) return null;
    if (await blobs.has(row.sha256)) return blobs.pathOf(row.sha256);
    throw new StudioError('source_vanished', { file: row.name }, { files: [row.name] });
  };
}

async function runExport(deps: ArticleJobDeps, raw: unknown, context: JobContext): Promise<RenderedArticle> {
  const { storyId, target, theme, dir: asked } = exportInput.parse(raw);
  const draft = await storyDraft(deps.db, storyId);
  const updated = await deps.db.selectFrom('story').select('updated_at').where('id', '=', storyId).executeTakeFirst();
  const films = await filmsOf(deps.db, draft.doc);
  const pictureFile = await pictureFiles(deps, draft.assetIds);
  const exportsDir = path.join(deps.ports.dir, 'exports');
  await mkdir(exportsDir, { recursive: true });
  if (asked !== undefined) await refuseFilled(asked);
  const dir = asked ?? freeDir(exportsDir, `${safeFileName(draft.title, UNTITLED)} ${target}`);
  return buildFolder(dir, context.jobId, async (folder) => {
    const made = await makeArticle({
      ...{ target, theme, title: draft.title, doc: draft.doc, films, draft: false, strict: false, pictureFile },
      about: {
        publisher: deps.office,
        publishedAt: null,
        modifiedAt: updated ? new Date(updated.updated_at).toISOString() : null,
      },
      write: (file, data) => folder.write(file, data),
      themes: themesOf(deps.db),
      media: deps.media,
      documents: deps.documents,
      signal: context.signal,
      onProgress: (fraction) => context.progress(fraction),
    });
    context.signal.throwIfAborted();
    return { dir, target, ...made, files: await folder.measure(made.files) };
  });
}

export function articleJobs(deps: ArticleJobDeps): JobHandler[] {
  return [{ kind: 'story.export', lane: 'story', run: (input, context) => runExport(deps, input, context) }];
}
