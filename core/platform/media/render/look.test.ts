/** What a clip does to its picture, in films of real files: every frame, every target, and the single frame that is shown. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Mask } from '../../../model/timeline/index.ts';
import { planCover, planRender, planStill } from '../../../video/index.ts';
import { fileUrl } from '../files.ts';
import { HAS_FFMPEG, make, moving, scratch, x264 } from '../fixtures.ts';
import { filmOf, psnr, testMaker, outDirs } from './fixtures.ts';

const { dir, remove } = scratch();
afterAll(remove);
/** What is done to a picture is compared with the same encoder's bare picture, and not with a copied one. */
const encoding: typeof planRender = (input) => planRender({ ...input, copies: false });
const maker = testMaker(dir, { planCover, planRender: encoding, planStill });
const S = 1_000_000;

let source = '';
/** The same full of grain, which no cell of a mask can hold. */
let grainy = '';
const outDir = outDirs(dir);

async function film(fields: object, targets = ['archive'], file = source): Promise<string[]> {
  const of = await filmOf([{ file, inUs: 0, outUs: S, ...fields }]);
  const { outputs } = await maker.render({ ...of, targets, outDir: outDir() });
  return outputs.map((output) => output.file);
}

const frame = (n: number, rest: string): string => `select=eq(n\\,${n}),${rest}`;
const SDR = 'out_color_matrix=bt709:out_range=tv';

/** Grey values (0 to 255) of a part of every frame of a film. */
function greys(file: string, part: string, size: number): Buffer {
  const args = ['-v', 'error', '-i', fileUrl(file), '-vf', `${part},format=gray`, '-f', 'rawvideo', '-'];
  const { stdout } = spawnSync('ffmpeg', args, { maxBuffer: 1 << 28 });
  expect(stdout.length % size).toBe(0);
  return stdout;
}

/** How far the values of each frame lie from their mean, frame by frame. */
function spreads(file: string, part: string, size: number): number[] {
  const all = greys(file, part, size);
  return Array.from({ length: all.length / size }, (_, n) => {
    const values = [...all.subarray(n * size, (n + 1) * size)];
    const mean = values.reduce((a, b) => a + b, 0) / size;
    return Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / size);
  });
}

/** Mean step from pixel to pixel in a patch of 96 x 96 of each frame. */
function steps(file: string, patch: string): number[] {
  const all = greys(file, patch, 96 * 96);
  return Array.from({ length: all.length / (96 * 96) }, (_, n) => {
    let sum = 0;
    for (let at = 1; at < 96 * 96; at += 1) {
      if (at % 96 > 0) sum += Math.abs((all[n * 96 * 96 + at] ?? 0) - (all[n * 96 * 96 + at - 1] ?? 0));
    }
    return sum / (95 * 96);
  });
}

beforeAll(() => {
  if (!HAS_FFMPEG) return;
  source = make(path.join(dir, 'wide.mp4'), ...moving('640x360', 30, 2), ...x264());
  grainy = make(path.join(dir, 'grainy.mp4'), ...moving('640x360', 30, 2), '-vf', 'noise=alls=50:allf=t', ...x264());
});

describe.skipIf(!HAS_FFMPEG)('what a clip does to its picture', () => {
  test.each([
    [{ turn: 90 }, `transpose=clock`],
    [{ turn: 270, mirrored: true }, `transpose=cclock,hflip`],
    [{ turn: 180 }, `hflip,vflip`],
    [{ crop: { x: 250, y: 100, width: 500, height: 800 } }, `crop=320:288:160:36`],
  ])('%o', async (fields, filter) => {
    const [file = ''] = await film({ ...fields, fit: 'contain' }, ['douyin']);
    const box = filter.startsWith('trans') ? '1080:1920' : filter.startsWith('crop') ? '1080:972' : '1080:608';
    const [width = 0, height = 0] = box.split(':').map(Number);
    const part = `crop=${width}:${height}:0:${2 * Math.floor((1920 - height) / 4)},scale=320:320`;
    const right = psnr(
      { file, filter: frame(12, part) },
      { file: source, filter: frame(12, `${filter},scale=320:320:${SDR}`) },
    );
    const wrong = psnr({ file, filter: frame(12, part) }, { file: source, filter: frame(12, `scale=320:320:${SDR}`) });
    expect(right).toBeGreaterThan(24);
    expect(right).toBeGreaterThan(wrong + 6);
  });

  test('a view moves evenly from the first frame to the last, and the single frame is the one of the film', async () => {
    const zoom = { from: { x: 0, y: 0, size: 1000 }, to: { x: 500, y: 250, size: 500 } };
    const [file = ''] = await film({ zoom, outUs: 1_033_333 });
    const seen = (n: number, share: number): number => {
      const size = 1 - share / 2;
      const part = `scale=2560:1440:${SDR},crop=${2560 * size}:${1440 * size}:${2560 * share * 0.5}:${1440 * share * 0.25}`;
      return psnr(
        { file, filter: frame(n, 'scale=320:180') },
        { file: source, filter: frame(n, `${part},scale=320:180`) },
      );
    };
    expect(seen(0, 0)).toBeGreaterThan(seen(0, 0.04) + 3);
    expect(seen(15, 0.5)).toBeGreaterThan(24);
    expect(seen(15, 0.5)).toBeGreaterThan(seen(15, 0.46) + 0.5);
    expect(seen(15, 0.5)).toBeGreaterThan(seen(15, 0.54) + 0.5);
    expect(seen(30, 1)).toBeGreaterThan(24);
    const of = await filmOf([{ file: source, inUs: 0, outUs: 1_033_333, zoom }]);
    const still = await maker.still({ ...of, target: 'archive', atUs: 0.5 * S, outDir: outDir() });
    expect(
      psnr({ file: still.file, filter: `scale=320:180:${SDR}` }, { file, filter: frame(15, 'scale=320:180') }),
    ).toBeGreaterThan(30);
  });

  test('colours: grey without saturation, lighter by a stop, warmer in red than in blue', async () => {
    const grey = make(path.join(dir, 'grey.mp4'), '-f', 'lavfi', '-i', 'color=0x404040:s=320x180:r=30:d=2', ...x264());
    const colours = { exposure: 0, contrast: 0, saturation: 0, warmth: 0 };
    const rgb = (file: string): number[] => {
      const args = ['-v', 'error', '-i', fileUrl(file), '-vf', 'scale=1:1:in_color_matrix=bt709', '-frames:v', '1'];
      return [...spawnSync('ffmpeg', [...args, '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-']).stdout];
    };
    const [plain = ''] = await film({}, ['archive'], grey);
    const [light = ''] = await film({ colours: { ...colours, exposure: 100 } }, ['archive'], grey);
    const [warm = ''] = await film({ colours: { ...colours, warmth: 50 } }, ['archive'], grey);
    const base = rgb(plain)[1] ?? 0;
    expect(Math.abs((rgb(light)[1] ?? 0) - base * 1.37)).toBeLessThan(3);
    expect((rgb(warm)[0] ?? 0) - (rgb(warm)[2] ?? 0)).toBeGreaterThan(base * 0.15);
    const [pale = ''] = await film({ colours: { ...colours, saturation: -100 } });
    for (const plane of ['u', 'v']) {
      const values = greys(pale, `extractplanes=${plane},scale=64:36`, 64 * 36);
      expect(Math.max(...values.map((value) => Math.abs(value - 128)))).toBeLessThan(4);
    }
  });
});

describe.skipIf(!HAS_FFMPEG)('a mask', () => {
  const MASK: Mask = {
    ...{ id: 'm', shape: 'rectangle', effect: 'mosaic' },
    keys: [
      { atUs: 0, x: 100, y: 200, width: 300, height: 400 },
      { atUs: S, x: 400, y: 200, width: 300, height: 400 },
    ],
  };

  test('covers every frame of a clip from its first to its last, wherever it is cut, and nothing else', async () => {
    const of = await filmOf([
      { file: grainy, inUs: 0, outUs: 400_000, masks: [MASK] },
      { file: grainy, inUs: 400_000, outUs: S, masks: [MASK] },
    ]);
    const { outputs } = await maker.render({ ...of, targets: ['archive'], outDir: outDir() });
    const file = outputs[0]?.file ?? '';
    // Well within one cell of where the mask is all the time (250 to 400 thousandths lie under it from frame 0 to 30).
    const covered = greys(file, 'crop=640:360:0:0', 640 * 360);
    const [bare = ''] = await film({}, ['archive'], grainy);
    const open = greys(bare, 'crop=640:360:0:0', 640 * 360);
    expect(covered.length / (640 * 360)).toBe(30);
    for (let n = 0; n < 30; n += 1) {
      const left = (100 + (300 * n) / 30) * 0.64;
      let [inside, outside] = [0, 0];
      for (let y = 76; y < 212; y += 1) {
        for (let x = Math.ceil(left) + 4; x < left + 188; x += 1) {
          const at = n * 640 * 360 + y * 640 + x;
          // Steps from pixel to pixel: within cells there are none.
          inside += Math.abs((covered[at] ?? 0) - (covered[at + 1] ?? 0)) > 6 ? 1 : 0;
        }
      }
      for (let y = 250; y < 350; y += 1) {
        for (let x = 0; x < 640; x += 1) {
          const at = n * 640 * 360 + y * 640 + x;
          outside += Math.abs((covered[at] ?? 0) - (open[at] ?? 0));
        }
      }
      expect(inside / (136 * 188), `steps under the mask, frame ${n}`).toBeLessThan(0.08);
      expect(outside / (100 * 640), `outside, frame ${n}`).toBeLessThan(14);
    }
  });

  test('holds in every target, with every fit, on a clip that is turned, cropped and slowed', async () => {
    const whole: Mask = { ...MASK, shape: 'rectangle', keys: [{ atUs: 0, x: 0, y: 0, width: 1000, height: 1000 }] };
    const open = { turn: 90, crop: { x: 0, y: 0, width: 1000, height: 500 }, speed: '1/2' };
    const fields = { ...open, masks: [whole] };
    for (const fit of ['blur', 'crop', 'contain']) {
      const files = await film({ ...fields, outUs: 133_333, fit }, ['douyin', 'xiaohongshu', 'bilibili'], grainy);
      for (const file of files) {
        // Grain is gone where cells are averages: what is left are the differences from cell to cell.
        const flat = steps(file, 'crop=96:96');
        const [bare = ''] = await film({ ...open, outUs: 133_333, fit }, [path.parse(file).name], grainy);
        const rich = steps(bare, 'crop=96:96');
        flat.forEach((spread, n) => expect(spread, `${file} ${n}`).toBeLessThan((rich[n] ?? 0) / 3));
      }
    }
  }, 120_000);

  test('on a still picture, an ellipse that runs together', async () => {
    const picture = make(path.join(dir, 'still.png'), '-i', fileUrl(grainy), '-frames:v', '1');
    const mask: Mask = {
      ...MASK,
      shape: 'ellipse',
      effect: 'blur',
      keys: [MASK.keys[0] ?? { atUs: 0, x: 0, y: 0, width: 1, height: 1 }],
    };
    const [file = ''] = await film({ masks: [mask] }, ['archive'], picture);
    const [bare = ''] = await film({}, ['archive'], picture);
    const centre = 'crop=60:60:130:114';
    const [soft = 0] = spreads(file, centre, 3600);
    expect(spreads(file, centre, 3600)).toHaveLength(30);
    expect(soft).toBeLessThan((spreads(bare, centre, 3600)[0] ?? 0) * 0.9);
    // The corner of the ellipse's box is not covered.
    expect(
      psnr({ file, filter: frame(3, 'crop=12:12:66:74') }, { file: bare, filter: frame(3, 'crop=12:12:66:74') }),
    ).toBeGreaterThan(28);
  });
});

describe.skipIf(!HAS_FFMPEG)('framing', () => {
  /** Frame 5 of a film beside the same cut out of the source by hand. */
  const same = (file: string, [w, h]: [number, number], crop: string): number =>
    psnr(
      { file, filter: frame(5, `scale=${w}:${h}:flags=bicubic`) },
      { file: source, filter: frame(5, `${crop},scale=${w}:${h}:flags=bicubic:${SDR}`) },
    );
  test('the part that stays where the canvas is filled; another one for canvases of a shape', async () => {
    const fields = {
      ...{ fit: 'crop', focus: { x: 0, y: 500 } },
      reframes: { '3:4': { focus: { x: 1000, y: 500 } }, '16:9': { fit: 'contain' } },
    };
    const [douyin = '', kuaishou = '', xiaohongshu = ''] = await film(fields, ['douyin', 'kuaishou', 'xiaohongshu']);
    // A source of 16 : 9 fills 9 : 16 with 81/256 of its width.
    const [narrow, wide] = ['crop=iw*81/256:ih', 'crop=iw*27/64:ih'];
    for (const file of [douyin, kuaishou]) {
      expect(same(file, [108, 192], `${narrow}:0:0`)).toBeGreaterThan(25);
      expect(same(file, [108, 192], `${narrow}:0:0`)).toBeGreaterThan(same(file, [108, 192], narrow) + 3);
    }
    expect(same(xiaohongshu, [108, 144], `${wide}:iw-ow:0`)).toBeGreaterThan(25);
    expect(same(xiaohongshu, [108, 144], `${wide}:iw-ow:0`)).toBeGreaterThan(same(xiaohongshu, [108, 144], wide) + 3);
  });
});
