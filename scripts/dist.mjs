// `npm run dist`: the installers of electron-builder.yml for this system, in dist/.
//   npm run dist -- --dir      only the unpacked program (dist/linux-unpacked and the like)
// With ELECTRON_OVERRIDE_DIST_PATH the Electron of that folder is packed and nothing is downloaded; else the version of
// package.json is fetched from Electron's own site.
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'electron-builder';
import { ensureBuilt } from './lib/build.mjs';
import { say } from './lib/system.mjs';
import { ROOT } from './lib/tree.mjs';

/** What differs from electron-builder.yml for the runtime of ELECTRON_OVERRIDE_DIST_PATH. */
function ownRuntime() {
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!dist) return {};
  const electronVersion = fs.readFileSync(path.join(dist, 'version'), 'utf8').trim().replace(/^v/, '');
  return { electronDist: path.resolve(dist), electronVersion };
}

/** npm unpacks ffprobe without the run bit, and the installed program may lie where it cannot be set. */
function makeExecutable() {
  if (process.platform === 'win32') return;
  const folder = path.join(ROOT, 'node_modules/@ffprobe-installer', `${process.platform}-${process.arch}`);
  const file = path.join(folder, 'ffprobe');
  if (fs.existsSync(file)) fs.chmodSync(file, 0o755);
}

async function main() {
  const { values } = parseArgs({
    options: { dir: { type: 'boolean', default: false }, output: { type: 'string' } },
  });
  const announce = () => say('正在构建（源码有变动）…', 'Building (the sources changed) …');
  if (!(await ensureBuilt({ announce }))) return 1;
  makeExecutable();
  const directories = values.output ? { directories: { output: path.resolve(values.output) } } : {};
  const made = await build({
    projectDir: ROOT,
    dir: values.dir,
    publish: 'never',
    config: { extends: path.join(ROOT, 'electron-builder.yml'), ...ownRuntime(), ...directories },
  });
  for (const file of made) process.stdout.write(`${file}\n`);
  return 0;
}

process.exitCode = await main();
