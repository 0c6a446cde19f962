/** Proxies: a small copy of a film or a sound that every window can play and seek in quickly. */
import { rm } from 'node:fs/promises';
import { StudioError } from '../../model/errors.ts';
import { platformOf } from '../../model/platforms/index.ts';
import { throwIfCancelled } from './files.ts';
import { DISPLAY_TRANSFORM_TO_SDR } from './colour.ts';
import { firstFrameUs } from './frame-times.ts';
import { readHeader } from './header.ts';
import type { AudioStream, MediaHeader, VideoStream } from './header.ts';
import type { FoundTool } from './locate.ts';
import type { MadeFromFile } from './making.ts';
import { runFfmpeg } from './run.ts';

export interface ProxyJob extends MadeFromFile {
  /** How long the first picture of a film stands before the film begins, in silence, microseconds. */
  leadUs: number;
  onProgress: ((fraction: number) => void) | undefined;
}

const PREVIEW = platformOf('preview');
const SHORT_SIDE = PREVIEW.shortSide?.value ?? Infinity;
/** A seek decodes at most this many frames: 16 ms on a 540p proxy against 560 ms on the original (docs/ARCHITECTURE). */
const KEY_EVERY = PREVIEW.film.keyFrameFrames.value;
/** Fine enough for every camera's clock; frame times are off by 6 µs at most. */
const TIMESCALE = 90_000;

/** Pictures in a lead-in: exactly one key frame's distance, so that the film's own first picture is a key frame too. */
const LEAD_FRAMES = KEY_EVERY;

const even = (value: number): number => Math.max(2, Math.floor(value / 2) * 2);

/** Proxy size: short side 540 at most, never enlarged, even as H.264 4:2:0 needs. */
export function proxySize(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, SHORT_SIDE / Math.min(width, height));
  const fit = (side: number): number => even(scale === 1 ? side : Math.round((side * scale) / 2) * 2);
  return { width: fit(width), height: fit(height) };
}

/**
 * HD pictures without a colour mark are BT.709, smaller ones BT.601, as players take them
 * (ITU-R BT.709, BT.601; scale's own default is always BT.601).
 */
export function sourceMatrix(video: VideoStream): string {
  if (video.colorSpace !== null) return 'auto';
  return video.codedHeight >= 720 || video.codedWidth >= 1280 ? 'bt709' : 'bt601';
}

/**
 * The first picture again and again until `leadUs`, where the film begins. `tpad` counts its pictures by the stream's rate, which need
 * not be that of the pictures: they get their times by their numbers, and what it added (as much for each) is taken off the others.
 */
function leadIn(video: VideoStream, leadUs: number): string[] {
  if (leadUs === 0) return [];
  const last = LEAD_FRAMES - 1;
  const standing = `st(0\\,PTS)*0+N*${leadUs}/${LEAD_FRAMES}/1000000/TB`;
  const moving = `PTS-ld(0)*${LEAD_FRAMES}/${last}+${leadUs}/1000000/TB`;
  return [
    // Without a rate tpad would count by nonsense.
    ...(video.baseRate === null ? ['fps=30'] : []),
    `settb=1/${TIMESCALE}`,
    `tpad=start=${LEAD_FRAMES}:start_mode=clone`,
    `setpts=if(lte(N\\,${last})\\,${standing}\\,${moving})`,
  ];
}

function videoFilter(video: VideoStream, startUs: number, leadUs: number, tools: FoundTool): string {
  const size = proxySize(video.width, video.height);
  const dimensions = `${size.width}:${size.height}:flags=bicubic`;
  const tonemap = video.hdr && tools.canTonemap;
  return [
    `setpts=PTS-${startUs}/1000000/TB`,
    ...(video.interlaced ? ['yadif=deint=interlaced'] : []),
    tonemap
      ? `scale=${dimensions}`
      : `scale=${dimensions}:in_color_matrix=${sourceMatrix(video)}:out_color_matrix=bt709:out_range=tv`,
    ...(tonemap ? [DISPLAY_TRANSFORM_TO_SDR] : []),
    'setsar=1',
    'format=yuv420p',
    ...leadIn(video, leadUs),
  ].join(',');
}

/** Sound moved by the same distance as the picture; it begins at 0 (silence or a cut) and ends with the picture, `leadUs` later. */
export function soundFilter(startUs: number, durationUs: number, leadUs = 0): string {
  const seconds = (us: number): string => (us / 1_000_000).toFixed(6);
  const move = `asetpts=PTS-(${startUs - leadUs})/1000000/TB`;
  const trim = `atrim=start=${seconds(leadUs)}:end=${seconds(leadUs + durationUs)}`;
  return `${move},${trim},aresample=48000:async=1000:first_pts=0`;
}

/**
 * Encoders forget how long the last picture stands; on uneven rates that may be seconds. Its packet gets the time up to
 * the end (setts knows NEXT_PTS from ffmpeg 5.1 on; with older builds the proxy ends with its last picture).
 */
function lastPictureUntil(durationUs: number, tools: FoundTool): string[] {
  if (!tools.hasFpsMode) return [];
  const rest = `max(1\\,${(durationUs / 1_000_000).toFixed(6)}/TB-PTS)`;
  return ['-bsf:v', `setts=duration=if(eq(NEXT_PTS\\,NOPTS)\\,${rest}\\,DURATION)`];
}

function videoOptions(video: VideoStream, startUs: number, job: ProxyJob, tools: FoundTool): string[] {
  const endUs = (job.facts.durationUs ?? 0) + job.leadUs;
  return [
    ...['-map', `0:${video.index}`, '-vf', videoFilter(video, startUs, job.leadUs, tools)],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '26', '-profile:v', 'high', '-pix_fmt', 'yuv420p'],
    // Without B-frames the first picture is at 0 in every player, also in those that ignore edit lists.
    ...['-bf', '0', '-g', `${KEY_EVERY}`, '-keyint_min', `${KEY_EVERY}`, '-sc_threshold', '0', '-flags:v', '+cgop'],
    ...['-color_primaries', 'bt709', '-color_trc', 'bt709', '-colorspace', 'bt709', '-color_range', 'tv'],
    ...[tools.hasFpsMode ? '-fps_mode' : '-vsync', 'vfr', '-enc_time_base', `1:${TIMESCALE}`],
    ...['-video_track_timescale', `${TIMESCALE}`, ...lastPictureUntil(endUs, tools)],
  ];
}

function audioOptions(sound: AudioStream, startUs: number, { facts, leadUs }: ProxyJob): string[] {
  const filter = soundFilter(startUs, facts.durationUs ?? 0, leadUs);
  const aac = ['-c:a', 'aac', '-b:a', '128k', '-ac', '2', '-ar', '48000'];
  return ['-map', `0:${sound.index}`, '-af', filter, ...aac];
}

async function outputOptions(job: ProxyJob, header: MediaHeader, tools: FoundTool): Promise<string[]> {
  const { video } = header;
  const sound = header.audio[0];
  const shown = job.facts.kind === 'video' ? video : null;
  const leading = shown ?? sound;
  if (!leading) throw new StudioError('bad_input', { what: 'neither picture nor sound' });
  const startUs = await firstFrameUs((await job.ffprobe()).path, job.file, leading.index, job.signal);
  return [
    ...(shown ? videoOptions(shown, startUs, job, tools) : ['-vn']),
    ...(sound ? audioOptions(sound, startUs, job) : ['-an']),
    ...['-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1', '-movflags', '+faststart', '-f', 'mp4'],
  ];
}

/** Fractions that only grow and end at 1. */
function progressOf(job: ProxyJob): (timeUs: number) => void {
  const total = (job.facts.durationUs ?? 0) + job.leadUs;
  let reached = 0;
  return (timeUs) => {
    const fraction = total > 0 ? Math.min(0.99, timeUs / total) : 0;
    if (fraction <= reached) return;
    reached = fraction;
    job.onProgress?.(fraction);
  };
}

/** A run in which nothing could be decoded ends without an error, so what came out is looked at. */
async function checkResult(job: ProxyJob): Promise<void> {
  const { header } = await readHeader((await job.ffprobe()).path, job.out, job.signal);
  const there = job.facts.kind === 'video' ? (header?.video ?? null) !== null : (header?.audio.length ?? 0) > 0;
  if (!there) throw new StudioError('tool_failed', { tool: 'ffmpeg', what: 'the proxy is empty' });
}

/**
 * Writes an MP4 to `out`: H.264 with a short side of 540 px at most and a key frame every 15 frames, the source's frame
 * times counted from its first presented frame and put off by `leadUs`, upright, square pixels, BT.709; first sound track as AAC stereo 48 kHz.
 * Sound files become AAC alone. `onProgress` gets growing fractions up to 1.
 * Errors: bad_input (a picture), missing_tool, cancelled, disk_full, tool_failed. Nothing is left at `out` on failure.
 */
export async function makeProxy(job: ProxyJob): Promise<void> {
  throwIfCancelled(job.signal);
  if (job.facts.kind === 'image') throw new StudioError('bad_input', { what: 'a picture needs no proxy' });
  const tools = await job.ffmpeg();
  const { header } = await readHeader((await job.ffprobe()).path, job.file, job.signal);
  if (header === null) throw new StudioError('tool_failed', { tool: 'ffprobe', what: 'the file cannot be opened' });
  const options = await outputOptions(job, header, tools);
  const onTime = progressOf(job);
  const { file: input, out: output, signal, log } = job;
  try {
    const inputOptions = ['-copyts', '-max_error_rate', '1'];
    await runFfmpeg({ program: tools.path, input, inputOptions, output, outputOptions: options, signal, onTime, log });
    await checkResult(job);
  } catch (error) {
    await rm(output, { force: true });
    throw error;
  }
  job.onProgress?.(1);
}
