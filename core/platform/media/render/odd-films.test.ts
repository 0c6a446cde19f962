/** Odd films in finished ones: key frames that nobody marked, edit lists that begin late, 4K at 60 frames. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { planCover, planRender, planStill } from '../../../video/index.ts';
import { HAS_FFMPEG, inspect, make, scratch, tone, x264 } from '../fixtures.ts';
import { numbered, numbersIn, range, unmarkedFilms } from '../odd-fixtures.ts';
import { filmOf, outDirs, testMaker, type TestClip } from './fixtures.ts';

// Encoding on a busy machine of two cores.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const { dir, remove } = scratch();
afterAll(remove);
const maker = testMaker(dir, { planCover, planRender, planStill });
const outDir = outDirs(dir);
const at = (name: string): string => path.join(dir, name);
const S = 1_000_000;

async function film(clips: TestClip[], target = 'archive'): Promise<string> {
  const of = await filmOf(clips);
  const { outputs } = await maker.render({ ...of, targets: [target], outDir: outDir() });
  return outputs[0]?.file ?? '';
}

/** Numbers of the single frame that is shown of a clip. */
async function still(clip: TestClip, atUs: number): Promise<number[]> {
  const { file } = await maker.still({ ...(await filmOf([clip])), target: 'archive', atUs, outDir: outDir() });
  return numbersIn(file);
}

describe.skipIf(!HAS_FFMPEG)('key frames that nobody marked', () => {
  test.each(unmarkedFilms(at, 9))('$name: cut from the middle, a long take and a short one', async (one) => {
    const file = one.film();
    const short = { file, inUs: 2.5 * S, outUs: 3 * S };
    const long = { file, inUs: 3 * S, outUs: 8.5 * S };
    expect(numbersIn(await film([short]))).toEqual(range(75, 90));
    expect(numbersIn(await film([long, { ...short, reversed: true }]))).toEqual([
      ...range(90, 255),
      ...range(75, 90).reverse(),
    ]);
    expect(await still(short, 0.2 * S)).toEqual([81]);
  });
});

describe.skipIf(!HAS_FFMPEG)('an edit list that begins late', () => {
  let long = '';
  beforeAll(() => {
    if (HAS_FFMPEG) long = make(at('long.mp4'), ...numbered('180x96', 30, 8), ...tone(8), ...x264(45), '-c:a', 'aac');
  });

  test('a beginning that is hidden: the film begins with the first frame presented', async () => {
    const file = make(at('hidden.mp4'), '-ss', '2', '-i', long, '-c', 'copy');
    const { packets } = inspect(file);
    expect(packets.filter(({ flags }) => flags.includes('D')).length).toBeGreaterThan(10);
    expect(numbersIn(file)[0]).toBe(60);
    expect(numbersIn(await film([{ file, inUs: 0, outUs: S }]))).toEqual(range(60, 90));
    expect(numbersIn(await film([{ file, inUs: 2 * S, outUs: 3 * S }]))).toEqual(range(120, 150));
    expect(await still({ file, inUs: 0, outUs: S }, 0)).toEqual([60]);
  });

  test('a picture that comes after the sound: the film begins with its first frame', async () => {
    const parts = ['-itsoffset', '0.5', '-i', long, '-i', long, '-map', '0:v', '-map', '1:a'];
    const file = make(at('late.mp4'), ...parts, '-c', 'copy');
    expect(Number(inspect(file).packets[0]?.pts_time)).toBeCloseTo(0.5, 3);
    expect(numbersIn(await film([{ file, inUs: 0, outUs: S }]))).toEqual(range(0, 30));
    expect(numbersIn(await film([{ file, inUs: 3 * S, outUs: 4 * S }]))).toEqual(range(90, 120));
    expect(await still({ file, inUs: 0, outUs: S }, 0.5 * S)).toEqual([15]);
  });
});

describe.skipIf(!HAS_FFMPEG)('4K at 60 frames a second', () => {
  let file = '';
  beforeAll(() => {
    if (!HAS_FFMPEG) return;
    file = make(at('4k60.mp4'), ...numbered('3840x2160', 60, 0.5), ...tone(0.5), ...x264(), '-c:a', 'aac');
  });

  // Films that are encoded have 30 frames a second.
  test.each([
    ['bilibili', 30, { width: 1920, height: 1080 }],
    ['archive', 12, { width: 3840, height: 2160 }],
  ])('%s: every second frame, in its size', async (target, frames, size) => {
    const out = await film([{ file, inUs: 0, outUs: (frames * S) / 60 }], target);
    expect(inspect(out).streams[0]).toMatchObject({ codec_name: 'h264', ...size, avg_frame_rate: '30/1' });
    expect(numbersIn(out)).toEqual(range(0, frames, 2));
  });
});
