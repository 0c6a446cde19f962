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

/** As a browser tells of a paste of a web page. */
async function pasteHtml(body: Locator, html: string): Promise<void> {
  await body.evaluate((element, pasted) => {
    const data = new DataTransfer();
    data.setData('text/html', pasted);
    data.setData('text/plain', '正文');
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, html);
}

test('pictures of a pasted article keep their places; what did not come along is asked for', async ({
  studio: page,
}) => {
  const body = await newStory(page);
  await expect(body).toBeFocused();
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith('http://127.0.0.1')) foreign.push(request.url());
  });
  const file = (name: string) => path.join(repoRoot, 'assets/sample/img', name);
  const inline = `data:image/jpeg;base64,${readFileSync(file('wok.jpg')).toString('base64')}`;
  // As an official account's page is copied: sections, pictures by data-src, one written into the page itself.
  await pasteHtml(
    body,
    `<section><p>炒茶从看锅开始。</p><section><img data-src="https://mmbiz.qpic.cn/a/640" alt="老周在茶园"></section>
<p>锅要烫手。<img src="${inline}">手要贴着茶走。</p><p><img src="https://t.example/c.png"></p><p>末段</p></section>`,
  );
  const blocks = body.locator('> *');
  await expect(blocks).toHaveCount(7);
  const order = () => blocks.evaluateAll((all) => all.map((e) => (e.localName === 'p' ? e.textContent : e.localName)));
  expect(await order()).toEqual([
    '炒茶从看锅开始。',
    'figure',
    '锅要烫手。',
    'figure',
    '手要贴着茶走。',
    'figure',
    '末段',
  ]);
  const figures = body.locator('figure');
  await expect(figures.nth(1).locator('img')).toBeVisible();
  await expect(page.getByText('有 2 张网上的图片没有带过来')).toBeVisible();
  const first = figures.nth(0);
  await expect(first.getByText('这里有一张图片，没有随文字带过来')).toBeVisible();
  await shot(page, 'awaiting');
  expect(await axe(page), 'pictures that are asked for').toEqual([]);

  // Its file by the button, by keys too; the alternative text came along.
  const chooser = page.waitForEvent('filechooser');
  await first.getByRole('button', { name: '选图片' }).focus();
  await page.keyboard.press('Enter');
  await (await chooser).setFiles(file('zhou.jpg'));
  await expect(first.locator('img')).toHaveAttribute('alt', '老周在茶园');

  // What is left is named where the story is sent on, then taken away; one step of undo brings it back.
  await saved(page);
  await page.getByRole('button', { name: '送审', exact: true }).click();
  await expect(page.getByText('还有 1 处图片没有放上')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '都去掉' }).click();
  await expect(figures).toHaveCount(2);
  await body.focus();
  await page.keyboard.press('Control+z');
  await expect(figures).toHaveCount(3);

  // A picture on the clipboard is the file of the selected empty one.
  await figures
    .nth(2)
    .locator('.figure-picture')
    .click({ position: { x: 8, y: 8 } });
  await expect(figures.nth(2)).toHaveClass(/selected/);
  await body.evaluate(
    (element, base64) => {
      const data = new DataTransfer();
      data.items.add(
        new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], 'shot.jpg', { type: 'image/jpeg' }),
      );
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    },
    readFileSync(file('sprout.jpg')).toString('base64'),
  );
  await expect(figures.nth(2).locator('img')).toBeVisible();
  await expect(figures).toHaveCount(3);
  await saved(page);
  await page.reload();
  await expect(figures.locator('img')).toHaveCount(3);
  expect(foreign).toEqual([]);
});
