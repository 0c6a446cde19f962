/** What every adapter that writes files needs: atomic writes, fsync, and the error table's words for what went wrong. */
import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { StudioError } from '../model/errors.ts';

/** Name of a file that is still being written: the dot hides it, the pattern lets a sweep recognise it. */
const HALF_FILE = /^\.[^/\\]*\.[0-9a-f-]{36}\.tmp$/;

const FULL = new Set(['ENOSPC', 'EDQUOT']);
const REFUSED = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENAMETOOLONG', 'EINVAL']);

/** The `code` of a Node system error ("ENOENT"), or the empty string. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/**
 * Says in the error table's words why something under `dir` could not be written: `disk_full` or
 * `not_writable`. Anything else is returned as it came.
 */
export function writeError(error: unknown, dir: string): unknown {
  const code = systemCode(error);
  if (FULL.has(code)) return new StudioError('disk_full', {}, { cause: error });
  if (REFUSED.has(code)) return new StudioError('not_writable', { dir }, { cause: error });
  return error;
}

/** A path beside `file`, on the same file system, for its bytes until they are complete. */
export function halfFileOf(file: string): string {
  return path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID()}.tmp`);
}

/** Forces a file's bytes to the disk. */
export async function syncFile(file: string): Promise<void> {
  // Windows flushes only handles opened for writing.
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Forces a folder's entries (a rename in it) to the disk. Windows has no such call; NTFS journals the rename. */
export async function syncDir(dir: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(dir, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Some network and FUSE file systems cannot sync a folder and say so with EINVAL or ENOTSUP.
    if (!['EINVAL', 'ENOTSUP'].includes(systemCode(error))) throw error;
  } finally {
    await handle.close();
  }
}

/** Pauses before each new try: a virus scanner on Windows holds a fresh file for some tens of milliseconds. */
const RENAME_PAUSES_MS = [20, 60, 180, 540];

/** Renames, over an existing file if there is one; on Windows tries again while a scanner holds either file. */
export async function renameOver(from: string, to: string): Promise<void> {
  for (const pause of process.platform === 'win32' ? RENAME_PAUSES_MS : []) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      if (!['EPERM', 'EACCES', 'EBUSY'].includes(systemCode(error))) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  await rename(from, to);
}

/**
 * Writes a small file so that its name always shows either the old or the new content, also after a
 * power cut. `mode` is the file's permission bits; `check` may look at the written file (its path) before it takes the name, and
 * refuse it. Errors: disk_full, not_writable, what `check` throws.
 */
export async function writeFileAtomic(
  file: string,
  content: string,
  mode = 0o644,
  check?: (half: string) => Promise<void>,
): Promise<void> {
  const dir = path.dirname(file);
  const half = halfFileOf(file);
  try {
    await mkdir(dir, { recursive: true });
  } catch (error) {
    throw writeError(error, dir);
  }
  try {
    const handle = await open(half, 'wx', mode);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await check?.(half);
    await renameOver(half, file);
    await syncDir(dir);
  } catch (error) {
    await rm(half, { force: true });
    throw writeError(error, dir);
  }
}

/** Removes what {@link writeFileAtomic} of a dead process left in `dir`; a missing folder has none. Returns their number. */
export async function sweepHalfFiles(dir: string): Promise<number> {
  let names: string[];
  try {
    names = await readdir(dir);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return 0;
    throw error;
  }
  const half = names.filter((name) => HALF_FILE.test(name));
  for (const name of half) await rm(path.join(dir, name), { force: true });
  return half.length;
}
