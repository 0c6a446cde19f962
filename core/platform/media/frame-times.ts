/** When each frame of a film is presented. */
import { StudioError } from '../../model/errors.ts';
import { probeLines } from './ffprobe.ts';
import { microseconds, readHeader } from './header.ts';
import type { VideoStream } from './header.ts';

/** Packets looked at for the first frame that decodes. */
const FIRST_FRAME_PACKETS = 2_000;

/** Time of the first frame that comes out of the decoder, on the container's time line, microseconds. */
export async function firstFrameUs(
  program: string,
  file: string,
  stream: number,
  signal: AbortSignal | undefined,
): Promise<number> {
  const found: number[] = [];
  const args = [
    ...['-select_streams', String(stream), '-read_intervals', `%+#${FIRST_FRAME_PACKETS}`],
    ...['-show_entries', 'frame=best_effort_timestamp_time'],
  ];
  const line = (text: string): boolean => {
    const time = microseconds(/best_effort_timestamp_time=([^|]+)/.exec(text)?.[1]);
    if (time !== null) found.push(time);
    return time === null;
  };
  await probeLines(program, file, args, line, signal);
  return found[0] ?? 0;
}

/**
 * Streams whose packets are not one presented frame each: field pairs, and VP8's hidden reference frames (RFC 6386,
 * 9.1 show_frame). These are decoded.
 */
const mustDecode = (video: VideoStream): boolean => video.interlaced || video.codec === 'vp8';

const whole = (value: string | undefined): number | null =>
  value !== undefined && /^-?\d+$/.test(value) ? Number(value) : null;

/** Ticks of every presented frame, as packets (hidden ones of an edit list left out) or as decoded frames. */
async function ticksOf(
  program: string,
  file: string,
  video: VideoStream,
  signal: AbortSignal | undefined,
): Promise<(number | null)[]> {
  const ticks: (number | null)[] = [];
  const decode = mustDecode(video);
  const entries = decode ? 'frame=best_effort_timestamp' : 'packet=pts,dts,flags';
  const line = (text: string): void => {
    if (decode) {
      const time = /^frame\|.*?best_effort_timestamp=([^|]+)/.exec(text);
      if (time) ticks.push(whole(time[1]));
      return;
    }
    if (!text.startsWith('packet|')) return;
    const flags = /\|flags=([^|]*)/.exec(text)?.[1] ?? '';
    if (flags.includes('D')) return;
    ticks.push(whole(/\|pts=([^|]*)/.exec(text)?.[1]) ?? whole(/\|dts=([^|]*)/.exec(text)?.[1]));
  };
  await probeLines(program, file, ['-select_streams', String(video.index), '-show_entries', entries], line, signal);
  return ticks;
}

/**
 * Presentation times of all frames of the shown video stream, whole microseconds from the first presented frame (0),
 * ascending, edit lists applied. Packets are read, not decoded, where a packet is a frame; those before the first frame
 * that decodes are left out. Raw streams without times count up at the rate of their header.
 * Errors: unreadable_media (no picture), missing_tool, cancelled, tool_failed.
 */
export async function frameTimes(program: string, file: string, signal?: AbortSignal): Promise<number[]> {
  const { header, stderr } = await readHeader(program, file, signal);
  const video = header?.video ?? null;
  if (video === null) throw new StudioError('unreadable_media', { file }, { details: { stderr: stderr.slice(-2000) } });
  const ticks = await ticksOf(program, file, video, signal);
  const known = ticks.filter((time): time is number => time !== null);
  if (known.length * 2 < ticks.length) {
    const { num, den } = video.averageRate ?? video.baseRate ?? { num: 25, den: 1 };
    return ticks.map((_, i) => Math.round((i * 1_000_000 * den) / num));
  }
  const firstUs = await firstFrameUs(program, file, video.index, signal);
  const sorted = known.sort((a, b) => a - b).filter((time) => time * video.tickUs >= firstUs - 1);
  const first = sorted[0] ?? 0;
  return sorted
    .map((time) => Math.round((time - first) * video.tickUs))
    .filter((time, i, all) => i === 0 || time > (all[i - 1] ?? 0));
}
