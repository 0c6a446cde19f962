/** Files named on the command line: checked before anything is begun. */
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { StudioError, type ErrorCode } from '../../core/model/errors.ts';
import { resolvePath, type CliIo } from './io.ts';

async function problemOf(file: string): Promise<ErrorCode | null> {
  try {
    const found = await stat(file);
    if (!found.isFile()) return 'file_unreadable';
    await access(file, constants.R_OK);
    return null;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'file_missing' : 'file_unreadable';
  }
}

/**
 * Absolute paths of the named files, in order. Throws file_missing or file_unreadable (a folder, a
 * device, no permission) naming every such file as it was given, before any work is done.
 */
export async function namedFiles(io: CliIo, given: readonly string[]): Promise<string[]> {
  const paths = given.map((file) => resolvePath(io, file));
  const problems = await Promise.all(paths.map(problemOf));
  const bad = given.filter((_, index) => problems[index] !== null);
  const [first] = bad;
  if (first !== undefined) {
    const code: ErrorCode = problems.includes('file_missing') ? 'file_missing' : 'file_unreadable';
    const named = given.find((_, index) => problems[index] === code) ?? first;
    throw new StudioError(code, { file: named }, { files: bad });
  }
  return paths;
}
