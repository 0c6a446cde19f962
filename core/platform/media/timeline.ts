/** Pure arithmetic on a scan: what is presented when, how much of it decodes, at which rate. */
import type { AudioStream, Rate, VideoStream } from './header.ts';
import type { Packet, StreamScan } from './scan.ts';

export interface VideoTimeline {
  /** First and end of the presented pictures on the container's time line, microseconds. */
  startUs: number;
  endUs: number;
  /** Time covered by decoded pictures. */
  decodedUs: number;
  /** Time before the first decodable picture that the file has packets for. */
  leadUs: number;
  /** Shown packets after the first decoded picture that gave none. */
  lost: number;
  /** Times of all pictures from the first decodable on. */
  times: number[];
}

/** More than a few pictures of an open group of pictures can last. */
const OPEN_GROUP_US = 500_000;

const ascending = (a: number, b: number): number => a - b;

function period(times: number[], video: VideoStream): number {
  const gaps = times.slice(1).map((time, i) => time - (times[i] ?? 0));
  const middle = gaps.sort(ascending)[Math.floor(gaps.length / 2)];
  const named = video.averageRate ?? video.baseRate;
  return middle ?? (named ? Math.round((named.den * 1_000_000) / named.num) : 40_000);
}

/** Raw streams have no times at all: their pictures follow each other at the rate the header names. */
function withTimes(scan: StreamScan, video: VideoStream): { shown: Packet[]; frames: number[] } {
  const shown = scan.packets.filter((packet) => !packet.hidden);
  const known = scan.frames.filter((time): time is number => time !== null);
  if (known.length * 2 >= scan.frames.length) {
    // AVI has times in coding order only: the last pictures come out of the decoder without one.
    const gap = period([...known], video);
    let before = 0;
    const filled = scan.frames.map((time) => (before = time ?? before + gap));
    return { shown, frames: filled.sort(ascending) };
  }
  const step = period([], video);
  return {
    shown: shown.map((packet, i) => ({ ...packet, timeUs: i * step, durationUs: step })),
    frames: scan.frames.map((_, i) => i * step),
  };
}

/**
 * The picture's time line, or null if no picture decodes. `errors`: the decoder complained; only then do packets
 * without a picture count as lost (VP8's hidden reference frames and field pairs have none either).
 */
export function videoTimeline(scan: StreamScan, video: VideoStream, errors: boolean): VideoTimeline | null {
  const { shown, frames } = withTimes(scan, video);
  const first = frames[0];
  const last = frames.at(-1);
  if (first === undefined || last === undefined) return null;
  const step = period([...frames], video);
  const packets = shown
    .filter((packet): packet is Packet & { timeUs: number } => packet.timeUs !== null)
    .sort((a, b) => a.timeUs - b.timeUs);
  const ends = new Map(packets.map((packet) => [packet.timeUs, packet.timeUs + (packet.durationUs || step)]));
  const allowed = video.interlaced ? 1 : 0;
  let at = 0;
  let lost = 0;
  let decodedUs = 0;
  frames.forEach((time, i) => {
    const next = frames[i + 1] ?? Infinity;
    while (at < packets.length && (packets[at]?.timeUs ?? 0) <= time) at += 1;
    const from = at;
    while (at < packets.length && (packets[at]?.timeUs ?? 0) < next) at += 1;
    const missing = errors && at - from > (next === Infinity ? 0 : allowed) ? at - from : 0;
    lost += missing;
    const end = missing > 0 ? packets[from]?.timeUs : next === Infinity ? ends.get(time) : next;
    decodedUs += (end ?? time + step) - time;
  });
  const endUs = ends.get(last) ?? last + step;
  const missed = packets.filter((packet) => packet.timeUs < first - step / 2);
  // Pictures before an open group's key frame, and AVI's coding order, are no missing beginning.
  const cutOff = shown[0]?.key === false || first - (missed[0]?.timeUs ?? first) > OPEN_GROUP_US;
  return {
    startUs: first,
    endUs,
    decodedUs,
    leadUs: missed[0] !== undefined && cutOff ? first - missed[0].timeUs : 0,
    lost,
    times: lost > 0 ? packets.map((packet) => packet.timeUs).filter((time) => time >= first && time <= last) : frames,
  };
}

/**
 * Whether the pictures come at an uneven rate. On an even one every time lies on a straight line but for the rounding
 * to the container's ticks (Matroska: 1 ms, often carried on by later copies); 1.5 ticks and at least 2.1 ms (both ends rounded) are
 * granted, never more than 0.4 of the distance of two pictures.
 */
export function isVariable(times: number[], tickUs: number): boolean {
  const first = times[0];
  const last = times.at(-1);
  if (first === undefined || last === undefined || times.length < 3) return false;
  const step = (last - first) / (times.length - 1);
  const slack = Math.min(Math.max(1.5 * tickUs, 2_100), 0.4 * step);
  return times.some((time, i) => Math.abs(time - (first + i * step)) > slack);
}

const COMMON_RATES: Rate[] = [
  { num: 24000, den: 1001 },
  { num: 24, den: 1 },
  { num: 25, den: 1 },
  { num: 30000, den: 1001 },
  { num: 30, den: 1 },
  { num: 50, den: 1 },
  { num: 60000, den: 1001 },
  { num: 60, den: 1 },
];

function reduced(num: number, den: number): string {
  let [a, b] = [num, den];
  while (b !== 0) [a, b] = [b, a % b];
  return `${num / a}/${den / a}`;
}

/**
 * Frame rate as a reduced fraction ("30000/1001", "25/1"). Even rates: the one of the header that fits the times, else a
 * common one that fits, else the measured one. Uneven rates: pictures by presented time, in the header's own words
 * where those say the same.
 */
export function frameRateOf(line: VideoTimeline, video: VideoStream, variable: boolean): string | null {
  const { times } = line;
  const spanUs = line.endUs - line.startUs;
  const named = [video.baseRate, video.averageRate].filter((rate): rate is Rate => rate !== null);
  if (times.length < 2) {
    const only = video.averageRate ?? video.baseRate;
    return only ? reduced(only.num, only.den) : null;
  }
  if (variable) {
    const measured = (times.length * 1_000_000) / spanUs;
    const average = video.averageRate;
    const agrees = average !== null && Math.abs(average.num / average.den / measured - 1) < 0.001;
    return agrees ? reduced(average.num, average.den) : reduced(times.length * 1_000_000, Math.round(spanUs));
  }
  const runUs = (times.at(-1) ?? 0) - (times[0] ?? 0);
  const slackUs = Math.max(2 * video.tickUs, 1_500);
  const fits = [...named, ...COMMON_RATES].find(
    (rate) => Math.abs(((times.length - 1) * 1_000_000 * rate.den) / rate.num - runUs) <= slackUs,
  );
  return fits ? reduced(fits.num, fits.den) : reduced((times.length - 1) * 1_000_000, Math.round(runUs));
}

export interface AudioTimeline {
  startUs: number;
  endUs: number;
  decodedUs: number;
  /** End of the last packet that is there, whether it decodes or not. */
  packetsEndUs: number;
}

/** The sound's time line, or null if nothing decodes. A hole is not sound even where a decoder makes silence of it. */
export function audioTimeline(scan: StreamScan, track: AudioStream): AudioTimeline | null {
  const { sampleRate, declaredUs } = track;
  const frames = scan.frames.filter((time): time is number => time !== null).sort(ascending);
  if (scan.frames.length === 0 || scan.samples === 0 || sampleRate <= 0) return null;
  const soundUs = Math.round((scan.samples / sampleRate) * 1_000_000);
  const holes = new Set(scan.packets.filter((packet) => packet.hole).map((packet) => packet.timeUs));
  const good = frames.filter((time) => !holes.has(time));
  const packetsEndUs = scan.packets.reduce((end, packet) => Math.max(end, (packet.timeUs ?? 0) + packet.durationUs), 0);
  const startUs = good[0] ?? 0;
  if (good.length === 0 && holes.size > 0) return null;
  if (frames.length === 0) return { startUs, endUs: soundUs, decodedUs: soundUs, packetsEndUs: soundUs };
  const meanUs = soundUs / frames.length;
  const decodedUs = Math.round(meanUs * good.length);
  const reachUs = holes.size > 0 ? Math.round((good.at(-1) ?? 0) + meanUs - startUs) : decodedUs;
  // The last frame is padding beyond what an edit list presents, which decoders do not cut off.
  const padded = declaredUs !== null && reachUs > declaredUs && reachUs - declaredUs <= 2 * meanUs;
  const lengthUs = padded ? declaredUs : Math.max(decodedUs, reachUs);
  return { startUs, endUs: startUs + lengthUs, decodedUs, packetsEndUs };
}
