/** One render under way: its folder, its tools, its progress, its processor time. */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { StudioError } from '../../../model/errors.ts';
import type { Log } from '../../../ports/index.ts';
import type { FilmTool } from '../../../ports/video.ts';
import { throwIfCancelled } from '../files.ts';
import type { FoundTool } from '../locate.ts';
import { runRender } from './ffmpeg.ts';
import type { RenderRunResult } from './ffmpeg.ts';
import { vanished } from './sources.ts';
import type { SourceFile } from './sources.ts';

/** Share of the progress that is the pictures; the rest is sound and joining. */
const PICTURE_SHARE = 0.95;
const WORK_NAME = /^work-(\d+)-/;

export interface RenderWork {
  /** Private folder, removed at the end. */
  dir: string;
  segmentsDir: string;
  fontsDir: string;
  tool: FoundTool & FilmTool;
  ffprobe: string;
  log: Log;
  signal: AbortSignal | undefined;
  /** Cores it may use. */
  cores: number;
  cpuSeconds: number;
  source(sha256: string): SourceFile;
  nameOf(sha256: string): string;
  /**
   * Runs ffmpeg in `dir` and adds up its processor time. Errors: those of {@link runRender}; source_vanished where it met damage
   * and a source is not as it was.
   */
  run(args: string[], onFrame?: (frame: number) => void, stdout?: number): Promise<RenderRunResult>;
  /** Error: source_vanished, where a source went away or changed since it was looked at. */
  refuseVanished(): Promise<void>;
  /** Frames done of the segment under way. */
  advance(frame: number): void;
  /** Settles when the next segment may be encoded. */
  pause(): Promise<void>;
  /** A segment of so many frames is there. */
  finished(frames: number): void;
}

export interface WorkOptions {
  cacheDir: string;
  fontsDir: string;
  tool: FoundTool & FilmTool;
  ffprobe: string;
  log: Log;
  signal: AbortSignal | undefined;
  cores: number;
  onProgress: ((fraction: number) => void) | undefined;
  pause: (() => Promise<void>) | undefined;
  sources: ReadonlyMap<string, SourceFile>;
  names: ReadonlyMap<string, string>;
  /** Frames of all groups together. */
  frames: number;
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Removes folders that a killed process left. */
export async function sweepWork(cacheDir: string): Promise<void> {
  for (const name of await readdir(cacheDir).catch(() => [])) {
    const pid = WORK_NAME.exec(name)?.[1];
    if (pid !== undefined && !alive(Number(pid))) {
      await rm(path.join(cacheDir, name), { recursive: true, force: true });
    }
  }
}

/** Fractions that only grow. */
function meter(options: WorkOptions): Pick<RenderWork, 'advance' | 'finished'> {
  let done = 0;
  let reached = 0;
  const tell = (frames: number): void => {
    const fraction = Math.min(PICTURE_SHARE, (PICTURE_SHARE * frames) / Math.max(1, options.frames));
    if (fraction <= reached) return;
    reached = fraction;
    options.onProgress?.(fraction);
  };
  return {
    advance: (frame) => tell(done + frame),
    finished: (frames) => {
      done += frames;
      tell(done);
    },
  };
}

/** Makes the folder; `rm` it at the end whatever happens. */
export async function startWork(options: WorkOptions): Promise<RenderWork> {
  const dir = path.join(options.cacheDir, `work-${process.pid}-${randomUUID()}`);
  const segmentsDir = path.join(options.cacheDir, 'segments');
  await mkdir(dir, { recursive: true });
  await mkdir(segmentsDir, { recursive: true });
  const { fontsDir, tool, ffprobe, log, signal, cores } = options;
  const work: RenderWork = {
    ...{ dir, segmentsDir, fontsDir, tool, ffprobe, log, signal, cores, cpuSeconds: 0 },
    ...meter(options),
    pause: async () => {
      throwIfCancelled(signal);
      await options.pause?.();
    },
    nameOf: (sha256) => options.names.get(sha256) ?? sha256,
    source: (sha256) => {
      const found = options.sources.get(sha256);
      if (!found) throw new StudioError('source_vanished', { file: options.names.get(sha256) ?? sha256 });
      return found;
    },
    refuseVanished: async () => {
      const gone = await vanished(options.sources.values());
      if (gone === null) return;
      const file = work.nameOf(gone);
      throw new StudioError('source_vanished', { file }, { files: [file] });
    },
    run: async (args, onFrame, stdout) => {
      const result = await runRender({ program: tool.path, args, cwd: dir, stdout, signal, onFrame, log });
      if (result.complained) await work.refuseVanished();
      work.cpuSeconds += result.cpuSeconds;
      return result;
    },
  };
  return work;
}
