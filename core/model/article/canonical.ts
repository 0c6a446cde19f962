/** The bytes that are hashed and signed: JSON by RFC 8785. */
import canonicalize from 'canonicalize';
import { StudioError } from '../errors.ts';
import { ARTICLE_SCHEMA_VERSION } from './schema.ts';
import type { ArticleDoc } from './types.ts';

/**
 * JSON by RFC 8785 (keys sorted, no white space, numbers as ECMAScript writes them). Hash its UTF-8 bytes.
 *
 * @throws StudioError bad_input {what} for what JSON cannot hold: undefined, NaN, infinities, lone
 *   surrogates, circles.
 */
export function canonicalJson(value: unknown): string {
  try {
    const json = canonicalize(value);
    if (json !== undefined) return json;
  } catch (error) {
    throw new StudioError(
      'bad_input',
      { what: error instanceof Error ? error.message : String(error) },
      { cause: error },
    );
  }
  throw new StudioError('bad_input', { what: 'not a JSON value' });
}

/** Content of a story version as it is hashed and stored: canonical JSON of `{schema, title, doc}`. */
export function versionContent(article: { title: string; doc: ArticleDoc }): string {
  return canonicalJson({ schema: ARTICLE_SCHEMA_VERSION, title: article.title, doc: article.doc });
}
