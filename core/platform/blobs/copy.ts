/** Copies a person's file into the store, hashing on the way, and notices when the source goes away under it. */
import { createHash } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { StudioError } from '../../model/errors.ts';
import { systemCode, writeError } from '../files.ts';

/** Large enough that hashing and the disk, not the calls, set the pace; small enough to cancel at once. */
const CHUNK_BYTES = 1024 * 1024;

/** What a card that was pulled out, or a network drive that was lost, answers. */
const GONE = new Set(['ENOENT', 'ESTALE', 'EIO', 'ENXIO', 'ENODEV', 'EREMOTEIO', 'ENOTCONN', 'EHOSTDOWN', 'ETIMEDOUT']);

export interface CopyOptions {
  signal?: AbortSignal;
  onProgress?: (bytes: number, total: number) => void;
}

function openError(error: unknown, file: string): unknown {
  const code = systemCode(error);
  const extra = { files: [file], cause: error };
  if (code === 'ENOENT' || code === 'ENOTDIR') return new StudioError('file_missing', { file }, extra);
  return new StudioError('file_unreadable', { file }, extra);
}

function vanished(file: string, cause?: unknown): StudioError {
  return new StudioError('source_vanished', { file }, { files: [file], cause });
}

function checkCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new StudioError('cancelled');
}

/** Regular files only: a folder cannot be read, and a pipe or a device might never end. */
async function openSource(source: string, file: string): Promise<{ handle: FileHandle; before: Stats }> {
  try {
    const before = await stat(source);
    if (!before.isFile()) throw new StudioError('file_unreadable', { file }, { files: [file] });
    return { handle: await open(source, constants.O_RDONLY), before };
  } catch (error) {
    throw error instanceof StudioError ? error : openError(error, file);
  }
}

async function readChunk(handle: FileHandle, chunk: Buffer, file: string): Promise<number> {
  try {
    return (await handle.read(chunk, 0, chunk.length, null)).bytesRead;
  } catch (error) {
    throw GONE.has(systemCode(error)) ? vanished(file, error) : openError(error, file);
  }
}

/** A write may take only part of the bytes (a nearly full disk does that before it fails). */
async function writeAll(handle: FileHandle, bytes: Uint8Array, target: string): Promise<void> {
  try {
    for (let done = 0; done < bytes.length;) {
      done += (await handle.write(bytes, done, bytes.length - done, null)).bytesWritten;
    }
  } catch (error) {
    throw writeError(error, path.dirname(target));
  }
}

async function checkUnchanged(source: string, before: Stats, copied: number, file: string): Promise<void> {
  let after: Stats;
  try {
    after = await stat(source);
  } catch (error) {
    throw vanished(file, error);
  }
  if (copied !== before.size || after.size !== before.size || after.mtimeMs !== before.mtimeMs) throw vanished(file);
}

async function pump(
  from: FileHandle,
  to: FileHandle,
  names: { file: string; target: string },
  total: number,
  options: CopyOptions,
) {
  const hash = createHash('sha256');
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let bytes = 0;
  for (;;) {
    checkCancelled(options.signal);
    const length = await readChunk(from, chunk, names.file);
    if (length === 0) return { sha256: hash.digest('hex'), bytes };
    const part = chunk.subarray(0, length);
    hash.update(part);
    await writeAll(to, part, names.target);
    bytes += length;
    options.onProgress?.(bytes, total);
  }
}

/**
 * Copies `source` to `target` (which must not exist); the source is only read. Returns its SHA-256 and size in bytes.
 * The caller removes `target` when this throws.
 * Errors: file_missing, file_unreadable, source_vanished (gone, changed or shorter than it said), disk_full,
 * not_writable, cancelled; `params.file` is the base name.
 */
export async function copyHashed(
  source: string,
  target: string,
  options: CopyOptions = {},
): Promise<{ sha256: string; bytes: number }> {
  const file = path.basename(source);
  checkCancelled(options.signal);
  const { handle: from, before } = await openSource(source, file);
  try {
    let to: FileHandle;
    try {
      to = await open(target, 'wx');
    } catch (error) {
      throw writeError(error, path.dirname(target));
    }
    try {
      const result = await pump(from, to, { file, target }, before.size, options);
      checkCancelled(options.signal);
      await checkUnchanged(source, before, result.bytes, file);
      return result;
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
}
