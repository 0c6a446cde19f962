// `npm run typecheck [FLOOR…]`: checks every floor with its own tsconfig, two compilers at a time, with incremental caches.
// A floor without source files yet is skipped. Exit 1 when any floor has errors.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, hasFile, pool } from './lib/tree.mjs';

const TSC = path.join(ROOT, 'node_modules/typescript/bin/tsc');
const CACHE = path.join(ROOT, 'node_modules/.cache/tsc');

/** Floor name → folder of its tsconfig.json, largest first so that two compilers end at about the same time. */
export const FLOORS = {
  'tests and tools': '.',
  renderer: 'renderer',
  core: 'core',
  electron: 'electron',
  server: 'server',
  'core/model': 'core/model',
  'electron/preload': 'electron/preload',
};

/** Whether the floor of `folder` has a source file of its own (tests belong to the root project). */
function hasSources(folder) {
  if (folder === '.') return true;
  const nested = Object.values(FLOORS).filter((other) => other !== folder && other.startsWith(`${folder}/`));
  return hasFile(path.join(ROOT, folder), (file) => {
    const name = path.relative(ROOT, file).split(path.sep).join('/');
    return /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name) && !nested.some((other) => name.startsWith(`${other}/`));
  });
}

/** Runs the compiler on one floor. Returns `{floor, code, output, ms}`; `code` null when the floor is still empty. */
export function checkFloor(floor) {
  const folder = FLOORS[floor];
  if (!hasSources(folder)) return Promise.resolve({ floor, code: null, output: '', ms: 0 });
  const started = Date.now();
  const info = path.join(CACHE, `${floor.replaceAll(/[^a-z]+/g, '-')}.tsbuildinfo`);
  const args = [TSC, '-p', path.join(ROOT, folder), '--incremental', '--tsBuildInfoFile', info, '--pretty', 'false'];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ floor, code: code ?? 1, output, ms: Date.now() - started }));
  });
}

async function main(wanted) {
  const unknown = wanted.filter((floor) => !(floor in FLOORS));
  if (unknown.length > 0) {
    console.error(`Unknown floor: ${unknown.join(', ')}. Known: ${Object.keys(FLOORS).join(', ')}`);
    return 2;
  }
  fs.mkdirSync(CACHE, { recursive: true });
  let failed = 0;
  await pool(2, wanted.length > 0 ? wanted : Object.keys(FLOORS), async (floor) => {
    const result = await checkFloor(floor);
    if (result.code === null) console.log(`typecheck ${floor}: no files yet`);
    else if (result.code === 0) console.log(`typecheck ${floor}: ok (${(result.ms / 1000).toFixed(1)} s)`);
    else {
      failed += 1;
      console.log(`typecheck ${floor}: FAILED (${(result.ms / 1000).toFixed(1)} s)\n${result.output.trimEnd()}`);
    }
  });
  return failed > 0 ? 1 : 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = await main(process.argv.slice(2));
