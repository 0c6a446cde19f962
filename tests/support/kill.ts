/** Runs a studio in a process of its own and kills it in the middle of its work. */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { repoRoot } from './studio.ts';

/** Rounds of a kill test: a few in every run, more in the long proof. */
export const ROUNDS = process.env['TONGXIN_LONG'] === '1' ? 20 : 5;

/** Runs the child until it has said `acks` lines (and `after` ms more), kills it, and returns what it had said. */
export async function runAndKill(args: string[], home: string, acks: number, after: number): Promise<string[]> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', path.join(repoRoot, 'tests/support/kill-child.ts'), ...args],
    {
      cwd: repoRoot,
      env: { ...process.env, TONGXIN_HOME: home },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let out = '';
  let errors = '';
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (out.split('\n').length > acks) setTimeout(resolve, after);
    });
    void exited.then(() => reject(new Error(`the child ended by itself: ${errors}`)));
  });
  child.kill('SIGKILL');
  await exited;
  return out.split('\n').slice(0, -1);
}

/** Every file below a folder, as absolute paths. */
export function filesBelow(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .map((e) => path.join(e.parentPath, e.name));
}
