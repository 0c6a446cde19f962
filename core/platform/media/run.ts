/** The one place that runs ffmpeg. Arguments are arrays, no shell is involved, and only files are opened. */
import ffmpeg from 'fluent-ffmpeg';
import { StudioError } from '../../model/errors.ts';
import type { Log } from '../../ports/index.ts';
import { fileUrl, shareToolEnv, throwIfCancelled } from './files.ts';
import { DEMUXERS } from './formats.ts';

export interface FfmpegJob {
  /** Path of the ffmpeg program. */
  program: string;
  input: string;
  /** Options that stand before `-i`. */
  inputOptions?: string[];
  output: string;
  outputOptions: string[];
  signal?: AbortSignal | undefined;
  /** Output time reached so far, microseconds. */
  onTime?: ((timeUs: number) => void) | undefined;
  log: Log;
}

/** ffmpeg ends tidily on SIGTERM within moments; one that does not is stopped hard after this long. */
const KILL_AFTER_MS = 2_000;
const TAIL_LINES = 40;
const WRITE_ERROR =
  /No space left on device|not enough space|Disk quota exceeded|Error writing trailer|Error closing file|Error muxing/i;
/** `-progress` writes these keys, one a line (https://ffmpeg.org/ffmpeg.html, option -progress). */
const PROGRESS_LINE =
  /^(?:frame|fps|stream_\d+_\d+_\w+|bitrate|total_size|out_time|out_time_us|out_time_ms|dup_frames|drop_frames|speed|progress)=/;

/** Input options of every run: files only, known formats only (a playlist or a picture series would open other files). */
export const SAFE_INPUT = ['-protocol_whitelist', 'file,pipe', '-format_whitelist', DEMUXERS];

/** What stopped ffmpeg, as an error of the table. `tail` is the end of what it wrote. */
export function ffmpegError(tail: string[], cause: unknown): StudioError {
  const text = tail.join('\n');
  if (/No space left on device|not enough space on the disk|Disk quota exceeded/i.test(text)) {
    return new StudioError('disk_full', {}, { cause, details: { tail } });
  }
  const last = tail.findLast((line) => line.trim() !== '') ?? (cause instanceof Error ? cause.message : String(cause));
  return new StudioError(
    'tool_failed',
    { tool: 'ffmpeg', what: last.trim().slice(0, 200) },
    { cause, details: { tail } },
  );
}

/** Runs one job to its end. Errors: cancelled (no process is left then), disk_full, tool_failed. */
export async function runFfmpeg(job: FfmpegJob): Promise<void> {
  throwIfCancelled(job.signal);
  shareToolEnv();
  const tail: string[] = [];
  const command = ffmpeg({ logger: silent })
    .input(fileUrl(job.input))
    .inputOptions(
      '-nostdin',
      '-hide_banner',
      '-nostats',
      '-v',
      'error',
      '-progress',
      'pipe:2',
      ...SAFE_INPUT,
      ...(job.inputOptions ?? []),
    )
    .output(fileUrl(job.output))
    .outputOptions('-y', ...job.outputOptions);
  command.setFfmpegPath(job.program);
  command.on('stderr', (line: string) => {
    const time = /^out_time_us=(\d+)$/.exec(line)?.[1];
    if (time !== undefined) job.onTime?.(Number(time));
    if (PROGRESS_LINE.test(line)) return;
    tail.push(line);
    if (tail.length > TAIL_LINES) tail.shift();
  });
  let killer: NodeJS.Timeout | undefined;
  // fluent-ffmpeg looks the program's abilities up before it starts it, so a cancel may come before there is a process.
  let started = false;
  const stop = (): void => {
    if (!started || killer !== undefined) return;
    command.kill('SIGTERM');
    killer = setTimeout(() => command.kill('SIGKILL'), KILL_AFTER_MS);
  };
  job.signal?.addEventListener('abort', stop);
  try {
    await new Promise<void>((resolve, reject) => {
      command.on('start', (line: string) => {
        started = true;
        job.log.info('ffmpeg started', { command: line });
        if (job.signal?.aborted === true) stop();
      });
      // ffmpeg 5.1 ends with 0 when the last bytes cannot be written (seen with a full disk).
      command.on('end', () => {
        if (tail.some((line) => WRITE_ERROR.test(line))) reject(new Error('the output is not whole'));
        else resolve();
      });
      command.on('error', (error: Error) => reject(error));
      command.run();
    });
  } catch (cause) {
    throwIfCancelled(job.signal);
    const error = ffmpegError(tail, cause);
    job.log.warn('ffmpeg failed', { what: error.message, tail: tail.slice(-10) });
    throw error;
  } finally {
    clearTimeout(killer);
    job.signal?.removeEventListener('abort', stop);
  }
  throwIfCancelled(job.signal);
}

const nothing = (): void => undefined;
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing };
