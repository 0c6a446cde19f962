/** A colour table on a clip: taken in, seen on the stage as the film will have it, weaker, and refused when it is none. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright/test';
import sharp from 'sharp';
import { axe, settle, shot } from './axe.ts';
import { cli } from './cli.ts';
import { expect, saved, test } from './support.ts';

test.use({ serverArgs: ['--sample'] });
test.describe.configure({ timeout: 180_000 });

let dir = '';
test.beforeAll(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'tongxin-looks-'));
  // Red and blue change places.
  const entries = Array.from({ length: 8 }, (_, i) => [(i >> 2) & 1, (i >> 1) & 1, i & 1].join(' '));
  writeFileSync(path.join(dir, '红蓝互换.cube'), `LUT_3D_SIZE 2\n${entries.join('\n')}\n`);
  writeFileSync(path.join(dir, '缺一行.cube'), `LUT_3D_SIZE 2\n${entries.slice(1).join('\n')}\n`);
});
test.afterAll(() => rmSync(dir, { recursive: true, force: true }));

const clips = (page: Page) => page.getByRole('listbox', { name: '主线' }).getByRole('option');

async function open(page: Page): Promise<void> {
  await page.getByText('老周的第四十个春茶季').click();
  await page.getByRole('tab', { name: '视频' }).click();
  await page.getByRole('link', { name: /半山炒茶/ }).click();
  await expect(page.locator('.captions-canvas')).toHaveAttribute('data-ready', 'true', { timeout: 60_000 });
  await clips(page).first().click();
  await page.getByRole('tab', { name: '检查器' }).click();
}

/** Mean red, green, blue of the picture on the stage, where no captions are. */
async function seen(page: Page): Promise<[number, number, number]> {
  const box = await page.locator('.slot.on .frame').boundingBox();
  if (!box) throw new Error('no picture');
  const { x, y, width, height } = box;
  const png = await page.screenshot({
    clip: { x: x + width / 4, y: y + height / 8, width: width / 2, height: height / 4 },
  });
  const { channels } = await sharp(png).stats();
  return [channels[0]?.mean ?? 0, channels[1]?.mean ?? 0, channels[2]?.mean ?? 0];
}

async function bringIn(page: Page, name: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: '导入 .cube 文件' }).click();
  await (await chooser).setFiles(path.join(dir, name));
}

/** Brings tables in, makes one weaker, takes it away and has it back after a reload; what is seen is measured each time. */
async function useTable(page: Page): Promise<void> {
  await expect.poll(async () => (await seen(page)).reduce((a, b) => a + b, 0)).toBeGreaterThan(60);
  const [red, green, blue] = await seen(page);
  await bringIn(page, '缺一行.cube');
  await expect(page.getByText(/“缺一行.cube”第 9 行不对：7 < 8/)).toBeVisible();
  await bringIn(page, '红蓝互换.cube');
  await expect(page.getByRole('combobox', { name: '调色表' })).toHaveValue('红蓝互换');
  const swapped = (share: number) => [red + (blue - red) * share, green, blue + (red - blue) * share];
  const off = async (share: number) =>
    Math.max(...(await seen(page)).map((value, i) => Math.abs(value - (swapped(share)[i] ?? 0))));
  expect(Math.abs(red - blue)).toBeGreaterThan(8);
  await expect.poll(() => off(1)).toBeLessThan(3);
  await expect(page.locator('.slot.on .glass')).toBeVisible();
  await page.getByLabel('强度的数值').fill('50');
  await page.getByLabel('强度的数值').press('Tab');
  await expect.poll(() => off(0.5)).toBeLessThan(3);
  await shot(page, 'lut');
  await settle(page);
  expect(await axe(page), 'with a colour table').toEqual([]);
  await page.getByRole('combobox', { name: '调色表' }).click();
  await page.getByRole('option', { name: '不用' }).click();
  await expect.poll(() => off(0)).toBeLessThan(3);
  await page.getByRole('main').getByText('9:16').click();
  await page.keyboard.press('Control+z');
  await expect.poll(() => off(0.5)).toBeLessThan(3);
  await saved(page);
  await page.reload();
  await expect(page.locator('.captions-canvas')).toHaveAttribute('data-ready', 'true', { timeout: 60_000 });
  await expect.poll(() => off(0.5), { timeout: 30_000 }).toBeLessThan(3);
}

test('a colour table is taken in, seen, made weaker and taken away again', async ({ studio: page }) => {
  await open(page);
  await useTable(page);
});

/** As on a computer whose graphics cannot do it. */
async function withoutWebGl2(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const own = HTMLCanvasElement.prototype.getContext as (...of: unknown[]) => unknown;
    const without = function (this: HTMLCanvasElement, kind: unknown, ...more: unknown[]) {
      return kind === 'webgl2' ? null : own.call(this, kind, ...more);
    };
    Object.assign(HTMLCanvasElement.prototype, { getContext: without });
  });
  await page.reload();
}

test('the same without WebGL 2', async ({ studio: page }) => {
  await withoutWebGl2(page);
  await open(page);
  await useTable(page);
});

test('without WebGL 2 a film is seen through its table while it plays, too', async ({ studio: page, served }) => {
  const film = path.join(dir, '橙色.mp4');
  // Orange, and a white square that goes down one side.
  const inputs = ['color=0xE08020:size=640x360:rate=25', 'color=white:size=40x40:rate=25'];
  const args = [
    ...inputs.flatMap((input) => ['-f', 'lavfi', '-t', '6', '-i', input]),
    '-filter_complex',
    '[0][1]overlay=y=50*t',
  ];
  execFileSync('ffmpeg', ['-nostdin', '-v', 'error', ...args, '-pix_fmt', 'yuv420p', film]);
  const [story] = cli(served, 'story', 'list') as { storyId: string }[];
  const [made] = cli(served, 'media', 'import', film) as { assetId: string }[];
  const clip = `${made!.assetId}:0-6000000`;
  cli(served, 'video', 'new', '--story', story!.storyId, '--title', '橙色', '--clip', clip);
  await withoutWebGl2(page);
  await page.getByText('老周的第四十个春茶季').click();
  await page.getByRole('tab', { name: '视频' }).click();
  await page.getByRole('link', { name: /橙色/ }).click();
  await expect.poll(async () => (await seen(page))[0], { timeout: 60_000 }).toBeGreaterThan(150);
  await clips(page).first().click();
  await page.getByRole('tab', { name: '检查器' }).click();
  await bringIn(page, '红蓝互换.cube');
  const glass = page.locator('.slot.on .glass');
  await expect(glass).toBeVisible();
  const longest = () => glass.evaluate((canvas: HTMLCanvasElement) => Math.max(canvas.width, canvas.height));
  expect(await longest()).toBe(640);
  await page.getByRole('main').getByText('9:16').click();
  await page.keyboard.press('Home');
  await page.keyboard.press('Space');
  // Smaller than those that stand, each moment another, and blue all the while.
  await expect.poll(longest).toBe(480);
  const pictures = new Set<string>();
  for (let n = 0; n < 5; n += 1) {
    pictures.add(await glass.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL()));
    const [red, , blue] = await seen(page);
    expect(blue - red).toBeGreaterThan(100);
    await page.waitForTimeout(200);
  }
  expect(pictures.size).toBeGreaterThan(2);
  await page.keyboard.press('Space');
  await expect.poll(longest).toBe(640);
});
