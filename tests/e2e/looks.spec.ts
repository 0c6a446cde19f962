/** A colour table on a clip: taken in, seen on the stage as the film will have it, weaker, and refused when it is none. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright/test';
import sharp from 'sharp';
import { axe, settle, shot } from './axe.ts';
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

test('a colour table is taken in, seen, made weaker and taken away again', async ({ studio: page }) => {
  await open(page);
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
});
