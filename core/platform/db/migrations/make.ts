/** What the steps of the schema's history share. */
import { sql, type CreateTableBuilder, type Kysely } from 'kysely';
import type { ColumnTypes, DialectName } from './types.ts';

/** Column types of an engine. */
export function columnTypes(dialect: DialectName): ColumnTypes {
  return dialect === 'sqlite'
    ? { text: sql`text`, int: 'integer', big: 'integer', real: 'real' }
    : { text: sql`text collate "C"`, int: 'integer', big: 'bigint', real: 'double precision' };
}

/** Starts a table of that name. */
export type Make = <T extends string>(name: T) => CreateTableBuilder<T>;

/** STRICT makes SQLite refuse a value of the wrong type, as PostgreSQL does. */
export function maker(db: Kysely<unknown>, dialect: DialectName): Make {
  return (name) => {
    const table = db.schema.createTable(name);
    return dialect === 'sqlite' ? table.modifyEnd(sql`strict`) : table;
  };
}

export type Index = readonly [table: string, columns: readonly string[]];

/** Makes an index `<table>_by_<columns>` for each entry. */
export async function createIndexes(db: Kysely<unknown>, indexes: readonly Index[]): Promise<void> {
  for (const [table, columns] of indexes) {
    await db.schema
      .createIndex(`${table}_by_${columns.join('_')}`)
      .on(table)
      .columns([...columns])
      .execute();
  }
}
