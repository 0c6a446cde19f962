/** Temporary folders for tests. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach } from 'vitest';

/** Registers the clean-up and returns a function that makes a new empty folder, removed after the test. */
export function tempDirs(): () => string {
  const made: string[] = [];
  afterEach(() => {
    for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
  });
  return () => {
    // macOS: the temporary folder is a symbolic link.
    const dir = mkdtempSync(path.join(realpathSync(os.tmpdir()), 'tongxin-'));
    made.push(dir);
    return dir;
  };
}

/** The numeric id of the user "nobody" on Linux and macOS images that lack a name service. */
const NOBODY = 65_534;

/** Runs `work` as a user whom permission bits hold back: root is held back by none. */
export async function asOrdinaryUser<T>(work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(NOBODY);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}
