/** The cover workshop, with the mouse and with keys: one picture in five frames, a title, and the files that come of it. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import type { Locator, Page } from 'playwright/test';
import { axe, shot } from './axe.ts';
import { expect, saved, test } from './support.ts';

test.use({ serverArgs: ['--sample'] });

const frame = (page: Page, shape: string): Locator =>
  page.getByRole('group', { name: new RegExp(`^${shape} 封面取景`) });
/** Where the picture stands under a frame, in percent. */
const placeOf = (at: Locator): Promise<{ left: number; top: number; width: number }> =>
  at.locator('img').evaluate(({ style }: HTMLImageElement) => ({
    left: parseFloat(style.left),
    top: parseFloat(style.top),
    width: parseFloat(style.width),
  }));

test('is chosen, framed by mouse and keys, titled, found again, and leaves as files', async ({
  studio: page,
  served,
}) => {
  test.slow();
  await page.getByText('老周的第四十个春茶季').first().click();
  await page.getByRole('textbox', { name: '正文' }).waitFor();
  await page.keyboard.press('Control+Alt+c');
  const panel = page.getByRole('tabpanel', { name: '封面' });
  await expect(panel.getByText('还没有封面')).toBeVisible();
  await shot(page, 'cover-empty');
  expect(await axe(page), 'choosing').toEqual([]);
  await panel.getByRole('button', { name: 'zhou.jpg' }).first().click();
  await expect(page.getByRole('group', { name: /封面取景/ })).toHaveCount(5);

  // Linked: dragging the square moves every frame that has room.
  const [square, wide, tall] = [frame(page, '1:1'), frame(page, '2.35:1'), frame(page, '3:4')];
  await square.scrollIntoViewIfNeeded();
  const before = { square: await placeOf(square), tall: await placeOf(tall), wide: await placeOf(wide) };
  const box = (await square.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 - 30, box.y + box.height / 2, { steps: 5 });
  await page.mouse.up();
  const dragged = { square: await placeOf(square), tall: await placeOf(tall), wide: await placeOf(wide) };
  expect(dragged.square.left).toBeLessThan(before.square.left - 15);
  expect(dragged.tall.left).toBeLessThan(before.tall.left - 15);
  expect(dragged.wide.left).toBe(before.wide.left);

  // By keys: back by one large step, then nearer.
  await square.focus();
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  await expect.poll(async () => (await placeOf(wide)).width).toBeCloseTo(120, 0);

  // On its own: the tall frame no longer follows.
  await page.getByRole('button', { name: '3:4 单独取景' }).click();
  await tall.focus();
  const alone = await placeOf(square);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('+');
  await expect.poll(async () => (await placeOf(tall)).width).toBeGreaterThan(before.tall.width * 1.25);
  expect(await placeOf(square)).toEqual(alone);

  await panel.getByRole('button', { name: '用稿件标题' }).click();
  const words = panel.getByRole('textbox', { name: '封面上的字' });
  await expect(words).toHaveValue('老周的第四十个春茶季');
  await expect(square.locator('text').first()).toContainText('老周');
  await panel.getByText('中', { exact: true }).first().click();
  await shot(page, 'cover-words');
  await page.evaluate(() => document.fonts.ready);
  expect(await axe(page), 'framing').toEqual([]);

  // One undo takes back one thing.
  await words.fill('守茶');
  await expect(wide.locator('text')).toHaveText('守茶');
  await saved(page);
  await page.getByRole('textbox', { name: '正文' }).click();
  await page.keyboard.press('Control+z');
  await expect(wide.locator('text')).toHaveText('老周的第四十个春茶季');
  await page.keyboard.press('Control+Shift+z');
  await expect(wide.locator('text')).toHaveText('守茶');
  await saved(page);

  await page.reload();
  await page.getByRole('tab', { name: '封面' }).click();
  await expect(wide.locator('text')).toHaveText('守茶');
  await expect(page.getByRole('button', { name: '3:4 跟其他一起取景' })).toBeVisible();
  await page.getByRole('switch', { name: '这张图由 AI 生成' }).check({ force: true });
  await expect(wide.locator('text').nth(1)).toHaveText('AI 生成');
  await saved(page);
  await shot(page, 'cover-done');

  await page.getByRole('button', { name: '导出' }).click();
  await page.getByRole('menuitem', { name: /公众号/ }).click();
  const found = (): string[] =>
    readdirSync(served.root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('cover.json'));
  await expect.poll(found, { timeout: 30_000 }).toHaveLength(1);
  const folder = path.join(served.root, path.dirname(found()[0]!));
  const told = JSON.parse(readFileSync(path.join(folder, 'cover.json'), 'utf8')) as Record<string, string>;
  expect(told['thumb']).toBe('cover.jpg');
  for (const name of ['pic_crop_235_1', 'pic_crop_1_1']) {
    const [left = 1, top = 1, right = 0, bottom = 0, ...more] = (told[name] ?? '').split('_').map(Number);
    expect(more).toEqual([]);
    expect(left >= 0 && left < right && right <= 1 && top >= 0 && top < bottom && bottom <= 1, told[name]).toBe(true);
  }
  const sizeOf = async (name: string) => {
    const { width, height } = await sharp(path.join(folder, name)).metadata();
    return `${String(width)}x${String(height)}`;
  };
  expect(await sizeOf('cover-2.35x1.jpg')).toBe('900x383');
  expect(await sizeOf('cover-1x1.jpg')).toBe('500x500');
  expect(existsSync(path.join(folder, 'cover.jpg'))).toBe(true);

  // A version is compared: only the cover differs, and that is said.
  await page.getByRole('tab', { name: /^版本/ }).click();
  await page.getByRole('button', { name: '和现在的稿子对照' }).first().click();
  // The first: while the versions are read, a second one says so.
  await expect(page.getByRole('region', { name: '版本对照' }).getByRole('status').first()).toHaveText(
    '封面改了 · 正文没有改动',
  );
  await page.getByRole('button', { name: '关上对照' }).click();

  // Those who sign see every frame of it, above the article.
  await page.getByRole('button', { name: '送审', exact: true }).click();
  await page.getByRole('button', { name: '送审这一份' }).click();
  await page.getByRole('link', { name: '打开审核页' }).click();
  const sheet = page.getByRole('region', { name: '各平台的封面' });
  await sheet.getByText('其余 4 个比例').click();
  await expect(sheet.locator('figure')).toHaveCount(5);
  await expect(sheet.locator('figure').last()).toBeVisible();
  await expect(sheet.locator('text', { hasText: '守茶' })).toHaveCount(5);
  await page.evaluate(() => document.fonts.ready);
  expect(await axe(page), 'the review').toEqual([]);
  await shot(page, 'cover-review');
  await page.goBack();
  await page.getByRole('tab', { name: '封面' }).click();

  // The list shows the cover's picture; without a cover it is the first of the text again.
  await panel.getByRole('button', { name: '不要封面' }).click();
  await expect(panel.getByText('还没有封面')).toBeVisible();
  await saved(page);
});
