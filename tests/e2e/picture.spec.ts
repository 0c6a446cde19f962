/** What a clip does to its picture, with clicks and keys: turned, cropped on the stage, moved over, coloured, covered. */
import { axe, settle, shot } from './axe.ts';
import { expect, saved, test } from './support.ts';

test.use({ serverArgs: ['--sample'] });
test.describe.configure({ timeout: 180_000 });

test('turns, crops, moves over, colours and covers a clip, and takes it back', async ({ studio: page }) => {
  await page.getByText('老周的第四十个春茶季').click();
  await page.getByRole('tab', { name: '视频' }).click();
  await page.getByRole('link', { name: /半山炒茶/ }).click();
  await expect(page.locator('.captions-canvas')).toHaveAttribute('data-ready', 'true', { timeout: 60_000 });
  await page.getByRole('listbox', { name: '主线' }).getByRole('option').first().click();
  await page.getByRole('tab', { name: '检查器' }).click();
  const upright = page.locator('.slot.on .upright');
  const frame = page.locator('.slot.on .frame');
  const stage = page.getByTestId('stage');

  // Turned: the picture stands where it has room.
  const ratio = async (of: typeof frame) => {
    const box = await of.boundingBox();
    return (box?.width ?? 0) / (box?.height ?? 1);
  };
  const lying = await ratio(frame);
  await page.getByRole('button', { name: /向右转 90°/ }).click();
  await expect.poll(async () => Math.abs((await ratio(frame)) * lying - 1)).toBeLessThan(0.02);
  await expect(upright).toHaveCSS('transform', /matrix\(0, 1, -1, 0/);
  await page.getByRole('button', { name: '左右翻转' }).click();
  await expect(page.getByRole('button', { name: '左右翻转' })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect.poll(() => ratio(frame)).toBeCloseTo(lying, 1);

  // Cropped on the stage, by mouse and by keys.
  await page.getByRole('button', { name: '裁剪', exact: true }).click();
  const box = page.getByTestId('stage-box');
  await expect(box).toBeVisible();
  const grip = await box.locator('[data-grip="w"]').boundingBox();
  if (!grip) throw new Error('no grip');
  await page.mouse.move(grip.x + 6, grip.y + 6);
  await page.mouse.down();
  await page.mouse.move(grip.x + 46, grip.y + 6, { steps: 5 });
  await page.mouse.up();
  const area = await page.locator('.stage-edit').boundingBox();
  const cut = await box.boundingBox();
  expect((cut?.x ?? 0) - (area?.x ?? 0)).toBeGreaterThan(36);
  await settle(page);
  await shot(page, 'crop');
  expect(await axe(page), 'cropping').toEqual([]);
  await box.focus();
  await page.keyboard.press('Shift+ArrowUp');
  await page.keyboard.press('Shift+ArrowUp');
  await expect.poll(async () => ((await box.boundingBox())?.height ?? 0) < (cut?.height ?? 0)).toBe(true);
  await page.keyboard.press('Enter');
  await expect(box).toHaveCount(0);
  await expect(page.getByRole('button', { name: '还原裁剪' })).toBeVisible();
  expect(await ratio(frame)).toBeLessThan(lying);

  // A slow move, seen at its end.
  await page.getByRole('combobox', { name: '画面运动' }).click();
  await page.getByRole('option', { name: '慢慢推近' }).click();
  const view = page.locator('.slot.on .view');
  await page.getByRole('button', { name: '调整结尾' }).click();
  await expect(box).toBeVisible();
  await settle(page);
  await shot(page, 'view');
  await page.getByRole('button', { name: '完成' }).click();
  await expect.poll(() => view.evaluate((e) => e.style.transform)).toMatch(/scale\(1\.2/);

  // Colours reach the stage.
  await page.getByLabel('饱和的数值').fill('-100');
  await page.getByLabel('饱和的数值').press('Tab');
  await expect.poll(() => upright.evaluate((e) => getComputedStyle(e).filter)).toMatch(/url/);

  // A face is covered, at two moments.
  await page.getByRole('button', { name: '遮脸' }).click();
  await expect(box).toBeVisible();
  const mask = page.locator('.slot.on canvas.mask');
  await expect(mask).toHaveCount(1);
  const held = await mask.evaluate((c: HTMLCanvasElement) => {
    const data = c.getContext('2d')?.getImageData(0, 0, c.width, c.height).data ?? [];
    return { cells: c.width * c.height, bright: [...data].some((v, i) => i % 4 < 3 && v > 30) };
  });
  expect(held.cells).toBeLessThan(60);
  expect(held.bright).toBe(true);
  await page.getByRole('button', { name: '记下此刻位置' }).click();
  await expect(page.getByText('记了 2 个位置')).toBeVisible();
  const before = await mask.boundingBox();
  const from = await box.boundingBox();
  if (!from || !before) throw new Error('no mask');
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x + from.width / 2 - 30, from.y + from.height / 2 - 20, { steps: 5 });
  await page.mouse.up();
  await expect.poll(async () => (await mask.boundingBox())?.x ?? 0).toBeLessThan(before.x - 20);
  await settle(page);
  await shot(page, 'mask');
  expect(await axe(page), 'covering').toEqual([]);
  await page.getByRole('button', { name: '完成' }).click();
  await expect(mask).toBeVisible();
  await saved(page);

  // A reload shows the same; the mask goes away with one click and comes back with undo.
  await page.reload();
  await expect(page.locator('.captions-canvas')).toHaveAttribute('data-ready', 'true', { timeout: 60_000 });
  await page.getByRole('listbox', { name: '主线' }).getByRole('option').first().click();
  await page.getByRole('tab', { name: '检查器' }).click();
  await expect(mask).toHaveCount(1);
  await page.getByRole('button', { name: /^去掉/ }).click();
  await expect(mask).toHaveCount(0);
  await page.getByRole('main').getByText('9:16').click();
  await page.keyboard.press('Control+z');
  await expect(mask).toHaveCount(1);
  await expect(stage).toBeVisible();
  await saved(page);
});
