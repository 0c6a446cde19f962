// The bundles of out/: built again only when a source, a dependency or the build's own settings changed. No dependency.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { show } from './system.mjs';
import { ROOT, files, relative } from './tree.mjs';

const STAMP = path.join(ROOT, 'out/.fingerprint');
const SOURCES = ['core', 'electron', 'renderer', 'server', 'templates', 'assets'];
const SETTINGS = ['package-lock.json', 'package.json', 'electron.vite.config.ts', 'tsconfig.base.json'];
const BUILT = ['out/main/index.js', 'out/renderer/index.html'];

/** Hash over name, size and time of everything a bundle is made from (tests left out). */
function fingerprint() {
  const hash = createHash('sha256');
  const add = (file) => {
    const stat = fs.statSync(file, { throwIfNoEntry: false });
    if (stat) hash.update(`${relative(file)}|${stat.size}|${stat.mtimeMs}\n`);
  };
  for (const name of SETTINGS) add(path.join(ROOT, name));
  for (const folder of SOURCES)
    for (const file of [...files(path.join(ROOT, folder))].sort()) if (!/\.test\.[jt]sx?$/.test(file)) add(file);
  return hash.digest('hex');
}

/** Builds out/ when it is missing or stale (or `force`). Returns whether out/ is good. */
export async function ensureBuilt({ force = false, announce } = {}) {
  const now = fingerprint();
  const fresh = BUILT.every((name) => fs.existsSync(path.join(ROOT, name)));
  if (!force && fresh && fs.existsSync(STAMP) && fs.readFileSync(STAMP, 'utf8') === now) return true;
  announce?.();
  const cli = path.join(ROOT, 'node_modules/electron-vite/bin/electron-vite.js');
  const code = await show(process.execPath, [cli, 'build', '--logLevel', 'warn'], { cwd: ROOT });
  if (code !== 0) return false;
  fs.writeFileSync(STAMP, now);
  return true;
}
