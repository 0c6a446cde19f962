/** A story's content as it is stored: canonical JSON, named by its SHA-256. */
import { createHash } from 'node:crypto';
import { versionContent } from '../model/article/canonical.ts';
import { cleanText, migrateArticle, parseArticle, type StoredArticle } from '../model/article/index.ts';
import { articleText, assetIds, countWords, excerptOf, firstImage, imageIds } from '../model/article/text.ts';
import type { ArticleDoc } from '../model/article/index.ts';

const EXCERPT_CHARS = 120;

export interface StoryContent {
  title: string;
  doc: ArticleDoc;
  /** RFC 8785 JSON of {schema, title, doc}. */
  content: string;
  /** SHA-256 of `content` in UTF-8, hex. */
  hash: string;
  words: number;
  images: number;
  excerpt: string;
  coverAssetId: string | null;
  /** Every asset the article needs, once: what it shows, and its cover's picture. */
  assetIds: string[];
}

export function hashOf(content: string): string {
  return createHash('sha256').update(content, 'utf8').digest('hex');
}

/** Checks and measures what is to be saved. Error: bad_article. */
export function makeContent(rawTitle: string, json: unknown): StoryContent {
  const title = cleanText(rawTitle);
  const doc = parseArticle(json);
  const content = versionContent({ title, doc });
  const shown = imageIds(doc);
  return {
    title,
    doc,
    content,
    hash: hashOf(content),
    words: countWords(articleText(doc)),
    images: shown.length,
    excerpt: excerptOf(doc, EXCERPT_CHARS),
    coverAssetId: doc.attrs?.cover?.image ?? firstImage(doc),
    assetIds: assetIds(doc),
  };
}

/** Reads stored content, brought up to the present schema. */
export function readContent(content: string): { title: string; doc: ArticleDoc } {
  const { title, doc } = migrateArticle(JSON.parse(content) as StoredArticle);
  return { title, doc };
}
