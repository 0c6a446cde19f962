/** Gaps in films of real files: black and silent for exactly as long, in every target; what lies over them goes on. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyOperations, type Operation } from '../../../model/timeline/index.ts';
import { planCover, planRender, planStill } from '../../../video/index.ts';
import { fileUrl } from '../files.ts';
import { HAS_FFMPEG, inspect, make, scratch, tone, x264 } from '../fixtures.ts';
import { filmOf, meanVolume, outDirs, testMaker, type TestOverlay, type TestSound } from './fixtures.ts';

const { dir, remove } = scratch();
afterAll(remove);
const maker = testMaker(dir, { planCover, planRender, planStill });
const outDir = outDirs(dir);
const S = 1_000_000;
let light = '';

beforeAll(() => {
  if (!HAS_FFMPEG) return;
  const plain = ['-f', 'lavfi', '-i', 'color=0xc0c0c0:s=320x180:r=30:d=4', ...tone(4)];
  light = make(path.join(dir, 'light.mp4'), ...plain, ...x264(), '-c:a', 'aac');
});

/** Three clips of a second, of which the operations make something. */
async function film(
  operations: Operation[],
  targets: string[],
  extra: { overlays?: TestOverlay[]; sounds?: TestSound[] } = {},
): Promise<string[]> {
  const second = { file: light, inUs: S, outUs: 2 * S, fit: 'crop' };
  const of = await filmOf([second, second, second], [], extra);
  const { timeline } = applyOperations(of.timeline, operations);
  const { outputs } = await maker.render({ ...of, timeline, targets, outDir: outDir() });
  return outputs.map(({ file }) => file);
}

/** Grey of the middle of each frame, 0 to 255. */
function greys(file: string): number[] {
  const filter = 'crop=4:4:iw/2:ih/2,scale=1:1:in_color_matrix=bt709:out_range=pc,format=gray';
  return [...spawnSync('ffmpeg', ['-v', 'error', '-i', fileUrl(file), '-vf', filter, '-f', 'rawvideo', '-']).stdout];
}

const lift = (clipId: string): Operation => ({ type: 'liftClip', clipId, newId: `${clipId}g` });

describe.skipIf(!HAS_FFMPEG)('a gap', () => {
  test('is black and silent from its first frame to its last, in every target; the rest stays where it was', async () => {
    const files = await film([lift('c1')], ['archive', 'douyin', 'bilibili']);
    for (const file of files) {
      expect(inspect(file).streams[0]?.['nb_frames']).toBe('90');
      greys(file).forEach((grey, n) => {
        const black = n >= 30 && n < 60;
        expect(Math.abs(grey - (black ? 0 : 192)), `${path.basename(file)} frame ${n}`).toBeLessThan(5);
      });
      expect(meanVolume(file, 0.2, 0.8)).toBeGreaterThan(-40);
      expect(meanVolume(file, 1.1, 1.9)).toBeLessThan(-70);
      expect(meanVolume(file, 2.2, 2.8)).toBeGreaterThan(-40);
    }
    const [archive = ''] = files;
    // The archive keeps the shape of its sources, also where the film begins with a gap.
    const [first = ''] = await film([lift('c0')], ['archive']);
    for (const file of [archive, first]) {
      expect(inspect(file).streams[0]).toMatchObject({ width: 320, height: 180 });
    }
    expect(greys(first)[15]).toBeLessThan(5);
  }, 90_000);

  test('titles, overlays and music go on over it; a dissolve comes out of it', async () => {
    const over = { file: light, startUs: 1.25 * S, inUs: 0, outUs: S / 2, fit: 'crop', muted: true };
    const music = { track: 'music' as const, file: light, startUs: 0, inUs: 0, outUs: 3 * S };
    const dissolve: Operation = {
      type: 'setTransition',
      clipId: 'c2',
      transition: { kind: 'dissolve', lengthUs: 400_000 },
    };
    const [file = ''] = await film([lift('c1'), dissolve], ['archive'], { overlays: [over], sounds: [music] });
    const values = greys(file);
    expect([values[33], values[45], values[53]].map((grey) => Math.round((grey ?? 99) / 64))).toEqual([0, 3, 0]);
    expect(Math.abs((values[60] ?? 0) - 96)).toBeLessThan(20);
    expect(meanVolume(file, 1.2, 1.7)).toBeGreaterThan(-40);
    const still = await maker.still({
      ...(await filmOf([{ file: light, inUs: 0, outUs: S }])),
      timeline: applyOperations((await filmOf([{ file: light, inUs: 0, outUs: S }])).timeline, [lift('c0')]).timeline,
      ...{ target: 'douyin', atUs: S / 2, outDir: outDir() },
    });
    expect(greys(still.file)[0]).toBeLessThan(3);
  }, 60_000);
});
