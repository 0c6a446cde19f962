/**
 * One process holds a workspace. The truth is an operating-system lock on `<dir>/studio.lock`, taken by SQLite
 * (it locks right on all three systems), so that a killed process lets go; `<dir>/holder.json` only says who it is.
 * Nothing else may open studio.lock: closing any handle to it would drop a POSIX lock.
 */
import { readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { StudioError } from '../../model/errors.ts';
import type { Clock, Holder, WorkspaceLock } from '../../ports/index.ts';
import { systemClock } from '../clock.ts';
import { isBusy, openSqliteFile, sqliteError, type SqliteDatabase } from '../db/sqlite-engine.ts';
import { systemCode, writeFileAtomic } from '../files.ts';

export const LOCK_FILE = 'studio.lock';
export const HOLDER_FILE = 'holder.json';

/** A holder that is just ending needs a moment to let go. */
const WAIT_MS = 300;
/** A holder that has just begun needs a moment to write who it is. */
const HOLDER_TRIES = 10;
const HOLDER_PAUSE_MS = 50;

const holderShape = z.object({
  pid: z.number().int(),
  host: z.string(),
  startedAt: z.number(),
  address: z.object({ url: z.string(), token: z.string() }).nullable(),
});

/**
 * Who wrote the holder file of `dir`; null when there is none or it cannot be read. It means something only while
 * the lock is held: a killed process leaves its file behind.
 */
export async function readHolder(dir: string): Promise<Holder | null> {
  let text: string;
  try {
    text = await readFile(path.join(dir, HOLDER_FILE), 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'EBUSY'].includes(systemCode(error))) return null;
    throw error;
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = holderShape.safeParse(value);
  return parsed.success ? parsed.data : null;
}

async function inUse(dir: string): Promise<StudioError> {
  for (let left = HOLDER_TRIES; left > 0; left -= 1) {
    const holder = await readHolder(dir);
    if (holder) {
      const { pid, host, startedAt } = holder;
      // Not the address: its token is for whoever may read the holder file, and an error goes to everybody.
      return new StudioError('workspace_in_use', { host, pid }, { details: { pid, host, startedAt } });
    }
    await new Promise((resolve) => setTimeout(resolve, HOLDER_PAUSE_MS));
  }
  return new StudioError('workspace_in_use', { host: '?', pid: '?' });
}

async function takeOsLock(dir: string): Promise<SqliteDatabase> {
  const file = path.join(dir, LOCK_FILE);
  const db = await openSqliteFile(file, WAIT_MS);
  try {
    db.exec('BEGIN EXCLUSIVE');
    return db;
  } catch (error) {
    db.close();
    throw isBusy(error) ? await inUse(dir) : sqliteError(error, file);
  }
}

/**
 * Takes the workspace in `dir` for this process until `release` (or its end, however it ends).
 * Errors: workspace_in_use ({host, pid}, `details` {pid, host, startedAt}, if it has said who it is), not_writable, disk_full.
 */
export async function acquireLock(dir: string, clock: Clock = systemClock): Promise<WorkspaceLock> {
  const root = path.resolve(dir);
  const db = await takeOsLock(root);
  const file = path.join(root, HOLDER_FILE);
  const holder: Holder = { pid: process.pid, host: os.hostname(), startedAt: clock.now(), address: null };
  let held = true;
  const write = (): Promise<void> => writeFileAtomic(file, `${JSON.stringify(holder)}\n`, 0o600);
  try {
    // First of all the old name goes: until the new one is written, nobody is better than a dead process.
    await rm(file, { force: true });
    await write();
  } catch (error) {
    db.close();
    throw error;
  }
  return {
    publish: async (address) => {
      if (!held) return;
      holder.address = address;
      await write();
    },
    release: async () => {
      if (!held) return;
      held = false;
      try {
        await rm(file, { force: true });
      } finally {
        db.close();
      }
    },
  };
}
