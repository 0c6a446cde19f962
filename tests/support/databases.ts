/** Runs one suite on both engines, each test with a database of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, inject } from 'vitest';
import { openPostgres } from '../../core/platform/db/postgres.ts';
import { openSqlite } from '../../core/platform/db/sqlite.ts';
import type { DatabaseHandle } from '../../core/ports/index.ts';
import type {} from '../integration/global-setup.ts';
import { findPostgres, freshDatabase, startPostgres, type PostgresServer } from './postgres.ts';

/** Opens this test's database; a second call opens the same one again. Whatever is left open is closed after the test. */
export type OpenDatabase = () => Promise<DatabaseHandle>;

function closing(openOne: () => Promise<DatabaseHandle>): { open: OpenDatabase; closeAll: () => Promise<void> } {
  let handles: DatabaseHandle[] = [];
  return {
    open: async () => {
      const handle = await openOne();
      handles.push(handle);
      return handle;
    },
    closeAll: async () => {
      const left = handles;
      handles = [];
      for (const handle of left) await handle.close();
    },
  };
}

function onSqlite(suite: (open: OpenDatabase) => void): void {
  let dir: string | null = null;
  const { open, closeAll } = closing(() => {
    dir ??= mkdtempSync(path.join(os.tmpdir(), 'tongxin-db-'));
    return openSqlite(path.join(dir, 'studio.db'));
  });
  afterEach(async () => {
    await closeAll();
    if (dir !== null) rmSync(dir, { recursive: true, force: true });
    dir = null;
  });
  suite(open);
}

function onPostgres(suite: (open: OpenDatabase) => void): void {
  let server: { url: string; stop?: PostgresServer['stop'] } | null = null;
  let database: Awaited<ReturnType<typeof freshDatabase>> | null = null;
  beforeAll(async () => {
    const shared = inject('postgresUrl') as string | null | undefined;
    server = shared ? { url: shared } : await startPostgres();
  }, 60_000);
  afterAll(async () => {
    await server?.stop?.();
  });
  const { open, closeAll } = closing(async () => {
    if (server === null) throw new Error('PostgreSQL is not running');
    database ??= await freshDatabase(server.url);
    return openPostgres(database.url);
  });
  afterEach(async () => {
    await closeAll();
    await database?.drop();
    database = null;
  });
  suite(open);
}

/**
 * `describe` twice, on SQLite and on PostgreSQL; `suite` declares the tests. PostgreSQL is left out only when it is
 * not installed and TONGXIN_ALLOW_SKIP=1.
 */
export function describeOnBoth(name: string, suite: (open: OpenDatabase) => void): void {
  describe(`${name} (SQLite)`, () => {
    onSqlite(suite);
  });
  const absent = findPostgres() === null && process.env['TONGXIN_ALLOW_SKIP'] === '1';
  describe.skipIf(absent)(`${name} (PostgreSQL)${absent ? ': PostgreSQL is not installed' : ''}`, () => {
    onPostgres(suite);
  });
}
