/** Segments: one clip's picture for one canvas, encoded once and kept under its hash. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { StudioError } from '../../../model/errors.ts';
import { GAP_SHA256 } from '../../../model/timeline/index.ts';
import type { PlanGroup, PlanSegment } from '../../../ports/video.ts';
import { renameOver, syncFile } from '../../files.ts';
import { fileUrl, writeError } from '../files.ts';
import { SAFE_INPUT } from '../run.ts';
import { allOf } from './all.ts';
import { samplesOf } from './boxes.ts';
import { writeShown } from './copy/shown.ts';
import type { ShownPictures } from './copy/shown.ts';
import { deviceOptions, pictureOf, uploaded } from './encoders.ts';
import { filterValue } from './ffmpeg.ts';
import type { RenderRunResult } from './ffmpeg.ts';
import { mergedGraph } from './graphs.ts';
import { withLuts } from './luts.ts';
import { decoderOptions, MOST_CANVASES, placesAtOnce } from './share.ts';
import type { RenderWork } from './work.ts';
import { blackPicture, preparePicture } from './pictures.ts';

/** Ticks a second: 1000 a frame. Segments beside copied pictures of other rates keep it: only the order of their frames is read. */
export const TIMESCALE = 30_000;
/** Oldest results go when the cache holds more. */
const CACHE_BYTES = 8 * 1024 ** 3;
/** Canvases encoded side by side in one process, by their pixels. */
const BATCH_PIXELS = MOST_CANVASES * 1920 * 1080;

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
  if (input.sha256 === GAP_SHA256) await blackPicture(path.join(work.dir, name));
  const source = input.sha256 === GAP_SHA256 ? null : work.source(input.sha256);
  if (source?.kind === 'video') return inputOf(source.path, input.seekUs);
  if (source) await preparePicture(source.path, work.nameOf(input.sha256), path.join(work.dir, name), alpha);
  return ['-protocol_whitelist', 'file,pipe', '-f', 'png_pipe', '-i', `file:${name}`];
}

/** A film of the pictures shown, on its source's time line. */
const ownInput = ({ name, startUs }: ShownPictures): string[] => [
  ...['-copyts', '-itsoffset', seconds(startUs), '-protocol_whitelist', 'file,pipe', '-i', `file:${name}`],
];

/** The inputs of a segment as options; `shown` instead of its source. */
async function inputsOf(work: RenderWork, segment: PlanSegment, shown: ShownPictures | null = null): Promise<string[]> {
  const id = randomUUID();
  const input = shown ? ownInput(shown) : await pictureInput(work, segment, `${id}.png`, false);
  for (const [i, over] of segment.over.entries()) {
    input.push(...(await pictureInput(work, over, `${id}-${i + 1}.png`, over.alpha)));
  }
  return input;
}

/**
 * The graph of segments of the same inputs, their scripts written beside; it ends in `[v0]` and so on. Scripts are named by what
 * stands in them, so that the same mask on two canvases is laid on once.
 */
async function graphOf(work: RenderWork, segments: readonly PlanSegment[]): Promise<string[]> {
  const put = async (text: string): Promise<string> => {
    const name = `${createHash('sha256').update(text).digest('hex').slice(0, 32)}.ass`;
    await writeFile(path.join(work.dir, name), text).catch((cause: unknown) => {
      throw writeError(cause, work.dir);
    });
    return name;
  };
  const graphs: string[] = [];
  for (const segment of segments) {
    let { graph } = segment;
    if (segment.ass !== null) graph = graph.replace('@ass@', await put(segment.ass));
    for (const [i, script] of segment.masks.entries()) graph = graph.replace(`@mask${i}@`, await put(script));
    graphs.push(graph);
  }
  const graph = await withLuts(work, mergedGraph(graphs));
  return ['-filter_complex', graph.replaceAll('@fonts@', () => filterValue(work.fontsDir))];
}

const onlyPicture = (label: string): string[] => ['-map', `[${label}]`, '-an', '-sn', '-dn'];

/** Input and graph of one segment, its picture mapped. */
export async function graphArgs(work: RenderWork, segment: PlanSegment): Promise<string[]> {
  return [...(await inputsOf(work, segment)), ...(await graphOf(work, [segment])), ...onlyPicture('v0')];
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

/** {@link fromSeek} for all inputs of segments that have the same. */
export async function soughtOrWhole<T extends PlanSegment>(
  segments: readonly T[],
  make: (segments: readonly T[]) => Promise<RenderRunResult>,
): Promise<RenderRunResult> {
  const result = await make(segments);
  const sought = segments.some(({ seekUs, over }) => seekUs !== null || over.some((one) => one.seekUs !== null));
  if (!result.complained || !sought) return result;
  const whole = (segment: T): T => {
    return { ...segment, seekUs: null, over: segment.over.map((over) => ({ ...over, seekUs: null })) };
  };
  return make(segments.map(whole));
}

/** A segment with its group's encoder. */
interface Encode extends PlanSegment {
  encoder: string[];
  pixels: number;
}

/** One run of the encoder into `halves`. `shown`: the pictures of the only segment, as a film of their own. */
async function encodeOnce(
  work: RenderWork,
  ways: readonly Encode[],
  halves: readonly string[],
  shown: ShownPictures | null = null,
): Promise<RenderRunResult> {
  const [first] = ways;
  if (!first) throw new Error('nothing to encode');
  const input = await inputsOf(work, first, shown);
  const args = [...deviceOptions(work.tool), ...decoderOptions(work.cores), ...input];
  args.push(...uploaded(work.tool, await graphOf(work, ways), ways.length));
  for (const [i, { encoder, frames }] of ways.entries()) {
    args.push(...onlyPicture(pictureOf(work.tool, i)), '-map_metadata', '-1', '-map_chapters', '-1', ...encoder);
    args.push(work.tool.hasFpsMode ? '-fps_mode' : '-vsync', 'passthrough', '-frames:v', `${frames}`);
    args.push('-video_track_timescale', `${TIMESCALE}`, '-f', 'mp4', `file:${path.basename(halves[i] ?? '')}`);
  }
  return work.run(args, (frame) => work.advance(frame * ways.length));
}

/** From nothing but the pictures that are shown. False: they are not known, or do not decode as they should. */
async function encodeShown(work: RenderWork, segment: Encode, half: string): Promise<boolean> {
  const shown = await writeShown(work, segment);
  if (shown === null) return false;
  const { index } = work.source(segment.sha256).picture;
  const graph = segment.graph.replace(`[0:${index}]`, '[0:0]');
  try {
    const { complained, frames } = await encodeOnce(work, [{ ...segment, graph }], [half], shown);
    return !complained && frames === segment.frames;
  } finally {
    await rm(path.join(work.dir, shown.name), { force: true });
  }
}

/** The same frames for several canvases, from one reading of the sources. Each is kept as soon as it is whole. */
async function encode(work: RenderWork, segments: readonly Encode[]): Promise<void> {
  const halves = segments.map(() => path.join(work.dir, `${randomUUID()}.mp4`));
  const [only] = segments;
  const alone = segments.length === 1 && only?.shows !== undefined;
  if (!alone || !(await encodeShown(work, only, halves[0] ?? ''))) {
    await soughtOrWhole(segments, (ways) => encodeOnce(work, ways, halves));
  }
  for (const [i, { frames, hash, sha256 }] of segments.entries()) {
    const half = halves[i] ?? '';
    const made = await samplesOf(half);
    if (made !== frames) {
      const what = `${work.nameOf(sha256)}: ${String(made ?? 0)} / ${frames} frames`;
      throw new StudioError('tool_failed', { tool: 'ffmpeg', what });
    }
    await syncFile(half);
    await renameOver(half, segmentFile(work, hash));
  }
}

/** Whether a segment stands in the cache whole: what a power cut left short does not count. */
export async function isKept(dir: string, { hash, frames }: PlanSegment): Promise<boolean> {
  return (await samplesOf(path.join(dir, `${hash}.mp4`))) === frames;
}

/** In parts that are encoded in one process: what reads the same, as far as memory should go. */
function batchesOf(segments: readonly Encode[]): Encode[][] {
  const batches: { key: string; pixels: number; segments: Encode[] }[] = [];
  for (const segment of segments) {
    const key = JSON.stringify([segment.sha256, segment.seekUs, segment.over]);
    const { pixels } = segment;
    const open = batches.find((batch) => batch.key === key && batch.pixels + pixels <= BATCH_PIXELS);
    if (open) open.segments.push(segment);
    else batches.push({ key, pixels: 0, segments: [segment] });
    const into = open ?? batches.at(-1);
    if (into) into.pixels += pixels;
  }
  return batches.map((batch) => batch.segments);
}

export interface SegmentsDone {
  encoded: number;
  reused: number;
  /** Taken from the source as they are coded. */
  copied: number;
}

/** The segments of one place in the film, of all groups: their frames together, and what of them is missing. */
interface Place {
  frames: number;
  batches: Encode[][];
}

/** What is missing, place by place; `done` is told what becomes of each segment. */
async function missingOf(work: RenderWork, groups: readonly PlanGroup[], done: SegmentsDone[]): Promise<Place[]> {
  const coming = new Set<string>();
  const places: Place[] = [];
  for (const index of (groups[0]?.segments ?? []).keys()) {
    const missing: Encode[] = [];
    let frames = 0;
    for (const [i, { segments, encoder, width, height }] of groups.entries()) {
      const [segment, count] = [segments[index], done[i]];
      if (!segment || !count) throw new Error(`groups of different spans at ${index}`);
      frames += segment.frames;
      if (segment.copy) {
        count.copied += 1;
      } else if (coming.has(segment.hash) || (await isKept(work.segmentsDir, segment))) {
        const now = new Date();
        await utimes(segmentFile(work, segment.hash), now, now).catch(() => undefined);
        count.reused += 1;
      } else {
        coming.add(segment.hash);
        missing.push({ ...segment, encoder, pixels: width * height });
        count.encoded += 1;
      }
    }
    places.push({ frames, batches: batchesOf(missing) });
  }
  return places;
}

/**
 * Makes sure every segment of the groups (whose spans are the same) is in the cache; what is made is kept one by one, so that
 * a render that is broken off goes on from there. Returns what was done for each group.
 */
export async function makeSegments(work: RenderWork, groups: readonly PlanGroup[]): Promise<SegmentsDone[]> {
  const done = groups.map(() => ({ encoded: 0, reused: 0, copied: 0 }));
  const places = (await missingOf(work, groups, done)).values();
  let failed = false;
  const encodeNext = async (): Promise<void> => {
    for (const { frames, batches } of places) {
      for (const batch of batches) {
        await work.pause();
        // What has failed beside this one will not get better: nothing more is begun.
        if (failed) return;
        await encode(work, batch).catch((error: unknown) => {
          failed = true;
          throw error;
        });
      }
      work.finished(frames);
    }
  };
  const copied = groups.some(({ segments }) => segments.some(({ copy }) => copy));
  const most = placesAtOnce(work.cores, groups.length, copied);
  await allOf(Array.from({ length: most }, encodeNext));
  return done;
}

/**
 * Removes the results unused longest until the rest fits into `limit` bytes and `free` bytes are gone. `keep`: hashes this
 * render needs.
 */
export async function pruneSegments(
  dir: string,
  keep: ReadonlySet<string>,
  { limit = CACHE_BYTES, free = 0 }: { limit?: number; free?: number } = {},
): Promise<void> {
  await mkdir(dir, { recursive: true });
  const files = await Promise.all(
    (await readdir(dir)).map(async (name) => ({ name, info: await stat(path.join(dir, name)).catch(() => null) })),
  );
  const known = files.flatMap(({ name, info }) => (info ? [{ name, bytes: info.size, used: info.mtimeMs }] : []));
  let total = known.reduce((sum, { bytes }) => sum + bytes, 0);
  const most = Math.min(limit, total - free);
  for (const { name, bytes } of known.sort((a, b) => a.used - b.used)) {
    if (total <= most) return;
    if (keep.has(name.split('.')[0] ?? '')) continue;
    await rm(path.join(dir, name), { force: true });
    total -= bytes;
  }
}
