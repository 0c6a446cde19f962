/** An article without a workspace: a document in, the files of one target out, as the command line has them. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { makeArticle } from './articles/index.ts';
import type { RenderedArticle } from './model/contract/index.ts';
import { NOTHING_KNOWN, type ArticleTarget } from './model/targets/index.ts';
import { buildFolder, refuseFilled } from './out-folder.ts';
import type { DocumentMaker, MediaEngine } from './ports/index.ts';
import { readDocumentFile } from './stories/index.ts';

export interface ArticleFileRender {
  /** Absolute path of a docx, md, html or txt file. */
  file: string;
  target: ArticleTarget;
  theme?: string | undefined;
  /** Absolute; empty or absent. */
  outDir: string;
  media: Pick<MediaEngine, 'webPicture' | 'framedPicture' | 'coverPicture' | 'codePicture'>;
  documents: DocumentMaker;
  signal?: AbortSignal;
  onProgress?: (fraction: number) => void;
}

/** What the import changed, for people, and the result. */
export interface RenderedFile {
  article: RenderedArticle;
  repairs: { message: string }[];
}

/**
 * Renders a document file. Errors: file_missing, file_unreadable, out_not_empty, bad_input (an unknown theme), and those
 * of the importer and the makers.
 */
export async function renderArticleFile(job: ArticleFileRender): Promise<RenderedFile> {
  const { file, target, theme, outDir, media, documents, signal, onProgress } = job;
  await refuseFilled(outDir);
  const document = await readDocumentFile(file);
  const work = await mkdtemp(path.join(os.tmpdir(), 'tongxin-article-'));
  try {
    const paths = new Map<string, string>();
    for (const [i, image] of document.images.entries()) {
      const where = path.join(work, String(i));
      await writeFile(where, image.bytes);
      paths.set(image.placeholder, where);
    }
    const article = await buildFolder(outDir, randomUUID(), async (folder) => {
      const made = await makeArticle({
        ...{ target, theme, title: document.title, doc: document.doc, draft: false, strict: false, media, documents },
        films: new Map(),
        about: NOTHING_KNOWN,
        pictureFile: (id) => Promise.resolve(paths.get(id) ?? null),
        write: (name, data) => folder.write(name, data),
        signal,
        ...(onProgress ? { onProgress } : {}),
      });
      signal?.throwIfAborted();
      return { dir: outDir, target, ...made, files: await folder.measure(made.files) };
    });
    return { article, repairs: document.repairs };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
