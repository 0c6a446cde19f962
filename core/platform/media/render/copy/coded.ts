/** What of a source's picture can be copied as it is coded: its header, its packets, its key frames, without decoding any. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { CopyReason } from '../../../../model/contract/index.ts';
import { frameTime, nearestFrame } from '../../../../model/timeline/index.ts';
import type { Rational } from '../../../../model/timeline/index.ts';
import type { CodedPicture } from '../../../../ports/video.ts';
import { probeLines } from '../../ffprobe.ts';
import { freeIdOf, readConfig } from './config.ts';
import type { Config } from './config.ts';
import { isEntry, placesInBlocks } from './entries.ts';
import type { CodedPacket } from './entries.ts';
import { bytesOfDump, rateOf, refusalOf, tickOf } from './header.ts';
import type { CodedFile, Probe } from './header.ts';

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
  /** It is marked as BT.709. */
  bt709: boolean;
}

/** Pictures may be coded so much later than they are shown. */
const REORDER_US = 1_000_000;
/** A file's times may be off the grid of its rate by so much (core/video/plan/picture.ts). */
const SLACK_US = 3_000;

interface Packet extends CodedPacket {
  key: boolean;
  hidden: boolean;
  onGrid: boolean;
}

/** Packets of one stretch in coding order, from the key frame before it on. */
async function packetsOf(
  file: CodedFile,
  stretch: Stretch,
  { tickUs, rate }: { tickUs: number; rate: Rational },
  probe: Probe,
): Promise<Packet[]> {
  const { startUs, index } = file.picture;
  const seconds = (us: number): string => (Math.max(0, us) / 1_000_000).toFixed(6);
  const interval = `${seconds(startUs + stretch.fromUs)}%${seconds(startUs + stretch.toUs + REORDER_US)}`;
  const packets: Packet[] = [];
  const take = (line: string): void => {
    const [, pts, size, pos, flags = ''] =
      /^packet\|pts=([^|]*)\|size=(\d+)\|pos=([^|]*)\|flags=([^|]*)/.exec(line) ?? [];
    if (pts === undefined) return;
    const us = Number(pts) * tickUs - startUs;
    const frame = nearestFrame(Math.round(us), rate);
    packets.push({
      ...{ frame, offset: Number(pos), size: Number(size), idr: false },
      ...{ key: flags.includes('K'), hidden: flags.includes('D') },
      onGrid: Math.abs(us - frameTime(frame, rate)) <= SLACK_US,
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
  rate: Rational,
): Promise<Read> {
  const [from, to] = [Math.max(0, nearestFrame(stretch.fromUs, rate)), nearestFrame(stretch.toUs, rate)];
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

const NOTHING = {
  codec: 'h264',
  rate: { num: 30, den: 1 },
  sets: '',
  freeId: 0,
  entries: [],
  exits: [],
  group: 0,
} as const;

const refused = (reason: CopyReason): CodedSource => ({
  ...{ facts: { ...NOTHING, refused: reason }, stretches: [], config: null, bt709: false },
});

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
  const found = file.stream;
  if (!found) return refused('container');
  const reason = refusalOf(file, found.formats, found.stream);
  const rate = rateOf(file.frameRate);
  if (reason || !rate) return refused(reason ?? 'frame_rate');
  const codec = found.stream.codec_name === 'hevc' ? 'hevc' : 'h264';
  const bytes = bytesOfDump(found.stream.extradata ?? '');
  const config = readConfig(codec, bytes);
  const freeId = config && freeIdOf(config);
  const tickUs = tickOf(found.stream.time_base);
  if (config === null || freeId === null || tickUs === null) return refused('parameter_sets');
  const blocks = found.formats.includes('matroska');
  const all: Read[] = [];
  const handle = await open(file.path, 'r');
  try {
    for (const stretch of joined(stretches)) {
      const listed = await packetsOf(file, stretch, { tickUs, rate }, probe);
      const packets = blocks ? await placesInBlocks(handle, listed) : listed;
      if (packets === null) return refused('container');
      const read = await readStretch(handle, packets, stretch, config, rate);
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
    ...{ codec, refused: null, rate, sets, freeId, entries, exits: ascending(all.flatMap((read) => read.exits)) },
    group: groupOf(all),
  };
  return { facts, stretches: packets, config, bt709: found.stream.color_space === 'bt709' };
}
