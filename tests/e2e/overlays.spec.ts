/** Cutaways and small pictures over a film, with clicks and keys: laid over, seen at their time, made small, placed, removed. */
import { axe, settle, shot } from './axe.ts';
import { expect, saved, test } from './support.ts';

test.use({ serverArgs: ['--sample'] });
test.describe.configure({ timeout: 180_000 });

test('lays a picture over a film, makes it small, places it, covers part of it, takes it back', async ({
  studio: page,
}) => {
  await page.getByText('老周的第四十个春茶季').click();
  await page.getByRole('tab', { name: '视频' }).click();
  await page.getByRole('link', { name: /半山炒茶/ }).click();
  await expect(page.locator('.captions-canvas')).toHaveAttribute('data-ready', 'true', { timeout: 60_000 });
  await page.getByRole('main').getByText('9:16').click();
  await page.keyboard.press('Home');
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('Shift+ArrowRight');

  // From the bin, at the playhead: it is on, and selected.
  await page.getByRole('list', { name: '可用的素材' }).getByRole('button', { name: /wok/ }).click();
  await page.getByRole('button', { name: '叠加', exact: true }).click();
  const block = page.getByRole('listbox', { name: '叠加' }).getByRole('option');
  await expect(block).toHaveCount(1);
  await expect(block).toHaveAttribute('aria-label', /从 00:01\.0 起，3\.0 秒/);
  const over = page.locator('[data-overlay]');
  await expect(over).toHaveClass(/on/);
  const stage = await page.getByTestId('stage').boundingBox();
  const full = await over.boundingBox();
  expect(Math.abs((full?.width ?? 0) - (stage?.width ?? 1))).toBeLessThan(2);
  await settle(page);
  await shot(page, 'cutaway');
  expect(await axe(page), 'a cutaway').toEqual([]);

  // Before its time it is not seen; the clip below is.
  await page.getByRole('main').getByText('9:16').click();
  await page.keyboard.press('ArrowLeft');
  await expect(over).not.toHaveClass(/on/);
  await page.keyboard.press('ArrowRight');
  await expect(over).toHaveClass(/on/);

  // Small, and placed by the mouse and by keys.
  await page.getByText('小窗', { exact: true }).click();
  await expect.poll(async () => (await over.boundingBox())?.width ?? 999).toBeLessThan((stage?.width ?? 0) / 2);
  await page.getByRole('button', { name: '在画面上摆放' }).click();
  const box = page.getByTestId('stage-box');
  const from = await box.boundingBox();
  if (!from) throw new Error('no box');
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x + from.width / 2 - 40, from.y + from.height / 2 + 30, { steps: 5 });
  await page.mouse.up();
  await expect.poll(async () => (await over.boundingBox())?.x ?? 0).toBeLessThan(from.x - 20);
  await box.focus();
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(async () => (await over.boundingBox())?.width ?? 0).toBeGreaterThan(from.width + 2);
  await settle(page);
  await shot(page, 'small');
  await page.keyboard.press('Enter');

  // It takes what a clip takes: a mask.
  await page.getByRole('button', { name: '遮牌证' }).click();
  await expect(over.locator('canvas.mask')).toHaveCount(1);
  await page.getByRole('button', { name: '完成' }).click();

  // In time: moved by the mouse, split by a key, removed by a key, back by undo; a reload shows the same.
  const before = await block.boundingBox();
  if (!before) throw new Error('no block');
  await page.mouse.move(before.x + before.width / 2, before.y + before.height / 2);
  await page.mouse.down();
  await page.mouse.move(before.x + before.width / 2 - 30, before.y + before.height / 2, { steps: 5 });
  await page.mouse.up();
  await expect.poll(async () => (await block.boundingBox())?.x ?? 0).toBeLessThan(before.x - 10);
  await page.getByRole('main').getByText('9:16').click();
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('s');
  await expect(block).toHaveCount(2);
  await block.last().click();
  await page.getByRole('main').getByText('9:16').click();
  await page.keyboard.press('Delete');
  await expect(block).toHaveCount(1);
  await page.keyboard.press('Control+z');
  await expect(block).toHaveCount(2);
  await saved(page);
  await page.reload();
  await expect(block).toHaveCount(2, { timeout: 60_000 });
});
