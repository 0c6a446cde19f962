/** The team database: PostgreSQL 15 or later. */
import { Kysely, PostgresDialect, sql, type DatabaseConnection, type Driver, type TransactionSettings } from 'kysely';
import { CompiledQuery } from 'kysely';
import { Client, Pool, types } from 'pg';
import { StudioError } from '../../model/errors.ts';
import type { Database, DatabaseHandle } from '../../ports/index.ts';
import { systemCode } from '../files.ts';
import { guardDialect } from './guard.ts';
import { migrate, missingObjects } from './migrate.ts';

/** Oldest release that is supported and tested. */
const OLDEST_VERSION = 150_000;
/** Connections of one process. Writers take turns (see `begin`), so this bounds readers. */
const POOL_SIZE = 10;
const CONNECT_TIMEOUT_MS = 10_000;

/** int8 and numeric come as text by default; ours are counts, bytes, milliseconds and sums of these. */
const NUMBER_TYPES = new Set<number>([types.builtins.INT8, types.builtins.NUMERIC]);

function parseWhole(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) throw new RangeError(`${text} is beyond 2^53`);
  return value;
}

const parsers = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    NUMBER_TYPES.has(oid) && format !== 'binary'
      ? parseWhole
      : (types.getTypeParser as (oid: number, format?: string) => unknown)(oid, format)) as typeof types.getTypeParser,
};

/** https://www.postgresql.org/docs/15/errcodes-appendix.html */
const LOST = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EPIPE',
  'ENOENT',
  '57P01',
  '57P02',
  '57P03',
  '53300',
]);
const DAMAGED = new Set(['XX001', 'XX002']);

function postgresError(error: unknown): unknown {
  const code = systemCode(error);
  if (code === '53100') return new StudioError('disk_full', {}, { cause: error });
  if (DAMAGED.has(code)) return new StudioError('workspace_damaged', {}, { cause: error });
  const gone =
    error instanceof Error && /Connection terminated|timeout exceeded when trying to connect/.test(error.message);
  if (gone || LOST.has(code) || code.startsWith('08')) {
    const what = error instanceof Error ? error.message || code : code;
    return new StudioError('tool_failed', { tool: 'PostgreSQL', what }, { cause: error });
  }
  return error;
}

/** A name that needs no quoting: it is put into `set search_path`. */
const SCHEMA_NAME = /^[a-z_][a-z0-9_]{0,62}$/;

/**
 * Writing transactions of one schema take turns, as they do in SQLite: the audit chain needs the row before
 * its own, and code tested on one engine must mean the same on the other. The lock ends with the transaction.
 */
async function begin(driver: Driver, connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
  await driver.beginTransaction(connection, settings);
  if (settings.accessMode === 'read only') return;
  try {
    await connection.executeQuery(
      CompiledQuery.raw(
        "select pg_advisory_xact_lock(hashtextextended('tongxin-studio write ' || current_schema(), 0))",
      ),
    );
  } catch (error) {
    await driver.rollbackTransaction(connection);
    throw error;
  }
}

function createKysely(pool: Pool, schema: string): Kysely<Database> {
  const dialect = new PostgresDialect({
    pool,
    onCreateConnection: async (connection) => {
      await connection.executeQuery(CompiledQuery.raw(`set search_path to "${schema}"`));
    },
  });
  return new Kysely<Database>({
    dialect: guardDialect(dialect, {
      toError: postgresError,
      begin,
      rollback: (driver, connection) => driver.rollbackTransaction(connection),
    }),
  });
}

async function serverVersion(client: Client): Promise<string> {
  const { rows } = await client.query<{ number: string; name: string; encoding: string }>(
    "select current_setting('server_version_num') as number, current_setting('server_version') as name, current_setting('server_encoding') as encoding",
  );
  const row = rows[0];
  if (!row || Number(row.number) < OLDEST_VERSION) {
    throw new StudioError('missing_tool', { tool: 'PostgreSQL 15', install: `PostgreSQL ${row?.name ?? '?'} → 15+` });
  }
  if (row.encoding !== 'UTF8') {
    throw new StudioError('missing_tool', {
      tool: 'PostgreSQL UTF8',
      install: "CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0",
    });
  }
  return row.name;
}

/** Makes the schema and its tables; one process at a time, for the session lock is held all the while. */
async function prepare(url: string, schema: string, kysely: Kysely<Database>): Promise<string> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  client.on('error', () => undefined); // A broken connection also fails the query under way, which reports it.
  try {
    await client.connect();
    const version = await serverVersion(client);
    await client.query(`select pg_advisory_lock(hashtextextended('tongxin-studio open', 0))`);
    // Asked first: CREATE SCHEMA IF NOT EXISTS needs the right to create even when it has nothing to do.
    const { rowCount } = await client.query('select 1 from pg_namespace where nspname = $1', [schema]);
    if (rowCount === 0) await client.query(`create schema "${schema}"`);
    await migrate(kysely, 'postgres', schema);
    return version;
  } catch (error) {
    throw postgresError(error);
  } finally {
    await client.end();
  }
}

async function integrity(kysely: Kysely<Database>): Promise<string[]> {
  try {
    const invalid = await sql<{ name: string }>`
      select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid
      join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = current_schema() and not i.indisvalid`.execute(kysely);
    return [
      ...invalid.rows.map((row) => `index ${row.name} is not valid`),
      ...(await missingObjects(kysely, 'postgres')),
    ];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/**
 * Opens a PostgreSQL database by its URL and brings the tables of `schema` (default `public`) up to date.
 * Errors: workspace_newer, missing_tool (older than 15, or not UTF-8), tool_failed (cannot be reached), disk_full.
 */
export async function openPostgres(url: string, options: { schema?: string } = {}): Promise<DatabaseHandle> {
  const schema = options.schema ?? 'public';
  if (!SCHEMA_NAME.test(schema)) throw new StudioError('bad_input', { what: `schema ${schema}` });
  const pool = new Pool({
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    types: parsers,
    application_name: 'tongxin-studio',
  });
  // An idle connection that breaks is replaced by the pool; without a listener Node would end the process.
  pool.on('error', () => undefined);
  const kysely = createKysely(pool, schema);
  try {
    const version = await prepare(url, schema, kysely);
    return {
      dialect: 'postgres',
      kysely,
      version: `PostgreSQL ${version}`,
      integrity: () => integrity(kysely),
      close: () => kysely.destroy(),
    };
  } catch (error) {
    await kysely.destroy();
    throw error;
  }
}
