/** Uploads from a browser: streamed to a temporary name, fsynced, renamed to their id. */
import { open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { StudioError } from './model/errors.ts';

/** A day's phone footage is under this; larger files are imported from the desktop window by path. */
export const MAX_UPLOAD_BYTES = 64 * 1024 ** 3;

function toUploadError(error: unknown, name: string): unknown {
  if (error instanceof StudioError) return error;
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC') return new StudioError('disk_full', {}, { files: [name], cause: error });
  // The body ended before it was whole: the sender went away.
  if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE') {
    return new StudioError('source_vanished', { file: name }, { files: [name], cause: error });
  }
  return error;
}

/** Returns the bytes written. Nothing is left behind on failure. Errors: disk_full, too_large, source_vanished. */
export async function receiveFile(dir: string, uploadId: string, name: string, body: Readable): Promise<number> {
  const target = path.join(dir, uploadId);
  // The form of every half-made file: the next start sweeps it away.
  const temporary = path.join(dir, `.upload.${uploadId}.tmp`);
  let bytes = 0;
  try {
    const file = await open(temporary, 'wx');
    try {
      for await (const chunk of body) {
        const data = chunk as Buffer;
        bytes += data.length;
        if (bytes > MAX_UPLOAD_BYTES)
          throw new StudioError('too_large', { file: name, limit: '64 GB' }, { files: [name] });
        await file.writeFile(data);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
    return bytes;
  } catch (error) {
    await rm(temporary, { force: true });
    throw toUploadError(error, name);
  }
}

/** Removes finished uploads that no job will ask for any more (the page was closed before it started one). */
export async function dropForgotten(dir: string, wanted: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(dir)) {
    if (!wanted.has(name)) await rm(path.join(dir, name), { force: true });
  }
}
