/** Background work on stories: import of a document with its pictures. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { JobContext, JobHandler } from '../jobs/index.ts';
import { dropUploads, ingestStaged, locateSource, type MediaJobDeps } from '../media/index.ts';
import { blockCount } from '../model/article/text.ts';
import { importSource, type ImportedStory } from '../model/contract/index.ts';
import { StudioError } from '../model/errors.ts';
import { appendAudit } from '../audit/index.ts';
import {
  importDocument,
  picturesBeside,
  replaceImages,
  type ImportedDocument,
  type ImportedImage,
} from './import/index.ts';
import { insertStory } from './store.ts';
import { makeContent } from './content.ts';

export type StoryJobDeps = MediaJobDeps;

const importInput = z.object({ source: importSource });
/** A Word file with 200 MB of pictures is the largest an office machine opens without trouble. */
const MAX_BYTES = 200 * 1024 * 1024;

/** Bytes of a document. Errors: file_missing, file_unreadable, too_large. */
async function readSource(file: { path: string; name: string }): Promise<Uint8Array> {
  const params = { file: file.name };
  try {
    const info = await stat(file.path);
    if (info.isDirectory()) throw new StudioError('file_unreadable', params, { files: [file.path] });
    if (info.size > MAX_BYTES)
      throw new StudioError('too_large', { ...params, limit: '200 MB' }, { files: [file.path] });
    return await readFile(file.path);
  } catch (error) {
    if (error instanceof StudioError) throw error;
    const code = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'file_missing' : 'file_unreadable';
    throw new StudioError(code, params, { files: [file.path], cause: error });
  }
}

/** Reads a document file into an article, without a workspace. Errors: of reading and of `importDocument`. */
export async function readDocumentFile(file: string): Promise<ImportedDocument> {
  const name = path.basename(file);
  const bytes = await readSource({ path: file, name });
  return importDocument(bytes, name, await picturesBeside(file, bytes));
}

/** Takes the document's pictures in as assets; one that cannot be read is left out and reported. */
async function takeImages(
  deps: StoryJobDeps,
  images: readonly ImportedImage[],
  context: JobContext,
): Promise<Map<string, string | null>> {
  const ids = new Map<string, string | null>();
  for (const [i, image] of images.entries()) {
    context.progress(0.2 + (0.7 * i) / images.length);
    try {
      const staged = await deps.ports.blobs.stageBytes(image.bytes);
      const done = await ingestStaged(deps, staged, {
        name: image.name,
        createdBy: context.createdBy,
        signal: context.signal,
      });
      ids.set(image.placeholder, done.assetId);
      deps.emit({ type: 'media.changed', assetId: done.assetId });
    } catch (error) {
      const skip = error instanceof StudioError && (error.status === 415 || error.code === 'empty_file');
      if (!skip || context.signal.aborted) throw error;
      ids.set(image.placeholder, null);
    }
  }
  return ids;
}

async function runImport(deps: StoryJobDeps, raw: unknown, context: JobContext): Promise<ImportedStory> {
  const { source } = importInput.parse(raw);
  const file = locateSource(source, deps.ports.uploadsDir);
  // What was uploaded has nothing of its own beside it.
  const document =
    'path' in source
      ? await readDocumentFile(file.path)
      : await importDocument(await readSource(file), path.basename(file.name));
  context.progress(0.2);
  const ids = await takeImages(deps, document.images, context);
  const placed = replaceImages(document.doc, ids);
  const content = makeContent(document.title, placed.doc);
  // The job's own id: a run that died between this transaction and its last word does not import twice.
  const storyId = context.jobId;
  const now = deps.clock.now();
  context.signal.throwIfAborted();
  await deps.db.transaction().execute(async (tx) => {
    const there = await tx.selectFrom('story').select('id').where('id', '=', storyId).executeTakeFirst();
    if (there) return;
    await insertStory(tx, { storyId, content, userId: context.createdBy, now, reason: 'import' });
    const data = { version: content.hash, reason: 'import' };
    await appendAudit(tx, context.createdBy, now, [{ action: 'story.version', subject: storyId, data }]);
  });
  await dropUploads([source], deps.ports.uploadsDir);
  deps.emit({ type: 'story.changed', storyId, contentHash: content.hash, byUserId: context.createdBy });
  return {
    storyId,
    versionHash: content.hash,
    title: content.title,
    blocks: blockCount(content.doc),
    images: [...ids.values()].filter((id) => id !== null).length,
    repairs: [...document.repairs, ...placed.repairs],
  };
}

export function storyJobs(deps: StoryJobDeps): JobHandler[] {
  return [{ kind: 'story.import', lane: 'story', run: (input, context) => runImport(deps, input, context) }];
}
