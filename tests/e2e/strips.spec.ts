/** Filmstrips and waveforms on the timeline, read off their canvases: what is where, at every zoom, after every edit. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Locator, Page } from 'playwright/test';
import { axe, settle, shot } from './axe.ts';
import { expect, saved, test } from './support.ts';

test.use({ serverArgs: ['--sample'] });
test.describe.configure({ timeout: 240_000 });

let dir = '';
/** Eight seconds: red up to 4 s, then blue; silent but for a tone at half of full scale from 5 to 6 s. */
let film = '';
/** Ten seconds of a tone at a quarter of full scale. */
let song = '';
test.beforeAll(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'tongxin-strips-'));
  [film, song] = [path.join(dir, '红与蓝.mp4'), path.join(dir, '长音.wav')];
  const run = (...args: string[]) => execFileSync('ffmpeg', ['-nostdin', '-v', 'error', ...args]);
  const picture = "color=red:size=640x360:rate=25:duration=8,drawbox=c=blue:t=fill:enable='gte(t,4)'";
  const burst = 'aevalsrc=0.5*sin(2*PI*440*t)*between(t\\,5\\,6):s=48000:d=8';
  const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac'];
  run('-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', burst, ...h264, film);
  run('-f', 'lavfi', '-i', 'aevalsrc=0.25*sin(2*PI*330*t):s=48000:d=10', song);
});
test.afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Share of the block that the pictures have where there is a waveform. */
const FILM = 0.6;

interface Column {
  /** Of the picture, in its upper half. */
  colour: 'red' | 'blue' | 'none';
  /** Pixels of the waveform in this column, as a share of the block's height, and their colour. */
  wave: number;
  ink: string;
}

/** What stands in one column of a block's canvas, `x` CSS pixels from the block's left edge. */
function columnAt(block: Locator, x: number, ground: string): Promise<Column> {
  return block.locator('canvas').evaluate(
    (canvas: HTMLCanvasElement, { x, ground, film }) => {
      const ratio = canvas.width / canvas.clientWidth;
      const at = Math.round((x - Number.parseFloat(canvas.style.left)) * ratio);
      const { data } = canvas.getContext('2d')!.getImageData(at, 0, 1, canvas.height);
      const pixel = (y: number): number[] => [...data.subarray(y * 4, y * 4 + 4)];
      const [r = 0, , b = 0] = pixel(Math.round(canvas.height * 0.3));
      const hex = (p: number[]) =>
        `#${p
          .slice(0, 3)
          .map((v) => v.toString(16).padStart(2, '0'))
          .join('')}`;
      const from = Math.round(canvas.height * film);
      const inked = Array.from({ length: canvas.height }, (_, y) => y)
        .filter((y) => y > (ground === '' ? 0 : from))
        .map(pixel)
        .filter((p) => (p[3] ?? 0) > 200 && hex(p) !== ground);
      return {
        colour: r > 150 && b < 100 ? ('red' as const) : b > 150 && r < 100 ? ('blue' as const) : ('none' as const),
        wave: inked.length / canvas.height,
        ink: hex(inked[Math.floor(inked.length / 2)] ?? []),
      };
    },
    { x, ground, film: FILM + 0.12 },
  );
}

const token = (page: Page, name: string): Promise<string> =>
  page.evaluate((n) => getComputedStyle(document.documentElement).getPropertyValue(n).trim(), name);

/** A new video with the film in it, once its filmstrip and its waveform are drawn. */
async function open(page: Page): Promise<Locator> {
  await page.getByText('老周的第四十个春茶季').click();
  await page.getByRole('tab', { name: '视频' }).click();
  await page.getByRole('button', { name: '剪一条视频' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: '导入素材' }).first().click();
  await (await chooser).setFiles([film, song]);
  const cell = page.getByRole('button', { name: /红与蓝/ });
  await expect(cell).toBeVisible({ timeout: 60_000 });
  await cell.click();
  await page.getByRole('button', { name: '加到片尾' }).click();
  const block = page.getByRole('listbox', { name: '主线' }).getByRole('option');
  await expect(block.locator('canvas')).toHaveAttribute('data-shows', 'film wave', { timeout: 120_000 });
  return block;
}

test('draws pictures and sound where they are, at every zoom and after every edit', async ({ studio: page }) => {
  const block = await open(page);
  const ground = await token(page, '--clip');
  await settle(page);
  await shot(page, 'strips');
  const width = async () => (await block.boundingBox())?.width ?? 0;
  /** The column at a time of the source, the clip beginning at `inS`, at the present zoom. */
  const at = async (s: number, inS = 0, lengthS = 8) =>
    columnAt(block, ((s - inS) / lengthS) * (await width()), ground);
  const places = async () => {
    expect(await at(0.8)).toMatchObject({ colour: 'red' });
    expect(await at(7.4)).toMatchObject({ colour: 'blue' });
    expect((await at(2)).wave).toBeLessThan(0.03);
    expect((await at(5.5)).wave).toBeGreaterThan(0.15);
    expect((await at(4.8)).wave).toBeLessThan(0.03);
    expect((await at(6.2)).wave).toBeLessThan(0.03);
  };
  await expect.poll(async () => (await at(5.5)).wave).toBeGreaterThan(0.15);
  await places();
  expect((await at(5.5)).ink).toBe(await token(page, '--wave'));
  expect(await axe(page), 'filmstrip and waveform').toEqual([]);

  // Nearer: the same things at the same times, and still one canvas of a bounded size.
  const zoomBy = async (delta: number, s: number) => {
    const box = await block.boundingBox();
    if (!box) throw new Error('no clip');
    await page.mouse.move(Math.min(1200, Math.max(120, box.x + (s / 8) * box.width)), box.y + 40);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, delta);
    await page.keyboard.up('Control');
  };
  await page.getByRole('button', { name: '放大' }).click();
  const before = await width();
  await zoomBy(-200, 5.5);
  await expect.poll(width).toBeGreaterThan(before * 1.5);
  await expect.poll(async () => (await at(5.5)).wave).toBeGreaterThan(0.15);
  expect((await at(4.9)).wave).toBeLessThan(0.03);
  await zoomBy(-2000, 5.5);
  await expect.poll(width).toBeGreaterThan(3800);
  await expect.poll(async () => (await at(5.5)).wave).toBeGreaterThan(0.15);
  const canvas = await block.locator('canvas').evaluate((c: HTMLCanvasElement) => c.width / window.devicePixelRatio);
  expect(canvas).toBeLessThan(3200);
  await shot(page, 'strips-near');
  await page.getByRole('button', { name: '适合全片' }).click();
  await expect.poll(width).toBeLessThan(1300);
  await expect.poll(async () => (await at(5.5)).wave).toBeGreaterThan(0.15);
  await places();

  // Trimmed by four and a half seconds at its front: what was behind moves up.
  await page.getByRole('main').getByText('9:16').click();
  await page.keyboard.press('Home');
  for (let i = 0; i < 13; i += 1) await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('q');
  await expect.poll(() => block.getAttribute('aria-label')).not.toMatch(/8\.0 秒/);
  const left = Number(/，(\d+\.\d) 秒/.exec((await block.getAttribute('aria-label')) ?? '')?.[1]);
  expect(left).toBeLessThan(4.1);
  await expect.poll(async () => (await at(5.5, 8 - left, left)).wave).toBeGreaterThan(0.15);
  expect((await at(4.9, 8 - left, left)).wave).toBeLessThan(0.03);
  expect(await at(4.6, 8 - left, left)).toMatchObject({ colour: 'blue' });

  // Louder than full scale: in the colour of a warning; muted: faint.
  await block.click();
  await page.getByRole('tab', { name: '检查器' }).click();
  const gain = page.getByLabel('音量，分贝');
  await gain.fill('12');
  await gain.press('Tab');
  const ink = async () => (await at(5.5, 8 - left, left)).ink;
  await expect.poll(ink).toBe(await token(page, '--wave-clipped'));
  await shot(page, 'strips-loud');
  await gain.fill('-30');
  await gain.press('Tab');
  await expect.poll(async () => (await at(5.5, 8 - left, left)).wave).toBeLessThan(0.1);
  expect(await ink()).toBe(await token(page, '--wave'));
  await page.getByRole('switch', { name: '静音' }).click({ force: true });
  await expect.poll(ink).toBe(await token(page, '--wave-off'));
  await saved(page);
});

test('draws music in its lane; an emptied cache is filled again when the room opens', async ({
  studio: page,
  served,
}) => {
  const block = await open(page);
  await page.getByRole('button', { name: /长音/ }).click();
  await page.getByRole('button', { name: '从播放头起垫乐' }).click();
  const sound = page.getByRole('listbox', { name: '音乐' }).getByRole('option');
  await expect(sound.locator('canvas')).toHaveAttribute('data-shows', 'wave', { timeout: 60_000 });
  const middle = async () => ((await sound.boundingBox())?.width ?? 0) / 2;
  // A quarter of full scale at −12 dB: a quarter of the height.
  await expect.poll(async () => (await columnAt(sound, await middle(), '')).wave).toBeGreaterThan(0.15);
  expect((await columnAt(sound, await middle(), '')).wave).toBeLessThan(0.35);
  const end = ((await sound.boundingBox())?.width ?? 0) - 4;
  expect((await columnAt(sound, end, '')).wave).toBeLessThan(0.12);
  await settle(page);
  await shot(page, 'strips-music');
  expect(await axe(page), 'music with its waveform').toEqual([]);
  await saved(page);

  const cache = served.root;
  const derived = readdirSync(cache, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /cache.derived$/.test(name),
  );
  expect(derived.length).toBe(1);
  rmSync(path.join(cache, derived[0] ?? ''), { recursive: true });
  await page.reload();
  await expect(block.locator('canvas')).toHaveAttribute('data-shows', 'film wave', { timeout: 120_000 });
  await expect(sound.locator('canvas')).toHaveAttribute('data-shows', 'wave', { timeout: 60_000 });
});

test('sets a caption to the speech under it, by key and by button, and takes it back', async ({ studio: page }) => {
  await open(page);
  await page.getByRole('main').getByText('9:16').click();
  const cue = page.getByRole('listbox', { name: '字幕' }).getByRole('option');
  const times = page.getByRole('list', { name: '字幕' }).locator('li').first();
  const go = async (steps: number) => {
    await page.keyboard.press('Home');
    for (let i = 0; i < steps; i += 1) await page.keyboard.press('Shift+ArrowRight');
  };
  // From 4.67 to 6.33 s; the tone sounds from 5 to 6 s.
  await go(14);
  await page.keyboard.press('c');
  await expect(cue).toHaveCount(1);
  await page.keyboard.press('Escape');
  await page.getByRole('main').getByText('9:16').click();
  await cue.click();
  await go(19);
  await page.keyboard.press(']');
  await expect(times).toContainText('00:04.7 – 00:06.3');
  await page.keyboard.press('Shift+V');
  await expect(page.getByText('对准了 1 条字幕')).toBeVisible();
  await expect(times).toContainText('00:05.0 – 00:06.0');
  await page.keyboard.press('Control+z');
  await expect(times).toContainText('00:04.7 – 00:06.3');

  await page.getByRole('button', { name: '调整时间' }).click();
  await page.getByRole('tabpanel', { name: '字幕' }).getByText('全部', { exact: true }).click();
  await settle(page);
  await shot(page, 'snap-to-speech');
  expect(await axe(page), 'times with snapping to speech').toEqual([]);
  await page.getByRole('button', { name: '对准人声' }).click();
  await expect(times).toContainText('00:05.0 – 00:06.0');
  // It stands right now: that is said, and nothing moves.
  await page.getByRole('button', { name: '对准人声' }).click();
  await expect(page.getByText('半秒之内没有别的话头或话尾')).toBeVisible();
  await saved(page);
});
