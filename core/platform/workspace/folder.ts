/**
 * A workspace is one folder: studio.db, blobs/, cache/ (derived/, uploads/), exports/, backups/, keys/,
 * and recordings/ once somebody has spoken over a film.
 * It is complete once the row `workspace` stands in `setting`; before that it cannot be opened.
 */
import { mkdir, readdir, rm, rmdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { StudioError } from '../../model/errors.ts';
import type { Clock, DatabaseHandle, WorkspaceLock, WorkspacePorts } from '../../ports/index.ts';
import { createDerivedStore } from '../blobs/derived.ts';
import { createFolderBlobs } from '../blobs/folder.ts';
import { systemClock } from '../clock.ts';
import { openSqlite } from '../db/sqlite.ts';
import { sweepHalfFiles, systemCode, writeError } from '../files.ts';
import { createFileVault, type VaultOptions } from '../vault/index.ts';
import { createTakeStore } from './takes.ts';
import { acquireLock, HOLDER_FILE, LOCK_FILE } from './lock.ts';

const DB_FILE = 'studio.db';
const FOLDERS = ['blobs', 'cache', 'exports', 'backups', 'cache/uploads', 'keys'] as const;
/** The row of `setting` whose presence makes the folder a workspace. */
const WORKSPACE_KEY = 'workspace';
/** Files that a file manager leaves in an otherwise empty folder. */
const CLUTTER = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini', '.directory']);
/** What `create` makes, for undoing it. */
const OWN_NAMES = [
  DB_FILE,
  `${DB_FILE}-wal`,
  `${DB_FILE}-shm`,
  'blobs',
  'cache',
  'exports',
  'backups',
  'keys',
  'recordings',
  HOLDER_FILE,
];

export interface WorkspaceFolderOptions {
  clock?: Clock;
  /** What opens and locks the signing key. */
  keys?: VaultOptions;
}

interface Making {
  /** Whether the folder itself is new. */
  madeDir: boolean;
}

/** Workspaces made by this process; one that is closed before it is complete is removed again. */
const making = new WeakMap<WorkspacePorts, Making>();

async function makeEmptyDir(dir: string): Promise<Making> {
  try {
    const made = await mkdir(dir, { recursive: true });
    const names = await readdir(dir);
    if (names.some((name) => !CLUTTER.has(name))) throw new StudioError('out_not_empty', { dir });
    return { madeDir: made !== undefined };
  } catch (error) {
    // A drive that does not exist, or a file system that makes no folders (/proc), answers ENOENT.
    if (systemCode(error) === 'ENOENT') throw new StudioError('not_writable', { dir }, { cause: error });
    throw writeError(error, dir);
  }
}

async function makeFolders(dir: string): Promise<void> {
  try {
    for (const name of FOLDERS) {
      // Keys are for the owner of the folder alone.
      await mkdir(path.join(dir, name), { recursive: true, ...(name === 'keys' ? { mode: 0o700 } : {}) });
    }
  } catch (error) {
    throw writeError(error, dir);
  }
}

async function removeMade(dir: string): Promise<void> {
  for (const name of OWN_NAMES) await rm(path.join(dir, name), { recursive: true, force: true });
}

/** After the lock is let go of: its file, and the folder if it is ours and now empty. */
async function removeShell(dir: string, made: Making): Promise<void> {
  await rm(path.join(dir, LOCK_FILE), { force: true });
  if (!made.madeDir) return;
  try {
    await rmdir(dir);
  } catch (error) {
    if (systemCode(error) !== 'ENOTEMPTY') throw error;
  }
}

function portsOf(
  dir: string,
  database: DatabaseHandle,
  lock: WorkspaceLock,
  options: WorkspaceFolderOptions,
): WorkspacePorts {
  return {
    dir,
    database,
    blobs: createFolderBlobs(path.join(dir, 'blobs')),
    derived: createDerivedStore(path.join(dir, 'cache')),
    vault: createFileVault(path.join(dir, 'keys'), options.keys),
    lock,
    uploadsDir: path.join(dir, 'cache', 'uploads'),
    takes: createTakeStore(path.join(dir, 'recordings')),
  };
}

/**
 * Makes the layout of a workspace, with its keys and an empty database, in a folder that is absent or empty, and
 * holds it. The caller completes it by writing the `workspace` row; closed before that, it is removed again.
 * Errors: out_not_empty, not_writable, disk_full, workspace_in_use, weak_passphrase.
 */
export async function createWorkspaceFolder(
  dir: string,
  options: WorkspaceFolderOptions = {},
): Promise<WorkspacePorts> {
  const root = path.resolve(dir);
  const made = await makeEmptyDir(root);
  let lock: WorkspaceLock | null = null;
  try {
    lock = await acquireLock(root, options.clock ?? systemClock);
    await makeFolders(root);
    const ports = portsOf(root, await openSqlite(path.join(root, DB_FILE)), lock, options);
    try {
      await ports.vault.create();
    } catch (error) {
      await ports.database.close();
      throw error;
    }
    making.set(ports, made);
    return ports;
  } catch (error) {
    if (lock) {
      await removeMade(root);
      await lock.release();
    }
    // Never the lock file of somebody who holds it.
    const held = error instanceof StudioError && error.code === 'workspace_in_use';
    if (!held) await removeShell(root, made);
    throw error;
  }
}

async function requireFile(dir: string): Promise<void> {
  const refusal = new StudioError('not_a_workspace', { dir });
  try {
    if (!(await stat(path.join(dir, DB_FILE))).isFile()) throw refusal;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error))) throw refusal;
    throw writeError(error, dir);
  }
}

/** Removes what a process that was killed had not finished. */
async function sweep(ports: WorkspacePorts): Promise<void> {
  await ports.blobs.sweep();
  await ports.derived.sweep();
  for (const name of ['', 'exports', 'backups', 'keys', 'cache/uploads', 'recordings']) {
    await sweepHalfFiles(path.join(ports.dir, name));
  }
}

/**
 * Opens the workspace in `dir`, brings its database up to date, removes half-made files, and holds it.
 * Errors: not_a_workspace (nothing in the folder is changed then), workspace_in_use, workspace_newer,
 * workspace_damaged, not_writable, disk_full.
 */
export async function openWorkspaceFolder(dir: string, options: WorkspaceFolderOptions = {}): Promise<WorkspacePorts> {
  const root = path.resolve(dir);
  await requireFile(root);
  const held: { lock: WorkspaceLock | null } = { lock: null };
  try {
    const database = await openSqlite(path.join(root, DB_FILE), {
      before: async (setting) => {
        if (setting(WORKSPACE_KEY) === null) throw new StudioError('not_a_workspace', { dir: root });
        held.lock = await acquireLock(root, options.clock ?? systemClock);
        await makeFolders(root);
      },
    });
    if (!held.lock) throw new Error('The database was opened without a look at it');
    const ports = portsOf(root, database, held.lock, options);
    try {
      await sweep(ports);
      return ports;
    } catch (error) {
      await database.close();
      throw error;
    }
  } catch (error) {
    await held.lock?.release();
    throw error;
  }
}

async function isComplete(ports: WorkspacePorts): Promise<boolean> {
  const row = await ports.database.kysely
    .selectFrom('setting')
    .select('key')
    .where('key', '=', WORKSPACE_KEY)
    .executeTakeFirst();
  return row !== undefined;
}

/** Lets go of everything; a workspace this process made and never completed is removed. */
export async function closeWorkspaceFolder(ports: WorkspacePorts): Promise<void> {
  const made = making.get(ports);
  making.delete(ports);
  let abandoned: Making | null = null;
  try {
    if (made && !(await isComplete(ports))) abandoned = made;
  } finally {
    try {
      await ports.database.close();
      if (abandoned) await removeMade(ports.dir);
    } finally {
      await ports.lock.release();
    }
  }
  if (abandoned) await removeShell(ports.dir, abandoned);
}
