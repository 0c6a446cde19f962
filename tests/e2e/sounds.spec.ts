/** Music under a video, with clicks and keys: from the bin to its lane, moved, trimmed, set, heard, taken back. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { axe, settle, shot } from './axe.ts';
import { expect, saved, test } from './support.ts';

test.use({ serverArgs: ['--sample'] });
test.describe.configure({ timeout: 180_000 });

let dir = '';
let song = '';
test.beforeAll(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'tongxin-song-'));
  song = path.join(dir, '采茶调.mp3');
  const wave = ['-f', 'lavfi', '-i', 'sine=frequency=330:duration=30'];
  execFileSync('ffmpeg', ['-nostdin', '-v', 'error', ...wave, '-b:a', '96k', song]);
});
test.afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('lays music under a video, sets it, hears it, and takes it back', async ({ studio: page }) => {
  await page.getByText('老周的第四十个春茶季').click();
  await page.getByRole('tab', { name: '视频' }).click();
  await page.getByRole('link', { name: /半山炒茶/ }).click();
  await expect(page.locator('.captions-canvas')).toHaveAttribute('data-ready', 'true', { timeout: 60_000 });
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: '导入素材' }).first().click();
  await (await chooser).setFiles(song);
  const cell = page.getByRole('list', { name: '可用的素材' }).getByRole('button', { name: /采茶调/ });
  await expect(cell).toBeVisible({ timeout: 60_000 });
  await cell.click();
  await page.getByRole('button', { name: '从播放头起垫乐' }).click();

  const lane = page.getByRole('listbox', { name: '音乐' });
  const block = lane.getByRole('option');
  await expect(block).toHaveCount(1);
  await expect(block).toHaveAttribute('aria-selected', 'true');
  // Its settings open by themselves: quieter than the film, stepping back for speech, going out softly.
  const gain = page.getByLabel('音量，分贝');
  await expect(gain).toHaveValue('-12 dB');
  await expect(page.getByLabel('压低多少，分贝')).toHaveValue('-9 dB');
  await expect(page.getByLabel('淡出')).toHaveValue('1 秒');
  await settle(page);
  await shot(page, 'music');
  expect(await axe(page), 'music under a video').toEqual([]);

  // By keys: loudness, then another place.
  await gain.fill('-18');
  await gain.press('Tab');
  await page.getByLabel('开始', { exact: true }).fill('1.5');
  await page.getByLabel('开始', { exact: true }).press('Tab');
  await expect(block).toHaveAttribute('aria-label', /从 00:01\.5 起/);

  // By mouse: the front edge to the right, the rest stays where it is heard.
  const before = await block.boundingBox();
  if (!before) throw new Error('the music is not shown');
  await page.mouse.move(before.x + 2, before.y + before.height / 2);
  await page.mouse.down();
  await page.mouse.move(before.x + 42, before.y + before.height / 2, { steps: 6 });
  await page.mouse.up();
  const after = await block.boundingBox();
  expect(Math.abs((after?.x ?? 0) - before.x - 40)).toBeLessThan(12);
  expect(Math.abs((after?.x ?? 0) + (after?.width ?? 0) - before.x - before.width)).toBeLessThan(2);
  await page.keyboard.press('Control+z');
  await expect.poll(async () => (await block.boundingBox())?.width).toBeCloseTo(before.width, 0);
  await saved(page);

  // It is heard with the picture: the element runs, at the place the playhead has in it, and stands when that stands.
  await page.getByRole('main').getByText('9:16').click();
  await page.keyboard.press('Home');
  await page.keyboard.press('Space');
  const audio = page.locator('audio[data-sound]');
  await expect
    .poll(() => audio.evaluate((a: HTMLAudioElement) => !a.paused && a.currentTime > 0.3), { timeout: 20_000 })
    .toBe(true);
  const level = await audio.evaluate((a: HTMLAudioElement) => a.volume);
  expect(level).toBeGreaterThan(0.02);
  expect(level).toBeLessThan(0.14);
  await page.keyboard.press('Space');
  await expect.poll(() => audio.evaluate((a: HTMLAudioElement) => a.paused)).toBe(true);

  // Split at the playhead, one half to the effects, removed by keys; a reload shows the same.
  await block.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('s');
  await expect(block).toHaveCount(2);
  await block.last().click();
  await page.getByText('音效', { exact: true }).click();
  await expect(page.getByRole('listbox', { name: '音效' }).getByRole('option')).toHaveCount(1);
  await settle(page);
  await shot(page, 'two-tracks');
  await saved(page);
  await page.reload();
  await expect(page.getByRole('listbox', { name: '音效' }).getByRole('option')).toHaveCount(1);
  await page.getByRole('listbox', { name: '音效' }).getByRole('option').click();
  await page.getByRole('main').getByText('9:16').click();
  await page.getByRole('listbox', { name: '音效' }).getByRole('option').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Delete');
  await expect(page.getByRole('listbox', { name: '音效' })).toHaveCount(0);
  await saved(page);
});
