/** `--cli …`: the installed program as command line. Loaded only when asked for. */
import process from 'node:process';
import { app } from 'electron';
import { assetsDir } from './paths.ts';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

function onInterrupt(listener: () => void): () => void {
  for (const signal of SIGNALS) process.on(signal, listener);
  return () => {
    for (const signal of SIGNALS) process.off(signal, listener);
  };
}

/** Resolves when everything written so far has left the process (pipes are asynchronous on Windows). */
function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()));
}

/**
 * Runs one command of docs' command line on this process's streams; answers its exit code. Nothing of
 * Electron's own goes to stdout. On Windows a program with a window has no console: its output can be
 * redirected or piped, but does not show in the console it was called from.
 */
export async function runCommand(argv: readonly string[]): Promise<number> {
  const { ownEnvironment, runCli } = await import('../../server/cli/index.ts');
  const code = await runCli(argv, {
    stdout: process.stdout,
    stderr: process.stderr,
    stdin: process.stdin,
    env: ownEnvironment(),
    cwd: process.cwd(),
    appVersion: app.getVersion(),
    assetsDir: assetsDir(),
    onInterrupt,
  });
  await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
  return code;
}
