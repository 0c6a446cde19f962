import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync, chmodSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { children } from '../../../tests/support/child.ts';
import { asOrdinaryUser, tempDirs } from '../../../tests/support/temp.ts';
import type { WorkspacePorts } from '../../ports/index.ts';
import { openSqliteFile } from '../db/sqlite-engine.ts';
import { closeWorkspaceFolder, createWorkspaceFolder, openWorkspaceFolder } from './folder.ts';

const temp = tempDirs();
const start = children();

async function complete(ports: WorkspacePorts): Promise<void> {
  await ports.database.kysely.insertInto('setting').values({ key: 'workspace', value: '{}' }).execute();
}

async function madeWorkspace(dir: string): Promise<void> {
  const ports = await createWorkspaceFolder(dir);
  await complete(ports);
  await closeWorkspaceFolder(ports);
}

it.each([['工作区 2026'], [`it's "q" & $HOME #1?%41`], ['👩‍👩‍👧‍👦 é'], ['file:x']])(
  'makes and opens a folder called %s',
  async (name) => {
    const dir = path.join(temp(), 'sub', name);
    const made = await createWorkspaceFolder(dir);
    await complete(made);
    const blob = await made.blobs.stageBytes(Buffer.from('x'));
    await made.blobs.commit(blob);
    const key = await made.vault.publicKey();
    await closeWorkspaceFolder(made);
    expect(readdirSync(dir).sort()).toEqual([
      'backups',
      'blobs',
      'cache',
      'exports',
      'keys',
      'studio.db',
      'studio.lock',
    ]);

    const ports = await openWorkspaceFolder(dir);
    expect(await ports.blobs.has(blob.sha256)).toBe(true);
    expect(await ports.vault.publicKey()).toBe(key);
    expect(existsSync(ports.uploadsDir)).toBe(true);
    expect(await ports.database.integrity()).toEqual([]);
    await closeWorkspaceFolder(ports);
  },
);

it('refuses a folder that holds something, and leaves it alone', async () => {
  const dir = temp();
  writeFileSync(path.join(dir, 'letter.txt'), 'mine');
  await expect(createWorkspaceFolder(dir)).rejects.toMatchObject({ code: 'out_not_empty', params: { dir } });
  expect(readdirSync(dir)).toEqual(['letter.txt']);
});

it('takes a folder in which the file manager has left its own file', async () => {
  const dir = temp();
  writeFileSync(path.join(dir, '.DS_Store'), '');
  await madeWorkspace(dir);
  await closeWorkspaceFolder(await openWorkspaceFolder(dir));
});

it('says that it cannot write where it cannot', async () => {
  const parent = temp();
  writeFileSync(path.join(parent, 'file'), '');
  await expect(createWorkspaceFolder(path.join(parent, 'file', 'x'))).rejects.toMatchObject({ code: 'not_writable' });
  await expect(createWorkspaceFolder(path.join(parent, 'file'))).rejects.toMatchObject({ code: 'not_writable' });
  chmodSync(parent, 0o555);
  const refused = asOrdinaryUser(() => createWorkspaceFolder(path.join(parent, 'x')));
  await expect(refused).rejects.toMatchObject({ code: 'not_writable' });
  chmodSync(parent, 0o755);
});

it('removes a workspace that is closed before it is complete, but not the folder it was given', async () => {
  const dir = temp();
  await closeWorkspaceFolder(await createWorkspaceFolder(dir));
  expect(readdirSync(dir)).toEqual([]);
  const inside = path.join(dir, 'new');
  await closeWorkspaceFolder(await createWorkspaceFolder(inside));
  expect(existsSync(inside)).toBe(false);
});

it('does not open what a killed process had half made', async () => {
  const dir = path.join(temp(), 'w');
  const child = await start('create', dir);
  expect(child.answer).toEqual({ ok: true });
  await child.kill();
  await expect(openWorkspaceFolder(dir)).rejects.toMatchObject({ code: 'not_a_workspace' });
});

it('refuses what is not a workspace without touching it', async () => {
  const dir = temp();
  await expect(openWorkspaceFolder(dir)).rejects.toMatchObject({ code: 'not_a_workspace', params: { dir } });
  await expect(openWorkspaceFolder(path.join(dir, 'none'))).rejects.toMatchObject({ code: 'not_a_workspace' });
  const file = path.join(dir, 'studio.db');
  const foreign = await openSqliteFile(file, 0);
  foreign.exec('create table setting (name text); insert into setting values (1)');
  foreign.close();
  const before = readFileSync(file);
  await expect(openWorkspaceFolder(dir)).rejects.toMatchObject({ code: 'not_a_workspace' });
  expect(readdirSync(dir)).toEqual(['studio.db']);
  expect(readFileSync(file).equals(before)).toBe(true);
});

it('says that a database is damaged, and lets go of the folder', async () => {
  const dir = path.join(temp(), 'w');
  await madeWorkspace(dir);
  const file = path.join(dir, 'studio.db');
  const whole = readFileSync(file);
  writeFileSync(file, Buffer.concat([Buffer.from('rubbish'), whole.subarray(7)]));
  await expect(openWorkspaceFolder(dir)).rejects.toMatchObject({ code: 'workspace_damaged' });
  writeFileSync(file, whole);
  await closeWorkspaceFolder(await openWorkspaceFolder(dir));
});

it('says that a newer program wrote it, and lets go of the folder', async () => {
  const dir = path.join(temp(), 'w');
  await madeWorkspace(dir);
  const db = await openSqliteFile(path.join(dir, 'studio.db'), 0);
  db.exec("insert into schema_migration (name, timestamp) values ('9999_future', '')");
  await expect(openWorkspaceFolder(dir)).rejects.toMatchObject({ code: 'workspace_newer' });
  db.exec("delete from schema_migration where name = '9999_future'");
  db.close();
  await closeWorkspaceFolder(await openWorkspaceFolder(dir));
});

it('is held by one process', async () => {
  const dir = path.join(temp(), 'w');
  await madeWorkspace(dir);
  const ports = await openWorkspaceFolder(dir);
  const child = await start('open', dir);
  expect(child.answer).toMatchObject({ code: 'workspace_in_use', params: { pid: process.pid } });
  await closeWorkspaceFolder(ports);
  const next = await start('open', dir);
  expect(next.answer).toEqual({ ok: true });
});

it('sweeps half-made files at opening and makes a deleted cache again, keeping uploads', async () => {
  const dir = path.join(temp(), 'w');
  await madeWorkspace(dir);
  rmSync(path.join(dir, 'cache'), { recursive: true });
  const uploads = path.join(dir, 'cache', 'uploads');
  mkdirSync(uploads, { recursive: true });
  const half = ['.a.mp4.00000000-0000-4000-8000-000000000000.tmp', 'blobs/.staging/x', 'cache/derived/.tmp/y.mp4'];
  writeFileSync(path.join(uploads, 'finished'), 'x');
  for (const name of [`cache/uploads/${String(half[0])}`, `keys/${String(half[0])}`, half[1], half[2]]) {
    const file = path.join(dir, String(name));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, 'x');
  }
  const ports = await openWorkspaceFolder(dir);
  const left = readdirSync(dir, { recursive: true }).map(String);
  expect(left.filter((name) => /tmp$|\.staging.x|y\.mp4/.test(path.basename(name)) && !name.endsWith('.tmp/'))).toEqual(
    [path.join('cache', 'derived', '.tmp')],
  );
  expect(readdirSync(uploads)).toEqual(['finished']);
  expect(readdirSync(path.join(dir, 'blobs', '.staging'))).toEqual([]);
  expect(readdirSync(path.join(dir, 'cache', 'derived', '.tmp'))).toEqual([]);
  await closeWorkspaceFolder(ports);
});
