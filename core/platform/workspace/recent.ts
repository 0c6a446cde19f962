/** The workspaces opened lately on this computer: `<config home>/recent.json`. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { recentWorkspace, type RecentWorkspace } from '../../model/contract/schemas.ts';
import type { Clock, RecentList } from '../../ports/index.ts';
import { systemClock } from '../clock.ts';
import { systemCode, writeFileAtomic } from '../files.ts';
import { configHome } from './places.ts';

/** As many as fit the menu. */
const MAX_ENTRIES = 12;

const fileShape = z.array(recentWorkspace);

async function readEntries(file: string): Promise<RecentWorkspace[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
  try {
    return fileShape.parse(JSON.parse(text));
  } catch {
    // Only a convenience: a list that somebody broke starts anew with the next workspace opened.
    return [];
  }
}

async function exists(dir: string): Promise<boolean> {
  try {
    return (await stat(dir)).isDirectory();
  } catch {
    // Gone, on a drive that is not plugged in, or not ours to see: it cannot be opened now.
    return false;
  }
}

/** The list in the folder `home` (default the config home): newest first, at most 12, folders that are gone left out. */
export function createRecentList(options: { home?: string; clock?: Clock } = {}): RecentList {
  const file = path.join(options.home ?? configHome(), 'recent.json');
  const clock = options.clock ?? systemClock;
  let last: Promise<void> = Promise.resolve();

  const add = async (entry: { dir: string; name: string }): Promise<void> => {
    const dir = path.resolve(entry.dir);
    const others = (await readEntries(file)).filter((other) => other.dir !== dir);
    const entries = [{ dir, name: entry.name, openedAt: clock.now() }, ...others].slice(0, MAX_ENTRIES);
    await writeFileAtomic(file, `${JSON.stringify(entries, null, 2)}\n`, 0o600);
  };

  return {
    list: async () => {
      const entries = await readEntries(file);
      const there = await Promise.all(entries.map((entry) => exists(entry.dir)));
      return entries.filter((_, index) => there[index]);
    },
    // One after another, so that two additions do not read the same list.
    add: (entry) => {
      const done = last.then(() => add(entry));
      last = done.catch(() => undefined);
      return done;
    },
  };
}
