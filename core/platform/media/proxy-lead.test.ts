/** Proxies with a lead-in: the film's first picture stands, in silence, before the film begins. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { decodeScenes, indexOf } from '../../model/strips/index.ts';
import { HAS_FFMPEG, inspect, make, moving, quietLog, SAMPLES, scratch, tone, x264 } from './fixtures.ts';
import { createMediaEngine } from './index.ts';

// Encoding on a busy machine of two cores.
vi.setConfig({ testTimeout: 90_000 });

const LEAD_US = 500_000;
const RATE = 48_000;
const engine = createMediaEngine({ log: quietLog });
const temp = scratch();
afterAll(() => temp.remove());
const at = (name: string): string => path.join(temp.dir, name);
const sample = (name: string): string => path.join(SAMPLES ?? '', name);

async function proxyOf(file: string, leadUs: number): Promise<string> {
  const facts = await engine.probe(file, { name: path.basename(file), salvage: true });
  const out = at(`${path.basename(file)}.${String(leadUs)}.mp4`);
  await engine.proxy(file, facts, out, { leadUs });
  return out;
}

const decode = (file: string, ...args: string[]): Buffer =>
  execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-i', file, ...args, '-'], {
    maxBuffer: 1 << 30,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
/** Pictures as small grey ones, one after the other. */
const GREY = 32 * 32;
function pictures(file: string): Buffer[] {
  const all = decode(
    file,
    '-map',
    '0:v',
    '-vf',
    'scale=32:32,format=gray',
    '-fps_mode',
    'passthrough',
    '-f',
    'rawvideo',
  );
  return Array.from({ length: all.length / GREY }, (_, i) => all.subarray(i * GREY, (i + 1) * GREY));
}
const samples = (file: string): Int16Array => {
  const bytes = decode(file, '-map', '0:a', '-ac', '1', '-f', 's16le');
  return new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length >> 1);
};
const apart = (a: Buffer, b: Buffer): number =>
  a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] ?? 0)), 0) / a.length;
const loudest = (part: Int16Array): number => part.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

const times = (file: string): number[] =>
  inspect(file).packets.map(({ pts_time }) => Math.round(Number(pts_time) * 1_000_000));

/** A film of 25 frames a second whose container counts in frames alone. */
const coarse = (): string =>
  make(
    at('数格.avi'),
    ...moving('320x180', 25, 2),
    ...tone(2),
    ...x264(),
    '-bf',
    '0',
    '-c:a',
    'pcm_s16le',
    '-shortest',
  );

/** Red, blue and green, two seconds each. */
const coloured = (): string => {
  const shots = ['red', 'blue', 'green'].flatMap((colour) => [
    '-f',
    'lavfi',
    '-i',
    `color=${colour}:s=320x180:r=25:d=2`,
  ]);
  return make(at('三色.mp4'), ...shots, '-filter_complex', 'concat=n=3', ...x264());
};

describe.skipIf(!HAS_FFMPEG || SAMPLES === null)('a lead-in', () => {
  test.each([['phone-vertical-vfr.mp4'], ['variable-frame-rate.mp4'], ['signing-person.mkv'], ['coarse']])(
    'puts every picture and every sound off by the same time, %s',
    async (name) => {
      const file = name === 'coarse' ? coarse() : sample(name);
      const [plain, led] = [await proxyOf(file, 0), await proxyOf(file, LEAD_US)];
      const [was, is] = [times(plain), times(led)];
      expect(is).toHaveLength(was.length + 15);
      // Fifteen pictures that stand still, and then the film's own: a key frame.
      const early = is.slice(0, 15).map((time, i) => Math.abs(time - (i * LEAD_US) / 15));
      const off = was.map((time, i) => Math.abs((is[i + 15] ?? 0) - LEAD_US - time));
      // The timescale has 11 µs.
      expect(Math.max(...early, ...off)).toBeLessThanOrEqual(12);
      const { packets, streams } = inspect(led);
      expect(packets[15]?.flags).toContain('K');
      const [before, after] = [pictures(plain), pictures(led)];
      expect(Math.max(...after.slice(0, 15).map((picture) => apart(picture, after[15]!)))).toBeLessThan(2);
      expect(Math.max(...before.map((picture, i) => apart(picture, after[i + 15]!)))).toBeLessThan(6);
      const end = (file: string): number =>
        Math.max(...inspect(file).packets.map((packet) => Number(packet.pts_time) + Number(packet.duration_time)));
      expect(Math.abs(end(led) - end(plain) - LEAD_US / 1_000_000)).toBeLessThan(0.001);
      if (!streams.some((stream) => stream['codec_type'] === 'audio')) return;
      const [quiet, loud] = [samples(led), samples(plain)];
      const lead = (LEAD_US * RATE) / 1_000_000;
      expect(Math.abs(quiet.length - loud.length - lead)).toBeLessThan(2048);
      // A coder hears a little ahead.
      expect(loudest(quiet.subarray(0, lead - 2048))).toBeLessThan(8);
      // The same sound at the same place: the sum of differences is least there, and small.
      const differ = (by: number): number => {
        let [sum, all] = [0, 0];
        for (let i = 4096; i < loud.length - 4096; i += 7) {
          sum += Math.abs((loud[i] ?? 0) - (quiet[i + lead + by] ?? 0));
          all += Math.abs(loud[i] ?? 0);
        }
        return sum / Math.max(1, all);
      };
      const shifts = [-96, -48, -24, 0, 24, 48, 96];
      expect(differ(0)).toBe(Math.min(...shifts.map(differ)));
    },
  );

  test('is in neither filmstrip nor scenes', async () => {
    const file = coloured();
    const { durationUs } = await engine.probe(file, { name: '三色.mp4' });
    const of = async (leadUs: number) => {
      const proxy = { path: await proxyOf(file, leadUs), leadUs };
      const [strip, scenes] = [at(`${String(leadUs)}.jpg`), at(`${String(leadUs)}.json`)];
      await engine.strip(proxy, durationUs ?? 0, strip);
      await engine.scenes(proxy, durationUs ?? 0, scenes);
      return { index: indexOf(readFileSync(strip)), cuts: decodeScenes(readFileSync(scenes, 'utf8')) };
    };
    const [plain, led] = [await of(0), await of(LEAD_US)];
    expect(led.index?.timesUs[0]).toBe(0);
    expect(led.index?.timesUs).toEqual(plain.index?.timesUs);
    expect(led.cuts?.map(({ atUs }) => Math.round(atUs / 100))).toEqual([20_000, 40_000]);
    expect(plain.cuts).toHaveLength(2);
  });
});
