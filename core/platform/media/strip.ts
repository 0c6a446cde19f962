/** Filmstrips: one pass over the key frames of a proxy, the pictures side by side on a sheet. */
import { rm, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { StudioError } from '../../model/errors.ts';
import { STRIP_MAX, stripColumns, stripSize, stripStepUs, withIndex } from '../../model/strips/index.ts';
import type { Proxy } from '../../ports/index.ts';
import { throwIfCancelled, writeError } from './files.ts';
import { microseconds, readHeader } from './header.ts';
import type { Making } from './making.ts';
import { pipeFfmpeg } from './pipe.ts';

export interface StripJob extends Making {
  /** Upright, square pixels, its first frame at 0, a key frame every 15 frames. */
  proxy: Proxy;
  durationUs: number;
}

interface Pictures {
  size: { width: number; height: number };
  /** RGB, one picture each. */
  frames: Buffer[];
  timesUs: number[];
}

const CHANNELS = 3;
/** Small, and good enough at 90 pixels: about 3 KB a picture. */
const JPEG = { quality: 72 } as const;

/** Key frames at least a step apart. The times are those of the very frames that come out, not worked out beside them. */
async function keyFrames(job: StripJob, size: Pictures['size']): Promise<Pictures> {
  const tools = await job.ffmpeg();
  const step = ((stripStepUs(job.durationUs) - 500) / 1_000_000).toFixed(6);
  // Between its last two pictures a lead-in may end a few microseconds early.
  const own = `gte(t\\,${String((job.proxy.leadUs - 500) / 1_000_000)})`;
  const choose = `select=${own}*(isnan(prev_selected_t)+gte(t-prev_selected_t\\,${step}))`;
  const scale = `scale=${String(size.width)}:${String(size.height)}:flags=area`;
  const bytes = size.width * size.height * CHANNELS;
  const timesUs: number[] = [];
  const frames: Buffer[] = [];
  let filling: Buffer[] = [];
  let filled = 0;
  await pipeFfmpeg({
    program: tools.path,
    ...{ input: job.proxy.path, signal: job.signal, log: job.log },
    inputOptions: ['-skip_frame', 'nokey'],
    outputOptions: [
      ...['-map', '0:v:0', '-an', '-vf', `${choose},${scale},format=rgb24,showinfo`, '-frames:v', String(STRIP_MAX)],
      ...[tools.hasFpsMode ? '-fps_mode' : '-vsync', 'passthrough', '-c:v', 'rawvideo', '-f', 'rawvideo'],
    ],
    onLine: (line) => {
      const time = microseconds(/showinfo.*\bn: *\d+ .*\bpts_time:(\S+)/.exec(line)?.[1]);
      if (time !== null) timesUs.push(time - job.proxy.leadUs);
    },
    onBytes: (piece) => {
      filling.push(piece);
      filled += piece.length;
      if (filled < bytes) return;
      const all = Buffer.concat(filling);
      for (let at = 0; at + bytes <= all.length; at += bytes) frames.push(all.subarray(at, at + bytes));
      const rest = all.subarray(all.length - (all.length % bytes));
      filling = [rest];
      filled = rest.length;
    },
  });
  return { size, frames, timesUs: timesUs.slice(0, frames.length) };
}

/** The pictures row by row on one sheet; the last row may be short. */
async function sheetOf({ size, frames, timesUs }: Pictures): Promise<Uint8Array> {
  const columns = stripColumns(frames.length, size.width);
  const [line, width] = [size.width * CHANNELS, size.width * columns];
  const height = size.height * Math.ceil(frames.length / columns);
  const raw = Buffer.alloc(width * height * CHANNELS);
  for (const [n, frame] of frames.entries()) {
    const corner = (Math.floor(n / columns) * size.height * width + (n % columns) * size.width) * CHANNELS;
    for (let y = 0; y < size.height; y += 1) frame.copy(raw, corner + y * width * CHANNELS, y * line, (y + 1) * line);
  }
  const jpeg = await sharp(raw, { raw: { width, height, channels: CHANNELS } })
    .jpeg(JPEG)
    .toBuffer();
  return withIndex(jpeg, { ...size, columns, timesUs });
}

/**
 * Writes the filmstrip of a proxy to `out`: a JPEG sheet with its index inside (`core/model/strips/sheet.ts`), pictures at most
 * 90 pixels high, one a second at most and 240 in all, upright, each with the time of its own frame on the source's time base.
 * Errors: missing_tool, cancelled, disk_full, not_writable, tool_failed. Nothing is left at `out` on failure.
 */
export async function makeStrip(job: StripJob): Promise<void> {
  throwIfCancelled(job.signal);
  const { header } = await readHeader((await job.ffprobe()).path, job.proxy.path, job.signal);
  const video = header?.video ?? null;
  if (video === null) throw new StudioError('tool_failed', { tool: 'ffprobe', what: 'the proxy has no picture' });
  const pictures = await keyFrames(job, stripSize(video.width, video.height));
  if (pictures.frames.length === 0 || pictures.timesUs.length !== pictures.frames.length) {
    throw new StudioError('tool_failed', { tool: 'ffmpeg', what: 'no pictures for a filmstrip' });
  }
  const sheet = await sheetOf(pictures);
  throwIfCancelled(job.signal);
  try {
    await writeFile(job.out, sheet);
  } catch (cause) {
    await rm(job.out, { force: true });
    throw writeError(cause, job.out);
  }
}
