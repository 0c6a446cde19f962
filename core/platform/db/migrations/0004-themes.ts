/** Themes of the office for official accounts. Shape: core/ports/schema.ts. */
import type { Kysely } from 'kysely';
import { columnTypes, maker } from './make.ts';
import type { DialectName } from './types.ts';

export async function themes(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  const t = columnTypes(dialect);
  await maker(
    db,
    dialect,
  )('wechat_theme')
    .addColumn('id', t.text, (c) => c.primaryKey().notNull())
    .addColumn('lineage', t.text, (c) => c.notNull())
    .addColumn('content', t.text, (c) => c.notNull())
    .addColumn('removed', t.int, (c) => c.notNull())
    .addColumn('created_by', t.text, (c) => c.notNull())
    .addColumn('created_at', t.big, (c) => c.notNull())
    .addForeignKeyConstraint('wechat_theme_created_by', ['created_by'], 'user_account', ['id'])
    .execute();
  await db.schema.createIndex('wechat_theme_lineage').on('wechat_theme').column('lineage').execute();
}
