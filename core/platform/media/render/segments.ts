/** Segments: one clip's picture for one canvas, encoded once and kept under its hash. */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { StudioError } from '../../../model/errors.ts';
import type { PlanGroup, PlanSegment } from '../../../ports/video.ts';
import { renameOver } from '../../files.ts';
import { fileUrl, writeError } from '../files.ts';
import { SAFE_INPUT } from '../run.ts';
import { filterValue } from './ffmpeg.ts';
import type { RenderRunResult } from './ffmpeg.ts';
import type { RenderWork } from './work.ts';
import { preparePicture } from './pictures.ts';

/** Ticks a second: 1000 a frame. */
export const TIMESCALE = 30_000;
/** Oldest results go when the cache holds more. */
const CACHE_BYTES = 8 * 1024 ** 3;

export const segmentFile = (work: RenderWork, hash: string): string => path.join(work.segmentsDir, `${hash}.mp4`);

/** Seconds as ffmpeg reads them, exact to the microsecond. */
export const seconds = (us: number): string => (us / 1_000_000).toFixed(6);

/** Input options and input of a source: only files, only known formats, times as they stand in the container. */
export function inputOf(file: string, seekUs: number | null): string[] {
  // No accurate seek: what lies before the first frame wanted is cut by the graph, which knows the exact time.
  const seek = seekUs === null ? [] : ['-seek_timestamp', '1', '-noaccurate_seek', '-ss', seconds(seekUs)];
  return ['-copyts', ...SAFE_INPUT, ...seek, '-i', fileUrl(file)];
}

/** `alpha`: what a still picture leaves open stays open. */
async function pictureInput(
  work: RenderWork,
  input: { sha256: string; seekUs: number | null },
  name: string,
  alpha: boolean,
): Promise<string[]> {
  const source = work.source(input.sha256);
  if (source.kind === 'video') return inputOf(source.path, input.seekUs);
  await preparePicture(source.path, work.nameOf(input.sha256), path.join(work.dir, name), alpha);
  return ['-protocol_whitelist', 'file,pipe', '-f', 'png_pipe', '-i', `file:${name}`];
}

/** Input and graph of a segment, its script written beside. */
export async function graphArgs(work: RenderWork, segment: PlanSegment): Promise<string[]> {
  const id = randomUUID();
  const input = await pictureInput(work, segment, `${id}.png`, false);
  for (const [i, over] of segment.over.entries()) {
    input.push(...(await pictureInput(work, over, `${id}-${i + 1}.png`, over.alpha)));
  }
  const put = async (name: string, text: string): Promise<string> => {
    await writeFile(path.join(work.dir, name), text).catch((cause: unknown) => {
      throw writeError(cause, work.dir);
    });
    return name;
  };
  let graph = segment.graph.replaceAll('@fonts@', () => filterValue(work.fontsDir));
  if (segment.ass !== null) graph = graph.replace('@ass@', await put(`${id}.ass`, segment.ass));
  for (const [i, script] of segment.masks.entries()) {
    graph = graph.replace(`@mask${i}@`, await put(`${id}-${i}.ass`, script));
  }
  return [...input, '-filter_complex', graph, '-map', '[v]', '-an', '-sn', '-dn'];
}

/**
 * Runs `make` with a seek, and from the beginning if the decoder complained: some files' key frames need parameter sets
 * that stand only at the beginning (cockatoo.mp4 of the samples), and every seek in them ends in a green picture.
 */
export async function fromSeek(
  seekUs: number | null,
  make: (seekUs: number | null) => Promise<RenderRunResult>,
): Promise<RenderRunResult> {
  const result = await make(seekUs);
  return result.complained && seekUs !== null ? make(null) : result;
}

/** {@link fromSeek} for all inputs of a segment. */
export async function soughtOrWhole(
  segment: PlanSegment,
  make: (segment: PlanSegment) => Promise<RenderRunResult>,
): Promise<RenderRunResult> {
  const result = await make(segment);
  const sought = segment.seekUs !== null || segment.over.some(({ seekUs }) => seekUs !== null);
  if (!result.complained || !sought) return result;
  return make({ ...segment, seekUs: null, over: segment.over.map((over) => ({ ...over, seekUs: null })) });
}

async function encode(work: RenderWork, group: PlanGroup, segment: PlanSegment): Promise<void> {
  const half = `${randomUUID()}.mp4`;
  const options = [
    ...['-map_metadata', '-1', '-map_chapters', '-1', ...group.encoder],
    ...[work.tool.hasFpsMode ? '-fps_mode' : '-vsync', 'passthrough', '-frames:v', `${segment.frames}`],
    ...['-video_track_timescale', `${TIMESCALE}`, '-f', 'mp4', `file:${half}`],
  ];
  const { frames } = await soughtOrWhole(segment, async (way) => {
    const args = [...(await graphArgs(work, way)), ...options];
    return work.run(args, (frame) => work.advance(frame));
  });
  if (frames !== segment.frames) {
    const what = `${work.nameOf(segment.sha256)}: ${frames} / ${segment.frames} frames`;
    throw new StudioError('tool_failed', { tool: 'ffmpeg', what });
  }
  await renameOver(path.join(work.dir, half), segmentFile(work, segment.hash));
}

/** Makes sure every segment of the group is in the cache. */
export async function makeSegments(work: RenderWork, group: PlanGroup): Promise<{ encoded: number; reused: number }> {
  const done = { encoded: 0, reused: 0 };
  for (const segment of group.segments) {
    const file = segmentFile(work, segment.hash);
    const kept = await stat(file).catch(() => null);
    if (kept !== null && kept.size > 0) {
      await utimes(file, new Date(), new Date()).catch(() => undefined);
      done.reused += 1;
    } else {
      await encode(work, group, segment);
      done.encoded += 1;
    }
    work.finished(segment.frames);
  }
  return done;
}

/** Removes the results unused longest until the rest fits. `keep`: hashes this render needs. */
export async function pruneSegments(dir: string, keep: ReadonlySet<string>, limit = CACHE_BYTES): Promise<void> {
  await mkdir(dir, { recursive: true });
  const files = await Promise.all(
    (await readdir(dir)).map(async (name) => ({ name, info: await stat(path.join(dir, name)).catch(() => null) })),
  );
  const known = files.flatMap(({ name, info }) => (info ? [{ name, bytes: info.size, used: info.mtimeMs }] : []));
  let total = known.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { name, bytes } of known.sort((a, b) => a.used - b.used)) {
    if (total <= limit) return;
    if (keep.has(path.basename(name, '.mp4'))) continue;
    await rm(path.join(dir, name), { force: true });
    total -= bytes;
  }
}
