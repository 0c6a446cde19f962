/** Brings articles stored by older versions of the studio to the present schema. */
import { StudioError } from '../errors.ts';
import { ARTICLE_SCHEMA_VERSION, parseArticle } from './schema.ts';
import type { ArticleDoc } from './types.ts';

export interface StoredArticle {
  schema: number;
  title: string;
  doc: unknown;
}

/** One step: from schema `from` to `from + 1`. */
export interface ArticleMigration {
  from: number;
  up(article: { title: string; doc: unknown }): { title: string; doc: unknown };
}

/** Every step, in order. */
export const ARTICLE_MIGRATIONS: readonly ArticleMigration[] = [
  // 1 → 2 only adds: cards, footnotes, palette colours, readings, AI marks. `parseArticle` writes the new defaults.
  { from: 1, up: (article) => article },
  // 2 → 3 only adds: the cover.
  { from: 2, up: (article) => article },
];

/**
 * Runs the steps from `article.schema` to `target`.
 *
 * @throws StudioError bad_article when the article is newer than `target`, its schema is not a positive
 *   integer, or a step is missing.
 */
export function runMigrations(
  article: StoredArticle,
  migrations: readonly ArticleMigration[],
  target: number,
): { schema: number; title: string; doc: unknown } {
  const { schema } = article;
  if (!Number.isInteger(schema) || schema < 1) throw new StudioError('bad_article', { what: `schema ${schema}` });
  if (schema > target) {
    throw new StudioError('bad_article', { what: `written by a newer version (schema ${schema}, known ${target})` });
  }
  let current: { title: string; doc: unknown } = { title: article.title, doc: article.doc };
  for (let version = schema; version < target; version++) {
    const step = migrations.find((migration) => migration.from === version);
    if (!step) throw new StudioError('bad_article', { what: `no way from schema ${version} to ${version + 1}` });
    current = step.up(current);
  }
  return { schema: target, title: current.title, doc: current.doc };
}

/**
 * A stored article in the present schema, checked.
 *
 * @throws StudioError bad_article as `runMigrations` and `parseArticle`.
 */
export function migrateArticle(article: StoredArticle): { schema: number; title: string; doc: ArticleDoc } {
  const moved = runMigrations(article, ARTICLE_MIGRATIONS, ARTICLE_SCHEMA_VERSION);
  return { schema: moved.schema, title: moved.title, doc: parseArticle(moved.doc) };
}
