/** Brings a database's tables up to date, and says which of them are missing. */
import { Migrator, sql, type Kysely } from 'kysely';
import { StudioError } from '../../model/errors.ts';
import type { Database } from '../../ports/index.ts';
import { MIGRATION_NAMES, migrationsFor, type DialectName } from './migrations/index.ts';

const TABLE = 'schema_migration';
const LOCK_TABLE = 'schema_migration_lock';

const TABLES: readonly (keyof Database)[] = [
  'setting',
  'user_account',
  'story',
  'story_version',
  'asset',
  'asset_story',
  'job',
  'audit_event',
];
const TRIGGERS: Record<DialectName, readonly string[]> = {
  sqlite: ['audit_event_no_update', 'audit_event_no_delete'],
  postgres: ['audit_event_no_update', 'audit_event_no_delete', 'audit_event_no_truncate'],
};

async function tableNames(kysely: Kysely<Database>, dialect: DialectName): Promise<Set<string>> {
  const { rows } =
    dialect === 'sqlite'
      ? await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(kysely)
      : await sql<{
          name: string;
        }>`select tablename as name from pg_tables where schemaname = current_schema()`.execute(kysely);
  return new Set(rows.map((row) => row.name));
}

async function triggerNames(kysely: Kysely<Database>, dialect: DialectName): Promise<Set<string>> {
  const { rows } =
    dialect === 'sqlite'
      ? await sql<{ name: string }>`select name from sqlite_master where type = 'trigger'`.execute(kysely)
      : await sql<{ name: string }>`
          select t.tgname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
          join pg_namespace n on n.oid = c.relnamespace
          where n.nspname = current_schema() and not t.tgisinternal and t.tgenabled <> 'D'`.execute(kysely);
  return new Set(rows.map((row) => row.name));
}

/** A message for every table or audit trigger that ought to be there and is not (or is switched off). */
export async function missingObjects(kysely: Kysely<Database>, dialect: DialectName): Promise<string[]> {
  const tables = await tableNames(kysely, dialect);
  const triggers = await triggerNames(kysely, dialect);
  return [
    ...TABLES.filter((name) => !tables.has(name)).map((name) => `table ${name} is missing`),
    ...TRIGGERS[dialect].filter((name) => !triggers.has(name)).map((name) => `trigger ${name} is missing`),
  ];
}

async function refuseNewer(kysely: Kysely<Database>, dialect: DialectName): Promise<void> {
  if (!(await tableNames(kysely, dialect)).has(TABLE)) return;
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(TABLE)}`.execute(kysely);
  const unknown = rows.map((row) => row.name).filter((name) => !MIGRATION_NAMES.includes(name));
  if (unknown.length > 0) throw new StudioError('workspace_newer', {}, { details: { migrations: unknown } });
}

/**
 * Applies the steps the database lacks, all in one transaction. `schema` is PostgreSQL's schema name.
 * Errors: workspace_newer (it has steps this program does not know); disk_full and workspace_damaged by the engine.
 */
export async function migrate(kysely: Kysely<Database>, dialect: DialectName, schema?: string): Promise<void> {
  await refuseNewer(kysely, dialect);
  const migrator = new Migrator({
    db: kysely,
    provider: { getMigrations: () => Promise.resolve(migrationsFor(dialect)) },
    migrationTableName: TABLE,
    migrationLockTableName: LOCK_TABLE,
    ...(schema === undefined ? {} : { migrationTableSchema: schema }),
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error instanceof Error ? error : new Error('The migration failed', { cause: error });
}
