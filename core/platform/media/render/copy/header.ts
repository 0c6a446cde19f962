/** What the header of a source says of its picture, and whether that can be copied at all. */
import { z } from 'zod';
import type { CopyReason } from '../../../../model/contract/index.ts';
import type { Rational } from '../../../../model/timeline/index.ts';
import type { SourcePicture } from '../../../../ports/video.ts';
import { probeJson } from '../../ffprobe.ts';
import type { Codec } from './nal.ts';

export interface CodedFile {
  path: string;
  picture: SourcePicture;
  /** As the import found it. */
  frameRate: string | null;
  variable: boolean;
  /** By {@link streamOf}. */
  stream: CodedStream | null;
}

export interface Probe {
  ffprobe: string;
  signal: AbortSignal | undefined;
}

const text = z.string().optional();
const headerJson = z.object({
  format: z.object({ format_name: z.string() }),
  streams: z.array(
    z.object({
      ...{ codec_name: text, profile: z.union([z.string(), z.number()]).optional(), pix_fmt: text, field_order: text },
      ...{ color_range: text, color_space: text, color_transfer: text, color_primaries: text },
      ...{ sample_aspect_ratio: text, time_base: text, extradata: text },
      side_data_list: z.array(z.object({ rotation: z.union([z.number(), z.string()]).optional() })).optional(),
      tags: z.object({ rotate: text }).optional(),
    }),
  ),
});
type StreamJson = z.infer<typeof headerJson>['streams'][number];

export interface CodedStream {
  /** Names of the container. */
  formats: string[];
  stream: StreamJson;
}

/** What every decoder of H.264 High and of HEVC Main takes. */
const PROFILES: Readonly<Record<Codec, readonly string[]>> = {
  h264: ['Constrained Baseline', 'Main', 'High'],
  hevc: ['Main'],
};

const isUpright = ({ side_data_list = [], tags }: StreamJson): boolean =>
  [tags?.rotate, ...side_data_list.map(({ rotation }) => rotation)].every((turn) => Number(turn ?? 0) === 0);

const isOneOf = (value: string | undefined, known: readonly string[]): boolean =>
  ['unknown', 'unspecified', ...known].includes(value ?? 'unknown');

/** Frame rates of cameras and broadcasters. Others (screens, cheap recorders) are rarely even, and players stumble over them. */
const RATES: readonly Rational[] = [
  ...[24, 25, 30, 50, 60].map((num) => ({ num, den: 1 })),
  ...[24_000, 30_000, 60_000].map((num) => ({ num, den: 1001 })),
];
/** A rate measured on times in milliseconds may be off by so much, of itself: a tenth of what lies between 30 and 30000/1001. */
const RATE_SLACK = 1e-4;

/** The rate that a file's is; null: none of them. */
export function rateOf(text: string | null): Rational | null {
  const [num = 0, den = 1] = (text ?? '').split('/').map(Number);
  return RATES.find((rate) => Math.abs((num * rate.den) / (den * rate.num) - 1) < RATE_SLACK) ?? null;
}

/** Why nothing of it can be copied, by the header alone. */
export function refusalOf(file: CodedFile, formats: readonly string[], stream: StreamJson): CopyReason | null {
  const codec = stream.codec_name ?? '';
  const { color_range, color_space, color_primaries, color_transfer } = stream;
  const bt709 = [color_space, color_primaries, color_transfer].every((value) => isOneOf(value, ['bt709']));
  const checks: [boolean, CopyReason][] = [
    [formats.some((name) => name === 'mp4' || name === 'matroska') && file.picture.exactSeek, 'container'],
    [codec === 'h264' || codec === 'hevc', 'codec'],
    [['yuv420p', 'yuvj420p'].includes(stream.pix_fmt ?? ''), 'pixels'],
    [codec in PROFILES && PROFILES[codec as Codec].includes(String(stream.profile)), 'profile'],
    // Older versions of ffprobe say nothing of HEVC's order of fields.
    [isOneOf(stream.field_order, ['progressive']) && !file.picture.interlaced, 'interlaced'],
    [stream.pix_fmt === 'yuv420p' && bt709 && isOneOf(color_range, ['tv']) && !file.picture.hdr, 'colours'],
    [isUpright(stream) && isOneOf(stream.sample_aspect_ratio, ['1:1', 'N/A', '0:1']), 'shape'],
    [!file.variable, 'uneven_times'],
    [rateOf(file.frameRate) !== null, 'frame_rate'],
  ];
  return checks.find(([fits]) => !fits)?.[1] ?? null;
}

/** ffprobe's dump of bytes: `00000000: 0164 0028 ffe1 ...  .d.(..`, sixteen a line. */
export function bytesOfDump(dump: string): Buffer {
  const lines = dump.split('\n').flatMap((line) => /^[0-9a-f]{8}: ((?:[0-9a-f]{2,4} ?){1,8})/.exec(line)?.[1] ?? []);
  return Buffer.from(lines.join('').replaceAll(' ', ''), 'hex');
}

/** The header of a picture track, with its parameter sets; null: it cannot be read. */
export async function streamOf(path: string, index: number, probe: Probe): Promise<CodedStream | null> {
  const args = ['-select_streams', String(index), '-show_format', '-show_streams', '-show_data'];
  const { ok, stdout } = await probeJson(probe.ffprobe, path, args, probe.signal);
  const header = ok ? headerJson.safeParse(JSON.parse(stdout)).data : undefined;
  const stream = header?.streams[0];
  return header && stream ? { formats: header.format.format_name.split(','), stream } : null;
}

/** Microseconds of a tick, from `1/15360`. */
export function tickOf(base: string | undefined): number | null {
  const [num, den] = (base ?? '').split('/').map(Number);
  return num && den ? (num / den) * 1_000_000 : null;
}
