/** Platforms that an office changed or added, and the profiles that approvals were given under. Shape: core/ports/schema.ts. */
import type { Kysely } from 'kysely';
import { columnTypes, maker } from './make.ts';
import type { DialectName } from './types.ts';

export async function platforms(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  const t = columnTypes(dialect);
  const table = maker(db, dialect);
  await table('platform_revision')
    .addColumn('id', t.text, (c) => c.primaryKey().notNull())
    .addColumn('target', t.text, (c) => c.notNull())
    .addColumn('n', t.int, (c) => c.notNull())
    .addColumn('content', t.text)
    .addColumn('basis', t.text)
    .addColumn('created_by', t.text, (c) => c.notNull())
    .addColumn('created_at', t.big, (c) => c.notNull())
    .addForeignKeyConstraint('platform_revision_created_by', ['created_by'], 'user_account', ['id'])
    .addUniqueConstraint('platform_revision_n', ['target', 'n'])
    .execute();
  await table('frozen_profile')
    .addColumn('sha256', t.text, (c) => c.primaryKey().notNull())
    .addColumn('content', t.text, (c) => c.notNull())
    .execute();
}
