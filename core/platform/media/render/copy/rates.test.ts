/** Smart cut of sources with other rates than 30, and of other containers. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { frameTime } from '../../../../model/timeline/index.ts';
import type { Rational } from '../../../../model/timeline/index.ts';
import { planCover, planRender, planStill } from '../../../../video/index.ts';
import { HAS_FFMPEG, inspect, make, moving, scratch } from '../../fixtures.ts';
import { filmOf, outDirs, testMaker } from '../fixtures.ts';
import type { Rendered, TestClip } from '../fixtures.ts';
import { click, clickAt, expectCopied, expectShown, expectTimes, frameHashes, keyKinds } from './fixtures.ts';

const { dir, remove } = scratch();
afterAll(remove);
const maker = testMaker(dir, { planCover, planRender, planStill });
const newOut = outDirs(dir);
const S = 1_000_000;

/** Key frames a second apart, whatever the rate. */
const x264 = (gop: number): string[] => [
  ...['-c:v', 'libx264', '-preset', 'veryfast', '-bf', '3', '-pix_fmt', 'yuv420p'],
  ...['-g', `${gop}`, '-keyint_min', `${gop}`, '-sc_threshold', '0'],
  ...['-color_primaries', 'bt709', '-color_trc', 'bt709', '-colorspace', 'bt709', '-color_range', 'tv'],
];

/** A film of six seconds with a click in the third, made once. */
function source(name: string, rate: string, gop: number): string {
  const file = path.join(dir, name);
  if (existsSync(file)) return file;
  return make(file, ...moving('320x180', rate, 6), ...click(2.5, 6), ...x264(gop), '-c:a', 'aac');
}
const pal25 = (): string => source('c.mp4', '25', 25);
const ntsc29 = (): string => source('d.mov', '30000/1001', 30);

type Output = Rendered['outputs'][number];

async function archive(clips: TestClip[], cues: [number, number, string][] = []): Promise<Output> {
  const film = await filmOf(clips, cues, { style: { size: 200 } });
  const { outputs } = await maker.render({ ...film, targets: ['archive'], outDir: newOut() });
  const [output] = outputs;
  if (!output) throw new Error('no film');
  return output;
}

const RATES: [string, string, Rational, number][] = [
  ['24000/1001', 'a.mp4', { num: 24_000, den: 1001 }, 24],
  ['24', 'b.mp4', { num: 24, den: 1 }, 24],
  ['25', 'c.mp4', { num: 25, den: 1 }, 25],
  ['30000/1001', 'd.mov', { num: 30_000, den: 1001 }, 30],
  ['50', 'e.mkv', { num: 50, den: 1 }, 50],
  ['60000/1001', 'f.mkv', { num: 60_000, den: 1001 }, 60],
];

describe.skipIf(!HAS_FFMPEG)('the archive film keeps the frame rate of its source', () => {
  test.each(RATES)(
    '%s frames a second, %s',
    async (text, name, rate, gop) => {
      const file = source(name, text, gop);
      // From the middle of a group to the middle of another.
      const [from, to] = [gop - 7, 5 * gop - 4];
      const [inUs, outUs] = [frameTime(from, rate), frameTime(to, rate)];
      const output = await archive([{ file, inUs, outUs }]);
      expect([output.copying?.made, output.segments.copied]).toEqual(['copied', 1]);
      expect(output.frameRate).toBe(`${rate.num}/${rate.den}`);
      expect(inspect(output.file).streams[0]).toMatchObject({
        ...{ r_frame_rate: output.frameRate, avg_frame_rate: output.frameRate },
      });
      const { copied = 0, encoded = 0 } = output.copying?.frames ?? {};
      expect(copied + encoded).toBe(to - from);
      expect(encoded).toBeLessThanOrEqual(7 + 4);
      expectTimes(output.file, to - from, rate);
      expectCopied(output.file, file, copied);
      expect(new Set(keyKinds(output.file))).toEqual(new Set([5]));
      const edges = [0, 6, 7, to - from - 2, to - from - 1];
      expectShown(
        output.file,
        file,
        edges.map((n): [number, number] => [n, from + n]),
      );
      expect(Math.abs(clickAt(output.file) - (2.5 * S - inUs))).toBeLessThan(10_000);
      const [video, audio] = inspect(output.file).streams;
      expect(Math.abs(Number(video?.['start_time']) - Number(audio?.['start_time']))).toBeLessThan(0.01);
      expect(Math.abs(Number(video?.['duration']) - Number(audio?.['duration']))).toBeLessThan(0.01);
      expect(output.durationUs).toBe(frameTime(to - from, rate));
    },
    60_000,
  );

  test('several pieces at 29.97, one with a caption: no frame is lost, and the sound stays with its picture', async () => {
    const file = ntsc29();
    const rate = { num: 30_000, den: 1001 };
    const cuts: [number, number][] = [
      [100, 170],
      [8, 95],
      [80, 130],
    ];
    const clips = cuts.map(([from, to]) => ({ file, inUs: frameTime(from, rate), outUs: frameTime(to, rate) }));
    const output = await archive(clips, [[3 * S, 3.4 * S, '春茶开采']]);
    const frames = cuts.reduce((sum, [from, to]) => sum + to - from, 0);
    expect([output.copying?.made, output.copying?.reason]).toEqual(['copied', 'copied']);
    expectTimes(output.file, frames, rate);
    expect(frameHashes(output.file).complaints).toBe('');
    expectShown(output.file, file, [
      [0, 100],
      [69, 169],
      [70, 8],
      [156, 94],
      [157, 80],
      [206, 129],
    ]);
    // The click is in the second piece only.
    expect(Math.abs(clickAt(output.file) - (frameTime(70, rate) + 2.5 * S - frameTime(8, rate)))).toBeLessThan(10_000);
  }, 60_000);

  test('beside films of 30 frames a second: each has its own, and what has another rate than the rest is encoded to it', async () => {
    const [pal, ntsc] = [pal25(), ntsc29()];
    const film = await filmOf([
      { file: pal, inUs: 0, outUs: 3 * S },
      { file: ntsc, inUs: 0, outUs: S },
    ]);
    const targets = ['bilibili', 'archive'];
    const { outputs, facts } = await maker.render({ ...film, targets, outDir: newOut() });
    const [bilibili, own] = outputs;
    expect(own?.copying?.reason).toBe('copied');
    expect([bilibili?.frameRate, own?.frameRate]).toEqual(['30/1', '25/1']);
    expect([facts.get('bilibili')?.frameRate, facts.get('archive')?.frameRate]).toEqual(['30/1', '25/1']);
    expect(own?.copying?.clips.map(({ reason, copied }) => [reason, copied > 0])).toEqual([
      ['copied', true],
      ['frame_rate', false],
    ]);
    expectTimes(own?.file ?? '', 100, { num: 25, den: 1 });
    expect(inspect(bilibili?.file ?? '').packets).toHaveLength(120);
  }, 60_000);
});
