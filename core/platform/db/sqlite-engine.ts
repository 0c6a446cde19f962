/** Loads the SQLite engine by the `node:sqlite` interface, and says its errors in the error table's words. */
import { statfsSync } from 'node:fs';
import path from 'node:path';
import { StudioError } from '../../model/errors.ts';

export type SqliteValue = null | number | bigint | string | Uint8Array;

export interface SqliteStatement {
  all(...parameters: SqliteValue[]): unknown[];
  run(...parameters: SqliteValue[]): { changes: number | bigint; lastInsertRowid: number | bigint };
  iterate(...parameters: SqliteValue[]): IterableIterator<unknown>;
  columns(): unknown[];
}

export interface SqliteDatabase {
  prepare(sql: string): SqliteStatement;
  exec(sql: string): void;
  close(): void;
}

interface SqliteOptions {
  /** Milliseconds to wait for another process's lock. */
  timeout: number;
  enableForeignKeyConstraints?: boolean;
}

interface SqliteModule {
  DatabaseSync: new (file: string, options: SqliteOptions) => SqliteDatabase;
}

/** First Node release whose `node:sqlite` needs no flag (Node changelog, 22.13.0). */
const BUILT_IN_SINCE = [22, 13] as const;

function hasBuiltIn(): boolean {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > BUILT_IN_SINCE[0] || (major === BUILT_IN_SINCE[0] && minor >= BUILT_IN_SINCE[1]);
}

async function loadModule(): Promise<SqliteModule> {
  if (hasBuiltIn()) {
    // Not an import: older bundlers and test runners do not know the name and would look for a package.
    const builtIn: unknown = process.getBuiltinModule('node:sqlite');
    if (builtIn) return builtIn as SqliteModule;
  }
  return await import('@photostructure/sqlite');
}

/** Opens (or makes) a SQLite file. `timeoutMs`: how long a statement waits for another process's lock. */
export async function openSqliteFile(file: string, timeoutMs: number): Promise<SqliteDatabase> {
  const { DatabaseSync } = await loadModule();
  try {
    // An absolute path: a name that begins with "file:" would be read as a URI.
    return new DatabaseSync(path.resolve(file), { timeout: timeoutMs, enableForeignKeyConstraints: true });
  } catch (error) {
    throw sqliteError(error, file);
  }
}

/** Primary result codes: https://sqlite.org/rescode.html */
const CODE = { PERM: 3, BUSY: 5, READONLY: 8, IOERR: 10, CORRUPT: 11, FULL: 13, CANTOPEN: 14, NOTADB: 26 } as const;

/** SQLite's fixed texts (sqlite3_errstr) for the codes above. */
const TEXTS: readonly (readonly [text: string, code: number])[] = [
  ['access permission denied', CODE.PERM],
  ['database is locked', CODE.BUSY],
  ['attempt to write a readonly database', CODE.READONLY],
  ['disk I/O error', CODE.IOERR],
  ['database disk image is malformed', CODE.CORRUPT],
  ['database or disk is full', CODE.FULL],
  ['unable to open database file', CODE.CANTOPEN],
  ['file is not a database', CODE.NOTADB],
];

/** Primary result code of a SQLite error, or 0 for any other error. */
function primaryCode(error: unknown): number {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'ERR_SQLITE_ERROR') return 0;
  // The low byte is the primary code; the rest refines it.
  if ('errcode' in error && typeof error.errcode === 'number') return error.errcode & 0xff;
  // @photostructure/sqlite gives no number for errors of `all` and `iterate`.
  return TEXTS.find(([text]) => error.message.includes(text))?.[1] ?? 0;
}

/** Whether another process holds the file's lock. */
export function isBusy(error: unknown): boolean {
  return primaryCode(error) === CODE.BUSY;
}

/**
 * SQLite reports a full disk as SQLITE_FULL when it writes pages, but as SQLITE_IOERR or SQLITE_CANTOPEN when it
 * cannot grow the shared-memory or journal file, without the system's own error. Less than this much room left
 * next to the file says which it was. 1 MiB: one growth step of the -shm file is 32 KiB, a WAL frame 4 KiB.
 */
const NO_ROOM_BYTES = 1024 * 1024;

function noRoom(file: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(path.dirname(path.resolve(file)));
    return bavail * bsize < NO_ROOM_BYTES;
  } catch {
    // The folder itself cannot be asked (removed, unplugged): then a full disk is not the reason.
    return false;
  }
}

/** disk_full, workspace_damaged or not_writable where SQLite means that; any other error as it came. */
export function sqliteError(error: unknown, file: string): unknown {
  switch (primaryCode(error)) {
    case CODE.FULL:
      return new StudioError('disk_full', {}, { cause: error });
    case CODE.CORRUPT:
    case CODE.NOTADB:
      return new StudioError('workspace_damaged', {}, { cause: error });
    case CODE.PERM:
    case CODE.READONLY:
      return new StudioError('not_writable', { dir: path.dirname(file) }, { cause: error });
    case CODE.IOERR:
      return noRoom(file) ? new StudioError('disk_full', {}, { cause: error }) : error;
    case CODE.CANTOPEN:
      return noRoom(file)
        ? new StudioError('disk_full', {}, { cause: error })
        : new StudioError('not_writable', { dir: path.dirname(file) }, { cause: error });
    default:
      return error;
  }
}

/** Name and version of the engine, or null when it cannot be loaded. */
export async function sqliteVersion(): Promise<string | null> {
  try {
    const { DatabaseSync } = await loadModule();
    const database = new DatabaseSync(':memory:', { timeout: 0 });
    const [row] = database.prepare('SELECT sqlite_version() AS version').all() as { version: string }[];
    database.close();
    return row ? `SQLite ${row.version}` : null;
  } catch {
    return null;
  }
}
