/** Colour tables of the office. Shape: core/ports/schema.ts. */
import type { Kysely } from 'kysely';
import { columnTypes, maker } from './make.ts';
import type { DialectName } from './types.ts';

export async function luts(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  const t = columnTypes(dialect);
  await maker(
    db,
    dialect,
  )('lut')
    .addColumn('sha256', t.text, (c) => c.primaryKey().notNull())
    .addColumn('name', t.text, (c) => c.notNull())
    .addColumn('bytes', t.big, (c) => c.notNull())
    .addColumn('dimensions', t.int, (c) => c.notNull())
    .addColumn('size', t.int, (c) => c.notNull())
    .addColumn('removed', t.int, (c) => c.notNull())
    .addColumn('created_by', t.text, (c) => c.notNull())
    .addColumn('created_at', t.big, (c) => c.notNull())
    .addForeignKeyConstraint('lut_created_by', ['created_by'], 'user_account', ['id'])
    .execute();
}
