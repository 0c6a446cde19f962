/** Whether a finished film with copied parts is what it should be: its packets, their times, and that its joints decode. */
import { createHash, randomUUID } from 'node:crypto';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { frameTime, nearestFrame } from '../../../../model/timeline/index.ts';
import type { Rational } from '../../../../model/timeline/index.ts';
import { probeLines } from '../../ffprobe.ts';
import { allOf } from '../all.ts';
import type { RenderWork } from '../work.ts';
import { joinedConfig } from './config.ts';
import { CopyFailed } from './film.ts';
import type { CopiedFilm, CopiedSamples } from './film.ts';
import { readTrack } from './track.ts';
import { writePicture } from './write.ts';

interface FilmPacket {
  us: number;
  offset: number;
  size: number;
}

async function readPackets(work: RenderWork, file: string): Promise<FilmPacket[]> {
  const packets: FilmPacket[] = [];
  const take = (line: string): void => {
    const [, pts, size, pos] = /^packet\|pts_time=([^|]*)\|size=(\d+)\|pos=([^|]*)/.exec(line) ?? [];
    if (pts !== undefined) packets.push({ us: Math.round(Number(pts) * 1e6), size: Number(size), offset: Number(pos) });
  };
  const args = ['-select_streams', 'v:0', '-show_entries', 'packet=pts_time,size,pos'];
  await probeLines(work.ffprobe, file, args, take, work.signal);
  return packets;
}

/** Every frame is there once, at its place on the grid. */
function checkTimes(packets: readonly FilmPacket[], frames: number, rate: Rational): void {
  if (packets.length !== frames) throw new CopyFailed(`${String(packets.length)} of ${String(frames)} pictures`);
  const times = packets.map(({ us }) => us).sort((a, b) => a - b);
  const off = times.findIndex((us, i) => Math.abs(us - frameTime(i, rate)) > 100);
  if (off >= 0) throw new CopyFailed(`picture ${String(off)} stands at ${String(times[off])} µs`);
}

async function checkBytes(
  file: string,
  packets: readonly FilmPacket[],
  copied: readonly CopiedSamples[],
): Promise<void> {
  const handle = await open(file, 'r');
  try {
    for (const { first, count, sha256 } of copied) {
      const hash = createHash('sha256');
      for (const { offset, size } of packets.slice(first, first + count)) {
        const bytes = Buffer.allocUnsafe(size);
        await handle.read(bytes, 0, size, offset);
        hash.update(bytes);
      }
      if (hash.digest('hex') !== sha256) throw new CopyFailed(`copied pictures from ${String(first)} on are others`);
    }
  } finally {
    await handle.close();
  }
}

/** Joints are all made alike: this many of them tell. */
const JOINTS = 6;

/** First, last, and evenly between. */
function someOf(joints: readonly number[]): number[] {
  if (joints.length <= JOINTS) return [...joints];
  return Array.from({ length: JOINTS }, (_, i) => joints[Math.round((i * (joints.length - 1)) / (JOINTS - 1))] ?? 0);
}

/**
 * Decodes the key frames before and at the joints, as they stand in the film and with its parameter sets: where these change, decoders
 * stumble. What lies between depends on nothing behind a joint.
 */
async function checkJoints(work: RenderWork, file: string, packets: readonly FilmPacket[], film: CopiedFilm) {
  const frames = new Set<number>();
  for (const joint of someOf(film.joints)) {
    const before = film.keys.findLast((key) => key < joint);
    if (before === undefined || !film.keys.includes(joint)) throw new CopyFailed(`no key frame at ${String(joint)}`);
    frames.add(before).add(joint);
  }
  if (frames.size === 0) return;
  const { codec, width, height, rate } = film;
  const { config } = await readTrack(file, codec);
  const name = `${randomUUID()}.mp4`;
  const writer = await writePicture(path.join(work.dir, name));
  const handle = await open(file, 'r');
  try {
    const wanted = packets.filter(({ us }) => frames.has(nearestFrame(us, rate)));
    for (const [frame, { offset, size }] of wanted.entries()) {
      const bytes = Buffer.allocUnsafe(size);
      await handle.read(bytes, 0, size, offset);
      await writer.add(bytes, { frame, key: true });
    }
    await writer.finish({ codec, width, height, rate, config: joinedConfig([config]), bt709: false });
  } finally {
    await handle.close();
    await writer.close();
  }
  const { complained, frames: decoded } = await work.run([
    // Nobody looks at them.
    ...['-skip_loop_filter', 'all', '-protocol_whitelist', 'file,pipe', '-i', `file:${name}`, '-map', '0:v:0'],
    ...[work.tool.hasFpsMode ? '-fps_mode' : '-vsync', 'passthrough', '-f', 'null', '-'],
  ]);
  if (complained || decoded !== frames.size) {
    throw new CopyFailed(`${String(decoded)} of ${String(frames.size)} key frames at joints decode`);
  }
}

/** Checks a finished film of so many frames. Errors: CopyFailed; missing_tool, cancelled, tool_failed, those of reading. */
export async function verifyCopied(work: RenderWork, file: string, film: CopiedFilm, frames: number): Promise<void> {
  const packets = await readPackets(work, file);
  checkTimes(packets, frames, film.rate);
  await allOf([checkBytes(file, packets, film.copied), checkJoints(work, file, packets, film)]);
}
