/** The log: JSON lines in a folder, at most 10 files of 5 MB. It never fails the work it tells of. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { pino } from 'pino';
import { createStream, type RotatingFileStream } from 'rotating-file-stream';
import type { Log } from '../ports/index.ts';
import { configHome } from './workspace/places.ts';

/** Rotated files beside the current one. */
const OLD_FILES = 9;
const FILE_SIZE = '5M';
const SECRET_KEYS = new Set(['pin', 'oldpin', 'newpin', 'token', 'authorization', 'cookie']);
const HIDDEN = '[hidden]';
/** Deeper is never ours; it bounds what a stray object can cost. */
const MAX_DEPTH = 8;
/** How long `close` waits for the disk before it gives up. */
const CLOSE_WAIT_MS = 2_000;

function redactText(text: string): string {
  return text.replace(/([?&#](?:token|pin)=)[^&\s"']+/gi, `$1${HIDDEN}`);
}

function redactError(error: Error, depth: number): Record<string, unknown> {
  return {
    name: error.name,
    message: redactText(error.message),
    ...('code' in error ? { code: error.code } : {}),
    stack: redactText(error.stack ?? ''),
    ...(error.cause === undefined ? {} : { cause: redact(error.cause, depth + 1) }),
  };
}

/** A copy fit for the log: secrets hidden at any depth, errors as plain data. */
function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return '…';
  if (value instanceof Error) return redactError(value, depth);
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  if (ArrayBuffer.isView(value)) return `${String(value.byteLength)} bytes`;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      SECRET_KEYS.has(key.toLowerCase()) ? HIDDEN : redact(item, depth + 1),
    ]),
  );
}

function redactFields(fields: Record<string, unknown> | undefined): Record<string, unknown> {
  return redact(fields ?? {}) as Record<string, unknown>;
}

async function endStream(stream: RotatingFileStream): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, CLOSE_WAIT_MS);
    const done = (): void => {
      clearTimeout(timer);
      resolve();
    };
    stream.once('error', done);
    stream.end(done);
  });
}

/**
 * The log in `<folder>/<name>.log` (default `<config home>/logs/studio.log`), rotated to `<name>.log.1` … `.9`.
 * Processes that run at the same time need different names. If the folder cannot be written, lines are dropped
 * after one sentence on stderr: the disk that is full must not also stop the program.
 */
export function createFileLog(options: { folder?: string; name?: string } = {}): Log {
  const folder = options.folder ?? path.join(configHome(), 'logs');
  let broken = false;
  const giveUp = (error: unknown): void => {
    if (!broken) process.stderr.write(`The log in ${folder} cannot be written: ${String(error)}\n`);
    broken = true;
  };
  const warn = (error: unknown): void => {
    process.stderr.write(`The log in ${folder}: ${String(error)}\n`);
  };
  let stream: RotatingFileStream | null = null;
  try {
    mkdirSync(folder, { recursive: true });
    stream = createStream(`${options.name ?? 'studio'}.log`, {
      path: folder,
      size: FILE_SIZE,
      rotate: OLD_FILES,
      mode: 0o600,
    });
    stream.on('error', giveUp);
    stream.on('warning', warn); // An old file could not be removed, say; writing goes on.
  } catch (error) {
    giveUp(error);
  }
  const logger = stream === null ? null : pino({ base: { pid: process.pid } }, stream);
  const write = (level: 'info' | 'warn' | 'error', message: string, fields?: Record<string, unknown>): void => {
    if (broken || !logger) return;
    let plain: Record<string, unknown>;
    try {
      plain = redactFields(fields);
    } catch (error) {
      // Fields that cannot be read (a getter that throws) must not cost the sentence.
      plain = { fieldsLost: String(error) };
    }
    try {
      logger[level](plain, redactText(message));
    } catch (error) {
      giveUp(error);
    }
  };
  return {
    info: (message, fields) => {
      write('info', message, fields);
    },
    warn: (message, fields) => {
      write('warn', message, fields);
    },
    error: (message, fields) => {
      write('error', message, fields);
    },
    close: async () => {
      const open = stream;
      stream = null;
      broken = true;
      if (open) await endStream(open);
    },
  };
}

export interface LogLine {
  level: 'info' | 'warn' | 'error';
  message: string;
  fields: Record<string, unknown>;
}

/** A log that keeps its lines in memory, for tests. */
export function createMemoryLog(): Log & { lines: LogLine[] } {
  const lines: LogLine[] = [];
  const keep = (level: LogLine['level']) => (message: string, fields?: Record<string, unknown>) => {
    lines.push({ level, message: redactText(message), fields: redactFields(fields) });
  };
  return { lines, info: keep('info'), warn: keep('warn'), error: keep('error'), close: () => Promise.resolve() };
}
