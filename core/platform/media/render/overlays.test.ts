/** Videos and pictures over the storyline, in films of real files: the right frames, at the right time and place. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planCover, planRender, planStill } from '../../../video/index.ts';
import { fileUrl } from '../files.ts';
import { HAS_FFMPEG, make, moving, scratch, tone, x264 } from '../fixtures.ts';
import { filmOf, meanVolume, psnr, testMaker, type TestOverlay, outDirs } from './fixtures.ts';

const { dir, remove } = scratch();
afterAll(remove);
const maker = testMaker(dir, { planCover, planRender, planStill });
const S = 1_000_000;

let grey = '';
let scene = '';
let logo = '';
const outDir = outDirs(dir);

beforeAll(() => {
  if (!HAS_FFMPEG) return;
  const plain = ['-f', 'lavfi', '-i', 'color=0x808080:s=640x360:r=30:d=4', ...tone(4)];
  grey = make(path.join(dir, 'grey.mp4'), ...plain, ...x264(), '-c:a', 'aac');
  scene = make(path.join(dir, 'scene.mp4'), ...moving('640x360', 30, 4), ...tone(4), ...x264(), '-c:a', 'aac');
  const half = "color=0xff0000:s=200x100:d=1,format=rgba,geq=r='r(X,Y)':g=0:b=0:a='if(lt(X,100),255,0)'";
  logo = make(path.join(dir, 'logo.png'), '-f', 'lavfi', '-i', half, '-frames:v', '1');
});

const twoClips = [
  { file: grey, inUs: 0, outUs: S },
  { file: grey, inUs: S, outUs: 2 * S },
];
async function film(overlays: TestOverlay[], targets = ['archive']): Promise<string> {
  const clips = twoClips.map((clip) => ({ ...clip, file: grey }));
  const of = await filmOf(clips, [], { overlays });
  const { outputs } = await maker.render({ ...of, targets, outDir: outDir() });
  return outputs[0]?.file ?? '';
}
const frame = (n: number, rest = 'null'): string => `select=eq(n\\,${n}),${rest}`;

/** Red, green, blue of one pixel of a frame. */
function pixel(file: string, n: number, x: number, y: number): number[] {
  const filter = frame(n, `crop=2:2:${x}:${y},scale=1:1:in_color_matrix=bt709`);
  const args = ['-v', 'error', '-i', fileUrl(file), '-vf', filter, '-frames:v', '1', '-f', 'rawvideo'];
  return [...spawnSync('ffmpeg', [...args, '-pix_fmt', 'rgb24', '-']).stdout];
}

describe.skipIf(!HAS_FFMPEG)('overlays', () => {
  test('a cutaway over the whole picture, over a cut: its own frames from its first to its last, then the clip again', async () => {
    const file = await film([{ file: scene, startUs: 0.5 * S, inUs: 1 * S, outUs: 2 * S, fit: 'crop', muted: true }]);
    const is = (n: number, of: number): number =>
      psnr({ file, filter: frame(n, 'scale=320:180') }, { file: scene, filter: frame(of, 'scale=320:180') });
    expect(pixel(file, 14, 300, 200).every((value) => Math.abs(value - 128) < 6)).toBe(true);
    for (const [n, of] of [
      [15, 30],
      [29, 44],
      [30, 45],
      [44, 59],
    ] as const) {
      expect(is(n, of), `frame ${n}`).toBeGreaterThan(20);
      expect(is(n, of), `frame ${n}`).toBeGreaterThan(is(n, of - 3) + 2);
      expect(is(n, of), `frame ${n}`).toBeGreaterThan(is(n, of + 3) + 2);
    }
    expect(pixel(file, 45, 300, 200).every((value) => Math.abs(value - 128) < 6)).toBe(true);
    const of = await filmOf(
      twoClips.map((clip) => ({ ...clip, file: grey })),
      [],
      { overlays: [{ file: scene, startUs: 0.5 * S, inUs: S, outUs: 2 * S, fit: 'crop', muted: true }] },
    );
    const still = await maker.still({ ...of, target: 'archive', atUs: 1.2 * S, outDir: outDir() });
    const shown = psnr(
      { file: still.file, filter: 'scale=320:180:out_color_matrix=bt709:out_range=tv' },
      { file, filter: frame(36, 'scale=320:180') },
    );
    expect(shown).toBeGreaterThan(26);
  });

  test('a picture in the picture keeps its place and shape; what a logo leaves open stays open', async () => {
    const file = await film([{ file: logo, startUs: 0, inUs: 0, outUs: 2 * S, x: 500, y: 100, width: 250 }]);
    // 160 x 80 pixels from 320, 36: the left half is red, the right half open.
    for (const n of [0, 29, 30, 59]) {
      expect(pixel(file, n, 340, 60)[0], `frame ${n}`).toBeGreaterThan(200);
      expect(pixel(file, n, 340, 60)[1], `frame ${n}`).toBeLessThan(60);
      expect(pixel(file, n, 440, 60).every((value) => Math.abs(value - 128) < 8)).toBe(true);
      expect(pixel(file, n, 340, 130).every((value) => Math.abs(value - 128) < 8)).toBe(true);
    }
  });

  test('half as strong, and one over the other by its layer', async () => {
    const base = {
      file: logo,
      startUs: 0,
      inUs: 0,
      outUs: S,
      width: 500,
      crop: { x: 0, y: 0, width: 500, height: 1000 },
    };
    const half = await film([{ ...base, opacity: 50 }]);
    const [red = 0, green = 0] = pixel(half, 3, 100, 100);
    expect(red).toBeGreaterThan(170);
    expect(red).toBeLessThan(210);
    expect(green).toBeGreaterThan(45);
    expect(green).toBeLessThan(85);
    const both = await film([
      { ...base, layer: 1 },
      { file: scene, startUs: 0, inUs: 0, outUs: S, fit: 'crop', muted: true },
    ]);
    expect(pixel(both, 3, 100, 100)[0]).toBeGreaterThan(200);
    expect(pixel(both, 3, 100, 100)[1]).toBeLessThan(60);
  });

  test('is heard unless it is muted, from where it stands', async () => {
    const quiet = { file: scene, startUs: S, inUs: 0, outUs: S, fit: 'crop' };
    const clips = [{ file: grey, inUs: 0, outUs: 2 * S, muted: true }];
    const loud = await filmOf(clips, [], { overlays: [quiet] });
    const { outputs } = await maker.render({ ...loud, targets: ['archive'], outDir: outDir() });
    const file = outputs[0]?.file ?? '';
    expect(meanVolume(file, 0, 0.9)).toBeLessThan(-70);
    expect(meanVolume(file, 1.1, 1.9)).toBeGreaterThan(-35);
    const silent = await filmOf(clips, [], { overlays: [{ ...quiet, muted: true }] });
    const rendered = await maker.render({ ...silent, targets: ['archive'], outDir: outDir() });
    expect(rendered.outputs[0]?.lufs).toBeNull();
  });

  test('a mask on it holds, and only the segments it lies over are encoded again', async () => {
    const over = { file: scene, startUs: 0, inUs: 0, outUs: 0.5 * S, fit: 'crop', muted: true };
    const of = await filmOf(
      [
        { file: grey, inUs: 2 * S, outUs: 3 * S },
        { file: grey, inUs: 3 * S, outUs: 4 * S },
      ],
      [],
      { overlays: [over] },
    );
    await maker.render({ ...of, targets: ['archive'], outDir: outDir() });
    const mask = {
      id: 'm',
      shape: 'rectangle',
      effect: 'mosaic',
      keys: [{ atUs: 0, x: 0, y: 0, width: 1000, height: 1000 }],
    };
    const masked = { ...of.timeline, overlays: of.timeline.overlays.map((one) => ({ ...one, masks: [mask] })) };
    const { outputs } = await maker.render({
      ...of,
      timeline: masked as typeof of.timeline,
      targets: ['archive'],
      outDir: outDir(),
    });
    expect(outputs[0]?.segments).toEqual({ encoded: 1, reused: 1, copied: 0 });
    const file = outputs[0]?.file ?? '';
    const open = psnr({ file, filter: frame(4, 'scale=320:180') }, { file: scene, filter: frame(4, 'scale=320:180') });
    expect(open).toBeLessThan(16);
  });
});

test.skipIf(!HAS_FFMPEG)(
  'colours of titles are those that were chosen, whatever matrix this ffmpeg draws by',
  async () => {
    const of = await filmOf([{ file: grey, inUs: 0, outUs: 2 * S }]);
    const title = { id: 't', startUs: 0, endUs: 2 * S, look: 'name-plate', texts: { name: '周大山', role: '茶农' } };
    const timeline = { ...of.timeline, titles: [title] };
    const { file } = await maker.still({ ...of, timeline, target: 'archive', atUs: S, outDir: outDir() });
    // The bar at the left of the plate (#C0362C): its most saturated pixels.
    const args = ['-v', 'error', '-i', fileUrl(file), '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'];
    const pixels = spawnSync('ffmpeg', args, { maxBuffer: 1 << 24 }).stdout;
    let best = [128, 128, 128];
    for (let i = 0; i < pixels.length; i += 3) {
      const [r = 0, g = 0, b = 0] = pixels.subarray(i, i + 3);
      if (r - g > best[0]! - best[1]!) best = [r, g, b];
    }
    for (const [i, value] of [0xc0, 0x36, 0x2c].entries())
      expect(Math.abs(best[i]! - value), best.join()).toBeLessThan(10);
  },
);
