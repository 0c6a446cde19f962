/** Runs ffmpeg and takes what it writes as it comes: for what is reduced at once and never stands in a file. */
import { spawn } from 'node:child_process';
import { StudioError } from '../../model/errors.ts';
import type { Log } from '../../ports/index.ts';
import { fileUrl, systemCode, throwIfCancelled, toolEnv } from './files.ts';
import { ffmpegError, SAFE_INPUT } from './run.ts';

export interface PipeRun {
  /** Path of the ffmpeg program. */
  program: string;
  input: string;
  /** Options that stand before `-i`. */
  inputOptions: string[];
  /** Options of the output, its format included; the output itself is the pipe. */
  outputOptions: string[];
  /** Gets the bytes in order; ffmpeg waits while it works. */
  onBytes: (bytes: Buffer) => void;
  /** Gets lines that are no errors. Without it ffmpeg says errors only. */
  onLine?: (line: string) => void;
  signal: AbortSignal | undefined;
  log: Log;
}

const TAIL_LINES = 40;
const IS_ERROR = /\[(?:error|fatal|panic)\]/;

/** Takes text apart into lines. */
function lineSplitter(each: (line: string) => void): (text: string) => void {
  let rest = '';
  return (text) => {
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop() ?? '';
    lines.forEach(each);
  };
}

/**
 * Runs ffmpeg to its end; answers what it complained of on the way, without its prefixes. A cancelled run is stopped hard and is
 * gone when the promise settles. What `onBytes` throws stops the run and is thrown on.
 * Errors: cancelled, tool_failed.
 */
export async function pipeFfmpeg(run: PipeRun): Promise<string[]> {
  throwIfCancelled(run.signal);
  const level = `level+${run.onLine ? 'info' : 'error'}`;
  const args = ['-nostdin', '-hide_banner', '-nostats', '-v', level, ...SAFE_INPUT, ...run.inputOptions];
  args.push('-i', fileUrl(run.input), ...run.outputOptions, 'pipe:1');
  run.log.info('ffmpeg started', { args });
  const child = spawn(run.program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: toolEnv(), windowsHide: true });
  const complaints: string[] = [];
  const take = lineSplitter((line) => {
    if (!IS_ERROR.test(line)) return run.onLine?.(line);
    complaints.push(line.replace(/\[(?:[\w:]+ @ 0x\w+|\w+)\] /g, ''));
    if (complaints.length > TAIL_LINES) complaints.shift();
  });
  const stop = (): void => void child.kill('SIGKILL');
  run.signal?.addEventListener('abort', stop);
  const thrown: unknown[] = [];
  try {
    const end = await new Promise<number | string | null>((resolve, reject) => {
      child.stderr.setEncoding('utf8').on('data', take);
      child.stdout.on('data', (bytes: Buffer) => {
        if (thrown.length > 0) return;
        try {
          run.onBytes(bytes);
        } catch (error) {
          thrown.push(error);
          stop();
        }
      });
      child.once('error', reject);
      child.once('close', (code, by) => resolve(code ?? by));
    });
    take('\n');
    throwIfCancelled(run.signal);
    if (thrown.length > 0) throw thrown[0];
    if (end === 0) return complaints;
    const error = ffmpegError(complaints, new Error(`ffmpeg ended with ${String(end)}`));
    run.log.warn('ffmpeg failed', { what: error.message, tail: complaints.slice(-10) });
    throw error;
  } catch (cause) {
    // What is no error of the table yet is the system's: the program could not be started.
    throw cause instanceof StudioError || systemCode(cause) === null ? cause : ffmpegError([], cause);
  } finally {
    run.signal?.removeEventListener('abort', stop);
  }
}
