/** A document as an article, without a workspace: for comparing files. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import path from 'node:path';
import type { ArticleDoc } from '../model/article/index.ts';
import { StudioError } from '../model/errors.ts';
import { importDocument, MAX_DOCUMENT_BYTES, replaceImages } from './import/index.ts';

/**
 * Reads a .docx, .md, .html or .txt file as `stories.import` does. Pictures are named by the SHA-256 of their bytes, so
 * that the same picture in two files is the same.
 *
 * @param given the file as the person named it, for errors.
 * @throws StudioError file_unreadable, and everything `importDocument` throws, with `files: [given]`.
 */
export async function readDocument(file: string, given: string): Promise<{ title: string; doc: ArticleDoc }> {
  const document = await importDocument(await bytesOf(file, given), path.basename(file)).catch((error: unknown) => {
    if (!(error instanceof StudioError)) throw error;
    const params = 'file' in error.params ? { ...error.params, file: given } : error.params;
    throw new StudioError(error.code, params, { files: [given], cause: error });
  });
  const names = document.images.map(
    ({ placeholder, bytes }) => [placeholder, createHash('sha256').update(bytes).digest('hex')] as const,
  );
  return { title: document.title, doc: replaceImages(document.doc, new Map(names)).doc };
}

async function bytesOf(file: string, given: string): Promise<Uint8Array> {
  const handle = await open(file).catch((cause: unknown) => {
    throw new StudioError('file_unreadable', { file: given }, { files: [given], cause });
  });
  try {
    const { size } = await handle.stat();
    if (size > MAX_DOCUMENT_BYTES)
      throw new StudioError('too_large', { file: given, limit: '200 MB' }, { files: [given] });
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}
