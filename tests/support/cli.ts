/** Runs the command line in this process, with streams of its own, and holds every answer against its shape. */
import { Readable } from 'node:stream';
import path from 'node:path';
import { expect } from 'vitest';
import { ANSWERS, type Answer, type AnswerName } from '../../server/cli/answers.ts';
import { runCli, type CliIo } from '../../server/cli/index.ts';
import { repoRoot } from './studio.ts';

export interface RunOptions {
  cwd?: string;
  env?: Record<string, string>;
  stdin?: string;
  /** Called with the way to press Ctrl+C, once the command listens for it. */
  interrupt?: (press: () => void) => void;
  /** stderr is a terminal. */
  terminal?: boolean;
}

export interface Run {
  code: number;
  stdout: string;
  stderr: string;
}

/** One command. The environment holds nothing but what is given (messages are English then). */
export async function tongxin(argv: readonly string[], options: RunOptions = {}): Promise<Run> {
  const run = { stdout: '', stderr: '' };
  const io: CliIo = {
    stdout: { write: (text) => (run.stdout += text) },
    stderr: { write: (text) => (run.stderr += text), isTTY: options.terminal ?? false },
    stdin: Readable.from([options.stdin ?? '']),
    env: options.env ?? {},
    cwd: options.cwd ?? '/',
    appVersion: '0.0.0',
    assetsDir: path.join(repoRoot, 'assets'),
    onInterrupt: (listener) => {
      options.interrupt?.(listener);
      return () => undefined;
    },
  };
  const code = await runCli(argv, io);
  return { ...run, code };
}

/** One command with `--json`: exactly one document on stdout, in the shape of its answer. */
export async function answerOf<Name extends AnswerName>(
  name: Name,
  argv: readonly string[],
  options: RunOptions & { code?: number } = {},
): Promise<Answer<Name>> {
  const run = await tongxin([...argv, '--json'], options);
  expect({ code: run.code, stdout: run.stdout }).toEqual({
    code: options.code ?? 0,
    stdout: expect.stringMatching(/^[^\n]+\n$/) as string,
  });
  const document: unknown = JSON.parse(run.stdout);
  expect(ANSWERS[name].parse(document)).toEqual(document);
  return document as Answer<Name>;
}

/** One command that is refused: the error of its answer. */
export async function refusalOf(
  argv: readonly string[],
  code: 1 | 2,
  options: RunOptions = {},
): Promise<Answer<'error'>['error']> {
  return (await answerOf('error', argv, { ...options, code })).error;
}
