/** Story templates of the office. Shape: core/ports/schema.ts. */
import type { Kysely } from 'kysely';
import { columnTypes, maker } from './make.ts';
import type { DialectName } from './types.ts';

export async function storyTemplates(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  const t = columnTypes(dialect);
  await maker(
    db,
    dialect,
  )('story_template')
    .addColumn('id', t.text, (c) => c.primaryKey().notNull())
    .addColumn('name', t.text, (c) => c.notNull())
    .addColumn('purpose', t.text, (c) => c.notNull())
    .addColumn('content', t.text, (c) => c.notNull())
    .addColumn('created_by', t.text, (c) => c.notNull())
    .addColumn('created_at', t.big, (c) => c.notNull())
    .addColumn('updated_by', t.text, (c) => c.notNull())
    .addColumn('updated_at', t.big, (c) => c.notNull())
    .addForeignKeyConstraint('story_template_created_by', ['created_by'], 'user_account', ['id'])
    .addForeignKeyConstraint('story_template_updated_by', ['updated_by'], 'user_account', ['id'])
    .execute();
}
