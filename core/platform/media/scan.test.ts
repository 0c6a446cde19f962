import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { HAS_FFMPEG, make, moving, quietLog, SAMPLES, scratch, tone, x264 } from './fixtures.ts';
import { readHeader } from './header.ts';
import type { MediaHeader } from './header.ts';
import { createLocator } from './locate.ts';
import { scanMedia, zeroHash } from './scan.ts';
import type { Scan, ScanLimits } from './scan.ts';
import { audioTimeline, frameRateOf, isVariable, videoTimeline } from './timeline.ts';

const temp = scratch();
afterAll(() => temp.remove());
const at = (name: string): string => path.join(temp.dir, name);
const tools = createLocator({ settings: {}, env: process.env, log: quietLog });
/** As if every file were a long one, with and without a second look at suspicious ones. */
const LONG: ScanLimits = { pixels: 0, suspiciousPixels: 0, audioUs: 0 };
const SECOND_LOOK: ScanLimits = { ...LONG, suspiciousPixels: Infinity };
const WHOLE: ScanLimits = { pixels: Infinity, suspiciousPixels: Infinity, audioUs: Infinity };

async function scanAs(file: string, limits: ScanLimits): Promise<{ scan: Scan; header: MediaHeader }> {
  const { path: program } = await tools.ffprobe();
  const { header } = await readHeader(program, file);
  if (header === null) throw new Error('not media');
  return { scan: await scanMedia(program, file, header, { limits }), header };
}

async function summary(file: string, limits: ScanLimits) {
  const { scan, header } = await scanAs(file, limits);
  const { video } = header;
  const stream = video ? scan.streams.get(video.index) : undefined;
  const line = video && stream ? videoTimeline(stream, video, scan.stderr.trim() !== '') : null;
  if (!video || line === null) throw new Error('no picture');
  const variable = isVariable(line.times, video.tickUs);
  const { startUs, endUs, decodedUs, leadUs, lost } = line;
  const rounded = { startUs, endUs, decodedUs, leadUs };
  for (const key of ['startUs', 'endUs', 'decodedUs', 'leadUs'] as const) rounded[key] = Math.round(rounded[key]);
  return { facts: { ...rounded, lost, variable, rate: frameRateOf(line, video, variable) }, full: scan.full };
}

test('the checksum of zeros (Adler-32, RFC 1950)', () => {
  expect(zeroHash(1)).toBe('00010001');
  expect(zeroHash(847)).toBe('034f0001');
  expect(zeroHash(65_521)).toBe('00000001');
});

describe.skipIf(SAMPLES === null)(
  'long films: key frames say the same as all frames (skipped without ../shared/samples)',
  () => {
    test.each([
      'cockatoo.mp4',
      'phone-vertical-vfr.mp4',
      'rotated-90.mp4',
      'signing-person.mkv',
      'variable-frame-rate.mp4',
      'hevc-10bit.mp4',
    ])('%s', async (name) => {
      const file = path.join(SAMPLES ?? '', name);
      const short = await summary(file, WHOLE);
      const long = await summary(file, LONG);
      expect([short.full, long.full]).toEqual([true, false]);
      expect(long.facts).toEqual(short.facts);
    });

    test('a tail of zeros: reckoned within a group of pictures, exact at the second look', async () => {
      const bytes = readFileSync(path.join(SAMPLES ?? '', 'talk-720p30.mp4'));
      bytes.fill(0, Math.floor(bytes.length / 2));
      writeFileSync(at('zeros.mp4'), bytes);
      const exact = await summary(at('zeros.mp4'), WHOLE);
      const reckoned = await summary(at('zeros.mp4'), LONG);
      expect(Math.abs(reckoned.facts.decodedUs - exact.facts.decodedUs)).toBeLessThan(2_000_000);
      expect(reckoned.full).toBe(false);
      const again = await summary(at('zeros.mp4'), SECOND_LOOK);
      expect(again).toEqual(exact);
    });

    test('a film that starts between key frames gets the second look', async () => {
      const file = path.join(SAMPLES ?? '', 'starts-between-keyframes.ts');
      expect(await summary(file, SECOND_LOOK)).toEqual(await summary(file, WHOLE));
      expect((await summary(file, LONG)).facts.leadUs).toBeGreaterThan(2_000_000);
    });
  },
);

describe.skipIf(!HAS_FFMPEG)('made files (skipped where ffmpeg is not on the PATH)', () => {
  test('a long recording is measured by its packets', async () => {
    const file = make(at('long.mp3'), ...tone(20), '-c:a', 'libmp3lame');
    const length = async (limits: ScanLimits): Promise<number> => {
      const { scan, header } = await scanAs(file, limits);
      const [track] = header.audio;
      const stream = track ? scan.streams.get(track.index) : undefined;
      const line = track && stream ? audioTimeline(stream, track) : null;
      return line ? line.endUs - line.startUs : 0;
    };
    expect(Math.abs((await length(LONG)) - (await length(WHOLE)))).toBeLessThan(60_000);
    expect(await length(WHOLE)).toBe(20_000_000);
  });

  test('a long film cut short is seen by its packets', async () => {
    const file = make(at('long.mkv'), ...moving('64x64', 25, 10), ...x264());
    truncateSync(file, Math.floor(readFileSync(file).length / 2));
    const { header } = await scanAs(file, LONG);
    const { facts } = await summary(file, LONG);
    expect(header.video?.declaredUs).toBe(10_000_000);
    expect(facts.decodedUs).toBeGreaterThan(3_000_000);
    expect(facts.decodedUs).toBeLessThan(7_000_000);
  });
});

describe('rates', () => {
  const even = (step: number, n: number): number[] => Array.from({ length: n }, (_, i) => i * step);

  test('rounding to ticks is not unevenness; one dropped picture is', () => {
    expect(
      isVariable(
        even(33_366.7, 200).map((time) => Math.round(time / 1000) * 1000),
        1000,
      ),
    ).toBe(false);
    expect(
      isVariable(
        even(33_366.7, 200).filter((_, i) => i !== 77),
        1000,
      ),
    ).toBe(true);
    // 1/600 s, the clock of QuickTime cameras.
    expect(
      isVariable(
        even(33_366.7, 200).map((time) => (Math.round((time * 600) / 1e6) / 600) * 1e6),
        1e6 / 600,
      ),
    ).toBe(false);
    expect(isVariable([0, 40_000], 1)).toBe(false);
  });
});
