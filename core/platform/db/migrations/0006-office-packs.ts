/** Packs of the office for its films. Shape: core/ports/schema.ts. */
import type { Kysely } from 'kysely';
import { columnTypes, maker } from './make.ts';
import type { DialectName } from './types.ts';

export async function officePacks(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  const t = columnTypes(dialect);
  await maker(
    db,
    dialect,
  )('office_pack')
    .addColumn('id', t.text, (c) => c.primaryKey().notNull())
    .addColumn('content', t.text, (c) => c.notNull())
    .addColumn('removed', t.int, (c) => c.notNull())
    .addColumn('updated_by', t.text, (c) => c.notNull())
    .addColumn('updated_at', t.big, (c) => c.notNull())
    .addForeignKeyConstraint('office_pack_updated_by', ['updated_by'], 'user_account', ['id'])
    .execute();
}
