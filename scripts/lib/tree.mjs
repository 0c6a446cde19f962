// Small helpers over the source tree, shared by the scripts. Plain Node 20.19, no dependency.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the repository. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

const SKIPPED = new Set(['node_modules', 'out', 'dist', '.git', '.cache', 'test-results', 'playwright-report']);

/** Every file under `dir` (absolute paths, depth first), leaving out installed and built folders. An absent folder has none. */
export function* files(dir) {
  let entries;
  try {
    entries = fs.readdirSync(dir, { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return;
    throw error;
  }
  for (const entry of entries) {
    const full = path.join(dir, entry.name);
    if (entry.isDirectory()) {
      if (!SKIPPED.has(entry.name)) yield* files(full);
    } else if (entry.isFile()) yield full;
  }
}

/** Whether any file under `dir` satisfies `test`. */
export function hasFile(dir, test) {
  for (const file of files(dir)) if (test(file)) return true;
  return false;
}

/** Path relative to the repository, with forward slashes on every system. */
export const relative = (file) => path.relative(ROOT, file).split(path.sep).join('/');

/** Runs `work` over `items`, at most `width` at a time; rejects with the first error. */
export async function pool(width, items, work) {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: width }, worker));
}
