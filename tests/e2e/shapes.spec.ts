/** One film in several shapes: looked at one by one and beside each other, framed for one alone, rendered for several platforms. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Locator, Page } from 'playwright/test';
import sharp from 'sharp';
import { axe, settle, shot } from './axe.ts';
import { expect, saved, test } from './support.ts';

test.use({ serverArgs: ['--sample'] });
test.describe.configure({ timeout: 240_000 });

let dir = '';
test.beforeAll(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'tongxin-shapes-'));
  // Red on the left, blue on the right.
  const picture = 'color=red:size=640x360:rate=30:duration=4,drawbox=x=320:w=320:h=360:c=blue:t=fill';
  const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];
  execFileSync('ffmpeg', [
    '-nostdin',
    '-v',
    'error',
    '-f',
    'lavfi',
    '-i',
    picture,
    ...h264,
    path.join(dir, '红蓝.mp4'),
  ]);
});
test.afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** What is in the middle of a stage. */
async function middle(page: Page, stage: Locator): Promise<'red' | 'blue' | 'both' | 'neither'> {
  const box = await stage.boundingBox();
  if (!box) throw new Error('no stage');
  const clip = { x: box.x + box.width / 2 - 12, y: box.y + box.height / 2 - 4, width: 24, height: 8 };
  const { channels } = await sharp(await page.screenshot({ clip })).stats();
  const [red = 0, , blue = 0] = channels.map(({ mean }) => mean);
  if (red > 60 && blue > 60) return 'both';
  return red > 60 ? 'red' : blue > 60 ? 'blue' : 'neither';
}

test('is framed for each, seen in each, and rendered for several platforms', async ({ studio: page }) => {
  await page.getByText('老周的第四十个春茶季').click();
  await page.getByRole('tab', { name: '视频' }).click();
  await page.getByRole('button', { name: '剪一条视频' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: '导入素材' }).first().click();
  await (await chooser).setFiles(path.join(dir, '红蓝.mp4'));
  await page.getByRole('list', { name: '可用的素材' }).getByRole('button', { name: /红蓝/ }).dblclick();
  const clip = page.getByRole('listbox', { name: '主线' }).getByRole('option');
  await expect(clip).toHaveCount(1);
  const main = page.locator('.stages > .stage').getByTestId('stage');
  const sees = (wanted: string, stage = main) =>
    expect.poll(() => middle(page, stage), { timeout: 60_000, message: wanted }).toBe(wanted);
  await sees('both');

  // Filled, 9:16 sees the middle; then its left part, by the slider's keys.
  await page.getByRole('tab', { name: '检查器' }).click();
  await clip.click();
  await page.getByRole('radiogroup', { name: '这一段的取景' }).getByText('填满').click();
  const across = page.getByRole('slider', { name: '左右' });
  await across.focus();
  await page.keyboard.press('Home');
  await sees('red');
  await settle(page);
  expect(await axe(page), 'framing').toEqual([]);

  // In 3:4 it is the same until it is set there: to the right, for that shape alone.
  const look = async (name: RegExp, role: 'menuitemradio' | 'menuitemcheckbox' = 'menuitemradio') => {
    await page.getByRole('button', { name: '画幅', exact: true }).click();
    await page.getByRole(role, { name }).click();
  };
  await look(/^3:4/);
  await expect(page.getByRole('heading', { name: '取景（只在 3:4）' })).toBeVisible();
  await sees('red');
  await across.focus();
  await page.keyboard.press('End');
  await sees('blue');
  await settle(page);
  await shot(page, 'three-to-four');
  await look(/^16:9/);
  await sees('both');
  await look(/^9:16/);
  await sees('red');

  // All of them beside each other, at the same moment; a click looks at one.
  await look(/并排/, 'menuitemcheckbox');
  const beside = (shape: string) => page.locator(`.beside[data-shape="${shape}"]`).getByTestId('stage');
  await expect(page.locator('.beside')).toHaveCount(3);
  await sees('blue', beside('3:4'));
  await sees('both', beside('16:9'));
  await settle(page);
  expect(await axe(page), 'beside each other').toEqual([]);
  await shot(page, 'beside');
  await page.getByRole('button', { name: '16:9 画幅' }).click();
  await expect(page.locator('.beside')).toHaveCount(3);
  await sees('red', beside('9:16'));
  await look(/^9:16/);
  await look(/并排/, 'menuitemcheckbox');
  await expect(page.locator('.beside')).toHaveCount(0);
  await saved(page);
  await page.reload();
  await sees('red');

  // For two platforms at once.
  await page.getByRole('button', { name: '抖音' }).click();
  await page.getByRole('menuitemcheckbox', { name: /^小红书/ }).click();
  await settle(page);
  expect(await axe(page), 'platforms').toEqual([]);
  await shot(page, 'platforms');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: '抖音 等 2 个平台' })).toBeVisible();
  await page.getByRole('button', { name: '渲染视频' }).click();
  await expect(page.getByText(/和另外 1 个/)).toBeVisible({ timeout: 120_000 });
});
