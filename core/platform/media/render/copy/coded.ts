/** What of a source's picture can be copied as it is coded: its header, its packets, its key frames, without decoding any. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { z } from 'zod';
import type { CopyReason } from '../../../../model/contract/index.ts';
import type { CodedPicture, SourcePicture } from '../../../../ports/video.ts';
import { probeJson, probeLines } from '../../ffprobe.ts';
import { freeIdOf, readConfig } from './config.ts';
import type { Config } from './config.ts';
import { isEntry } from './entries.ts';
import type { CodedPacket } from './entries.ts';
import type { Codec } from './nal.ts';

/** A stretch of a source, microseconds from its first presented frame. */
export interface Stretch {
  fromUs: number;
  toUs: number;
}

export type { CodedPacket } from './entries.ts';

export interface CodedSource {
  facts: CodedPicture;
  /** In coding order, a list for each stretch that was read. */
  stretches: CodedPacket[][];
  /** Null where nothing can be copied. */
  config: Config | null;
}

interface CodedFile {
  path: string;
  picture: SourcePicture;
  /** As the import found it. */
  frameRate: string | null;
  variable: boolean;
}

interface Probe {
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

/** What every decoder of H.264 High and of HEVC Main takes. */
const PROFILES: Readonly<Record<Codec, readonly string[]>> = {
  h264: ['Constrained Baseline', 'Main', 'High'],
  hevc: ['Main'],
};

const isUpright = ({ side_data_list = [], tags }: StreamJson): boolean =>
  [tags?.rotate, ...side_data_list.map(({ rotation }) => rotation)].every((turn) => Number(turn ?? 0) === 0);

const isOneOf = (value: string | undefined, known: readonly string[]): boolean =>
  ['unknown', 'unspecified', ...known].includes(value ?? 'unknown');

/** Why nothing of it can be copied, by the header alone. */
function refusalOf(file: CodedFile, formats: readonly string[], stream: StreamJson): CopyReason | null {
  const codec = stream.codec_name ?? '';
  const { color_range, color_space, color_primaries, color_transfer } = stream;
  const bt709 = [color_space, color_primaries, color_transfer].every((value) => isOneOf(value, ['bt709']));
  const checks: [boolean, CopyReason][] = [
    [formats.includes('mp4') && file.picture.exactSeek, 'container'],
    [codec === 'h264' || codec === 'hevc', 'codec'],
    [['yuv420p', 'yuvj420p'].includes(stream.pix_fmt ?? ''), 'pixels'],
    [codec in PROFILES && PROFILES[codec as Codec].includes(String(stream.profile)), 'profile'],
    // Older versions of ffprobe say nothing of HEVC's order of fields.
    [isOneOf(stream.field_order, ['progressive']) && !file.picture.interlaced, 'interlaced'],
    [stream.pix_fmt === 'yuv420p' && bt709 && isOneOf(color_range, ['tv']) && !file.picture.hdr, 'colours'],
    [isUpright(stream) && isOneOf(stream.sample_aspect_ratio, ['1:1', 'N/A', '0:1']), 'shape'],
    [!file.variable, 'uneven_times'],
    [file.frameRate === '30/1', 'frame_rate'],
  ];
  return checks.find(([fits]) => !fits)?.[1] ?? null;
}

/** ffprobe's dump of bytes: `00000000: 0164 0028 ffe1 ...  .d.(..`, sixteen a line. */
function bytesOfDump(dump: string): Buffer {
  const lines = dump.split('\n').flatMap((line) => /^[0-9a-f]{8}: ((?:[0-9a-f]{2,4} ?){1,8})/.exec(line)?.[1] ?? []);
  return Buffer.from(lines.join('').replaceAll(' ', ''), 'hex');
}

/** Pictures may be coded so much later than they are shown. */
const REORDER_US = 1_000_000;
/** A file's times may be off the grid of 30 frames a second by so much (core/video/plan/picture.ts). */
const SLACK_US = 3_000;

interface Packet extends CodedPacket {
  key: boolean;
  hidden: boolean;
  onGrid: boolean;
}

/** Packets of one stretch in coding order, from the key frame before it on. */
async function packetsOf(file: CodedFile, stretch: Stretch, tickUs: number, probe: Probe): Promise<Packet[]> {
  const { startUs, index } = file.picture;
  const seconds = (us: number): string => (Math.max(0, us) / 1_000_000).toFixed(6);
  const interval = `${seconds(startUs + stretch.fromUs)}%${seconds(startUs + stretch.toUs + REORDER_US)}`;
  const packets: Packet[] = [];
  const take = (line: string): void => {
    const [, pts, size, pos, flags = ''] =
      /^packet\|pts=([^|]*)\|size=(\d+)\|pos=([^|]*)\|flags=([^|]*)/.exec(line) ?? [];
    if (pts === undefined) return;
    const us = Number(pts) * tickUs - startUs;
    const frame = Math.round((us * 30) / 1_000_000);
    packets.push({
      ...{ frame, offset: Number(pos), size: Number(size), idr: false },
      ...{ key: flags.includes('K'), hidden: flags.includes('D') },
      onGrid: Math.abs(us - (frame * 1_000_000) / 30) <= SLACK_US,
    });
  };
  const args = ['-select_streams', String(index), '-read_intervals', interval];
  await probeLines(
    probe.ffprobe,
    file.path,
    [...args, '-show_entries', 'packet=pts,size,pos,flags'],
    take,
    probe.signal,
  );
  return packets;
}

/** Least frame from each place in coding order on. */
function leastAfter(packets: readonly Packet[]): number[] {
  const least = new Array<number>(packets.length + 1).fill(Infinity);
  for (let i = packets.length - 1; i >= 0; i -= 1)
    least[i] = Math.min(packets[i]?.frame ?? 0, least[i + 1] ?? Infinity);
  return least;
}

/** Places where all that is shown before is coded before: the frame that comes next, and the packet. */
function clearPlaces(packets: readonly Packet[]): { frame: number; at: number }[] {
  const least = leastAfter(packets);
  let most = -Infinity;
  return packets.flatMap((packet, at) => {
    const clear = most < (least[at] ?? Infinity);
    most = Math.max(most, packet.frame);
    return clear ? [{ frame: least[at] ?? packet.frame, at }] : [];
  });
}

/** Why a stretch cannot be copied though its file could; null: it can. */
function stretchRefusal(packets: readonly Packet[], from: number, to: number): CopyReason | null {
  const shown = packets.filter(({ frame }) => frame >= from && frame < to);
  if (shown.some(({ hidden }) => hidden)) return 'edit_list';
  if (shown.some(({ onGrid, offset }) => !onGrid || !Number.isFinite(offset))) return 'uneven_times';
  const frames = shown.map(({ frame }) => frame).sort((a, b) => a - b);
  const [first = 0, last = 0] = [frames[0], frames.at(-1)];
  return frames.length > 0 && last - first + 1 !== frames.length ? 'uneven_times' : null;
}

interface Read {
  packets: CodedPacket[];
  entries: number[];
  exits: number[];
  refused: CopyReason | null;
  /** Key frames that nothing reaches across, also before and behind the stretch. */
  keys: number[];
}

async function readStretch(
  handle: FileHandle,
  all: readonly Packet[],
  stretch: Stretch,
  config: Config,
): Promise<Read> {
  const frameAt = (us: number): number => Math.round((us * 30) / 1_000_000);
  const [from, to] = [Math.max(0, frameAt(stretch.fromUs)), frameAt(stretch.toUs)];
  const nothing = { packets: [], entries: [], exits: [], keys: [] };
  const refused = stretchRefusal(all, from, to);
  if (refused) return { ...nothing, refused };
  const entries: number[] = [];
  const exits: number[] = [];
  const places = clearPlaces(all);
  for (const { frame, at } of places) {
    const packet = all[at];
    if (!packet || frame < 0 || frame > to) continue;
    // Two key frames in a row may have the same number (H.264, idr_pic_id): ours, with other sets, comes between.
    if (frame >= from && all[at - 1]?.idr !== true) exits.push(frame);
    if (!packet.key || packet.frame !== frame) continue;
    const entry = await isEntry(handle, packet, config);
    if (entry === null) return { ...nothing, refused: 'parameter_sets' };
    packet.idr = entry;
    if (entry) entries.push(frame);
  }
  // Behind the last packet of the file everything is clear too.
  const end = all.reduce((most, { frame }) => Math.max(most, frame), -1) + 1;
  if (end <= to && end > from) exits.push(end);
  const packets = all.map(({ frame, offset, size, idr }) => ({ frame, offset, size, idr }));
  const keys = places.flatMap(({ frame, at }) => (all[at]?.key && all[at].frame === frame ? [frame] : []));
  return { packets, entries, exits, refused: null, keys };
}

const NOTHING = { codec: 'h264', sets: '', freeId: 0, entries: [], exits: [], group: 0 } as const;

const refused = (reason: CopyReason): CodedSource => ({
  ...{ facts: { ...NOTHING, refused: reason }, stretches: [], config: null },
});

async function streamOf(file: CodedFile, probe: Probe) {
  const args = ['-select_streams', String(file.picture.index), '-show_format', '-show_streams', '-show_data'];
  const { ok, stdout } = await probeJson(probe.ffprobe, file.path, args, probe.signal);
  const header = ok ? headerJson.safeParse(JSON.parse(stdout)).data : undefined;
  const stream = header?.streams[0];
  return header && stream ? { formats: header.format.format_name.split(','), stream } : null;
}

/** Microseconds of a tick, from `1/15360`. */
function tickOf(base: string | undefined): number | null {
  const [num, den] = (base ?? '').split('/').map(Number);
  return num && den ? (num / den) * 1_000_000 : null;
}

/** Frames from one key frame to the next, on average; where there is one only, as many as there are. */
function groupOf(all: readonly Read[]): number {
  const frames = all.reduce((sum, { packets }) => sum + packets.length, 0);
  const keys = all.reduce((sum, read) => sum + read.keys.length, 0);
  const gaps = all.flatMap((read) => read.keys.slice(1).map((key, i) => key - (read.keys[i] ?? 0)));
  const sum = gaps.reduce((total, gap) => total + gap, 0);
  return gaps.length > 0 ? Math.round(sum / gaps.length) : Math.round(frames / Math.max(1, keys));
}

/** Stretches in order, those that meet as one. */
function joined(stretches: readonly Stretch[]): Stretch[] {
  const found: Stretch[] = [];
  for (const { fromUs, toUs } of [...stretches].sort((a, b) => a.fromUs - b.fromUs)) {
    const last = found.at(-1);
    if (last && fromUs <= last.toUs + 2 * REORDER_US) last.toUs = Math.max(last.toUs, toUs);
    else found.push({ fromUs, toUs });
  }
  return found;
}

/**
 * Looks at stretches of a source's picture. Reads the packets' list and the first bytes of key frames; nothing is decoded.
 * Errors: missing_tool, cancelled, tool_failed; those of reading the file.
 */
export async function readCoded(file: CodedFile, stretches: readonly Stretch[], probe: Probe): Promise<CodedSource> {
  const found = await streamOf(file, probe);
  if (!found) return refused('container');
  const reason = refusalOf(file, found.formats, found.stream);
  if (reason) return refused(reason);
  const codec = found.stream.codec_name === 'hevc' ? 'hevc' : 'h264';
  const bytes = bytesOfDump(found.stream.extradata ?? '');
  const config = readConfig(codec, bytes);
  const freeId = config && freeIdOf(config);
  const tickUs = tickOf(found.stream.time_base);
  if (config === null || freeId === null || tickUs === null) return refused('parameter_sets');
  const all: Read[] = [];
  const handle = await open(file.path, 'r');
  try {
    for (const stretch of joined(stretches)) {
      const packets = await packetsOf(file, stretch, tickUs, probe);
      const read = await readStretch(handle, packets, stretch, config);
      if (read.refused) return refused(read.refused);
      all.push(read);
    }
  } finally {
    await handle.close();
  }
  const packets = all.map((read) => read.packets);
  const ascending = (frames: number[]): number[] => [...new Set(frames)].sort((a, b) => a - b);
  const entries = ascending(all.flatMap((read) => read.entries));
  const sets = createHash('sha256').update(codec).update(bytes).digest('hex');
  const facts: CodedPicture = {
    ...{ codec, refused: null, sets, freeId, entries, exits: ascending(all.flatMap((read) => read.exits)) },
    group: groupOf(all),
  };
  return { facts, stretches: packets, config };
}
