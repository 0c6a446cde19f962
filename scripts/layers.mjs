// `npm run layers`: the import rules of .dependency-cruiser.cjs over every floor that has files.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { ROOT, hasFile } from './lib/tree.mjs';

const floors = ['core', 'electron', 'server', 'renderer', 'scripts', 'tests'].filter(
  (folder) =>
    fs.existsSync(path.join(ROOT, folder)) && hasFile(path.join(ROOT, folder), (file) => /\.(?:tsx?|mjs)$/.test(file)),
);
const bin = path.join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const run = spawnSync(process.execPath, [bin, '--config', '.dependency-cruiser.cjs', ...floors], {
  cwd: ROOT,
  stdio: 'inherit',
});
process.exitCode = run.status ?? 1;
