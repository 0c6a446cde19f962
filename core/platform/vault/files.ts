/** Where key files lie: a folder, or memory (tests). */
import { randomBytes } from 'node:crypto';
import { open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { StudioError } from '../../model/errors.ts';
import { syncDir, systemCode, writeError, writeFileAtomic } from '../files.ts';

export interface KeyFiles {
  /** null: there is none. Error: file_unreadable. */
  read(name: string): Promise<string | null>;
  /**
   * Gives `name` this text, at once and whole, after `check` has accepted the text as it was read back from where it will lie.
   * Errors: what `check` throws (nothing is changed then), disk_full, not_writable.
   */
  write(name: string, text: string, check: (text: string) => Promise<void>): Promise<void>;
  /** Overwrites the file's bytes, then removes it; nothing when there is none. Error: not_writable. */
  destroy(name: string): Promise<void>;
  /**
   * Removes the file, in one step: a locked file that were overwritten first would, half done, still count and open no more.
   * Error: not_writable.
   */
  remove(name: string): Promise<void>;
}

async function overwrite(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    const { size } = await handle.stat();
    await handle.write(randomBytes(size), 0, size, 0);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Key files in a folder, mode 0600. */
export function folderFiles(dir: string): KeyFiles {
  const at = (name: string): string => path.join(dir, name);
  const unlessGone = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
      await syncDir(dir);
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') throw writeError(error, dir);
    }
  };
  return {
    read: async (name) => {
      try {
        return await readFile(at(name), 'utf8');
      } catch (error) {
        if (systemCode(error) === 'ENOENT') return null;
        throw new StudioError('file_unreadable', { file: name }, { cause: error });
      }
    },
    write: (name, text, check) =>
      writeFileAtomic(at(name), text, 0o600, async (half) => check(await readFile(half, 'utf8'))),
    destroy: (name) =>
      unlessGone(async () => {
        await overwrite(at(name));
        await rm(at(name));
      }),
    remove: (name) => unlessGone(() => rm(at(name))),
  };
}

export function memoryFiles(): KeyFiles {
  const files = new Map<string, string>();
  const remove = (name: string): Promise<void> => {
    files.delete(name);
    return Promise.resolve();
  };
  return {
    read: (name) => Promise.resolve(files.get(name) ?? null),
    write: async (name, text, check) => {
      await check(text);
      files.set(name, text);
    },
    destroy: remove,
    remove,
  };
}
