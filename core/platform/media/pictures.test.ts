import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { HAS_FFMPEG, make, moving, quietLog, refusalOf, scratch } from './fixtures.ts';
import { createMediaEngine } from './index.ts';
import { svgDanger } from './svg.ts';

const engine = createMediaEngine({ log: quietLog });
const temp = scratch();
afterAll(() => temp.remove());
const at = (name: string): string => path.join(temp.dir, name);
const probe = (file: string, salvage = false) => engine.probe(file, { name: path.basename(file), salvage });

/** A picture whose left half is red and right half blue, with fine noise so that it does not compress to nothing. */
async function redBlue(width: number, height: number): Promise<Sharp> {
  const pixels = Buffer.alloc(width * height * 3);
  let state = 1;
  for (let i = 0; i < width * height; i += 1) {
    state = (state * 48_271) % 2_147_483_647;
    pixels.set(i % width < width / 2 ? [200 + (state % 50), 0, 0] : [0, 0, 200 + (state % 50)], i * 3);
  }
  return sharp(
    await sharp(pixels, { raw: { width, height, channels: 3 } })
      .png()
      .toBuffer(),
  );
}

async function colourAt(file: string, x: number, y: number): Promise<string> {
  const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
  const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels;
  const [r = 0, , b = 0] = data.subarray(at, at + 3);
  return r > 150 && b > 150 ? 'white' : r > b ? 'red' : 'blue';
}

test.each([
  ['p.jpg', 'jpeg', 'image/jpeg', false],
  ['p.png', 'png', 'image/png', false],
  ['p.webp', 'webp', 'image/webp', false],
  ['p.tif', 'tiff', 'image/tiff', false],
  ['p.gif', 'gif', 'image/gif', true],
  ['p.avif', 'avif', 'image/avif', false],
] as const)('%s', async (name, format, mime, hasAlpha) => {
  await (await redBlue(120, 80)).toFormat(format).toFile(at(name));
  expect(await probe(at(name))).toEqual({
    kind: 'image',
    durationUs: null,
    width: 120,
    height: 80,
    rotation: 0,
    frameRate: null,
    variable: false,
    videoCodec: null,
    audioTracks: 0,
    hasAlpha,
    problems: [],
    mime,
  });
});

// EXIF 2.32, Orientation: 3 is upside down, 6 is shown after a clockwise quarter turn, 8 after three.
test.each([
  [1, 0, 120, 80, 'red', 'blue'],
  [3, 180, 120, 80, 'blue', 'red'],
  [6, 90, 80, 120, 'red', 'blue'],
  [8, 270, 80, 120, 'blue', 'red'],
])(
  'EXIF orientation %i: turned by %i, shown as %i×%i, and the poster is upright',
  async (orientation, rotation, width, height, first, last) => {
    const file = at(`exif-${orientation}.jpg`);
    await (await redBlue(120, 80)).withMetadata({ orientation }).jpeg().toFile(file);
    const facts = await probe(file);
    expect(facts).toMatchObject({ rotation, width, height });
    const poster = at(`exif-${orientation}-poster.jpg`);
    await engine.poster(file, facts, poster);
    expect(await sharp(poster).metadata()).toMatchObject({ width, height, format: 'jpeg' });
    const lying = rotation % 180 === 90;
    expect(await colourAt(poster, lying ? 0.5 : 0.1, lying ? 0.1 : 0.5)).toBe(first);
    expect(await colourAt(poster, lying ? 0.5 : 0.9, lying ? 0.9 : 0.5)).toBe(last);
  },
);

test('transparent pictures: hasAlpha, and white shows through in the poster, whose longest side is 640', async () => {
  const file = at('alpha.png');
  await sharp({ create: { width: 2000, height: 500, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
    .png()
    .toFile(file);
  const facts = await probe(file);
  expect(facts).toMatchObject({ hasAlpha: true, width: 2000 });
  await engine.poster(file, facts, at('alpha-poster.jpg'));
  expect(await sharp(at('alpha-poster.jpg')).metadata()).toMatchObject({ width: 640, height: 160 });
  expect(await colourAt(at('alpha-poster.jpg'), 0.5, 0.5)).toBe('white');
  const palette = at('palette.png');
  await sharp(file).png({ palette: true }).toFile(palette);
  await expect(probe(palette)).resolves.toMatchObject({ hasAlpha: true });
});

test('the content counts, not the extension', async () => {
  await (await redBlue(60, 40)).png().toFile(at('really-a-png.png'));
  writeFileSync(at('wrong.mp4'), readFileSync(at('really-a-png.png')));
  await expect(probe(at('wrong.mp4'))).resolves.toMatchObject({ kind: 'image', mime: 'image/png' });
});

test.each(['a%03d.jpg', '-photo.jpg', 'x[1].jpg', "会议 “合影” 😀 100%'.jpg", 'x[page=3]'])(
  'a picture called %s',
  async (name) => {
    writeFileSync(at(name), await (await redBlue(60, 40)).jpeg().toBuffer());
    const facts = await probe(at(name));
    expect(facts).toMatchObject({ kind: 'image', width: 60, height: 40 });
    await engine.poster(at(name), facts, at(`${name}.out.jpg`));
    expect((await sharp(readFileSync(at(`${name}.out.jpg`))).metadata()).width).toBe(60);
  },
);

describe('damaged pictures', () => {
  test.each(['jpeg', 'png'] as const)('%s cut at 40 %%', async (format) => {
    const whole = await (await redBlue(600, 400)).toFormat(format).toBuffer();
    const file = at(`cut.${format}`);
    writeFileSync(file, whole.subarray(0, Math.floor(whole.length * 0.4)));
    const refusal = await refusalOf(probe(file));
    expect(refusal.code).toBe('media_truncated');
    expect(refusal.params['percent']).toBeGreaterThan(20);
    expect(refusal.params['percent']).toBeLessThan(60);
    const salvaged = await probe(file, true);
    expect(salvaged).toMatchObject({ width: 600, height: 400 });
    expect(salvaged.problems.map((problem) => problem.code)).toEqual(['truncated']);
  });

  test('a head and nothing else', async () => {
    writeFileSync(at('head.jpg'), (await (await redBlue(60, 40)).jpeg().toBuffer()).subarray(0, 24));
    expect(['unreadable_media', 'media_truncated']).toContain((await refusalOf(probe(at('head.jpg')))).code);
  });
});

test('formats that cannot be shown are refused by name, with what is supported', async () => {
  const bmp = Buffer.alloc(58);
  bmp.write('BM');
  bmp.writeUInt32LE(58, 2);
  bmp.writeUInt32LE(54, 10);
  bmp.writeUInt32LE(40, 14);
  writeFileSync(at('old.bmp'), bmp);
  const refusal = await refusalOf(probe(at('old.bmp')));
  expect(refusal.code).toBe('unsupported_format');
  expect(String(refusal.params['supported'])).toContain('jpg');
});

describe('drawings', () => {
  const svg = (inside: string): string =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200">${inside}</svg>`;

  test('a plain one is a picture', async () => {
    writeFileSync(
      at('plain.svg'),
      svg('<defs><linearGradient id="g"/></defs><rect width="300" height="100" fill="url(#g)"/><use href="#g"/>'),
    );
    const facts = await probe(at('plain.svg'));
    expect(facts).toMatchObject({ kind: 'image', width: 300, height: 200, hasAlpha: true, mime: 'image/svg+xml' });
    await engine.poster(at('plain.svg'), facts, at('plain-svg.jpg'));
    expect((await sharp(at('plain-svg.jpg')).metadata()).format).toBe('jpeg');
  });

  test.each([
    '<script>alert(1)</script>',
    '<rect onclick="x()"/>',
    '<image href="http://example.com/a.png"/>',
    '<image xlink:href="file:///etc/passwd"/>',
    '<image href="&#104;ttp://example.com/a.png"/>',
    '<a href="java&#x73;cript:alert(1)"><rect/></a>',
    '<foreignObject><p/></foreignObject>',
    '<style>@import url(a.css)</style>',
    '<style>rect { fill: url("https://example.com/x") }</style>',
    '<use href="other.svg#a"/>',
    '<set attributeName="href" to="javascript:1"/>',
  ])('%s is refused', async (inside) => {
    writeFileSync(at('bad.svg'), svg(inside));
    expect((await refusalOf(probe(at('bad.svg')))).code).toBe('unsupported_format');
  });

  test('an entity is refused', () => {
    expect(svgDanger('<!DOCTYPE svg [<!ENTITY a "x">]><svg>&a;</svg>')).toBe('entity');
  });

  test('a page that shows a drawing is not one', async () => {
    writeFileSync(at('page.svg'), '<html><body><svg xmlns="http://www.w3.org/2000/svg"></svg></body></html>');
    expect((await refusalOf(probe(at('page.svg')))).code).toBe('unreadable_media');
  });

  test('the drawings of the sample workspace pass', () => {
    const zhou = readFileSync(new URL('../../../assets/illustrations/zhou.svg', import.meta.url), 'utf8');
    expect(svgDanger(zhou)).toBeNull();
  });
});

describe.skipIf(!HAS_FFMPEG)('moving GIFs (skipped where ffmpeg is not on the PATH)', () => {
  test('one that moves is a film, one that does not is a picture', async () => {
    const moves = make(at('moves.gif'), ...moving('64x64', 10, 1));
    await expect(probe(moves)).resolves.toMatchObject({
      kind: 'video',
      durationUs: 1_000_000,
      frameRate: '10/1',
      mime: 'image/gif',
      videoCodec: 'gif',
    });
    const still = make(at('still.gif'), ...moving('64x64', 10, 1), '-frames:v', '1');
    await expect(probe(still)).resolves.toMatchObject({ kind: 'image', durationUs: null, mime: 'image/gif' });
  });
});
