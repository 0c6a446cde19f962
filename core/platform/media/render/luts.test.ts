/** Colour tables in films of real files, beside the same table applied by hand to the film without it. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planCover, planRender, planStill } from '../../../video/index.ts';
import { fileUrl } from '../files.ts';
import { HAS_FFMPEG, make, moving, refusalOf, scratch, x264 } from '../fixtures.ts';
import { filmOf, outDirs, psnr, testMaker, type TestClip, type TestOverlay } from './fixtures.ts';

const { dir, remove } = scratch();
afterAll(remove);
const maker = testMaker(dir, { planCover, planRender, planStill });
const outDir = outDirs(dir);
const S = 1_000_000;
type Rgb = [number, number, number];

/** Files of tables by their hash. */
const tables = new Map<string, string>();

/** A table of `size` nodes a side (or of `size` entries) that does `change`, as a clip names it. */
function table(name: string, head: string, size: number, change: (colour: Rgb) => Rgb) {
  const at = (i: number): number => i / (size - 1);
  const cube = head === 'LUT_3D_SIZE';
  const entries = Array.from({ length: cube ? size ** 3 : size }, (_, i): Rgb => {
    if (!cube) return [at(i), at(i), at(i)];
    return [at(i % size), at(Math.floor(i / size) % size), at(Math.floor(i / size ** 2))];
  });
  const lines = entries.map((entry) =>
    change(entry)
      .map((value) => value.toFixed(6))
      .join(' '),
  );
  const text = `TITLE "${name}"\n${head} ${size}\n${lines.join('\n')}\n`;
  const sha256 = createHash('sha256').update(text).digest('hex');
  const file = path.join(dir, `${name}.cube`);
  writeFileSync(file, text);
  tables.set(sha256, file);
  return { sha256, name, strength: 100 };
}

/** Channels change places, so that a table read in another order is found out. Straight in each: no step between nodes. */
const swap = ([r, g, b]: Rgb): Rgb => [0.1 + 0.8 * g, 0.2 + 0.6 * b, 0.9 - 0.7 * r];
const warmth = ([r, g, b]: Rgb): Rgb => [Math.min(1, r * 1.2), g, b * 0.7];

let patches = '';
let scene = '';

async function film(clip: Partial<TestClip>, overlays: TestOverlay[] = []) {
  const of = await filmOf([{ file: patches, inUs: 0, outUs: S / 2, ...clip }], [], { overlays });
  const source = (sha256: string): Promise<string> => Promise.resolve(tables.get(sha256) ?? of.source(sha256));
  return { timeline: of.timeline, source };
}

async function rendered(clip: Partial<TestClip>, overlays: TestOverlay[] = []): Promise<string> {
  const { outputs } = await maker.render({ ...(await film(clip, overlays)), targets: ['archive'], outDir: outDir() });
  return outputs[0]?.file ?? '';
}

/** The colours of the patches' middles, 0 to 1. */
function colours(file: string): Rgb[] {
  const filter = 'select=eq(n\\,5),scale=in_color_matrix=bt709:in_range=tv,format=rgb24';
  const args = ['-v', 'error', '-i', fileUrl(file), '-vf', filter, '-frames:v', '1', '-f', 'rawvideo', '-'];
  const { stdout } = spawnSync('ffmpeg', args, { maxBuffer: 1 << 28 });
  return Array.from({ length: 48 }, (_, i): Rgb => {
    const at = 3 * ((Math.floor(i / 8) * 60 + 30) * 640 + (i % 8) * 80 + 40);
    return [0, 1, 2].map((channel) => (stdout[at + channel] ?? 0) / 255) as Rgb;
  });
}

/** Furthest that any channel of any patch is from what it should be, of 255. */
function furthest(file: string, should: readonly Rgb[]): number {
  const clip = (value: number): number => Math.min(1, Math.max(0, value));
  return Math.max(
    ...colours(file).flatMap((rgb, i) => rgb.map((value, c) => 255 * Math.abs(value - clip(should[i]?.[c] ?? 9)))),
  );
}

beforeAll(() => {
  if (!HAS_FFMPEG) return;
  // Forty-eight fields of colours that are no greys and not at the edges.
  const value = (a: number, b: number): string => `40+mod(floor(X/80)*${a}+floor(Y/60)*${b}\\,176)`;
  const grid = `color=black:s=640x360:r=30:d=1,format=gbrp,geq=r='${value(53, 31)}':g='${value(29, 67)}':b='${value(83, 43)}'`;
  const sdr = ['-vf', 'scale=out_color_matrix=bt709:out_range=tv,format=yuv420p', '-colorspace', 'bt709'];
  patches = make(path.join(dir, 'patches.mp4'), '-f', 'lavfi', '-i', grid, ...sdr, ...x264(), '-crf', '4');
  scene = make(path.join(dir, 'scene.mp4'), ...moving('640x360', 30, 2), ...sdr, ...x264(), '-crf', '8');
});

describe.skipIf(!HAS_FFMPEG)('a colour table', () => {
  test('gives every colour what the table says of it, and half of that at half its strength', async () => {
    const plain = colours(await rendered({}));
    expect(furthest(patches, plain)).toBeLessThan(4);
    const lut = table('swap', 'LUT_3D_SIZE', 17, swap);
    const whole = await rendered({ lut });
    expect(furthest(whole, plain.map(swap))).toBeLessThan(5);
    expect(furthest(whole, plain)).toBeGreaterThan(60);
    const half = plain.map((rgb) => swap(rgb).map((value, c) => (value + (rgb[c] ?? 0)) / 2) as Rgb);
    expect(furthest(await rendered({ lut: { ...lut, strength: 50 } }), half)).toBeLessThan(5);
    expect(furthest(await rendered({ lut: { ...lut, strength: 0 } }), plain)).toBe(0);
    // The largest and one of channels by themselves.
    expect(furthest(await rendered({ lut: table('large', 'LUT_3D_SIZE', 65, swap) }), plain.map(swap))).toBeLessThan(5);
    const curve = table('curve', 'LUT_1D_SIZE', 256, warmth);
    expect(furthest(await rendered({ lut: curve }), plain.map(warmth))).toBeLessThan(5);
  }, 120_000);

  test('that changes nothing changes nothing: range, matrix and chroma come back as they were', async () => {
    for (const lut of [table('same', 'LUT_3D_SIZE', 33, (c) => c), table('same1', 'LUT_1D_SIZE', 4096, (c) => c)]) {
      const [bare, through] = [await rendered({ file: scene }), await rendered({ file: scene, lut })];
      const at = 'select=eq(n\\,7)';
      expect(psnr({ file: through, filter: at }, { file: bare, filter: at })).toBeGreaterThan(42);
    }
  }, 60_000);

  test('comes behind the colours, is in the single frame too, and on an overlay', async () => {
    const lut = table('swap', 'LUT_3D_SIZE', 17, swap);
    const grey = { exposure: 0, contrast: 0, saturation: -100, warmth: 0 };
    const both = colours(await rendered({ colours: grey, lut }));
    // Grey first: then every channel of the table's answer follows from one value.
    for (const [r, g, b] of both) {
      const from = (r - 0.1) / 0.8;
      expect(Math.abs(g - (0.2 + 0.6 * from))).toBeLessThan(0.03);
      expect(Math.abs(b - (0.9 - 0.7 * from))).toBeLessThan(0.03);
    }
    const still = await maker.still({ ...(await film({ lut })), target: 'archive', atUs: S / 4, outDir: outDir() });
    const at = 'select=eq(n\\,7),scale=320:180';
    const file = await rendered({ lut });
    const sdr = 'scale=320:180:out_color_matrix=bt709:out_range=tv';
    expect(psnr({ file: still.file, filter: sdr }, { file, filter: at })).toBeGreaterThan(35);
    const over = { file: patches, startUs: 0, inUs: 0, outUs: S / 2, fit: 'crop', lut };
    const covered = await rendered({ file: scene }, [over]);
    expect(psnr({ file: covered, filter: at }, { file, filter: at })).toBeGreaterThan(35);
  }, 60_000);

  test('another table or strength is another segment; the same again is taken as it is', async () => {
    const lut = table('warm', 'LUT_3D_SIZE', 9, warmth);
    const made = async (fields: object) => {
      const { outputs } = await maker.render({ ...(await film(fields)), targets: ['archive'], outDir: outDir() });
      return outputs[0]?.segments.encoded;
    };
    const steps = [lut, lut, { ...lut, strength: 40 }, { ...lut, name: 'renamed' }];
    const counts: unknown[] = [];
    for (const each of steps) counts.push(await made({ lut: each }));
    expect(counts).toEqual([1, 0, 1, 0]);
  });

  test('that is gone stops the film and is named', async () => {
    const lut = { sha256: 'ab'.repeat(32), name: '茶园', strength: 80 };
    const order = { ...(await film({ lut })), source: (sha256: string) => Promise.resolve(path.join(dir, sha256)) };
    const of = await film({});
    const source = (sha256: string) => (sha256 === lut.sha256 ? order.source(sha256) : of.source(sha256));
    const refused = await refusalOf(maker.render({ ...order, source, targets: ['archive'], outDir: outDir() }));
    expect(refused).toMatchObject({ code: 'source_vanished', params: { file: '茶园' } });
    // At no strength it is not needed.
    await maker.render({ ...(await film({ lut: { ...lut, strength: 0 } })), targets: ['archive'], outDir: outDir() });
  });
});
