/** How clips become each other, in films of real files: every frame between them, and the sound. */
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planCover, planRender, planStill } from '../../../video/index.ts';
import { fileUrl } from '../files.ts';
import { HAS_FFMPEG, inspect, make, moving, scratch, tone, x264 } from '../fixtures.ts';
import { filmOf, meanVolume, psnr, testMaker, outDirs } from './fixtures.ts';

const { dir, remove } = scratch();
afterAll(remove);
const maker = testMaker(dir, { planCover, planRender, planStill });
const S = 1_000_000;

let dark = '';
let light = '';
let scene = '';
const outDir = outDirs(dir);

beforeAll(() => {
  if (!HAS_FFMPEG) return;
  const plain = (colour: string) => ['-f', 'lavfi', '-i', `color=${colour}:s=320x180:r=30:d=4`, ...tone(4)];
  dark = make(path.join(dir, 'dark.mp4'), ...plain('0x404040'), ...x264(), '-c:a', 'aac');
  light = make(path.join(dir, 'light.mp4'), ...plain('0xc0c0c0'), ...x264(), '-c:a', 'aac');
  scene = make(path.join(dir, 'scene.mp4'), ...moving('320x180', 30, 4), ...x264());
});

/** Two clips of a second, the second with a transition of 0.4 s: 6 frames on either side of the cut. */
const two = (kind: string, second = light, fields: object = {}) =>
  filmOf([
    { file: dark, inUs: S, outUs: 2 * S },
    { file: second, inUs: S, outUs: 2 * S, transition: { kind, lengthUs: 400_000 }, ...fields },
  ]);

async function film(of: Awaited<ReturnType<typeof two>>, target = 'archive'): Promise<string> {
  const { outputs } = await maker.render({ ...of, targets: [target], outDir: outDir() });
  return outputs[0]?.file ?? '';
}

/** Grey of a column of each frame, 0 to 255; `at`: share of the width. */
function greys(file: string, at = 0.5): number[] {
  const filter = `crop=4:4:iw*${at}:ih/2,scale=1:1:in_color_matrix=bt709:out_range=pc,format=gray`;
  return [...spawnSync('ffmpeg', ['-v', 'error', '-i', fileUrl(file), '-vf', filter, '-f', 'rawvideo', '-']).stdout];
}
const near = (value: number | undefined, wanted: number): boolean => Math.abs((value ?? -99) - wanted) <= 6;

describe.skipIf(!HAS_FFMPEG)('transitions', () => {
  test('a dissolve goes evenly from one to the other, half of it before the cut; nothing else changes', async () => {
    const file = await film(await two('dissolve'));
    expect(inspect(file).streams[0]?.['nb_frames']).toBe('60');
    const values = greys(file);
    expect(near(values[23], 64)).toBe(true);
    expect(near(values[24], 64)).toBe(true);
    for (let n = 24; n < 36; n += 1)
      expect(near(values[n], 64 + (128 * (n - 24)) / 12), `frame ${n}: ${values[n]}`).toBe(true);
    expect(near(values[36], 192)).toBe(true);
    expect(near(values[59], 192)).toBe(true);
  });

  test('the frames of both go on beyond the cut: what comes in has not stood still', async () => {
    const file = await film(await two('dissolve', scene));
    const is = (n: number, of: number): number =>
      psnr(
        { file, filter: `select=eq(n\\,${n})` },
        { file: scene, filter: `select=eq(n\\,${of}),scale=320:180:out_color_matrix=bt709:out_range=tv` },
      );
    // Frame 35 is eleven twelfths of the scene's frame 35 of the second from its in point: 30 + 5.
    expect(is(35, 35)).toBeGreaterThan(is(35, 32));
    expect(is(35, 35)).toBeGreaterThan(is(35, 38));
    expect(is(36, 36)).toBeGreaterThan(20);
  });

  test('a wipe comes from the left, through black all is black at the cut, and white at it through white', async () => {
    const wiped = await film(await two('wipe'));
    expect(near(greys(wiped, 0.1)[30], 192)).toBe(true);
    expect(near(greys(wiped, 0.9)[30], 64)).toBe(true);
    const black = greys(await film(await two('black')));
    expect([near(black[23], 64), near(black[30], 0), near(black[36], 192)]).toEqual([true, true, true]);
    expect(near(black[27], 32)).toBe(true);
    const white = greys(await film(await two('white')));
    expect([near(white[23], 64), near(white[30], 255), near(white[36], 192)]).toEqual([true, true, true]);
  });

  test('the first clip comes out of black', async () => {
    const of = await filmOf([{ file: light, inUs: 0, outUs: S, transition: { kind: 'dissolve', lengthUs: 400_000 } }]);
    const values = greys(await film(of));
    expect(near(values[0], 0)).toBe(true);
    expect(near(values[3], 96)).toBe(true);
    expect(near(values[6], 192)).toBe(true);
  });

  test('where there is nothing before the in point, its first picture stands; in every canvas and with masks', async () => {
    const mask = {
      id: 'm',
      shape: 'rectangle',
      effect: 'mosaic',
      keys: [{ atUs: 0, x: 0, y: 0, width: 1000, height: 1000 }],
    };
    const of = await two('dissolve', scene, { inUs: 0, outUs: S, masks: [mask] });
    const file = await film(of, 'douyin');
    expect(inspect(file).streams[0]?.['nb_frames']).toBe('60');
    const still = await maker.still({ ...of, target: 'douyin', atUs: S + 100_000, outDir: outDir() });
    expect(
      psnr(
        { file: still.file, filter: 'scale=270:480:out_color_matrix=bt709:out_range=tv' },
        { file, filter: 'select=eq(n\\,33),scale=270:480' },
      ),
    ).toBeGreaterThan(28);
  });

  test.each(['dissolve', 'black'])('a single frame of %s is the one of the film', async (kind) => {
    const of = await two(kind);
    const values = greys(await film(of));
    for (const n of [25, 31, 34]) {
      const { file } = await maker.still({
        ...of,
        target: 'archive',
        atUs: Math.round((n / 30) * S) + 1000,
        outDir: outDir(),
      });
      expect(near(greys(file)[0], values[n] ?? 0), `frame ${n}: ${greys(file)[0]} / ${values[n]}`).toBe(true);
    }
  });

  test('the sound goes down to the cut and comes up again', async () => {
    const file = await film(await two('dissolve'));
    expect(meanVolume(file, 0.97, 1.03)).toBeLessThan(meanVolume(file, 0.5, 0.7) - 12);
    expect(Math.abs(meanVolume(file, 1.4, 1.8) - meanVolume(file, 0.3, 0.7))).toBeLessThan(2);
  });
});
