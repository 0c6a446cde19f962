/** Joins segments and sound into finished files; nothing is encoded here. */
import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { StudioError } from '../../../model/errors.ts';
import type { PlanGroup, RenderPlan } from '../../../ports/video.ts';
import { renameOver, syncDir, syncFile } from '../../files.ts';
import { probeJson } from '../ffprobe.ts';
import { fileUrl, writeError } from '../files.ts';
import { allOf } from './all.ts';
import { writeCopiedFilm } from './copy/film.ts';
import { verifyCopied } from './copy/verify.ts';
import { ticksOf } from './copy/write.ts';
import { TIMESCALE } from './segments.ts';
import type { RenderWork } from './work.ts';

/** A file in the making beside its final name, with the process that makes it. */
const HALF = /^\.tongxin-(\d+)-[0-9a-f-]{36}\.part$/;
const halfName = (): string => `.tongxin-${process.pid}-${randomUUID()}.part`;

/** Removes what a killed process left in the folder of finished files. */
export async function sweepHalves(outDir: string): Promise<void> {
  for (const name of await readdir(outDir)) {
    const pid = Number(HALF.exec(name)?.[1] ?? process.pid);
    if (pid === process.pid) continue;
    try {
      process.kill(pid, 0);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ESRCH') {
        await rm(path.join(outDir, name), { force: true });
      }
    }
  }
}

/**
 * The concat demuxer adds up lengths in microseconds; here every time is put back on the grid of 1000 ticks a frame
 * (setts, ffmpeg 5.1).
 */
function onGrid(work: RenderWork): string[] {
  if (!work.tool.hasFpsMode) return [];
  const ticks = TIMESCALE / 30;
  const round = (time: string): string => `round(${time}*TB*30)/30/TB`;
  return ['-bsf:v', `setts=pts=${round('PTS')}:dts=${round('DTS')}:duration=${ticks}/${TIMESCALE}/TB`];
}

async function check(work: RenderWork, file: string, frames: number): Promise<void> {
  const entries = ['-select_streams', 'v:0', '-show_entries', 'stream=nb_frames'];
  const { stdout } = await probeJson(work.ffprobe, file, entries, work.signal);
  const found = /"nb_frames"\s*:\s*"(\d+)"/.exec(stdout)?.[1];
  if (Number(found) === frames) return;
  throw new StudioError('tool_failed', { tool: 'ffmpeg', what: `${found ?? 'no'} of ${frames} frames joined` });
}

interface Picture {
  /** Ticks a second in the finished film. */
  timescale: number;
  /** Options of the picture's input, and of its stream. */
  input: string[];
  finish: string[];
  verify?: (file: string, frames: number) => Promise<void>;
}

/** Segments one after another. */
async function segmentList(work: RenderWork, group: PlanGroup): Promise<Picture> {
  const list = `${randomUUID()}.txt`;
  // Names in the list are hashes, reached from the work folder: no path is written into it.
  const lines = group.segments.map(({ hash }) => `file 'file:../segments/${hash}.mp4'`);
  await writeFile(path.join(work.dir, list), `${lines.join('\n')}\n`);
  const input = ['-protocol_whitelist', 'file,pipe', '-f', 'concat', '-safe', '0', '-i', `file:${list}`];
  return { timescale: TIMESCALE, input, finish: onGrid(work) };
}

/** Segments, and between them what is copied: put together by ourselves, since ffmpeg joins only what has one configuration. */
async function copiedPicture(work: RenderWork, group: PlanGroup): Promise<Picture> {
  const name = `${randomUUID()}.mp4`;
  const film = await writeCopiedFilm(work, group, path.join(work.dir, name));
  return {
    timescale: ticksOf(film.rate).timescale,
    input: ['-protocol_whitelist', 'file,pipe', '-i', `file:${name}`],
    finish: [],
    verify: (file, frames) => verifyCopied(work, file, film, frames),
  };
}

/**
 * Joins one group's segments and the sound named by its hash to `<outDir>/<nameOf(target)>` for each target, in folders that are made. Returns the paths in the
 * order of the targets. Error besides the usual: CopyFailed, and nothing is left.
 */
export async function joinGroup(
  work: RenderWork,
  plan: RenderPlan,
  group: PlanGroup,
  options: { outDir: string; sound: string; nameOf: (target: string) => string; metadata: string[] },
): Promise<string[]> {
  const half = path.join(options.outDir, halfName());
  const halves = [half];
  try {
    const { timescale, input, finish, verify } = group.segments.some(({ copy }) => copy)
      ? await copiedPicture(work, group)
      : await segmentList(work, group);
    await work.run([
      ...input,
      ...['-protocol_whitelist', 'file,pipe', '-i', `file:../segments/${options.sound}.m4a`],
      ...['-map', '0:v:0', '-map', '1:a:0', '-c', 'copy', ...finish, '-map_metadata', '-1', ...options.metadata],
      ...['-video_track_timescale', `${timescale}`, '-movflags', '+faststart+use_metadata_tags'],
      ...['-f', 'mp4', fileUrl(half)],
    ]);
    await allOf([check(work, half, plan.frames), verify?.(half, plan.frames) ?? Promise.resolve(), syncFile(half)]);
    for (const _copy of group.targets.slice(1)) {
      const copy = path.join(options.outDir, halfName());
      halves.push(copy);
      await copyFile(half, copy);
      await syncFile(copy);
    }
    const finals = group.targets.map((target) => path.join(options.outDir, ...options.nameOf(target).split('/')));
    for (const [i, final] of finals.entries()) {
      await mkdir(path.dirname(final), { recursive: true });
      await renameOver(halves[i] ?? half, final);
      await syncDir(path.dirname(final));
    }
    await syncDir(options.outDir);
    return finals;
  } catch (cause) {
    throw writeError(cause, half);
  } finally {
    for (const one of halves) await rm(one, { force: true });
  }
}

export const bytesOf = async (file: string): Promise<number> => (await stat(file)).size;
