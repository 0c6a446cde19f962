/** HDR in everything that is shown of it: proxy, poster, film and single frame have the same ordinary colours, and the right ones. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { planCover, planRender, planStill } from '../../../video/index.ts';
import { fileUrl } from '../files.ts';
import { HAS_FFMPEG, inspect, make, quietLog, scratch } from '../fixtures.ts';
import { createMediaEngine } from '../index.ts';
import { createLocator } from '../locate.ts';
import { filmOf, outDirs, testMaker } from './fixtures.ts';

// Encoding on a busy machine of two cores.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

/** What the studio itself finds; another build of ffmpeg may lack zimg, and its films keep the flat look of a bare HDR signal. */
const canTonemap: boolean =
  HAS_FFMPEG && (await createLocator({ settings: {}, env: process.env, log: quietLog }).ffmpeg()).canTonemap;

const engine = createMediaEngine({ log: quietLog });
const { dir, remove } = scratch();
afterAll(remove);
const maker = testMaker(dir, { planCover, planRender, planStill });
const outDir = outDirs(dir);
const at = (name: string): string => path.join(dir, name);
const S = 1_000_000;

type Rgb = readonly [number, number, number];

/** Light in cd/m² as a PQ signal, 0 to 1 (SMPTE ST 2084). */
function pq(light: number): number {
  const [m1, m2] = [2610 / 16_384, 2523 / 32];
  const power = (light / 10_000) ** m1;
  return ((3424 / 4096 + (2413 / 128) * power) / (1 + (2392 / 128) * power)) ** m2;
}

/** Light of a grey HLG signal on a screen of 1000 cd/m² (ITU-R BT.2100: scene light to the power of 1.2). */
function lightOfHlg(signal: number): number {
  const [a, b, c] = [0.178_832_77, 0.284_668_92, 0.559_910_73];
  const scene = signal <= 0.5 ? signal ** 2 / 3 : (Math.exp((signal - c) / a) + b) / 12;
  return 1000 * scene ** 1.2;
}

/** Hable's curve for ten times the light of 100 cd/m², and the signal of a screen by BT.1886: 0 to 255. */
function shown(light: number): number {
  const curve = (x: number): number => (x * (0.15 * x + 0.05) + 0.004) / (x * (0.15 * x + 0.5) + 0.06) - 0.02 / 0.3;
  return 255 * Math.max(0, curve(light / 100) / curve(10)) ** (1 / 2.4);
}

/** Light of the primaries of BT.709 in those of BT.2020 (ITU-R BT.2087). */
const inBt2020 = ([r, g, b]: Rgb): Rgb => [
  0.6274 * r + 0.3293 * g + 0.0433 * b,
  0.0691 * r + 0.9195 * g + 0.0114 * b,
  0.0164 * r + 0.088 * g + 0.8956 * b,
];

/** Ten bits of a limited signal, Y'CbCr (BT.2020, not constant luminance). */
function tenBits([r, g, b]: Rgb): Rgb {
  const y = 0.2627 * r + 0.678 * g + 0.0593 * b;
  return [64 + 876 * y, 512 + (896 * (b - y)) / 1.8814, 512 + (896 * (r - y)) / 1.4746].map(
    Math.round,
  ) as unknown as Rgb;
}

interface Patch {
  signal: Rgb;
  rgb: Rgb;
}

const grey = (signal: number, light: number): Patch => ({
  signal: [signal, signal, signal],
  rgb: [shown(light), shown(light), shown(light)],
});
/** One primary of BT.709 at 100 cd/m². */
const primary = (light: Rgb): Patch => ({
  signal: inBt2020(light).map((value) => pq(100 * value)) as unknown as Rgb,
  rgb: light.map((value) => (value === 1 ? shown(100) : 0)) as unknown as Rgb,
});

/** From black over the white of paper (203 cd/m², BT.2408) to a highlight. */
const PQ: Patch[] = [
  ...[0, 20, 50, 100, 203, 400, 600, 1000].map((light) => grey(pq(light), light)),
  ...(
    [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ] as const
  ).map(primary),
];
const HLG: Patch[] = [0, 0.15, 0.25, 0.4, 0.5, 0.75, 0.9, 1].map((signal) => grey(signal, lightOfHlg(signal)));
/** Where the white of paper stands among the greys of both. */
const [GREYS, WHITE_PQ, WHITE_HLG] = [8, 4, 5];
const WIDTH = 40;

/** A second of patches side by side, as cameras write it. */
function hdrFilm(name: string, patches: readonly Patch[], transfer: string, codec: string[]): string {
  const plane = (n: 0 | 1 | 2, width: number): string =>
    patches.map(({ signal }, i) => `${tenBits(signal)[n]}*eq(floor(X/${width})\\,${i})`).join('+');
  const drawn = `geq=lum=${plane(0, WIDTH)}:cb=${plane(1, WIDTH / 2)}:cr=${plane(2, WIDTH / 2)}`;
  const size = `${WIDTH * patches.length}x180`;
  const once = `color=black:size=${size}:rate=30:duration=0.03,format=yuv420p10le,${drawn},loop=29:1`;
  const marks = ['-color_primaries', 'bt2020', '-color_trc', transfer, '-colorspace', 'bt2020nc', '-color_range', 'tv'];
  return make(
    at(name),
    '-f',
    'lavfi',
    '-i',
    once,
    ...codec,
    '-preset',
    'ultrafast',
    '-pix_fmt',
    'yuv420p10le',
    ...marks,
  );
}

/** Mean colour of the middle of each patch in a film's first frame or a picture, as a player shows BT.709. */
function coloursOf(file: string, patches: number, input = 'bt709'): Rgb[] {
  // Five parts to a patch, of which the middle one is taken.
  const filter = `crop=iw:ih/4,scale=${5 * patches}:1:flags=area${input === '' ? '' : `:in_color_matrix=${input}`}`;
  const args = ['-v', 'error', '-i', fileUrl(file), '-vf', `${filter},format=rgb24`, '-frames:v', '1'];
  const bytes = execFileSync('ffmpeg', [...args, '-f', 'rawvideo', 'pipe:1']);
  return Array.from({ length: patches }, (_, i): Rgb => {
    const [r = 0, g = 0, b = 0] = bytes.subarray(3 * (5 * i + 2));
    return [r, g, b];
  });
}

const FILMS = [
  ['pq.mp4', PQ, 'smpte2084', WHITE_PQ, ['-c:v', 'libx264', '-qp', '4']],
  ['hlg.mp4', HLG, 'arib-std-b67', WHITE_HLG, ['-c:v', 'libx265', '-x265-params', 'log-level=error:qp=8']],
] as const;

describe.skipIf(!canTonemap).each(FILMS)('%s (skipped where ffmpeg has no zscale or tonemap)', (...film) => {
  const [name, patches, transfer, white, codec] = film;
  let file = '';
  const made = new Map<string, Rgb[]>();

  beforeAll(async () => {
    file = hdrFilm(name, patches, transfer, [...codec]);
    const facts = await engine.probe(file, { name });
    await engine.proxy(file, facts, at(`${name}.proxy.mp4`), {});
    made.set('proxy', coloursOf(at(`${name}.proxy.mp4`), patches.length));
    await engine.poster(file, facts, at(`${name}.jpg`));
    made.set('poster', coloursOf(at(`${name}.jpg`), patches.length, ''));
    const of = await filmOf([{ file, inUs: 0, outUs: S / 2, fit: 'contain' }]);
    const { outputs } = await maker.render({ ...of, targets: ['archive'], outDir: outDir() });
    made.set('film', coloursOf(outputs[0]?.file ?? '', patches.length));
    expect(inspect(outputs[0]?.file ?? '').streams[0]).toMatchObject({
      ...{ codec_name: 'h264', pix_fmt: 'yuv420p', color_space: 'bt709', color_transfer: 'bt709', nb_frames: '15' },
    });
    const still = await maker.still({ ...of, target: 'archive', atUs: S / 4, outDir: outDir() });
    made.set('still', coloursOf(still.file, patches.length, ''));
  });

  test('the source is HDR in ten bits, and its bare white is a flat grey', () => {
    expect(inspect(file).streams[0]).toMatchObject({ pix_fmt: 'yuv420p10le', color_transfer: transfer });
    const args = [
      '-v',
      'error',
      '-i',
      fileUrl(file),
      '-vf',
      'extractplanes=y',
      '-frames:v',
      '1',
      '-pix_fmt',
      'gray10le',
    ];
    const luma = execFileSync('ffmpeg', [...args, '-f', 'rawvideo', 'pipe:1']);
    const code = luma.readUInt16LE(2 * (WIDTH * white + WIDTH / 2));
    expect(Math.abs(code - tenBits(patches[white]?.signal ?? [0, 0, 0])[0])).toBeLessThan(4);
  });

  test.each(['proxy', 'poster', 'film', 'still'])('%s: every patch has the colour that its light asks for', (what) => {
    const colours = made.get(what) ?? [];
    patches.forEach(({ rgb }, i) => {
      // What a pure colour has none of is the difference of large numbers, rounded: near black a step of light is many of signal.
      rgb.forEach((value, n) => {
        expect(Math.abs((colours[i]?.[n] ?? -99) - value), `${i} ${n}`).toBeLessThan(value === 0 ? 25 : 6);
      });
    });
    const greys = colours.slice(0, GREYS).map(([, green]) => green);
    expect(greys[0]).toBeLessThan(4);
    expect(greys[white]).toBeGreaterThan(185);
    expect(greys.every((value, i) => i === 0 || value > (greys[i - 1] ?? 255) + 5)).toBe(true);
  });

  test('proxy, poster and still agree with the film', () => {
    for (const what of ['proxy', 'poster', 'still']) {
      made
        .get('film')
        ?.flat()
        .forEach((value, i) => {
          expect(Math.abs((made.get(what)?.flat()[i] ?? -99) - value), `${what} ${i}`).toBeLessThan(6);
        });
    }
  });
});
