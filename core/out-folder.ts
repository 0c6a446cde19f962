/**
 * The folder a package becomes. It is built under another name beside its place and renamed whole, so that a package
 * is there complete or not at all, whenever the program is stopped.
 */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { PackageFile } from './model/contract/index.ts';
import { StudioError } from './model/errors.ts';

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** disk_full or not_writable where the system said so; anything else as it came. */
function writeError(error: unknown, dir: string): unknown {
  const code = codeOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return new StudioError('disk_full', {}, { cause: error });
  const refused = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENAMETOOLONG', 'EINVAL'].includes(code);
  return refused ? new StudioError('not_writable', { dir }, { cause: error }) : error;
}

/**
 * Writes a small text file (UTF-8) so that its name always shows the old or the new content. Errors: disk_full, not_writable.
 */
export async function writeWhole(file: string, text: string | Uint8Array): Promise<void> {
  const half = path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID()}.tmp`);
  try {
    await writeFile(half, text, { flag: 'wx', flush: true });
    await rename(half, file);
  } catch (error) {
    throw writeError(error, path.dirname(file));
  } finally {
    await rm(half, { force: true });
  }
}

/** Where the package of this job is built: a hidden folder beside `dir`, so that the last step is a rename. */
export function buildDirOf(dir: string, jobId: string): string {
  return path.join(path.dirname(dir), `.${path.basename(dir)}.${jobId}.tmp`);
}

/** `parent/name`, with a number where that is taken. */
export function freeDir(parent: string, name: string): string {
  let free = path.join(parent, name);
  for (let n = 2; existsSync(free); n += 1) free = path.join(parent, `${name} ${n}`);
  return free;
}

/** Whether `dir` holds nothing or is not there. Error: not_writable when it is no folder. */
export async function isFree(dir: string): Promise<boolean> {
  try {
    return (await readdir(dir)).length === 0;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return true;
    throw writeError(error, dir);
  }
}

/** Error: out_not_empty. */
export async function refuseFilled(dir: string): Promise<void> {
  if (!(await isFree(dir))) throw new StudioError('out_not_empty', { dir });
}

/** Forces a file or folder to the disk. Windows has no such call for folders; NTFS journals the rename. */
async function sync(file: string, kind: 'file' | 'folder'): Promise<void> {
  if (kind === 'folder' && process.platform === 'win32') return;
  const handle = await open(file, kind === 'file' ? 'r+' : 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Some network and FUSE file systems cannot sync a folder and say so.
    if (kind === 'file' || !['EINVAL', 'ENOTSUP'].includes(codeOf(error))) throw error;
  } finally {
    await handle.close();
  }
}

export async function sha256OfFile(file: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(file)) {
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** A package being built. Paths are relative to it, with "/". */
export class BuildFolder {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  /** Absolute path of a file; its folder is made. */
  async place(file: string): Promise<string> {
    const full = path.join(this.#root, ...file.split('/'));
    await mkdir(path.dirname(full), { recursive: true });
    return full;
  }

  /** Text goes as UTF-8. */
  async write(file: string, content: string | Uint8Array): Promise<void> {
    await writeFile(await this.place(file), content, { flag: 'wx' });
  }

  async move(from: string, to: string): Promise<void> {
    await rename(await this.place(from), await this.place(to));
  }

  async remove(file: string): Promise<void> {
    await rm(await this.place(file), { recursive: true, force: true });
  }

  /** Size and hash of files as they lie on the disk, after they were forced there. */
  async measure(files: readonly string[]): Promise<PackageFile[]> {
    const measured: PackageFile[] = [];
    for (const file of files) {
      const full = await this.place(file);
      await sync(full, 'file');
      measured.push({ path: file, ...(await sha256OfFile(full)) });
    }
    return measured;
  }

  async syncFile(file: string): Promise<void> {
    await sync(await this.place(file), 'file');
  }

  async syncFolders(): Promise<void> {
    const entries = await readdir(this.#root, { recursive: true, withFileTypes: true });
    for (const e of entries) if (e.isDirectory()) await sync(path.join(e.parentPath, e.name), 'folder');
    await sync(this.#root, 'folder');
  }
}

const FILLED = new Set(['ENOTEMPTY', 'EEXIST']);

/** Puts the finished folder in its place. Error: out_not_empty when something was put there meanwhile. */
async function settle(built: string, dir: string): Promise<void> {
  try {
    // An empty folder gives way; a filled one refuses.
    await rmdir(dir).catch((error: unknown) => {
      if (codeOf(error) !== 'ENOENT') throw error;
    });
    await rename(built, dir);
  } catch (error) {
    throw FILLED.has(codeOf(error)) ? new StudioError('out_not_empty', { dir }, { cause: error }) : error;
  }
  await sync(path.dirname(dir), 'folder');
}

/**
 * Runs `build` on a folder of its own and puts it at `dir`. On any failure nothing is left. Errors: out_not_empty,
 * disk_full, not_writable, and those of `build`.
 */
export async function buildFolder<T>(
  dir: string,
  jobId: string,
  build: (folder: BuildFolder) => Promise<T>,
): Promise<T> {
  const temporary = buildDirOf(dir, jobId);
  try {
    await dropBuild(dir, jobId);
    await mkdir(temporary, { recursive: true });
    const folder = new BuildFolder(temporary);
    const made = await build(folder);
    await folder.syncFolders();
    await settle(temporary, dir);
    return made;
  } catch (error) {
    await dropBuild(dir, jobId);
    throw writeError(error, dir);
  }
}

/** Removes what a job that died has left beside `dir`. */
export async function dropBuild(dir: string, jobId: string): Promise<void> {
  await rm(buildDirOf(dir, jobId), { recursive: true, force: true });
}
