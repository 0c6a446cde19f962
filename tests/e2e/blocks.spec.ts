/** Blocks dragged by their handle, pictures from the clipboard, a picture's own fields by mouse. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright/test';
import { axe, settle, shot } from './axe.ts';
import { expect, repoRoot, saved, test } from './support.ts';

test.use({ serverArgs: ['--sample'], permissions: ['clipboard-read', 'clipboard-write'] });

async function newStory(page: Page): Promise<Locator> {
  await page.getByText('老周的第四十个春茶季').waitFor();
  await page.keyboard.press('Control+Alt+n');
  await expect(page.getByLabel('标题', { exact: true })).toBeFocused();
  await page.keyboard.type('段落');
  await page.keyboard.press('Enter');
  return page.getByRole('textbox', { name: '正文' });
}

test('drags a block by its handle to another place, undone in one step', async ({ studio: page }) => {
  const body = await newStory(page);
  await expect(body).toBeFocused();
  for (const line of ['第一段', '第二段', '第三段']) {
    await page.keyboard.type(line);
    if (line !== '第三段') await page.keyboard.press('Enter');
  }
  await body.getByText('第一段').hover();
  const handle = page.getByRole('button', { name: '这一段：拖动，或点开菜单' });
  await expect(handle).toBeVisible();
  await handle.hover();
  await page.mouse.down();
  const last = await body.getByText('第三段').boundingBox();
  if (!last) throw new Error('the last block is not shown');
  await page.mouse.move(last.x + 30, last.y - 6, { steps: 8 });
  await page.mouse.move(last.x + 30, last.y + last.height - 1, { steps: 4 });
  await page.mouse.up();
  await expect(body.locator('> p')).toHaveText(['第二段', '第三段', '第一段']);
  await page.keyboard.press('Control+z');
  await expect(body.locator('> p')).toHaveText(['第一段', '第二段', '第三段']);
  await saved(page);
});

test('a picture on the clipboard becomes a picture of the story', async ({ studio: page }) => {
  const body = await newStory(page);
  await expect(body).toBeFocused();
  await page.keyboard.type('图在下面');
  const jpeg = readFileSync(path.join(repoRoot, 'assets/sample/img/zhou.jpg')).toString('base64');
  // As a screenshot tool puts it there: a PNG, no text beside it.
  await page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/jpeg;base64,${base64}`;
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: 900, height: 600 });
    canvas.getContext('2d')?.drawImage(image, 0, 0, 900, 600);
    const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (png) await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
  }, jpeg);
  await body.focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Control+v');
  const figure = body.locator('figure');
  await expect(figure.locator('img')).toBeVisible();
  await expect(figure.locator('img')).toHaveAttribute('width', '900');
  await saved(page);
  await page.reload();
  await expect(figure.locator('img')).toBeVisible();

  // Its words and the button that takes it away, by mouse.
  await figure.getByLabel('图说').fill('老周在茶园');
  await figure.getByRole('button', { name: '还没写替代文字' }).click();
  await figure.getByLabel('替代文字').fill('一位老人');
  await settle(page);
  await shot(page, 'figure');
  expect(await axe(page), 'a picture with its fields').toEqual([]);
  await figure.locator('img').click();
  await expect(figure).toHaveClass(/selected/);
  await figure.getByRole('button', { name: '删除图片' }).click();
  await expect(figure).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(figure.getByLabel('图说')).toHaveValue('老周在茶园');
});
