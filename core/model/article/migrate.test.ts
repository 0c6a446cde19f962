import { describe, expect, it } from 'vitest';
import { isStudioError } from '../../../tests/fixtures/errors.ts';
import { ARTICLE_MIGRATIONS, migrateArticle, runMigrations } from './migrate.ts';
import { ARTICLE_SCHEMA_VERSION, emptyArticle } from './schema.ts';

const stored = (schema: number): { schema: number; title: string; doc: unknown } => ({
  schema,
  title: '题',
  doc: emptyArticle(),
});
const refused = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (isStudioError(error, 'bad_article')) return String(error.params['what']);
    throw error;
  }
  return 'accepted';
};

describe('migrateArticle', () => {
  it('leaves the present schema as it is, checked', () => {
    expect(migrateArticle(stored(ARTICLE_SCHEMA_VERSION))).toEqual(stored(ARTICLE_SCHEMA_VERSION));
    expect(
      refused(() => migrateArticle({ ...stored(1), doc: { type: 'doc', content: [{ type: 'gone' }] } })),
    ).toContain('gone');
  });
  it('brings a picture of schema 1 to the present, with what it did not know', () => {
    const image = { type: 'image', attrs: { assetId: 'a', alt: '', caption: '', credit: '', width: null } };
    const moved = migrateArticle({ schema: 1, title: '题', doc: { type: 'doc', content: [image] } });
    expect(moved.schema).toBe(3);
    expect(moved.doc.content).toEqual([{ ...image, attrs: { ...image.attrs, ai: false } }]);
  });
  it('refuses newer and impossible schemas', () => {
    expect(refused(() => migrateArticle(stored(ARTICLE_SCHEMA_VERSION + 1)))).toContain('newer');
    for (const schema of [0, -1, 1.5, NaN]) expect(refused(() => migrateArticle(stored(schema)))).not.toBe('accepted');
  });
  it('has a step for every schema before the present one', () => {
    expect(ARTICLE_MIGRATIONS.map((step) => step.from)).toEqual(
      Array.from({ length: ARTICLE_SCHEMA_VERSION - 1 }, (_, i) => i + 1),
    );
  });
});

describe('runMigrations', () => {
  const steps = [
    { from: 2, up: (a: { title: string; doc: unknown }) => ({ ...a, title: `${a.title}3` }) },
    { from: 1, up: (a: { title: string; doc: unknown }) => ({ ...a, title: `${a.title}2` }) },
  ];
  it('goes through the steps in order, from where the article stands', () => {
    expect(runMigrations(stored(1), steps, 3)).toEqual({ schema: 3, title: '题23', doc: emptyArticle() });
    expect(runMigrations(stored(2), steps, 3).title).toBe('题3');
  });
  it('refuses when a step is missing', () => {
    expect(refused(() => runMigrations(stored(1), steps, 4))).toContain('3 to 4');
  });
});
