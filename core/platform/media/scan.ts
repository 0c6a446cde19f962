/** Goes through a media file once: which packets are there, and which of them decode. */
import { availableParallelism } from 'node:os';
import { probeLines } from './ffprobe.ts';
import type { MediaHeader, VideoStream } from './header.ts';

/** One packet on the container's time line; times in microseconds, not rounded, so that sums stay exact. */
export interface Packet {
  timeUs: number | null;
  durationUs: number;
  key: boolean;
  /** Outside the edit list: decoded for its neighbours, never shown. */
  hidden: boolean;
  /** Nothing but zero bytes: a hole left by a broken copy. */
  hole: boolean;
}

export interface StreamScan {
  packets: Packet[];
  /** Times of what came out of the decoder, in order of presentation; null where a frame has no time. */
  frames: (number | null)[];
  /** Decoded samples (sound). */
  samples: number;
}

export interface Scan {
  /** By stream index. */
  streams: Map<number, StreamScan>;
  stderr: string;
  /** Every frame was decoded; otherwise only key frames were and `frames` is reckoned from them. */
  full: boolean;
}

export interface ScanLimits {
  /** Up to this many pixels every frame is decoded. */
  pixels: number;
  /** A file with signs of damage is decoded whole up to this size, so that what is said about it is exact. */
  suspiciousPixels: number;
  /** Sound on its own is decoded whole up to this length. */
  audioUs: number;
}

/**
 * 60 s of 1080p30, and five times that. Decoding costs about 1 CPU-second per 10^9 pixels (measured on the samples:
 * 42 s of 720p30 take 1.2 CPU-seconds).
 */
const LIMITS: ScanLimits = {
  pixels: 60 * 30 * 1920 * 1080,
  suspiciousPixels: 5 * 60 * 30 * 1920 * 1080,
  audioUs: 30 * 60 * 1_000_000,
};
/** Packets of a long recording that are decoded to see that it is one. */
const AUDIO_TRIAL_PACKETS = 64;
const PACKET_ENTRIES = 'packet=stream_index,pts,dts,duration,size,flags,data_hash';
const FRAME_ENTRIES = 'frame=stream_index,best_effort_timestamp,nb_samples';
/** Codecs whose packets are never all zeros (in PCM and its kin zeros are silence or black). */
const NEVER_ZERO = /^(?:h264|hevc|vp8|vp9|av1|mpeg[124]video|mpeg4|prores|aac|mp[123]|ac3|eac3|flac|alac|opus|vorbis)$/;
/** A shorter packet of zeros may mean "same as before" (MPEG-4) or silence. */
const HOLE_BYTES = 16;

/** Adler-32 of `size` zero bytes: a = 1, b = size mod 65521 (RFC 1950). */
export function zeroHash(size: number): string {
  return (((size % 65521) * 65536 + 1) >>> 0).toString(16).padStart(8, '0');
}

function fields(record: string): Map<string, string> {
  const pairs = record.split('|').map((field): [string, string] => {
    const at = field.indexOf('=');
    return at < 0 ? [field, ''] : [field.slice(0, at), field.slice(at + 1)];
  });
  return new Map(pairs);
}

interface Kind {
  codec: string | null;
  tickUs: number;
}

const ticks = (value: string | undefined, kind: Kind): number | null =>
  value === undefined || !/^-?\d+$/.test(value) ? null : Number(value) * kind.tickUs;

function toPacket(data: Map<string, string>, kind: Kind): Packet {
  const size = Number(data.get('size'));
  const flags = data.get('flags') ?? '';
  const zeros = size >= HOLE_BYTES && data.get('data_hash')?.toLowerCase() === `adler32:${zeroHash(size)}`;
  return {
    timeUs: ticks(data.get('pts'), kind) ?? ticks(data.get('dts'), kind),
    durationUs: ticks(data.get('duration'), kind) ?? 0,
    key: flags.includes('K'),
    hidden: flags.includes('D'),
    hole: zeros && NEVER_ZERO.test(kind.codec ?? ''),
  };
}

/** Puts ffprobe's compact lines (one record may run over several) into streams; others than `kinds` are passed over. */
function collector(kinds: Map<number, Kind>) {
  const streams = new Map<number, StreamScan>();
  let record = '';
  const finish = (): void => {
    const data = fields(record);
    const index = Number(data.get('stream_index'));
    const kind = kinds.get(index);
    if (record === '' || kind === undefined) return;
    const stream = streams.get(index) ?? { packets: [], frames: [], samples: 0 };
    streams.set(index, stream);
    if (record.startsWith('packet|')) {
      stream.packets.push(toPacket(data, kind));
      return;
    }
    stream.frames.push(ticks(data.get('best_effort_timestamp'), kind));
    stream.samples += Number(data.get('nb_samples') ?? 0) || 0;
  };
  return {
    streams,
    line: (line: string): void => {
      if (line.startsWith('packet|') || line.startsWith('frame|')) {
        finish();
        record = line;
      } else if (line.startsWith('|')) record += line;
    },
    end: finish,
  };
}

function kindsOf(header: MediaHeader): Map<number, Kind> {
  const all = [...(header.video ? [header.video] : []), ...header.audio];
  return new Map(all.map(({ index, codec, tickUs }) => [index, { codec, tickUs }]));
}

interface Pass {
  program: string;
  file: string;
  header: MediaHeader;
  signal: AbortSignal | undefined;
  limits: ScanLimits;
}

async function pass(job: Pass, args: string[]): Promise<{ streams: Map<number, StreamScan>; stderr: string }> {
  const collected = collector(kindsOf(job.header));
  const { stderr } = await probeLines(job.program, job.file, args, (line) => collected.line(line), job.signal);
  collected.end();
  return { streams: collected.streams, stderr };
}

/** Every packet and every frame. Loop filtering changes pixels, not whether there is a picture, so it is left out. */
async function fullPass(job: Pass): Promise<Scan> {
  const threads = String(Math.min(4, availableParallelism()));
  const found = await pass(job, [
    ...['-threads:v', threads, '-skip_loop_filter:v', 'all'],
    ...['-show_data_hash', 'adler32', '-show_entries', `${PACKET_ENTRIES}:${FRAME_ENTRIES}`],
  ]);
  return { ...found, full: true };
}

function packetPass(job: Pass): Promise<{ streams: Map<number, StreamScan>; stderr: string }> {
  return pass(job, ['-show_data_hash', 'adler32', '-show_entries', PACKET_ENTRIES]);
}

/**
 * Frames of a long film reckoned from its key frames, marked as such or not: a group counts if its key frame decodes, less its holes.
 * `suspicious`: something does not decode, so a look at every frame is worth its cost.
 */
function reckonFrames(packets: Packet[], keyFrames: Set<number>): { frames: number[]; suspicious: boolean } {
  const frames: number[] = [];
  let good = false;
  let suspicious = keyFrames.size === 0;
  for (const packet of packets) {
    const decodes = packet.timeUs !== null && keyFrames.has(packet.timeUs);
    // The key frame of a hidden beginning is decoded and not shown: nothing can be said about it.
    if (packet.key || decodes) good = packet.hidden || decodes;
    if (!good || packet.hole) suspicious = true;
    else if (!packet.hidden && packet.timeUs !== null) frames.push(packet.timeUs);
  }
  return { frames: frames.sort((a, b) => a - b), suspicious };
}

/** Pixels of the film by its header, or null if that does not say how long it is. */
function declaredPixels(video: VideoStream): number | null {
  const { averageRate, declaredUs } = video;
  if (averageRate === null || declaredUs === null) return null;
  return ((declaredUs / 1_000_000) * averageRate.num * video.codedWidth * video.codedHeight) / averageRate.den;
}

async function scanVideo(job: Pass, video: VideoStream): Promise<Scan> {
  if ((declaredPixels(video) ?? Infinity) <= job.limits.pixels) return fullPass(job);
  const plain = await packetPass(job);
  const stream = plain.streams.get(video.index);
  const packets = stream?.packets ?? [];
  const pixels = packets.length * video.codedWidth * video.codedHeight;
  if (!stream || pixels <= job.limits.pixels) return fullPass(job);
  const keyArgs = ['-select_streams', String(video.index), '-skip_frame:v', 'nokey', '-show_entries', FRAME_ENTRIES];
  const keys = await pass(job, keyArgs);
  const times = (keys.streams.get(video.index)?.frames ?? []).filter((time): time is number => time !== null);
  const { frames, suspicious } = reckonFrames(packets, new Set(times));
  if (suspicious && pixels <= job.limits.suspiciousPixels) return fullPass(job);
  stream.frames = frames;
  return { streams: plain.streams, stderr: keys.stderr, full: false };
}

async function scanAudio(job: Pass): Promise<Scan> {
  const plain = await packetPass(job);
  const first = job.header.audio[0];
  const stream = first === undefined ? undefined : plain.streams.get(first.index);
  const lengthUs = stream?.packets.reduce((sum, packet) => sum + packet.durationUs, 0) ?? 0;
  if (!first || !stream || lengthUs <= job.limits.audioUs) return fullPass(job);
  const interval = ['-read_intervals', `%+#${AUDIO_TRIAL_PACKETS}`];
  const trial = await pass(job, ['-select_streams', String(first.index), ...interval, '-show_entries', FRAME_ENTRIES]);
  if ((trial.streams.get(first.index)?.frames.length ?? 0) === 0) return fullPass(job);
  const shown = stream.packets.filter((packet) => !packet.hidden && !packet.hole);
  stream.frames = shown.map((packet) => packet.timeUs);
  const shownUs = shown.reduce((sum, packet) => sum + packet.durationUs, 0);
  stream.samples = Math.round((shownUs / 1_000_000) * first.sampleRate);
  return { streams: plain.streams, stderr: trial.stderr, full: false };
}

/**
 * Scans a file whose header is known. Short files are decoded whole; of long ones every packet is read and the key
 * frames are decoded. Errors: missing_tool, cancelled, tool_failed.
 */
export function scanMedia(
  program: string,
  file: string,
  header: MediaHeader,
  options: { signal?: AbortSignal | undefined; limits?: ScanLimits } = {},
): Promise<Scan> {
  const job: Pass = { program, file, header, signal: options.signal, limits: options.limits ?? LIMITS };
  return header.video ? scanVideo(job, header.video) : scanAudio(job);
}
