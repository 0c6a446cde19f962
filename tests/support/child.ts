/** Starts tests/support/workspace-child.ts and reads its answer. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach } from 'vitest';

const SCRIPT = path.join(import.meta.dirname, 'workspace-child.ts');

export interface Child {
  pid: number;
  answer: Record<string, unknown>;
  /** Ends it as a power cut would, and waits until it is gone. */
  kill(): Promise<void>;
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

/** Registers the clean-up and returns a function that starts a child and waits for its answer. */
export function children(): (verb: 'lock' | 'create' | 'open', dir: string) => Promise<Child> {
  const running: ChildProcess[] = [];
  afterEach(async () => {
    for (const child of running.splice(0)) await killed(child);
  });
  return async (verb, dir) => {
    const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, verb, dir], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    running.push(child);
    for await (const line of createInterface({ input: child.stdout })) {
      return { pid: child.pid ?? 0, answer: JSON.parse(line) as Record<string, unknown>, kill: () => killed(child) };
    }
    throw new Error('The child ended without an answer');
  };
}
