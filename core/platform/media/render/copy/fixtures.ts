/** For the tests beside: what the packets and pictures of films are. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Rational } from '../../../../model/timeline/index.ts';
import { fileUrl } from '../../files.ts';
import { inspect } from '../../fixtures.ts';
import { isSlice, nalType, nalsOf } from './nal.ts';

/** Hashes of a film's coded pictures, in coding order. */
export function packetHashes(file: string): string[] {
  return hashes(['-i', fileUrl(file), '-map', '0:v:0', '-c', 'copy']);
}

/** Hashes of a film's decoded pictures in order, and what the decoder complained of. */
export function frameHashes(file: string): { frames: string[]; complaints: string } {
  const args = ['-i', fileUrl(file), '-map', '0:v:0', '-fps_mode', 'passthrough', '-pix_fmt', 'yuv420p'];
  const complaints = spawnSync('ffmpeg', ['-v', 'error', ...args, '-f', 'null', '-']).stderr.toString();
  return { frames: hashes(args), complaints };
}

function hashes(args: string[]): string[] {
  const text = execFileSync('ffmpeg', ['-v', 'error', '-nostdin', ...args, '-f', 'framemd5', '-'], {
    maxBuffer: 1 << 28,
  }).toString();
  return text
    .split('\n')
    .flatMap((row) => (row.startsWith('#') || row === '' ? [] : [row.split(',').at(-1)?.trim() ?? '']));
}

/** Size at which pictures are compared. */
const [WIDTH, HEIGHT] = [320, 180];

/** Luma of some frames of a film, as far as it has them. */
export function pictures(file: string, frames: readonly number[]): Map<number, Buffer> {
  const wanted = [...new Set(frames)].filter((n) => n >= 0).sort((a, b) => a - b);
  const select = wanted.map((n) => `eq(n\\,${n})`).join('+');
  const filter = `select=${select},scale=${WIDTH}:${HEIGHT}:flags=bicubic,format=gray`;
  const args = ['-v', 'error', '-nostdin', '-i', fileUrl(file), '-map', '0:v:0', '-vf', filter];
  const bytes = execFileSync('ffmpeg', [...args, '-fps_mode', 'passthrough', '-f', 'rawvideo', '-'], {
    maxBuffer: 1 << 28,
  });
  const size = WIDTH * HEIGHT;
  return new Map(
    wanted.flatMap((n, i): [number, Buffer][] =>
      (i + 1) * size <= bytes.length ? [[n, bytes.subarray(i * size, (i + 1) * size)]] : [],
    ),
  );
}

/** Structural similarity of the luma of two pictures in blocks of 8 × 8 (Wang et al. 2004); 0 where one is not there. */
export function similarity(one: Buffer | undefined, other: Buffer | undefined): number {
  if (!one || !other) return 0;
  let [sum, blocks] = [0, 0];
  for (let y = 0; y + 8 <= HEIGHT; y += 4) {
    for (let x = 0; x + 8 <= WIDTH; x += 4) {
      let [a, b, aa, bb, ab] = [0, 0, 0, 0, 0];
      for (let i = 0; i < 64; i += 1) {
        const at = (y + (i >> 3)) * WIDTH + x + (i & 7);
        const [p, q] = [one[at] ?? 0, other[at] ?? 0];
        [a, b, aa, bb, ab] = [a + p, b + q, aa + p * p, bb + q * q, ab + p * q];
      }
      const [ma, mb] = [a / 64, b / 64];
      const [va, vb, covariance] = [aa / 64 - ma * ma, bb / 64 - mb * mb, ab / 64 - ma * mb];
      sum +=
        ((2 * ma * mb + 6.5025) * (2 * covariance + 58.5225)) / ((ma * ma + mb * mb + 6.5025) * (va + vb + 58.5225));
      blocks += 1;
    }
  }
  return sum / blocks;
}

/** Microseconds at which a film's sound is loudest: its click. */
export function clickAt(file: string): number {
  const args = ['-v', 'error', '-nostdin', '-i', fileUrl(file), '-map', '0:a:0', '-ac', '1', '-ar', '48000'];
  const bytes = execFileSync('ffmpeg', [...args, '-f', 's16le', '-'], { maxBuffer: 1 << 28 });
  let [at, most] = [0, 0];
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    const loud = Math.abs(bytes.readInt16LE(i));
    if (loud > most) [at, most] = [i / 2, loud];
  }
  return Math.round((at * 1_000_000) / 48_000);
}

/** A quiet tone with one loud sample's worth of noise at a moment, as options of an input. */
export const click = (atS: number, lastsS: number): string[] => [
  ...[
    '-f',
    'lavfi',
    '-i',
    `aevalsrc=0.02*sin(440*2*PI*t)+0.9*between(t\\,${atS}\\,${atS + 0.001}):s=48000:d=${lastsS}`,
  ],
];

/** Every frame at its place on the grid, exactly so many. */
export function expectTimes(file: string, frames: number, rate: Rational = { num: 30, den: 1 }): void {
  const times = inspect(file)
    .packets.map(({ pts_time }) => Number(pts_time))
    .sort((a, b) => a - b);
  assert.equal(times.length, frames);
  times.forEach((time, i) => assert.ok(Math.abs(time - (i * rate.den) / rate.num) < 5e-5, `frame ${i} at ${time} s`));
}

/** Frames of a film, each the one asked for of its source and not one beside it. `pairs`: of the film, of the source. */
export function expectShown(file: string, of: string, pairs: [number, number][]): void {
  const shown = pictures(
    file,
    pairs.map(([at]) => at),
  );
  const theirs = pictures(
    of,
    pairs.flatMap(([, n]) => [n - 1, n, n + 1]),
  );
  for (const [at, n] of pairs) {
    const here = similarity(shown.get(at), theirs.get(n));
    assert.ok(here >= 0.97, `frame ${at}: SSIM ${here} of frame ${n}`);
    const beside = [theirs.get(n - 1), theirs.get(n + 1)].filter((one) => one !== undefined);
    assert.ok(beside.length > 0);
    for (const one of beside) assert.ok(here > similarity(shown.get(at), one), `frame ${at} is one beside ${n}`);
  }
}

/** Its copied packets are those of the source, and all pictures copied decode to what the source's do. */
export function expectCopied(file: string, of: string, least: number): void {
  const [own, theirs] = [packetHashes(file), packetHashes(of)];
  const copied = own.filter((hash) => theirs.includes(hash));
  assert.ok(copied.length >= least, `${copied.length} copied of ${least}`);
  const from = theirs.indexOf(copied[0] ?? '');
  assert.deepEqual(copied, theirs.slice(from, from + copied.length));
  const { frames, complaints } = frameHashes(file);
  assert.equal(complaints, '');
  const all = new Set(frameHashes(of).frames);
  assert.ok(frames.filter((hash) => all.has(hash)).length >= copied.length);
}

/** NAL unit types of the slices of a film's key frames: 5 is IDR. By their bytes, not by the container's word. */
export function keyKinds(file: string): number[] {
  const args = ['-v', 'error', '-of', 'json', '-select_streams', 'v:0', '-show_entries', 'packet=pos,size,flags'];
  const { packets } = JSON.parse(execFileSync('ffprobe', [...args, file], { maxBuffer: 1 << 28 }).toString()) as {
    packets: { pos: string; size: string; flags: string }[];
  };
  const bytes = readFileSync(file);
  return packets
    .filter(({ flags }) => flags.includes('K'))
    .flatMap(({ pos, size }) => {
      const nals = nalsOf(bytes.subarray(Number(pos), Number(pos) + Number(size))) ?? [];
      return nals.map((nal) => nalType('h264', nal)).filter((type) => isSlice('h264', type));
    });
}
