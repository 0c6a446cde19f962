/** ffmpeg for renders: several inputs, a filter graph, its processor time. No shell; every path is an argument of its own. */
import { spawn } from 'node:child_process';
import { StudioError } from '../../../model/errors.ts';
import type { Log } from '../../../ports/index.ts';
import { systemCode, throwIfCancelled, toolEnv, writeError } from '../files.ts';
import { ffmpegError } from '../run.ts';

export interface RenderRun {
  program: string;
  /** Everything from the first input on. */
  args: string[];
  /** Folder the run works in; relative names in `args` are there. */
  cwd: string;
  /** Open file that takes what ffmpeg writes to `pipe:1`. */
  stdout?: number | undefined;
  signal?: AbortSignal | undefined;
  onFrame?: ((frame: number) => void) | undefined;
  log: Log;
}

export interface RenderRunResult {
  /** User + system, seconds: ffmpeg's own `-benchmark` line (getrusage of the whole process with its threads). */
  cpuSeconds: number;
  /** Frames written, where there is a picture. */
  frames: number;
  /** Lines of level info and above. */
  lines: string[];
  /** Whether anything was said to be wrong, though the run came to its end: a decoder that met damage. */
  complained: boolean;
}

/** Keeps what a report at the end needs (loudness), and the reason of a failure. */
const LINES_KEPT = 400;
const WRITE_ERROR =
  /No space left on device|not enough space|Disk quota exceeded|Error writing trailer|Error closing file|Error muxing/i;
const PROGRESS_KEY =
  /^(?:frame|fps|stream_\d+_\d+_\w+|bitrate|total_size|out_time\w*|dup_frames|drop_frames|speed|progress)=/;
const IS_ERROR = /\[(?:error|fatal|panic)\]/;

/** Ended from outside, not by a fault of its own; ffmpeg itself answers the softer signals with a line and status 255. */
const ENDED_BY = new Set(['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGXCPU']);
const ENDED_LINE = /received signal \d+|received > 3 system signals/;

function wasEnded(end: number | string | null, lines: readonly string[]): boolean {
  if (typeof end === 'string') return ENDED_BY.has(end);
  return end === 255 && lines.some((line) => ENDED_LINE.test(line));
}

/** What ffmpeg says on its error channel, taken apart. */
function listener(run: RenderRun): { take: (text: string) => void; result: RenderRunResult } {
  const result: RenderRunResult = { cpuSeconds: 0, frames: 0, lines: [], complained: false };
  let rest = '';
  const line = (text: string): void => {
    const frame = /^frame=\s*(\d+)/.exec(text)?.[1];
    if (frame !== undefined) {
      result.frames = Number(frame);
      run.onFrame?.(result.frames);
    }
    const bench = /bench: utime=([\d.]+)s stime=([\d.]+)s/.exec(text);
    if (bench) result.cpuSeconds = Number(bench[1]) + Number(bench[2]);
    if (PROGRESS_KEY.test(text) || text.trim() === '') return;
    result.lines.push(text);
    if (IS_ERROR.test(text)) result.complained = true;
    if (result.lines.length > LINES_KEPT) result.lines.shift();
  };
  return {
    result,
    take: (text) => {
      const lines = (rest + text).split(/\r?\n/);
      rest = lines.pop() ?? '';
      lines.forEach(line);
    },
  };
}

/**
 * Runs ffmpeg to its end. A cancelled run is stopped hard (what it writes has a temporary name) and is gone when the
 * promise settles. Errors: cancelled, disk_full, not_writable, tool_killed, tool_failed.
 */
export async function runRender(run: RenderRun): Promise<RenderRunResult> {
  throwIfCancelled(run.signal);
  const common = [
    '-nostdin',
    '-hide_banner',
    '-y',
    '-nostats',
    '-v',
    'level+info',
    '-benchmark',
    '-max_error_rate',
    '1',
  ];
  const args = [...common, '-progress', 'pipe:2', ...run.args];
  run.log.info('ffmpeg started', { args });
  const child = spawn(run.program, args, {
    cwd: run.cwd,
    env: toolEnv(),
    windowsHide: true,
    stdio: ['ignore', run.stdout ?? 'ignore', 'pipe'],
  });
  const heard = listener(run);
  const stop = (): void => void child.kill('SIGKILL');
  run.signal?.addEventListener('abort', stop);
  try {
    const end = await new Promise<number | string | null>((resolve, reject) => {
      child.stderr?.setEncoding('utf8').on('data', heard.take);
      child.once('error', reject);
      child.once('close', (code, by) => resolve(code ?? by));
    });
    heard.take('\n');
    throwIfCancelled(run.signal);
    const errors = heard.result.lines.filter((text) => IS_ERROR.test(text));
    // ffmpeg 5.1 ends with 0 when the last bytes cannot be written.
    if (end === 0 && !errors.some((text) => WRITE_ERROR.test(text))) return heard.result;
    if (wasEnded(end, heard.result.lines)) {
      run.log.warn('ffmpeg was ended', { end });
      throw new StudioError('tool_killed', { tool: 'ffmpeg' });
    }
    const plain = (errors.length > 0 ? errors : heard.result.lines).map((text) =>
      text.replace(/\[(?:\w+ @ 0x\w+|\w+)\] /g, ''),
    );
    const error = ffmpegError(plain.slice(-40), new Error(`ffmpeg ended with ${String(end)}`));
    run.log.warn('ffmpeg failed', { what: error.message, tail: plain.slice(-10) });
    throw error;
  } catch (cause) {
    if (systemCode(cause) === null) throw cause;
    throw writeError(cause, run.cwd);
  } finally {
    run.signal?.removeEventListener('abort', stop);
  }
}

/**
 * A value inside a filter graph: escaped for the option and then for the graph
 * (https://ffmpeg.org/ffmpeg-filters.html#Notes-on-filtergraph-escaping).
 */
export function filterValue(value: string): string {
  const forward = process.platform === 'win32' ? value.replaceAll('\\', '/') : value;
  return forward.replace(/[\\':]/g, '\\$&').replace(/[\\'[\],;]/g, '\\$&');
}
