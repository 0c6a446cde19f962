/** The command line, in the workspace that a served studio holds. */
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { repoRoot, type Served } from './support.ts';

/** Runs a command with `--json`; answers what it says. */
export function cli(served: Served, ...args: string[]): unknown {
  const env = { ...process.env, TONGXIN_HOME: path.join(served.root, 'home'), HOME: served.root };
  const studios = path.join(served.root, 'TongxinStudio');
  const workspace = path.join(studios, readdirSync(studios)[0]!);
  const argv = [path.join(repoRoot, 'scripts/tongxin.mjs'), ...args, '--workspace', workspace, '--json'];
  return JSON.parse(execFileSync(process.execPath, argv, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }));
}
