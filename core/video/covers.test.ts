/** Covers of real films: the frame the film shows, at each platform's sizes, covered where the film is covered. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StudioError } from '../model/errors.ts';
import { ownAigc } from '../model/platforms/index.ts';
import { assetEntry, applyOperations } from '../model/timeline/index.ts';
import type { FilmCover, Timeline } from '../model/timeline/index.ts';
import { HAS_FFMPEG, make, moving, scratch, x264 } from '../platform/media/fixtures.ts';
import { createHash } from 'node:crypto';
import { filmOf, testMaker } from '../platform/media/render/fixtures.ts';
import type { TestFilm } from '../platform/media/render/fixtures.ts';
import { makeFilms, planCover, planRender, planStill } from './index.ts';

const { dir: root, remove } = scratch();
const dir = path.join(root, '封 面');
mkdirSync(dir);
afterAll(remove);
const films = testMaker(dir, { planCover, planRender, planStill });
const S = 1_000_000;
const words = { title: '清晨的茶园', text: '', topics: [] };
let made = 0;
const outDir = (): string => path.join(dir, `出-${(made += 1)}`);

const withCover = (timeline: Timeline, cover: FilmCover | null): Timeline =>
  applyOperations(timeline, [{ type: 'setCover', cover }]).timeline;

/** A still picture as another asset of the film, at hand and not in it. */
async function withPicture(film: TestFilm, file: string): Promise<TestFilm> {
  const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
  const { width, height } = await sharp(file).metadata();
  const facts = { assetId: 'p', sha256, kind: 'image' as const, durationUs: null, width, height, frameRate: null };
  const asset = assetEntry({ ...facts, variable: false, audioTracks: 0 }, 'p.png');
  const { timeline } = applyOperations(film.timeline, [{ type: 'addAsset', asset }]);
  return { timeline, source: (hash) => (hash === sha256 ? Promise.resolve(file) : film.source(hash)) };
}

type Box = [x: number, y: number, width: number, height: number];
/** Raw RGB of a part of a picture. */
const pixels = async (file: string | Uint8Array, [left, top, width, height]: Box): Promise<Buffer> =>
  sharp(file).extract({ left, top, width, height }).toColourspace('srgb').removeAlpha().raw().toBuffer();

/** Mean step from pixel to pixel along the rows: grain has much, a cell of a mosaic none. */
async function grain(file: string | Uint8Array, box: Box): Promise<number> {
  const data = await sharp(await pixels(file, box), { raw: { width: box[2], height: box[3], channels: 3 } })
    .greyscale()
    .raw()
    .toBuffer();
  let sum = 0;
  for (let at = 1; at < data.length; at += 1)
    if (at % box[2] > 0) sum += Math.abs((data[at] ?? 0) - (data[at - 1] ?? 0));
  return sum / data.length;
}

/** Mean difference of two pictures of one size, grey levels. */
async function apart(a: string | Uint8Array, b: string | Uint8Array): Promise<number> {
  const { width, height } = await sharp(a).metadata();
  const whole: Box = [0, 0, width, height];
  const [one, two] = await Promise.all([pixels(a, whole), pixels(b, whole)]);
  expect(one.length).toBe(two.length);
  return one.reduce((sum, value, i) => sum + Math.abs(value - (two[i] ?? 0)), 0) / one.length;
}

/** A frame of a finished film as PNG. */
const frameOf = (file: string, n: number): Buffer =>
  execFileSync(
    'ffmpeg',
    ['-v', 'error', '-i', `file:${file}`, '-vf', `select=eq(n\\,${n}),scale=in_color_matrix=bt709:in_range=tv`].concat([
      ...['-frames:v', '1', '-f', 'image2pipe', '-c:v', 'png', '-'],
    ]),
    { maxBuffer: 1 << 28 },
  );

let wide = '';
let grainy = '';
let dark = '';
beforeAll(() => {
  if (!HAS_FFMPEG) return;
  wide = make(path.join(dir, 'wide.mp4'), ...moving('640x360', 30, 3), ...x264());
  grainy = make(path.join(dir, 'grainy.mp4'), ...moving('640x360', 30, 3), '-vf', 'noise=alls=60:allf=t', ...x264());
  dark = make(path.join(dir, 'dark.mp4'), '-f', 'lavfi', '-i', 'color=black:s=640x360:r=30:d=3', ...x264());
});

describe.skipIf(!HAS_FFMPEG)('covers beside the films of every platform', () => {
  let out = '';
  let done: Awaited<ReturnType<typeof makeFilms>>;
  const TARGETS = ['douyin', 'kuaishou', 'channels', 'xiaohongshu', 'bilibili', 'weibo', 'archive'];
  beforeAll(async () => {
    out = outDir();
    const film = await filmOf([{ file: wide, inUs: 0, outUs: 2 * S }], [[0, 2 * S, '春茶开采']]);
    const timeline = withCover(film.timeline, { atUs: 1_500_000 });
    done = await makeFilms(films, { ...film, timeline, words, targets: TARGETS, outDir: out });
  }, 180_000);

  test('are named for people, in the sizes of their platforms, and are in every list', async () => {
    const names = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.jpg'));
    expect(names.sort()).toEqual(
      [
        'bilibili/清晨的茶园-哔哩哔哩-封面-1146x717.jpg',
        'channels/清晨的茶园-视频号-封面-1080x1440.jpg',
        'channels/清晨的茶园-视频号-封面-1440x1080.jpg',
        'douyin/清晨的茶园-抖音-封面-1080x1440.jpg',
        'douyin/清晨的茶园-抖音-封面-1080x1920.jpg',
        'douyin/清晨的茶园-抖音-封面-1440x1080.jpg',
        'kuaishou/清晨的茶园-快手-封面-1080x1920.jpg',
        'weibo/清晨的茶园-微博-封面-1920x1080.jpg',
        'xiaohongshu/清晨的茶园-小红书-封面-1080x1440.jpg',
      ].map((name) => name.split('/').join(path.sep)),
    );
    expect(done.result.cover).toEqual({ atUs: 1_500_000, chosen: true });
    for (const name of names) {
      const file = path.join(out, name);
      const { format, width, height, xmpAsString } = await sharp(file).metadata();
      const size = /(\d+)x(\d+)\.jpg$/.exec(name)?.slice(1).map(Number);
      expect([format, width, height, xmpAsString], name).toEqual(['jpeg', ...(size ?? []), undefined]);
      const target = name.split(path.sep)[0] ?? '';
      const json = (which: string) =>
        JSON.parse(readFileSync(path.join(out, target, `${which}.json`), 'utf8')) as {
          cover: unknown;
          covers: { file: string; bytes: number; checks: { what: string; level: string }[] }[];
        };
      const told = { cover: { atUs: 1_500_000, chosen: true } };
      expect(json('post')).toMatchObject(told);
      expect(json('post').covers.map((each) => each.file)).toContain(path.basename(name));
      const checked = json('checks').covers.find((each) => each.file === path.basename(name));
      expect(checked?.bytes).toBe(readFileSync(file).length);
      expect(checked?.checks.filter(({ level }) => level !== 'ok')).toEqual([]);
      const output = done.result.outputs.find((each) => each.target === target);
      expect(output?.covers?.map((each) => each.file)).toContain(file);
      expect(done.films.find((each) => each.target === target)?.files).toContain(file);
    }
    expect(done.result.outputs.find(({ target }) => target === 'archive')?.covers).toBeUndefined();
  });

  test('show the frame of the film that was chosen, without its captions', async () => {
    const film = done.result.outputs.find(({ target }) => target === 'weibo')?.file ?? '';
    const cover = path.join(out, 'weibo/清晨的茶园-微博-封面-1920x1080.jpg');
    const top = (png: Buffer): Promise<Buffer> =>
      sharp(png).extract({ left: 0, top: 0, width: 1920, height: 700 }).png().toBuffer();
    const [own, there, before] = await Promise.all([
      top(await sharp(cover).png().toBuffer()),
      top(frameOf(film, 45)),
      top(frameOf(film, 35)),
    ]);
    expect(await apart(own, there)).toBeLessThan(6);
    expect(await apart(own, before)).toBeGreaterThan(2 * (await apart(own, there)));
    // Where the film has its caption, the cover has the picture.
    const foot = { left: 600, top: 780, width: 720, height: 240 };
    const part = (png: Buffer): Promise<Buffer> => sharp(png).extract(foot).png().toBuffer();
    const written = await apart(await part(await sharp(cover).png().toBuffer()), await part(frameOf(film, 45)));
    expect(written).toBeGreaterThan(3 * (await apart(own, there)));
  });
});

describe.skipIf(!HAS_FFMPEG)('two platforms of one shape', () => {
  test('get each its own framing and place of the title; the third has the shape’s; lists and plan say so', async () => {
    const out = outDir();
    const halves = make(
      path.join(dir, 'halves.mp4'),
      ...['-f', 'lavfi', '-i', 'color=red:s=640x360:r=30:d=2', '-vf', 'drawbox=x=320:w=320:h=360:c=blue:t=fill'],
      ...x264(),
    );
    const masks = [
      { id: 'm', shape: 'rectangle', effect: 'mosaic', keys: [{ atUs: 0, x: 0, y: 0, width: 1000, height: 1000 }] },
    ];
    const film = await filmOf([{ file: halves, inUs: 0, outUs: S }]);
    const cover: FilmCover = {
      atUs: 500_000,
      title: { look: 'large', texts: { title: '春茶' }, at: { x: 500, y: 800 } },
      frames: { '3:4': { fill: { x: 0, y: 500, zoom: 1000 } } },
      platforms: {
        douyin: { '3:4': { fill: { x: 1000, y: 500, zoom: 1000 }, at: { x: 500, y: 200 } } },
        channels: { '3:4': { fill: null } },
      },
    };
    const targets = ['douyin', 'channels', 'xiaohongshu'];
    const order = { ...film, timeline: withCover(film.timeline, cover), targets, draft: true };
    const done = await makeFilms(films, { ...order, words, outDir: out });
    const file = (target: string, name: string) => path.join(out, target, `清晨的茶园-${name}-封面-1080x1440.jpg`);
    const red = async (which: string, box: Box): Promise<number> => {
      const data = await pixels(which, box);
      return data.filter((value, i) => i % 3 === 0 && value > 150).length / (data.length / 3);
    };
    const [douyin, channels, other] = [
      file('douyin', '抖音'),
      file('channels', '视频号'),
      file('xiaohongshu', '小红书'),
    ];
    // At the left and right rim in the middle of the height, where neither title nor mark stands.
    const [left, right]: [Box, Box] = [
      [10, 560, 60, 60],
      [1000, 560, 60, 60],
    ];
    const sides = async (which: string) => [await red(which, left), await red(which, right)].map(Math.round);
    expect(await sides(other)).toEqual([1, 1]);
    expect(await sides(douyin)).toEqual([0, 0]);
    expect(await sides(channels)).toEqual([1, 0]);
    // The title of the one stands at the top, of the others at the foot.
    const white = async (which: string, y: number): Promise<boolean> => {
      const data = await pixels(which, [200, y - 60, 680, 120]);
      return data.some((value, i) => i % 3 === 1 && value > 200);
    };
    expect([await white(douyin, 288), await white(douyin, 1152)]).toEqual([true, false]);
    expect([await white(other, 288), await white(other, 1152)]).toEqual([false, true]);
    const lists = (target: string) =>
      ['post', 'checks'].map((name) => {
        const text = readFileSync(path.join(out, target, `${name}.json`), 'utf8');
        const { covers } = JSON.parse(text) as { covers: { shape: string; alone?: boolean }[] };
        return covers.flatMap(({ shape, alone }) => (alone ? [shape] : []));
      });
    expect(lists('douyin')).toEqual([['3:4'], ['3:4']]);
    expect(lists('xiaohongshu')).toEqual([[], []]);
    const told = done.result.outputs.flatMap(({ target, covers = [] }) =>
      covers.flatMap(({ alone, shape }) => (alone ? [`${target} ${shape}`] : [])),
    );
    expect(told.sort()).toEqual(['channels 3:4', 'douyin 3:4']);
    const plan = await films.plan(order);
    expect(plan.covers.map((one) => [one.shape, one.targets.join(' '), one.alone])).toEqual([
      ['9:16', 'douyin', undefined],
      ['3:4', 'xiaohongshu', undefined],
      ['3:4', 'douyin', true],
      ['3:4', 'channels', true],
      ['4:3', 'douyin channels', undefined],
    ]);
    // A draft says so on it, and who is masked in the film is so on it.
    const bare = outDir();
    await makeFilms(films, { ...order, draft: false, words, outDir: bare });
    expect(await apart(douyin, path.join(bare, 'douyin', path.basename(douyin)))).toBeGreaterThan(0.2);
    const hidden = await filmOf([{ file: grainy, inUs: 0, outUs: S, masks }]);
    const near: FilmCover = {
      atUs: 500_000,
      platforms: { douyin: { '3:4': { fill: { x: 500, y: 500, zoom: 2000 } } } },
    };
    const covered = outDir();
    const secret = { ...hidden, timeline: withCover(hidden.timeline, near), targets: ['douyin'], aiMade: true };
    await makeFilms(films, { ...secret, words, outDir: covered });
    const own = path.join(covered, 'douyin', path.basename(douyin));
    expect(await grain(own, [200, 500, 680, 500])).toBeLessThan(2);
    expect((await sharp(own).metadata()).xmpAsString).toContain('AIGC');
  }, 240_000);
});

const shapesOf = async (film: TestFilm, cover: FilmCover | null, more: object = {}) => {
  const { coverShapes } = await import('../model/platforms/index.ts');
  const timeline = withCover(film.timeline, cover);
  const { covers, from } = await films.covers({ ...film, timeline, covers: coverShapes(), longSide: 480, ...more });
  return { from, of: new Map(covers.map((each) => [each.shape, each])) };
};
const jpegOf = (of: Map<string, { jpeg: Uint8Array }>, shape: string): Uint8Array =>
  of.get(shape)?.jpeg ?? new Uint8Array();

describe.skipIf(!HAS_FFMPEG)('the picture of a cover', () => {
  test('nobody chose: the first frame that shows something, and that is said', async () => {
    const film = await filmOf([
      { file: dark, inUs: 0, outUs: 3 * S },
      { file: wide, inUs: 0, outUs: 3 * S },
    ]);
    const { from, of } = await shapesOf(film, null);
    expect(from).toEqual({ atUs: 4 * S, chosen: false });
    const chosen = await shapesOf(film, { atUs: 4 * S });
    expect(Buffer.from(jpegOf(of, '3:4')).equals(Buffer.from(jpegOf(chosen.of, '3:4')))).toBe(true);
    // Of a film that shows nothing some frame is taken all the same.
    const nothing = await filmOf([{ file: dark, inUs: 0, outUs: 3 * S }]);
    expect((await shapesOf(nothing, null)).from).toEqual({ atUs: S, chosen: false });
  }, 60_000);

  test('lies as in the film; where it fills, the part that was chosen, as near as was asked', async () => {
    const film = await filmOf([{ file: wide, inUs: 0, outUs: 3 * S }]);
    const fill = (x: number, zoom: number) => ({ atUs: S, frames: { '3:4': { fill: { x, y: 500, zoom } } } });
    const byHand = (crop: string) =>
      make(
        path.join(dir, `hand-${(made += 1)}.png`),
        '-ss',
        '1',
        '-i',
        wide,
        '-frames:v',
        '1',
        '-vf',
        `${crop},scale=360:480`,
      );
    for (const [x, zoom, crop] of [
      [0, 1000, 'crop=270:360:0:0'],
      [1000, 1000, 'crop=270:360:370:0'],
      [500, 2000, 'crop=135:180:252:90'],
    ] as const) {
      const { of } = await shapesOf(film, fill(x, zoom));
      expect(await apart(jpegOf(of, '3:4'), readFileSync(byHand(crop))), crop).toBeLessThan(6);
    }
    const { of } = await shapesOf(film, { atUs: S });
    // Blurred ground above and below, as in the film on a canvas of that shape.
    const ground = await grain(jpegOf(of, '3:4'), [0, 0, 360, 100]);
    expect(ground).toBeLessThan((await grain(jpegOf(of, '3:4'), [0, 150, 360, 160])) / 2);
    expect(of.get('3:4')?.source).toEqual({ width: 640, height: 360 });
  }, 60_000);

  test('who is covered in the film is covered on every cover: moving masks, filled and zoomed frames', async () => {
    const keys = [
      { atUs: 0, x: 100, y: 300, width: 200, height: 400 },
      { atUs: 2 * S, x: 600, y: 300, width: 200, height: 400 },
    ];
    const masks = [{ id: 'm', shape: 'rectangle', effect: 'mosaic', keys }];
    const covered = await filmOf([{ file: grainy, inUs: 0, outUs: 3 * S, masks }], [], { fit: 'contain' });
    const bare = await filmOf([{ file: grainy, inUs: 0, outUs: 3 * S }], [], { fit: 'contain' });
    // At 1 s the mask is from 350 to 550 thousandths of the source; inside it nothing of the grain may be left.
    const inside: Record<string, Box> = {
      '16:9': [475, 225, 150, 200],
      '3:4': [345, 530, 110, 125],
      '9:16': [260, 550, 75, 90],
    };
    for (const [shape, box] of Object.entries(inside)) {
      const large = { longSide: 1200 };
      const { of } = await shapesOf(covered, { atUs: S }, large);
      const plain = await shapesOf(bare, { atUs: S }, large);
      expect(await grain(jpegOf(of, shape), box), shape).toBeLessThan((await grain(jpegOf(plain.of, shape), box)) / 3);
    }
    // Filled, to the left, four times nearer: all of what is shown is covered.
    const near = { atUs: S, frames: { '16:9': { fill: { x: 450, y: 500, zoom: 4000 } } } };
    const box: Box = [40, 40, 400, 180];
    const uncovered = await grain(jpegOf((await shapesOf(bare, near)).of, '16:9'), box);
    const over: Box = [160, 60, 200, 150];
    expect(await grain(jpegOf((await shapesOf(covered, near)).of, '16:9'), over)).toBeLessThan(uncovered / 3);
  }, 120_000);

  test('a picture that the film covers anywhere is covered as a cover too, wherever its mask went', async () => {
    const noise = path.join(dir, 'noise.png');
    const grey = sharp({
      create: {
        width: 640,
        height: 480,
        channels: 3,
        background: '#777',
        noise: { type: 'gaussian', mean: 120, sigma: 60 },
      },
    });
    writeFileSync(noise, await grey.png().toBuffer());
    const at = (atUs: number, x: number) => ({ atUs, x, y: 200, width: 200, height: 300 });
    const masks = [{ id: 'm', shape: 'ellipse', effect: 'mosaic', keys: [at(0, 100), at(S, 600)] }];
    const film = await filmOf([
      { file: wide, inUs: 0, outUs: S },
      { file: noise, inUs: 0, outUs: S, masks },
    ]);
    const assetId = film.timeline.storyline[1]?.assetId ?? '';
    const { of } = await shapesOf(film, { assetId });
    const cover = jpegOf(of, '4:3');
    // The way of the mask, 100 to 800 thousandths across, 200 to 500 down, of a picture that has the shape of the cover.
    for (const x of [56, 150, 250, 340]) expect(await grain(cover, [x, 84, 30, 80]), `${x}`).toBeLessThan(4);
    expect(await grain(cover, [100, 260, 200, 60])).toBeGreaterThan(12);
    // The same file under another id is the same picture.
    const twice = await withPicture(film, noise);
    const again = jpegOf((await shapesOf(twice, { assetId: 'p' })).of, '4:3');
    expect(await grain(again, [150, 84, 30, 80])).toBeLessThan(4);
  }, 60_000);
});

describe.skipIf(!HAS_FFMPEG)('what is written on a cover', () => {
  test('title, label and mark are on it; the file says what an AI made', async () => {
    const film = await filmOf([{ file: dark, inUs: 0, outUs: 3 * S }]);
    const cover: FilmCover = { atUs: 2_900_000, title: { look: 'large', texts: { title: '清晨的茶园' } } };
    const white = async (of: Map<string, { jpeg: Uint8Array }>, box: Box): Promise<number> =>
      (await pixels(jpegOf(of, '3:4'), box)).filter((value) => value > 120).length;
    const { of } = await shapesOf(film, cover);
    const title = of.get('3:4')?.title;
    if (!title) throw new Error('no title');
    const box = [title.x, title.y, title.width, title.height].map(Math.round) as Box;
    expect(await white(of, box)).toBeGreaterThan(3000);
    expect(await white(of, [0, 0, 360, Math.round(title.y) - 2])).toBe(0);
    expect((await sharp(jpegOf(of, '3:4')).metadata()).xmpAsString).toBeUndefined();
    const told = await shapesOf(film, cover, { aiMade: true, draft: true });
    // In the corner at the top, a twentieth of the shorter side at least, though the frame is long after the opening.
    const label: Box = [20, 28, 200, 40];
    expect(await white(told.of, label)).toBeGreaterThan(200);
    expect(await white(of, label)).toBe(0);
    expect(await white(told.of, [60, 180, 240, 120])).toBeGreaterThan(500);
    expect((await sharp(jpegOf(told.of, '3:4')).metadata()).xmpAsString).toContain(ownAigc());
  }, 60_000);

  test('characters that the font lacks are told in a preview and refused in an export', async () => {
    const film = await filmOf([{ file: wide, inUs: 0, outUs: S }]);
    const cover: FilmCover = { title: { look: 'band', texts: { title: '茶🍵' } } };
    const { of } = await shapesOf(film, cover);
    expect(of.get('3:4')?.problems).toMatchObject([{ code: 'missing_glyphs', chars: '🍵' }]);
    const timeline = withCover(film.timeline, cover);
    const order = { ...film, timeline, words, targets: ['douyin'], outDir: outDir() };
    const refused = await makeFilms(films, order).catch((error: unknown) => error as StudioError);
    expect(refused).toMatchObject({ code: 'missing_glyphs', params: { chars: '🍵' } });
    expect(readdirSync(order.outDir, { recursive: true })).toEqual([]);
  }, 60_000);
});
