/** What the header of a media file says, read by ffprobe. */
import { z } from 'zod';
import { probeJson } from './ffprobe.ts';
import type { ProbeOutcome } from './ffprobe.ts';
import { DECLARES_DURATION } from './formats.ts';
import { wavDeclaredUs } from './wav.ts';

const text = z.string().optional();
const streamJson = z.looseObject({
  index: z.number().int(),
  codec_type: text,
  codec_name: text,
  profile: z.union([z.string(), z.number()]).optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  sample_aspect_ratio: text,
  pix_fmt: text,
  field_order: text,
  color_transfer: text,
  color_space: text,
  r_frame_rate: text,
  avg_frame_rate: text,
  time_base: text,
  start_time: text,
  duration: text,
  sample_rate: text,
  channels: z.number().optional(),
  disposition: z.record(z.string(), z.number()).optional(),
  tags: z.record(z.string(), z.string()).optional(),
  side_data_list: z.array(z.looseObject({ rotation: z.union([z.number(), z.string()]).optional() })).optional(),
});
const headerJson = z.object({
  streams: z.array(streamJson).default([]),
  format: z
    .looseObject({
      format_name: text,
      duration: text,
      start_time: text,
      tags: z.record(z.string(), z.string()).optional(),
    })
    .default({}),
});

/** A fraction of whole numbers. */
export interface Rate {
  num: number;
  den: number;
}

export interface VideoStream {
  index: number;
  codec: string | null;
  /** Coded size in pixels, before rotation and pixel aspect. */
  codedWidth: number;
  codedHeight: number;
  /** Size as displayed: upright, square pixels. */
  width: number;
  height: number;
  /** Clockwise turn that makes the picture upright. */
  rotation: 0 | 90 | 180 | 270;
  /** `High`; empty when the decoder names none. */
  profile: string;
  pixelFormat: string;
  hasAlpha: boolean;
  interlaced: boolean;
  hdr: boolean;
  colorSpace: string | null;
  /** Lowest rate all timestamps fit on, and the average, as the container has them; null when not given. */
  baseRate: Rate | null;
  averageRate: Rate | null;
  tickUs: number;
  /** Length the header declares for this stream; null when it declares none. */
  declaredUs: number | null;
}

export interface AudioStream {
  index: number;
  codec: string | null;
  sampleRate: number;
  /** 0: not known. */
  channels: number;
  tickUs: number;
  declaredUs: number | null;
}

export interface SubtitleStream {
  index: number;
  codec: string | null;
  /** As the container has it, usually ISO 639-2; null when it names none. */
  language: string | null;
  title: string;
}

export interface MediaHeader {
  formats: string[];
  /** The container's own tags. */
  tags: Readonly<Record<string, string>>;
  brand: string | null;
  /** The stream shown, cover pictures left out; null for sound. */
  video: VideoStream | null;
  videoTracks: number;
  audio: AudioStream[];
  subtitles: SubtitleStream[];
}

type StreamJson = z.infer<typeof streamJson>;

/** `"12.345000"` (seconds) as integer microseconds; null for `N/A` and for nothing. */
export function microseconds(value: string | undefined): number | null {
  const seconds = Number(value);
  return value === undefined || value === '' || !Number.isFinite(seconds) ? null : Math.round(seconds * 1_000_000);
}

function rate(value: string | undefined): Rate | null {
  const match = /^(\d+)[/:](\d+)$/.exec(value ?? '');
  const num = Number(match?.[1]);
  const den = Number(match?.[2]);
  return num > 0 && den > 0 ? { num, den } : null;
}

/** Microseconds of one tick of the stream's clock. */
function tickOf(stream: StreamJson): number {
  const base = rate(stream.time_base);
  return base ? (base.num / base.den) * 1_000_000 : 1;
}

/** Matroska writes each track's end into a tag: `00:00:02.433000000`. */
function tagDurationUs(tags: Record<string, string> | undefined): number | null {
  const value = Object.entries(tags ?? {}).find(([key]) => /^DURATION(?:-|$)/i.test(key))?.[1];
  const match = /^(\d+):(\d\d):(\d\d(?:\.\d+)?)$/.exec(value ?? '');
  if (!match) return null;
  return Math.round((Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3])) * 1_000_000);
}

/**
 * Clockwise rotation. The display matrix (ffprobe gives it counter-clockwise) wins over the older `rotate` tag
 * (clockwise); angles between are taken to the nearest quarter turn.
 */
function rotationOf(stream: StreamJson): VideoStream['rotation'] {
  const matrix = stream.side_data_list?.find((data) => data.rotation !== undefined)?.rotation;
  const clockwise = matrix === undefined ? Number(stream.tags?.['rotate'] ?? 0) : -Number(matrix);
  if (!Number.isFinite(clockwise)) return 0;
  const turns = (((Math.round(clockwise / 90) % 4) + 4) % 4) as 0 | 1 | 2 | 3;
  return ([0, 90, 180, 270] as const)[turns];
}

/** Pixel formats with an alpha plane (ffmpeg -pix_fmts); VP8 and VP9 keep theirs beside the picture and say so in a tag. */
function alphaOf(stream: StreamJson): boolean {
  if (/^(?:yuva|ayuv|vuya(?!x)|rgba|argb|bgra|abgr|gbrap|ya\d)/.test(stream.pix_fmt ?? '')) return true;
  const tag = Object.entries(stream.tags ?? {}).find(([key]) => key.toLowerCase() === 'alpha_mode')?.[1];
  return tag === '1';
}

function declared(stream: StreamJson, formatUs: number | null, declares: boolean): number | null {
  if (!declares) return null;
  const own = stream.tags?.['DURATION'] === undefined ? microseconds(stream.duration) : null;
  if (own !== null) return own;
  // These count from the beginning of the file, the stream may start later.
  const end = tagDurationUs(stream.tags) ?? formatUs;
  if (end === null) return null;
  const start = Math.max(0, microseconds(stream.start_time) ?? 0);
  return start < end ? end - start : end;
}

function toVideo(stream: StreamJson, formatUs: number | null, declares: boolean): VideoStream {
  const codedWidth = stream.width ?? 0;
  const codedHeight = stream.height ?? 0;
  const sar = rate(stream.sample_aspect_ratio) ?? { num: 1, den: 1 };
  const shownWidth = Math.max(1, Math.round((codedWidth * sar.num) / sar.den));
  const rotation = rotationOf(stream);
  const lying = rotation === 90 || rotation === 270;
  return {
    index: stream.index,
    codec: stream.codec_name ?? null,
    codedWidth,
    codedHeight,
    width: lying ? codedHeight : shownWidth,
    height: lying ? shownWidth : codedHeight,
    rotation,
    profile: String(stream.profile ?? ''),
    pixelFormat: stream.pix_fmt ?? '',
    hasAlpha: alphaOf(stream),
    interlaced: ['tt', 'bb', 'tb', 'bt'].includes(stream.field_order ?? ''),
    hdr: ['smpte2084', 'arib-std-b67'].includes(stream.color_transfer ?? ''),
    colorSpace: stream.color_space === undefined || stream.color_space === 'unknown' ? null : stream.color_space,
    baseRate: rate(stream.r_frame_rate),
    averageRate: rate(stream.avg_frame_rate),
    tickUs: tickOf(stream),
    declaredUs: declared(stream, formatUs, declares),
  };
}

const LONGEST_TITLE = 80;

function toSubtitle({ index, codec_name, tags = {} }: StreamJson): SubtitleStream {
  const tag = (name: string): string =>
    Object.entries(tags)
      .find(([key]) => key.toLowerCase() === name)?.[1]
      .replace(/\p{Cc}/gu, ' ')
      .trim() ?? '';
  const language = tag('language').toLowerCase();
  return {
    ...{ index, codec: codec_name ?? null, title: tag('title').slice(0, LONGEST_TITLE) },
    language: /^[a-z]{2,3}(?:-[a-z0-9]+)*$/.test(language) && language !== 'und' ? language : null,
  };
}

/**
 * Reads the header. `header` is null if ffprobe cannot open the file; `stderr` then says why.
 * Errors: missing_tool, cancelled, tool_failed.
 */
export async function readHeader(
  program: string,
  file: string,
  signal?: AbortSignal,
): Promise<{ header: MediaHeader | null; stderr: ProbeOutcome['stderr'] }> {
  const answer = await probeJson(program, file, ['-show_format', '-show_streams'], signal);
  if (!answer.ok) return { header: null, stderr: answer.stderr };
  const json = headerJson.parse(JSON.parse(answer.stdout));
  const formats = (json.format.format_name ?? '').split(',');
  // A length reckoned from the size of the file declares nothing.
  const reckoned = answer.stderr.includes('Estimating duration from bitrate');
  const declares = !reckoned && formats.some((name) => DECLARES_DURATION.includes(name));
  const formatUs = microseconds(json.format.duration);
  const wavUs = formats.includes('wav') ? await wavDeclaredUs(file) : null;
  const videos = json.streams.filter(
    (s) =>
      s.codec_type === 'video' && s.disposition?.['attached_pic'] !== 1 && s.disposition?.['timed_thumbnails'] !== 1,
  );
  const shown = videos.find((s) => s.disposition?.['default'] === 1) ?? videos[0];
  const subtitles = json.streams.filter((s) => s.codec_type === 'subtitle').map(toSubtitle);
  const sounds = json.streams.filter((s) => s.codec_type === 'audio');
  return {
    header: {
      formats,
      tags: json.format.tags ?? {},
      brand: json.format.tags?.['major_brand'] ?? null,
      video: shown === undefined ? null : toVideo(shown, formatUs, declares),
      videoTracks: videos.length,
      subtitles,
      audio: sounds.map((s) => ({
        index: s.index,
        codec: s.codec_name ?? null,
        sampleRate: Number(s.sample_rate ?? 0),
        channels: s.channels ?? 0,
        tickUs: tickOf(s),
        declaredUs: wavUs ?? declared(s, formatUs, declares),
      })),
    },
    stderr: answer.stderr,
  };
}
