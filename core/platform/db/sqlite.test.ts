import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { tempDirs } from '../../../tests/support/temp.ts';
import { openSqliteFile } from './sqlite-engine.ts';
import { openSqlite } from './sqlite.ts';

const temp = tempDirs();

it('is set to survive a power cut', async () => {
  const { kysely, close } = await openSqlite(path.join(temp(), 'a.db'));
  const pragma = async (name: string) =>
    Object.values((await sql.raw<Record<string, unknown>>(`PRAGMA ${name}`).execute(kysely)).rows[0] ?? {});
  expect(await pragma('journal_mode')).toEqual(['wal']);
  expect(await pragma('synchronous')).toEqual([2]);
  expect(await pragma('foreign_keys')).toEqual([1]);
  expect(await pragma('busy_timeout')).toEqual([5000]);
  await close();
});

it('reads row by row', async () => {
  const { kysely, close } = await openSqlite(path.join(temp(), 'a.db'));
  await kysely
    .insertInto('setting')
    .values([
      { key: 'a', value: '1' },
      { key: 'b', value: '2' },
    ])
    .execute();
  const keys: string[] = [];
  for await (const row of kysely.selectFrom('setting').selectAll().orderBy('key').stream()) keys.push(row.key);
  expect(keys).toEqual(['a', 'b']);
  await close();
});

it('waits for another process to finish its write', async () => {
  const file = path.join(temp(), 'a.db');
  const handle = await openSqlite(file);
  const other = await openSqliteFile(file, 0);
  other.exec('BEGIN IMMEDIATE');
  setTimeout(() => {
    other.exec('COMMIT');
  }, 100);
  await handle.kysely
    .transaction()
    .execute((trx) => trx.insertInto('setting').values({ key: 'k', value: '' }).execute());
  other.close();
  await handle.close();
});

it('finds damage inside the file, and says so where a query meets it', async () => {
  const file = path.join(temp(), 'a.db');
  const first = await openSqlite(file);
  const value = 'x'.repeat(50_000);
  for (let n = 0; n < 20; n += 1)
    await first.kysely
      .insertInto('setting')
      .values({ key: String(n), value })
      .execute();
  expect(await first.integrity()).toEqual([]);
  await first.close();
  const bytes = readFileSync(file);
  // The second half: rows and their overflow, not the schema in the first pages.
  bytes.fill(0xff, bytes.length / 2);
  writeFileSync(file, bytes);
  const handle = await openSqlite(file);
  expect((await handle.integrity()).length).toBeGreaterThan(0);
  await expect(handle.kysely.selectFrom('setting').selectAll().execute()).rejects.toMatchObject({
    code: 'workspace_damaged',
  });
  await handle.close();
});

it.each([['rubbish'.repeat(1000)], ['SQLite format 3\0' + 'x'.repeat(5000)]])(
  'refuses a file that is no database',
  async (text) => {
    const file = path.join(temp(), 'a.db');
    writeFileSync(file, text);
    await expect(openSqlite(file)).rejects.toMatchObject({ code: 'workspace_damaged' });
    expect(readFileSync(file, 'utf8')).toBe(text);
  },
);

it('says where it cannot write', async () => {
  await expect(openSqlite(path.join(temp(), 'none', 'a.db'))).rejects.toMatchObject({ code: 'not_writable' });
});

it('leaves one file behind', async () => {
  const dir = temp();
  const handle = await openSqlite(path.join(dir, 'a.db'));
  await handle.kysely.insertInto('setting').values({ key: 'k', value: 'v' }).execute();
  expect(readdirSync(dir)).toContain('a.db-wal');
  await handle.close();
  expect(readdirSync(dir)).toEqual(['a.db']);
});

it('closes though another process reads, and that one reads on', async () => {
  const file = path.join(temp(), 'a.db');
  const handle = await openSqlite(file);
  await handle.kysely.insertInto('setting').values({ key: 'k', value: 'v' }).execute();
  const reader = await openSqliteFile(file, 0);
  reader.exec('BEGIN; select * from setting');
  await handle.close();
  expect(reader.prepare('select value from setting').all()).toEqual([{ value: 'v' }]);
  reader.close();
});

it('lets a caller look first, and changes nothing if it refuses', async () => {
  const file = path.join(temp(), 'a.db');
  const first = await openSqlite(file);
  await first.kysely.insertInto('setting').values({ key: 'k', value: 'v' }).execute();
  await first.close();
  const before = readFileSync(file);
  const seen: (string | null)[] = [];
  const attempt = openSqlite(file, {
    before: (setting) => {
      seen.push(setting('k'), setting('none'));
      return Promise.reject(new Error('no'));
    },
  });
  await expect(attempt).rejects.toThrow('no');
  expect(seen).toEqual(['v', null]);
  expect(readFileSync(file).equals(before)).toBe(true);
});
