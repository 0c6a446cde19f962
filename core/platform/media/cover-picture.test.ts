import path from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { tempDirs } from '../../../tests/support/temp.ts';
import { COVER_RATIOS, COVER_STYLE_IDS, coverOf, ratioById, type Cover } from '../../model/cover/index.ts';
import { coverPicture } from './cover-picture.ts';

const temp = tempDirs();
const MAX = { maxBytes: 1_000_000, draft: false };
const SLATE = { r: 70, g: 90, b: 110 };

/** Four quarters, each of its colour, so that a crop shows where it was taken. */
async function quarters(width: number, height: number, orientation?: number): Promise<string> {
  const file = path.join(temp(), 'quarters.jpg');
  const half = { width: width / 2, height: height / 2, channels: 3 as const };
  const colours = ['#c03030', '#30a030', '#3030c0', '#c0c030'];
  const parts = await Promise.all(
    colours.map((background) =>
      sharp({ create: { ...half, background } })
        .png()
        .toBuffer(),
    ),
  );
  const places = parts.map((input, i) => ({ input, left: (i % 2) * half.width, top: i < 2 ? 0 : half.height }));
  const whole = sharp({ create: { width, height, channels: 3, background: '#000' } }).composite(places);
  const told = whole.withExif({ IFD0: { Artist: '某某' }, IFD3: { GPSLatitudeRef: 'N' } });
  await (orientation === undefined ? told : told.withMetadata({ orientation })).jpeg({ quality: 95 }).toFile(file);
  return file;
}

async function plain(): Promise<string> {
  const file = path.join(temp(), 'plain.png');
  await sharp({ create: { width: 1600, height: 1600, channels: 3, background: SLATE } })
    .png()
    .toFile(file);
  return file;
}

async function colourAt(data: Uint8Array, x: number, y: number): Promise<number[]> {
  const { data: raw, info } = await sharp(data).raw().toBuffer({ resolveWithObject: true });
  const at = (Math.round(y) * info.width + Math.round(x)) * info.channels;
  return [...raw.subarray(at, at + 3)];
}

describe('a cover as a file', () => {
  it('has the frame’s pixels, shows the part asked for, and nothing of its owner', async () => {
    const file = await quarters(2000, 1200);
    for (const ratio of COVER_RATIOS) {
      const made = await coverPicture(file, { ...MAX, cover: coverOf('a'), ratio });
      const seen = await sharp(made.data).metadata();
      expect([seen.format, seen.width, seen.height]).toEqual(['jpeg', ratio.width, ratio.height]);
      expect(seen.exif).toBeUndefined();
      expect(made.data.length).toBeLessThan(MAX.maxBytes);
    }
    // The lower right quarter only: yellow from corner to corner.
    const cover: Cover = { ...coverOf('a'), own: { '1x1': { x: 1, y: 1, zoom: 2 } } };
    const { data, crop } = await coverPicture(file, { ...MAX, cover, ratio: ratioById('1x1') });
    expect(crop).toEqual({ left: 1400, top: 600, width: 600, height: 600 });
    for (const at of [5, 250, 495]) {
      const [r = 0, g = 0, b = 0] = await colourAt(data, at, at);
      expect(r > 170 && g > 170 && b < 80, `${r} ${g} ${b}`).toBe(true);
    }
  });

  it('is upright before it is cut', async () => {
    const file = await quarters(2000, 1200, 6);
    const { source, data } = await coverPicture(file, { ...MAX, cover: coverOf('a'), ratio: ratioById('3x4') });
    expect(source).toEqual({ width: 1200, height: 2000 });
    // Turned by a quarter to the right: what was lower left is upper left.
    const [r = 0, , b = 0] = await colourAt(data, 20, 20);
    expect(b).toBeGreaterThan(r + 60);
  });

  it('carries its words in ink, the same bytes every time, other bytes for other words', async () => {
    const file = await plain();
    const ratio = ratioById('16x9');
    const bare = await coverPicture(file, { ...MAX, cover: coverOf('a'), ratio });
    const inkOf = async (data: Uint8Array): Promise<number> => {
      const raw = await sharp(data).greyscale().raw().toBuffer();
      return raw.reduce((count, value) => count + (value > 235 || value < 40 ? 1 : 0), 0);
    };
    expect(await inkOf(bare.data)).toBe(0);
    for (const style of COVER_STYLE_IDS) {
      const cover: Cover = { ...coverOf('a'), text: { words: '春茶上山', style, place: 'bottom', size: 'large' } };
      const [one, two] = [
        await coverPicture(file, { ...MAX, cover, ratio }),
        await coverPicture(file, { ...MAX, cover, ratio }),
      ];
      expect(Buffer.compare(one.data, two.data)).toBe(0);
      expect(await inkOf(one.data), style).toBeGreaterThan(5000);
      const other = { ...cover, text: { ...cover.text!, words: '春茶下山' } };
      const changed = await coverPicture(file, { ...MAX, cover: other, ratio });
      expect(Buffer.compare(one.data, changed.data)).not.toBe(0);
    }
  });

  it('says that an AI made it, in sight and in the file, and that it is a draft', async () => {
    const file = await plain();
    const ratio = ratioById('1x1');
    const made = await coverPicture(file, { ...MAX, cover: coverOf('a', true), ratio });
    expect((await sharp(made.data).metadata()).xmpAsString).toContain('TC260:AIGC');
    const corner = async (data: Uint8Array, x: number, y: number): Promise<number> =>
      (await colourAt(data, x, y))[0] ?? 0;
    // The plate of the label darkens the lower right corner of the safe part.
    expect(await corner(made.data, 460, 461)).toBeLessThan(SLATE.r - 20);
    const draft = await coverPicture(file, { ...MAX, draft: true, cover: coverOf('a'), ratio });
    expect(await corner(draft.data, 39, 39)).toBeLessThan(SLATE.r - 20);
    expect((await sharp(draft.data).metadata()).xmpAsString).toBeUndefined();
  });

  it('is refused for what is no picture, and where it cannot be small enough', async () => {
    const order = { cover: coverOf('a'), ratio: ratioById('1x1'), draft: false };
    await expect(coverPicture(import.meta.filename, { ...order, maxBytes: 1_000_000 })).rejects.toMatchObject({
      code: 'tool_failed',
    });
    await expect(coverPicture(await quarters(2000, 1200), { ...order, maxBytes: 100 })).rejects.toMatchObject({
      code: 'tool_failed',
    });
  });
});
