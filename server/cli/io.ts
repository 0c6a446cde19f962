/** What a command has of the outside: where it writes, what it reads, and where it was called from. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { Readable } from 'node:stream';

/** An output stream, as far as commands need one. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
}

export interface CliIo {
  stdout: Output;
  stderr: Output;
  stdin: Readable;
  env: Readonly<Record<string, string | undefined>>;
  /** Relative paths count from here (unless npm says where it was called: INIT_CWD). */
  cwd: string;
  appVersion: string;
  /** Folder of the program's own files (`assets/`): sample workspace, fonts. */
  assetsDir: string;
  /** Folder of the log files; default: the system's usual place. */
  logDir?: string;
  /** Calls `listener` when the person asks the command to stop; the answer takes it back. */
  onInterrupt(listener: () => void): () => void;
}

function onSignals(listener: () => void): () => void {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.on(signal, listener);
  return () => {
    for (const signal of signals) process.off(signal, listener);
  };
}

/**
 * The environment as it is now. The key's passphrase is taken out of the process's own, so that no program a command starts
 * (ffmpeg) inherits it.
 */
export function ownEnvironment(): CliIo['env'] {
  const env = { ...process.env };
  delete process.env.TONGXIN_KEY_PASSPHRASE;
  return env;
}

/** The process's own streams, for a checkout: assets and version are found beside the source. */
export function nodeIo(): CliIo {
  const root = path.resolve(import.meta.dirname, '../..');
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    stdin: process.stdin,
    env: ownEnvironment(),
    cwd: process.cwd(),
    appVersion: manifest.version,
    assetsDir: path.join(root, 'assets'),
    onInterrupt: onSignals,
  };
}

/** A path as it was meant: relative ones count from where npm was called, else from the working folder. */
export function resolvePath(io: CliIo, given: string): string {
  return path.resolve(io.env.INIT_CWD ?? io.cwd, given);
}
