/** Clips that go faster or slower: which frames are shown, how long they last, and that voices keep their pitch. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planCover, planRender, planStill } from '../../../video/index.ts';
import { HAS_FFMPEG, inspect, make, moving, scratch, tone, x264 } from '../fixtures.ts';
import { filmOf, meanVolume, psnr, testMaker, outDirs } from './fixtures.ts';

const { dir, remove } = scratch();
afterAll(remove);
const maker = testMaker(dir, { planCover, planRender, planStill });
const S = 1_000_000;

let source = '';
const outDir = outDirs(dir);
async function at(speed: string, outUs: number): Promise<string> {
  const film = await filmOf([{ file: source, inUs: 0, outUs, speed }]);
  const { outputs } = await maker.render({ ...film, targets: ['archive'], outDir: outDir() });
  return outputs[0]?.file ?? '';
}
const frame = (n: number): string => `select=eq(n\\,${String(n)}),scale=320:180`;

describe.skipIf(!HAS_FFMPEG)('speed', () => {
  beforeAll(() => {
    source = make(path.join(dir, 'tone.mp4'), ...moving('320x180', 30, 4), ...tone(4), ...x264(), '-c:a', 'aac');
  });

  test.each([
    [
      '2/1',
      4,
      60,
      [
        [10, 20],
        [45, 90],
      ],
    ],
    [
      '1/2',
      2,
      120,
      [
        [20, 10],
        [91, 45],
      ],
    ],
    ['1/4', 1, 120, [[40, 10]]],
    ['3/2', 3, 60, [[20, 30]]],
    ['4/1', 4, 30, [[20, 80]]],
  ] as const)('%s: the right frames, the right length, the same pitch', async (speed, seconds, frames, pairs) => {
    const file = await at(speed, seconds * S);
    expect(inspect(file).streams[0]?.['nb_frames']).toBe(String(frames));
    expect(Number(inspect(file).streams[1]?.['duration'])).toBeCloseTo(frames / 30, 1);
    for (const [out, from] of pairs) {
      const right = psnr({ file, filter: frame(out) }, { file: source, filter: frame(from) });
      const wrong = psnr({ file, filter: frame(out) }, { file: source, filter: frame(from + 3) });
      expect(right, `frame ${String(out)} is ${String(from)} of the source`).toBeGreaterThan(22);
      expect(right).toBeGreaterThan(wrong + 3);
    }
    const end = frames / 30 - 0.2;
    const [kept, shifted] = [440, 440 * (speed === '1/2' || speed === '1/4' ? 0.5 : 2)].map((hz) =>
      meanVolume(
        file,
        0.2,
        end,
        `bandpass=f=${String(hz)}:width_type=h:w=60,bandpass=f=${String(hz)}:width_type=h:w=60`,
      ),
    );
    expect(kept).toBeGreaterThan((shifted ?? 0) + 15);
    // Heard to the end: nothing runs dry.
    expect(meanVolume(file, end - 0.2, end)).toBeGreaterThan(-30);
  });

  test('a still shows the frame of the film', async () => {
    const film = await filmOf([{ file: source, inUs: 0, outUs: 4 * S, speed: '2/1' }]);
    const { file } = await maker.still({ ...film, target: 'archive', atUs: 1.5 * S, outDir: outDir() });
    const same = (n: number) =>
      psnr({ file, filter: 'scale=320:180:out_color_matrix=bt709:out_range=tv' }, { file: source, filter: frame(n) });
    expect(same(90)).toBeGreaterThan(same(87) + 3);
    expect(same(90)).toBeGreaterThan(same(93) + 3);
  });
});
