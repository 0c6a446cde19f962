/** Small file matters shared by the media modules: safe names for ffmpeg, and a first look at a file. */
import { access, constants, stat } from 'node:fs/promises';
import path from 'node:path';
import { StudioError } from '../../model/errors.ts';

/**
 * A path as ffmpeg takes it without reading anything into it: with the `file:` protocol in front, a leading `-`,
 * a `:` or a `%` is part of the name (https://ffmpeg.org/ffmpeg-protocols.html#file).
 */
export function fileUrl(file: string): string {
  return `file:${path.resolve(file)}`;
}

/**
 * Static Linux builds of ffmpeg (npm's are) load the computer's character set modules, made for another C library, and
 * crash on every transport stream with a programme name (measured: SIGSEGV in ISO_6937.so). With GCONV_PATH set, the
 * list of modules is not consulted; builds that share the computer's library still find theirs.
 */
const NO_GCONV = '/nonexistent';

/** The environment ffprobe runs in. */
export function toolEnv(): NodeJS.ProcessEnv {
  return process.platform === 'linux' ? { GCONV_PATH: NO_GCONV, ...process.env } : process.env;
}

/** The same for programs started by libraries that hand on this process's environment. */
export function shareToolEnv(): void {
  if (process.platform === 'linux') process.env['GCONV_PATH'] ??= NO_GCONV;
}

/** An error's system code (`ENOENT`, `EACCES`, …), or null. */
export function systemCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/** Throws `cancelled` if the caller gave up. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new StudioError('cancelled');
}

/**
 * Size of a readable, non-empty file in bytes. `name` is what the person called it.
 * Errors: file_missing, file_unreadable, empty_file.
 */
export async function readableSize(file: string, name: string): Promise<number> {
  const about = { file: name };
  try {
    const found = await stat(file);
    if (!found.isFile()) throw new StudioError('file_unreadable', about, { files: [name] });
    await access(file, constants.R_OK);
    if (found.size === 0) throw new StudioError('empty_file', about, { files: [name] });
    return found.size;
  } catch (cause) {
    if (cause instanceof StudioError) throw cause;
    const missing = ['ENOENT', 'ENOTDIR'].includes(systemCode(cause) ?? '');
    throw new StudioError(missing ? 'file_missing' : 'file_unreadable', about, { files: [name], cause });
  }
}

/** A system error of writing `out` as an error of the table: disk_full, not_writable, otherwise the error itself. */
export function writeError(cause: unknown, out: string): unknown {
  const code = systemCode(cause);
  if (code === 'ENOSPC' || code === 'EDQUOT') return new StudioError('disk_full', {}, { cause });
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new StudioError('not_writable', { dir: path.dirname(out) }, { cause });
  }
  return cause;
}
