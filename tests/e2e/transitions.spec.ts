/** Transitions with clicks: a dissolve and a fade, seen while standing and while playing, taken back. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright/test';
import sharp from 'sharp';
import { axe, settle, shot } from './axe.ts';
import { expect, saved, test } from './support.ts';

test.use({ serverArgs: ['--sample'] });
test.describe.configure({ timeout: 180_000 });

test('dissolves one clip into the next, seen at a stand and on the run', async ({ studio: page }) => {
  await page.getByText('老周的第四十个春茶季').click();
  await page.getByRole('tab', { name: '视频' }).click();
  await page.getByRole('link', { name: /半山炒茶/ }).click();
  await expect(page.locator('.captions-canvas')).toHaveAttribute('data-ready', 'true', { timeout: 60_000 });
  const second = page.getByRole('listbox', { name: '主线' }).getByRole('option').nth(1);
  await second.click();
  await page.getByRole('tab', { name: '检查器' }).click();
  await page.getByRole('combobox', { name: /转场/ }).click();
  await page.getByRole('option', { name: '叠化' }).click();
  const length = page.getByLabel('转场长度');
  await expect(length).toHaveValue('0.8 秒');
  await length.fill('2');
  await length.press('Tab');
  expect(await axe(page), 'a transition').toEqual([]);

  // At the cut both are seen, the one that comes half through.
  await page.getByRole('main').getByText('9:16').click();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  const shown = page.locator('.slot.on');
  await expect(shown).toHaveCount(2);
  const strength = () =>
    shown.evaluateAll((slots) => slots.map((slot) => Number((slot as HTMLElement).style.opacity || '1')).sort());
  await expect.poll(async () => Math.abs(((await strength())[0] ?? 0) - 0.5)).toBeLessThan(0.03);
  await settle(page);
  await shot(page, 'dissolve');
  for (let i = 0; i < 2; i += 1) await page.keyboard.press('Shift+ArrowLeft');
  await expect.poll(async () => (await strength())[0] ?? 1).toBeLessThan(0.25);
  for (let i = 0; i < 2; i += 1) await page.keyboard.press('Shift+ArrowLeft');
  await expect(shown).toHaveCount(1);

  // On the run: both for a while, then one again, at its full strength.
  await page.keyboard.press('Space');
  await expect(shown).toHaveCount(2, { timeout: 10_000 });
  await expect(shown).toHaveCount(1, { timeout: 10_000 });
  await page.keyboard.press('Space');
  expect(await strength()).toEqual([1]);

  // Through black: dark at the cut.
  await page.getByRole('combobox', { name: /转场/ }).click();
  await page.getByRole('option', { name: '经过黑场' }).click();
  await page.getByRole('main').getByText('9:16').click();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  const veil = page.locator('.veil:not(.last)');
  await expect(veil).toBeVisible();
  await expect.poll(() => veil.evaluate((e) => Number(e.style.opacity))).toBeGreaterThan(0.95);
  await page.keyboard.press('Home');
  await expect(veil).toBeHidden();
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('combobox', { name: /转场/ })).toHaveValue('直接切');
  await saved(page);
});

let dir = '';
test.beforeAll(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'tongxin-turns-'));
  for (const [name, colour] of [
    ['红', 'red'],
    ['蓝', 'blue'],
    ['绿', 'lime'],
  ] as const) {
    const picture = ['-f', 'lavfi', '-i', `color=${colour}:size=360x640:rate=25:duration=4`];
    execFileSync('ffmpeg', ['-nostdin', '-v', 'error', ...picture, path.join(dir, `${name}.mp4`)]);
  }
});
test.afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Red, green and blue in the middle of the stage, 0 to 255. */
async function middle(page: Page): Promise<number[]> {
  const box = await page.getByTestId('stage').boundingBox();
  if (!box) throw new Error('no stage');
  const clip = { x: box.x + box.width / 2 - 4, y: box.y + box.height / 2 - 4, width: 8, height: 8 };
  const { channels } = await sharp(await page.screenshot({ clip })).stats();
  return channels.slice(0, 3).map(({ mean }) => Math.round(mean));
}

test('both videos of a dissolve are seen at a stand, wherever the playhead comes from', async ({ studio: page }) => {
  await page.getByText('老周的第四十个春茶季').click();
  await page.getByRole('tab', { name: '视频' }).click();
  await page.getByRole('button', { name: '剪一条视频' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: '导入素材' }).first().click();
  await (await chooser).setFiles(['红.mp4', '蓝.mp4'].map((name) => path.join(dir, name)));
  const clips = page.getByRole('listbox', { name: '主线' }).getByRole('option');
  const bin = page.getByRole('list', { name: '可用的素材' });
  for (const [i, name] of ['红', '蓝', '红'].entries()) {
    await bin.getByRole('button', { name: new RegExp(name) }).dblclick();
    await expect(clips).toHaveCount(i + 1);
  }
  await page.getByRole('tab', { name: '检查器' }).click();
  for (const [i, kind] of [
    [1, '叠化'],
    [2, '经过白场'],
  ] as const) {
    await clips.nth(i).click();
    await page.getByRole('combobox', { name: /转场/ }).click();
    await page.getByRole('option', { name: kind }).click();
  }
  await page.getByRole('main').getByText('9:16').click();
  const isAt = (wanted: readonly number[]) =>
    expect
      .poll(async () => (await middle(page)).every((value, i) => Math.abs(value - (wanted[i] ?? 0)) < 25), {
        timeout: 60_000,
        message: wanted.join(),
      })
      .toBe(true);

  // From the beginning to the first cut: half red, half blue.
  await page.keyboard.press('Home');
  await isAt([254, 0, 0]);
  await page.keyboard.press('ArrowDown');
  await isAt([127, 0, 127]);
  await settle(page);
  await shot(page, 'dissolve-of-videos');
  // Straight on to the second: white at the cut, and blue without a trace of either before it.
  await page.keyboard.press('ArrowDown');
  await isAt([255, 255, 255]);
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('Shift+ArrowLeft');
  await isAt([0, 0, 254]);
  // Back over it, and beyond.
  await page.keyboard.press('ArrowUp');
  await isAt([127, 0, 127]);
  for (let i = 0; i < 6; i += 1) await page.keyboard.press('ArrowLeft');
  await isAt([191, 0, 64]);
  // All clips gone, nothing of a transition is left.
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowUp');
  await isAt([255, 255, 255]);
  for (let i = 3; i > 0; i -= 1) {
    await clips.first().click();
    await page.getByRole('main').getByText('9:16').click();
    await page.keyboard.press('Delete');
    await expect(clips).toHaveCount(i - 1);
  }
  await expect(page.locator('.veil:not(.last)')).toBeHidden();
});

test('the blurred ground of the clip that comes is its own from the cut on', async ({ studio: page }) => {
  await page.getByText('老周的第四十个春茶季').click();
  await page.getByRole('tab', { name: '视频' }).click();
  await page.getByRole('button', { name: '剪一条视频' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: '导入素材' }).first().click();
  await (await chooser).setFiles(['红.mp4', '蓝.mp4', '绿.mp4'].map((name) => path.join(dir, name)));
  const clips = page.getByRole('listbox', { name: '主线' }).getByRole('option');
  const bin = page.getByRole('list', { name: '可用的素材' });
  for (const [i, name] of ['红', '蓝', '绿'].entries()) {
    await bin.getByRole('button', { name: new RegExp(name) }).dblclick();
    await expect(clips).toHaveCount(i + 1);
  }
  await page.getByRole('main').getByText('9:16').click();
  // Each once at a stand, so that the two slots have something else on their grounds.
  for (const key of ['ArrowDown', 'ArrowDown', 'Home']) {
    await page.keyboard.press(key);
    await expect.poll(async () => Math.max(...(await middle(page))), { timeout: 60_000 }).toBeGreaterThan(230);
  }
  await expect.poll(async () => (await middle(page))[0] ?? 0).toBeGreaterThan(230);
  // Read at the very moment a slot comes on show: later its picture would have been copied anyway.
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    const watch = new MutationObserver((changes) => {
      for (const { target, oldValue } of changes) {
        const slot = target as HTMLElement;
        if (!slot.classList.contains('on') || oldValue?.split(' ').includes('on')) continue;
        const ground = slot.querySelector<HTMLCanvasElement>('canvas.backdrop');
        const data = ground?.getContext('2d')?.getImageData(ground.width / 2, ground.height / 2, 1, 1).data ?? [];
        seen.push(
          ['red', 'green', 'blue'][
            Array.from(data)
              .slice(0, 3)
              .indexOf(Math.max(...Array.from(data).slice(0, 3)))
          ] ?? '',
        );
      }
    });
    for (const slot of document.querySelectorAll('.slot'))
      watch.observe(slot, { attributes: true, attributeFilter: ['class'], attributeOldValue: true });
  });
  await page.keyboard.press('Space');
  const grounds = () => page.evaluate(() => (window as unknown as { seen: string[] }).seen);
  await expect.poll(grounds, { timeout: 30_000 }).toEqual(['blue', 'green']);
  // On a busy computer the clip that comes does not run yet when it comes on show, and its frame is not copied.
  await expect(page.getByRole('button', { name: '播放（空格）' })).toBeVisible({ timeout: 30_000 });
  await page.keyboard.press('Home');
  await expect.poll(async () => (await middle(page))[0] ?? 0).toBeGreaterThan(230);
  await page.evaluate(() => {
    (window as unknown as { seen: string[] }).seen.length = 0;
    const { play } = HTMLMediaElement.prototype;
    HTMLMediaElement.prototype.play = async function later(this: HTMLMediaElement) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      await play.call(this);
    };
    const { copyTo } = VideoFrame.prototype;
    VideoFrame.prototype.copyTo = async function later(this: VideoFrame, ...how) {
      await new Promise((resolve) => setTimeout(resolve, 6000));
      return copyTo.apply(this, how);
    };
  });
  await page.keyboard.press('Space');
  await expect.poll(grounds, { timeout: 30_000 }).toEqual(['blue', 'green']);
});
