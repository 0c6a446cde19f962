/**
 * Who is masked is never seen on the stage: every picture that the browser puts on the screen is looked at while a masked film is
 * played, is jumped about in, and is dissolved. The face is a checkerboard of two colours that nothing else has, and crosses the
 * picture fast; covered it is one grey.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright/test';
import sharp from 'sharp';
import type { Operation, Timeline } from '../../core/model/timeline/index.ts';
import { cli } from './cli.ts';
import { expect, test, type Served } from './support.ts';

test.use({ serverArgs: ['--sample'], viewport: { width: 1280, height: 1440 } });
test.describe.configure({ timeout: 420_000 });

const [WIDTH, HEIGHT, SECONDS, FACE] = [640, 360, 4, 120];
/** Pixels a second: five a frame. A mask that is two frames late leaves an edge of the face bare. */
const SPEED = 125;
const FIRST_X = 10;
const TOP = 120;
/** The mask is this much larger than the face on each side, pixels. */
const EDGE = 6;

/** Magenta and green by turns, in squares of twelve pixels, which the mask's cells (22) make one grey. */
function checks(out: string): Promise<unknown> {
  const pixels = Buffer.alloc(FACE * FACE * 3);
  for (let i = 0; i < FACE * FACE; i += 1) {
    const odd = (Math.floor((i % FACE) / 12) + Math.floor(i / FACE / 12)) % 2 === 1;
    pixels.set(odd ? [255, 0, 255] : [0, 255, 0], 3 * i);
  }
  return sharp(pixels, { raw: { width: FACE, height: FACE, channels: 3 } })
    .png()
    .toFile(out);
}

/** A film of a face that goes from left to right before a dark wall. */
async function footage(dir: string): Promise<string> {
  mkdirSync(dir);
  const [face, film] = [path.join(dir, 'face.png'), path.join(dir, '走过的人.mp4')];
  await checks(face);
  const wall = `color=0x204878:size=${String(WIDTH)}x${String(HEIGHT)}:rate=25:duration=${String(SECONDS)}`;
  const walk = `[0][1]overlay=x='${String(FIRST_X)}+${String(SPEED)}*t':y=${String(TOP)}:shortest=1`;
  const args = ['-f', 'lavfi', '-i', wall, '-loop', '1', '-framerate', '25', '-i', face, '-filter_complex', walk];
  execFileSync('ffmpeg', ['-nostdin', '-v', 'error', ...args, '-pix_fmt', 'yuv420p', '-crf', '12', film]);
  return film;
}

const mask = (id: string) => {
  const at = (second: number) => ({
    atUs: second * 1_000_000,
    x: Math.floor(((FIRST_X + SPEED * second - EDGE) * 1000) / WIDTH),
    y: Math.floor(((TOP - EDGE) * 1000) / HEIGHT),
    width: Math.ceil(((FACE + 2 * EDGE) * 1000) / WIDTH),
    height: Math.ceil(((FACE + 2 * EDGE) * 1000) / HEIGHT),
  });
  return { id, shape: 'rectangle' as const, effect: 'mosaic' as const, keys: [at(0), at(SECONDS)] };
};

/** Three pieces of the film in another order, each over its blurred ground, the third dissolved in; masked where asked for. */
function project(served: Served, assetId: string, masked: boolean): void {
  const [story] = cli(served, 'story', 'list') as { storyId: string }[];
  const pieces = ['1000000-2500000', '2500000-4000000', '0-2000000', '2000000-3500000'];
  const wanted = pieces.flatMap((piece) => ['--clip', `${assetId}:${piece}`]);
  const title = masked ? '遮住' : '没遮';
  const made = cli(served, 'video', 'new', '--story', story!.storyId, '--title', title, ...wanted) as {
    projectId: string;
  };
  const { storyline } = cli(served, 'video', 'show', made.projectId) as Timeline;
  const ops: Operation[] = storyline.map(({ id }, i) => ({
    ...{ type: 'setPicture' as const, clipId: id },
    ...(masked ? { masks: [mask(`mask-${String(i)}`)] } : {}),
  }));
  ops.push({ type: 'setTransition', clipId: storyline[2]!.id, transition: { kind: 'dissolve', lengthUs: 800_000 } });
  const file = path.join(served.root, 'ops.json');
  writeFileSync(file, JSON.stringify(ops));
  cli(served, 'video', 'edit', made.projectId, '--ops', file);
}

async function open(page: Page, title: string): Promise<void> {
  await page.goto(page.url().replace(/#.*/, ''));
  await page.getByText('老周的第四十个春茶季').first().click();
  await page.getByRole('tab', { name: '视频' }).click();
  await page.getByRole('link', { name: new RegExp(title) }).click();
  await expect(page.locator('.stage .slot.on')).toHaveCount(1, { timeout: 60_000 });
  await page.getByRole('main').getByText('9:16').click();
}

interface Looked {
  /** Pixels of each picture that have one of the face's two colours, and of the grey that they become. */
  bare: number;
  grey: number;
  /** Red, green and blue of the wall. */
  wall: number[];
}

async function look(png: Buffer, box: { x: number; y: number; width: number; height: number }): Promise<Looked> {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  let [bare, grey] = [0, 0];
  for (let y = Math.ceil(box.y); y < box.y + box.height - 1; y += 1)
    for (let x = Math.ceil(box.x); x < box.x + box.width - 1; x += 1) {
      const i = (y * info.width + x) * 3;
      const [r, g, b] = [data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0];
      if (Math.abs(g - r) > 90 && Math.abs(g - b) > 90) bare += 1;
      if (Math.min(r, g, b) > 80 && Math.max(r, g, b) - Math.min(r, g, b) < 60) grey += 1;
    }
  const corner = (Math.ceil(box.y + 4) * info.width + Math.ceil(box.x + 4)) * 3;
  return { bare, grey, wall: [...data.subarray(corner, corner + 3)] };
}

/** Every picture that is put on the screen while `act` is done. */
async function watched(page: Page, act: () => Promise<void>): Promise<Looked[]> {
  const session = await page.context().newCDPSession(page);
  const pictures: Buffer[] = [];
  session.on('Page.screencastFrame', ({ data, sessionId }) => {
    pictures.push(Buffer.from(data, 'base64'));
    void session.send('Page.screencastFrameAck', { sessionId }).catch(() => undefined);
  });
  const picture = page.locator('.stage .slot.on .frame').first();
  const box = await picture.boundingBox();
  if (!box) throw new Error('no picture');
  await session.send('Page.startScreencast', { format: 'png', everyNthFrame: 1 });
  await act();
  await session.send('Page.stopScreencast');
  await session.detach();
  const seen: Looked[] = [];
  for (const png of pictures) seen.push(await look(png, box));
  return seen;
}

/** Plays from the beginning to the end. */
async function play(page: Page): Promise<void> {
  await page.keyboard.press('Home');
  await page.keyboard.press('Space');
  // Two are on the stage where it was in a dissolve before.
  const runs = (videos: HTMLVideoElement[]) => videos.some(({ paused }) => !paused);
  await expect.poll(() => page.locator('.stage .slot.on video').evaluateAll(runs)).toBe(true);
  await expect(page.getByRole('button', { name: '播放（空格）' })).toBeVisible({ timeout: 60_000 });
}

/** To cuts, frames, thirds of seconds, and back. */
async function jump(page: Page): Promise<void> {
  const keys = ['Home', 'ArrowDown', 'End', 'ArrowUp', 'ArrowUp', 'Shift+ArrowRight', 'Shift+ArrowLeft', 'ArrowRight'];
  for (let i = 0; i < 4; i += 1)
    for (const key of keys) {
      await page.keyboard.press(key);
      await page.waitForTimeout(60);
    }
}

/** Plays while the page is kept from everything else for a quarter of a second again and again. */
async function playBusy(page: Page): Promise<void> {
  await page.evaluate(() => {
    const busy = window.setInterval(() => {
      const until = performance.now() + 250;
      while (performance.now() < until);
    }, 600);
    Object.assign(window, { busy });
  });
  await play(page);
  await page.evaluate(() => clearInterval((window as unknown as { busy: number }).busy));
}

type Act = (page: Page) => Promise<void>;

/** Does everything with a film that masks a face, and looks at what was seen. */
async function covered(page: Page, acts: Readonly<Record<string, Act>>, control: readonly Looked[]): Promise<void> {
  const fullest = Math.max(...control.map(({ bare }) => bare));
  for (const [what, act] of Object.entries(acts)) {
    const seen = await watched(page, () => act(page));
    const worst = Math.max(...seen.map(({ bare }) => bare));
    const description = `${String(seen.length)} pictures, at most ${String(worst)} pixels bare of ${String(fullest)}`;
    test.info().annotations.push({ type: what, description });
    expect(seen.length, what).toBeGreaterThan(20);
    expect(worst, `bare pixels, ${what}`).toBe(0);
    // And the picture is there, in its colours: neither black nor something else.
    expect(seen.filter(({ grey }) => grey > 1000).length / seen.length, what).toBeGreaterThan(0.9);
    const [is, was] = [seen.at(-1)?.wall ?? [], control.at(-1)?.wall ?? []];
    expect(Math.max(...is.map((value, i) => Math.abs(value - (was[i] ?? 0)))), `wall, ${what}`).toBeLessThan(3);
  }
}

async function bothFilms(page: Page, served: Served): Promise<Looked[]> {
  const film = await footage(path.join(served.root, 'media'));
  const [{ assetId } = { assetId: '' }] = cli(served, 'media', 'import', film) as { assetId: string }[];
  for (const masked of [false, true]) project(served, assetId, masked);
  await open(page, '没遮');
  const control = await watched(page, () => play(page));
  // What is not covered is noticed.
  expect(control.length).toBeGreaterThan(20);
  expect(control.filter(({ bare }) => bare > 1000).length / control.length).toBeGreaterThan(0.9);
  await open(page, '遮住');
  return control;
}

test('a masked face is covered in every picture on the screen', async ({ studio: page, served }) => {
  const control = await bothFilms(page, served);
  await covered(page, { playing: play, jumping: jump, 'playing, busy': playBusy }, control);
});

/** Drawing a video's frame takes a seventh of a second now and then: a busy computer does something else at any place. */
const heldUp = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const draw = CanvasRenderingContext2D.prototype.drawImage;
    let drawn = 0;
    CanvasRenderingContext2D.prototype.drawImage = function (this: CanvasRenderingContext2D, ...args: unknown[]) {
      drawn += args[0] instanceof HTMLVideoElement ? 1 : 0;
      const until = performance.now() + (args[0] instanceof HTMLVideoElement && drawn % 4 === 0 ? 140 : 0);
      while (performance.now() < until);
      Reflect.apply(draw, this, args);
    };
  });

test('it is covered where a frame cannot be copied, too', async ({ studio: page, served }) => {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'VideoFrame'));
  await page.reload();
  const control = await bothFilms(page, served);
  expect(await page.evaluate(() => typeof VideoFrame)).toBe('undefined');
  await covered(page, { playing: play, jumping: jump }, control);
  await heldUp(page);
  await covered(page, { 'playing, held up': play }, control);
});

test('it is covered through a colour table, too', async ({ studio: page, served }) => {
  const control = await bothFilms(page, served);
  // Red and blue change places: the face keeps its two colours.
  const table = path.join(served.root, '红蓝互换.cube');
  const entries = Array.from({ length: 8 }, (_, i) => [(i >> 2) & 1, (i >> 1) & 1, i & 1].join(' '));
  writeFileSync(table, `LUT_3D_SIZE 2\n${entries.join('\n')}\n`);
  await page.getByRole('listbox', { name: '主线' }).getByRole('option').first().click();
  await page.getByRole('tab', { name: '检查器' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: '导入 .cube 文件' }).click();
  await (await chooser).setFiles(table);
  await expect(page.getByRole('combobox', { name: '调色表' })).toHaveValue('红蓝互换');
  await page.getByRole('main').getByText('9:16').click();
  await page.keyboard.press('Home');
  await expect(page.locator('.slot.on .glass')).toBeVisible();
  await covered(page, { playing: play, jumping: jump }, control);
});
