/** The embedded database: one SQLite file, one connection, by the `node:sqlite` interface. */
import { Kysely, SqliteAdapter, SqliteDialect, sql, type Dialect } from 'kysely';
import type { Database, DatabaseHandle } from '../../ports/index.ts';
import { guardDialect } from './guard.ts';
import { migrate, missingObjects } from './migrate.ts';
import {
  isBusy,
  openSqliteFile,
  sqliteError,
  type SqliteDatabase,
  type SqliteStatement,
  type SqliteValue,
} from './sqlite-engine.ts';

/** Another process holds the file only for moments (a backup's copy, a checkpoint): long enough to sit that out. */
const BUSY_TIMEOUT_MS = 5_000;
const BEGIN_PAUSE_MS = 10;

/**
 * WAL with synchronous=FULL: a committed transaction survives a power cut. recursive_triggers: without it
 * INSERT OR REPLACE deletes an audit row and no trigger hears of it (https://sqlite.org/lang_conflict.html).
 */
const PRAGMAS = [
  'PRAGMA journal_mode = WAL',
  'PRAGMA synchronous = FULL',
  'PRAGMA foreign_keys = ON',
  'PRAGMA recursive_triggers = ON',
];

/** More than the program has different queries at a time; the oldest go first. */
const CACHED_STATEMENTS = 200;

/** Prepared statements are kept: the engines free one only when the collector finds it, and preparing costs time. */
function statementCache(db: SqliteDatabase): (text: string) => SqliteStatement {
  const cache = new Map<string, SqliteStatement>();
  return (text) => {
    const statement = cache.get(text) ?? db.prepare(text);
    cache.delete(text);
    cache.set(text, statement);
    for (const oldest of cache.keys()) {
      if (cache.size <= CACHED_STATEMENTS) break;
      cache.delete(oldest);
    }
    return statement;
  };
}

/**
 * Leaves WAL before closing, so that a closed database is one file that can be copied. It also matters because
 * @photostructure/sqlite closes with its statements unfinished: the connection lives on until they are collected,
 * and as the last user of a WAL it would then delete `studio.db-wal` by name, whoever that belongs to by then.
 */
function closeAsOneFile(db: SqliteDatabase): void {
  try {
    db.exec('PRAGMA busy_timeout = 0');
    db.exec('PRAGMA journal_mode = DELETE');
  } catch {
    // Another process reads the file, or the disk is full: it stays in WAL mode, which is as safe.
  }
  db.close();
}

/** Kysely asks for the shape of better-sqlite3; rows get a plain prototype so that both engines give equal objects. */
function betterSqliteShape(db: SqliteDatabase) {
  const plain = (row: unknown): unknown => ({ ...(row as object) });
  const values = (parameters: readonly unknown[]): SqliteValue[] => {
    // One of the two engine packages would store it as 1; PostgreSQL refuses it in a column of numbers.
    if (parameters.some((value) => typeof value === 'boolean'))
      throw new TypeError('A boolean cannot be stored; use 0 or 1');
    return parameters as SqliteValue[];
  };
  const prepare = statementCache(db);
  return {
    close: () => {
      closeAsOneFile(db);
    },
    prepare: (text: string) => {
      const statement = prepare(text);
      return {
        reader: statement.columns().length > 0,
        all: (parameters: readonly unknown[]) => statement.all(...values(parameters)).map(plain),
        run: (parameters: readonly unknown[]) => statement.run(...values(parameters)),
        *iterate(parameters: readonly unknown[]): IterableIterator<unknown> {
          // A statement of its own: the cached one may be needed before the last row is read.
          for (const row of db.prepare(text).iterate(...values(parameters))) yield plain(row);
        },
      };
    },
  };
}

/** SQLite rolls back CREATE TABLE like any statement, so that a migration is done whole or not at all. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/**
 * IMMEDIATE takes the write lock at once: a deferred transaction that reads first fails at its first write, without
 * waiting, when another process has written in between. The wait is ours and not the engine's, whose would stop
 * everything else in this process.
 */
async function beginImmediate(db: SqliteDatabase): Promise<void> {
  for (const deadline = Date.now() + BUSY_TIMEOUT_MS; ;) {
    db.exec('PRAGMA busy_timeout = 0');
    try {
      db.exec('BEGIN IMMEDIATE');
      return;
    } catch (error) {
      if (!isBusy(error) || Date.now() > deadline) throw error;
    } finally {
      db.exec(`PRAGMA busy_timeout = ${String(BUSY_TIMEOUT_MS)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, BEGIN_PAUSE_MS));
  }
}

/** After SQLITE_FULL or SQLITE_IOERR the engine has rolled back by itself; then there is nothing left to undo. */
function rollBack(db: SqliteDatabase): void {
  try {
    db.exec('ROLLBACK');
  } catch (error) {
    if (!(error instanceof Error && error.message.includes('no transaction is active'))) throw error;
  }
}

function createDialect(db: SqliteDatabase, file: string): Dialect {
  const inner = new SqliteDialect({ database: betterSqliteShape(db) });
  const guardedDialect = guardDialect(inner, {
    toError: (error) => sqliteError(error, file),
    begin: () => beginImmediate(db),
    rollback: async () => {
      rollBack(db);
    },
  });
  return { ...guardedDialect, createAdapter: () => new TransactionalSqliteAdapter() };
}

async function integrity(kysely: Kysely<Database>): Promise<string[]> {
  const messages: string[] = [];
  try {
    const found = await sql<{ integrity_check: string }>`PRAGMA integrity_check`.execute(kysely);
    messages.push(...found.rows.map((row) => row.integrity_check).filter((text) => text !== 'ok'));
    const orphans = await sql<{ table: string; parent: string }>`PRAGMA foreign_key_check`.execute(kysely);
    messages.push(...orphans.rows.map((row) => `${row.table}: a row points to a missing ${row.parent}`));
    messages.push(...(await missingObjects(kysely, 'sqlite')));
  } catch (error) {
    // A file damaged in its schema cannot even be asked; that is the finding.
    messages.push(error instanceof Error ? error.message : String(error));
  }
  return messages;
}

/** Reads a row of `setting`, also where there is no such table. */
export type PeekSetting = (key: string) => string | null;

function peekSetting(db: SqliteDatabase, key: string): string | null {
  const columns = db.prepare("select name from pragma_table_info('setting')").all() as { name: string }[];
  const names = columns.map((column) => column.name);
  if (!names.includes('key') || !names.includes('value')) return null;
  const rows = db.prepare('select value from setting where key = ?').all(key) as { value: unknown }[];
  const value = rows[0]?.value;
  return typeof value === 'string' ? value : null;
}

async function prepareConnection(db: SqliteDatabase, file: string, options: OpenSqliteOptions): Promise<void> {
  const mapped = <T>(run: () => T): T => {
    try {
      return run();
    } catch (error) {
      throw sqliteError(error, file);
    }
  };
  try {
    await options.before?.((key) => mapped(() => peekSetting(db, key)));
    for (const pragma of PRAGMAS)
      mapped(() => {
        db.exec(pragma);
      });
  } catch (error) {
    db.close();
    throw error;
  }
}

export interface OpenSqliteOptions {
  /** Runs once the file is open and before anything in it is changed; refuses it by throwing. */
  before?: (setting: PeekSetting) => Promise<void>;
}

/**
 * Opens the SQLite database at `file` (made if absent) and brings its tables up to date.
 * One connection: transactions on the handle run one after another. A transaction's callback must use the
 * transaction it is given; the handle itself waits for the transaction to end.
 * Errors: workspace_newer, workspace_damaged, disk_full, not_writable.
 */
export async function openSqlite(file: string, options: OpenSqliteOptions = {}): Promise<DatabaseHandle> {
  const db = await openSqliteFile(file, BUSY_TIMEOUT_MS);
  await prepareConnection(db, file, options);
  const kysely = new Kysely<Database>({ dialect: createDialect(db, file) });
  try {
    await migrate(kysely, 'sqlite');
    const { rows } = await sql<{ version: string }>`select sqlite_version() as version`.execute(kysely);
    return {
      dialect: 'sqlite',
      kysely,
      version: `SQLite ${rows[0]?.version ?? ''}`,
      integrity: () => integrity(kysely),
      close: () => kysely.destroy(),
    };
  } catch (error) {
    await kysely.destroy();
    throw error;
  }
}
