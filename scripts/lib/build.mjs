// The bundles of out/: built again only when a source, a dependency or the build's own settings changed. No dependency.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { show } from './system.mjs';
import { ROOT, files, relative } from './tree.mjs';

const STAMP = path.join(ROOT, 'out/.fingerprint');
const SOURCES = ['core', 'electron', 'renderer', 'server', 'templates', 'assets'];
const SETTINGS = [
  'package-lock.json',
  'package.json',
  'electron.vite.config.ts',
  'vite.http.config.ts',
  'tsconfig.base.json',
];
const BUILT = ['out/main/index.js', 'out/renderer/index.html', 'out/http/index.js', 'out/http/cli.js'];

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

/** Whether out/ is there and made from the sources as they are now. */
export function isBuilt(now = fingerprint()) {
  const whole = BUILT.every((name) => fs.existsSync(path.join(ROOT, name)));
  return whole && fs.existsSync(STAMP) && fs.readFileSync(STAMP, 'utf8') === now;
}

/** Builds out/ when it is missing or stale (or `force`). Returns whether out/ is good. */
export async function ensureBuilt({ force = false, announce } = {}) {
  const now = fingerprint();
  if (!force && isBuilt(now)) return true;
  announce?.();
  const run = (script, args) =>
    show(process.execPath, [path.join(ROOT, 'node_modules', script), 'build', '--logLevel', 'warn', ...args], {
      cwd: ROOT,
    });
  if ((await run('electron-vite/bin/electron-vite.js', [])) !== 0) return false;
  if ((await run('vite/bin/vite.js', ['--config', 'vite.http.config.ts'])) !== 0) return false;
  fs.writeFileSync(STAMP, now);
  return true;
}
