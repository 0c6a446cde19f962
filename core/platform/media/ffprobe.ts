/** The one place that runs ffprobe. */
import { execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { StudioError } from '../../model/errors.ts';
import { fileUrl, systemCode, throwIfCancelled, toolEnv } from './files.ts';
import { installCommands } from './install.ts';
import { SAFE_INPUT } from './run.ts';

const HEADER_TIMEOUT_MS = 30_000;
/** A pass over a file writes as it goes; one that is silent this long hangs. */
const SILENCE_MS = 120_000;
const STDERR_KEPT = 64 * 1024;

export interface ProbeOutcome {
  /** False when ffprobe gave up on the file. */
  ok: boolean;
  stderr: string;
}

function cannotRun(cause: unknown): StudioError | null {
  if (!['ENOENT', 'EACCES', 'ENOEXEC'].includes(systemCode(cause) ?? '')) return null;
  return new StudioError(
    'missing_tool',
    { tool: 'ffprobe', install: installCommands('ffprobe').join(' / ') },
    { cause },
  );
}

function failed(what: string, cause: unknown): StudioError {
  return new StudioError('tool_failed', { tool: 'ffprobe', what }, { cause });
}

/**
 * ffprobe's header answer as JSON text, with its warnings. `ok` false: it cannot open the file.
 * Errors: missing_tool, cancelled, tool_failed (no answer within 30 s).
 */
export async function probeJson(
  program: string,
  file: string,
  args: string[],
  signal?: AbortSignal,
): Promise<ProbeOutcome & { stdout: string }> {
  throwIfCancelled(signal);
  const all = ['-v', 'warning', '-of', 'json', ...args, ...SAFE_INPUT, '-i', fileUrl(file)];
  const options = {
    timeout: HEADER_TIMEOUT_MS,
    env: toolEnv(),
    windowsHide: true,
    maxBuffer: 64 * 1024 * 1024,
    ...(signal ? { signal } : {}),
  };
  return new Promise((resolve, reject) => {
    execFile(program, all, options, (error, stdout, stderr) => {
      const unusable = error === null ? null : cannotRun(error);
      if (signal?.aborted === true) reject(new StudioError('cancelled'));
      else if (unusable) reject(unusable);
      else if (error?.killed === true) reject(failed('no answer in 30 s', error));
      else if (typeof error?.signal === 'string') reject(failed(error.signal, error));
      else resolve({ ok: error === null, stdout, stderr });
    });
  });
}

/**
 * Runs ffprobe and hands over its lines as they come. `onLine` may answer `false` to stop early.
 * Errors: missing_tool, cancelled, tool_failed (hangs). A file ffprobe cannot read to its end is `ok: false`, no error.
 */
export async function probeLines(
  program: string,
  file: string,
  args: string[],
  onLine: (line: string) => unknown,
  signal?: AbortSignal,
): Promise<ProbeOutcome> {
  throwIfCancelled(signal);
  const all = ['-v', 'error', '-of', 'compact', ...args, ...SAFE_INPUT, '-i', fileUrl(file)];
  const child = spawn(program, all, { stdio: ['ignore', 'pipe', 'pipe'], env: toolEnv(), windowsHide: true });
  const stop = (): void => void child.kill('SIGKILL');
  const silence = new AbortController();
  const watchdog = setTimeout(() => {
    silence.abort();
    stop();
  }, SILENCE_MS);
  signal?.addEventListener('abort', stop);
  let stderr = '';
  child.stderr.setEncoding('utf8');
  child.stderr.on('data', (text: string) => {
    stderr = (stderr + text).slice(-STDERR_KEPT);
  });
  const enough = new AbortController();
  const lines = createInterface({ input: child.stdout, crlfDelay: Infinity });
  lines.on('line', (line) => {
    watchdog.refresh();
    if (enough.signal.aborted || onLine(line) !== false) return;
    enough.abort();
    stop();
  });
  try {
    const drained = new Promise<void>((resolve) => lines.once('close', () => resolve()));
    const end = await new Promise<{ code: number | null; by: NodeJS.Signals | null }>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, by) => resolve({ code, by }));
    });
    await drained;
    throwIfCancelled(signal);
    if (silence.signal.aborted) throw failed('no answer in 120 s', undefined);
    // A crash says nothing about the file.
    const stopped = enough.signal.aborted;
    if (end.by !== null && !stopped) throw failed(end.by, undefined);
    return { ok: end.code === 0 || stopped, stderr };
  } catch (error) {
    throw cannotRun(error) ?? error;
  } finally {
    clearTimeout(watchdog);
    signal?.removeEventListener('abort', stop);
  }
}
