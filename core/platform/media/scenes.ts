/** Scene scores of a film: one pass over its small proxy, only the frames that differ are told. */
import { rm, writeFile } from 'node:fs/promises';
import { encodeScenes, LEAST_SCENE_SCORE, type SceneCut } from '../../model/strips/index.ts';
import type { Proxy } from '../../ports/index.ts';
import { throwIfCancelled, writeError } from './files.ts';
import { microseconds } from './header.ts';
import type { Making } from './making.ts';
import { pipeFfmpeg } from './pipe.ts';

export interface ScenesJob extends Making {
  /** Upright, its first frame at 0. */
  proxy: Proxy;
  durationUs: number;
  onProgress: ((fraction: number) => void) | undefined;
}

/** Wide enough to tell two shots apart, and a quarter of the proxy's pixels. */
const WIDTH = 320;

/** The frames that differ, with their times and scores as ffmpeg tells them. */
async function scoredFrames(job: ScenesJob): Promise<SceneCut[]> {
  const tools = await job.ffmpeg();
  const cuts: SceneCut[] = [];
  let atUs: number | null = null;
  await pipeFfmpeg({
    program: tools.path,
    ...{ input: job.proxy.path, signal: job.signal, log: job.log },
    inputOptions: [],
    outputOptions: [
      ...['-map', '0:v:0', '-an', '-vf'],
      `scale=${String(WIDTH)}:-2:flags=fast_bilinear,select=gte(scene\\,${String(LEAST_SCENE_SCORE)}),metadata=print`,
      ...[tools.hasFpsMode ? '-fps_mode' : '-vsync', 'passthrough', '-c:v', 'wrapped_avframe', '-f', 'null'],
    ],
    onLine: (line) => {
      const time = /\bframe: *\d+ .*\bpts_time: *(\S+)/.exec(line)?.[1];
      if (time !== undefined) {
        const there = microseconds(time);
        atUs = there === null ? null : there - job.proxy.leadUs;
        if (atUs !== null && job.durationUs > 0) job.onProgress?.(Math.min(1, atUs / job.durationUs));
      }
      const score = Number(/lavfi\.scene_score=([\d.]+)/.exec(line)?.[1] ?? NaN);
      if (atUs !== null && Number.isFinite(score)) cuts.push({ atUs, score });
    },
    onBytes: () => undefined,
  });
  return cuts;
}

/**
 * Writes where the pictures of a proxy change (`core/model/strips/scenes.ts`) to `out`. Errors: missing_tool, cancelled, disk_full,
 * not_writable, tool_failed. Nothing is left at `out` on failure.
 */
export async function makeScenes(job: ScenesJob): Promise<void> {
  throwIfCancelled(job.signal);
  const cuts = await scoredFrames(job);
  throwIfCancelled(job.signal);
  try {
    await writeFile(job.out, encodeScenes(cuts));
  } catch (cause) {
    await rm(job.out, { force: true });
    throw writeError(cause, job.out);
  }
}
