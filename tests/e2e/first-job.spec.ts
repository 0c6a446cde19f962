/** What an editor does on the first morning, with clicks and keys: a workspace, an article from Word, pictures, clips. */
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright/test';
import { expect, samples, saved, test } from './support.ts';

/** Lets a file go over the room, as the browser tells the page of it. */
async function drop(page: Page, file: string): Promise<void> {
  const bytes = readFileSync(file).toString('base64');
  const transfer = await page.evaluateHandle(
    ([base64, name]) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name));
      return data;
    },
    [bytes, path.basename(file)] as const,
  );
  const target = page.getByText('zhou.jpg').first();
  for (const type of ['dragenter', 'dragover', 'drop']) await target.dispatchEvent(type, { dataTransfer: transfer });
}

test.skip(!existsSync(samples), 'the sample files are not beside the checkout');

test('makes a workspace, imports an article, edits it, finds it again after a restart', async ({
  studio: page,
  served,
}) => {
  await page.getByRole('button', { name: '选择文件夹' }).first().click();
  await page.getByLabel('单位名称').fill('岚溪县融媒体中心');
  await page.getByLabel('放在哪个文件夹').fill(path.join(served.root, '岚溪 "创作" 🍵'));
  await page.getByRole('button', { name: '建好并打开' }).click();
  await expect(page.getByRole('heading', { name: '还没有稿件' })).toBeVisible();

  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: '导入 Word 或网页' }).click();
  await (await chooser).setFiles(path.join(samples, 'text/real-article.docx'));
  const title = page.getByLabel('标题', { exact: true });
  await expect(title).toHaveValue('走好网络群众路线 释放网络统战新能量');
  const body = page.getByRole('textbox', { name: '正文' });
  await expect(body.locator('table')).toBeVisible();
  await expect(body.locator('img').first()).toBeVisible();
  await expect(body.locator('blockquote').first()).toBeVisible();

  // Edit: a new sentence at the end, a heading, bold; undo takes back one step only.
  await body.click();
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('这一句是今天早上补写的。');
  // What is typed without a pause is one step of undo; a person pauses here.
  await page.waitForTimeout(800);
  await page.keyboard.press('Enter');
  await page.keyboard.type('后记');
  await page.waitForTimeout(800);
  await page.keyboard.press('Control+Alt+2');
  await expect(body.getByRole('heading', { name: '后记', level: 2 })).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(body.getByRole('heading', { name: '后记' })).toHaveCount(0);
  await expect(body.getByText('后记')).toBeVisible();
  await expect(body.getByText('这一句是今天早上补写的。')).toBeVisible();
  await title.fill('走好网络群众路线');
  await saved(page);

  // A version, then an older one restored, then back.
  await page.keyboard.press('Control+s');
  await expect(page.getByText('已存为第 2 版')).toBeVisible();
  await page
    .getByRole('button', { name: /第 1 版/ })
    .first()
    .click();
  await page.getByRole('button', { name: '恢复成这一版' }).click();
  await expect(title).toHaveValue('走好网络群众路线 释放网络统战新能量');
  await expect(body.getByText('这一句是今天早上补写的。')).toHaveCount(0);
  await page
    .getByRole('button', { name: /第 2 版/ })
    .first()
    .click();
  await page.getByRole('button', { name: '恢复成这一版' }).click();
  // The version that is looked at shows the same words: only the message says that it is the draft again.
  await expect(page.getByText('已恢复成第 2 版')).toBeVisible();
  await expect(body.getByText('这一句是今天早上补写的。')).toBeVisible();

  // The program is killed and started again: the text is there.
  await saved(page);
  await page.goto(await served.restart());
  await page.getByText('走好网络群众路线').first().click();
  await expect(page.getByRole('textbox', { name: '正文' }).getByText('这一句是今天早上补写的。')).toBeVisible();
});

test.describe('in the sample workspace', () => {
  test.use({ serverArgs: ['--sample'] });

  test('keeps what is typed while the server is dead, and saves it once it is back', async ({
    studio: page,
    served,
  }) => {
    await page.getByText('一张红纸，三代人').click();
    const body = page.getByRole('textbox', { name: '正文' });
    await body.click();
    await page.keyboard.press('Control+End');
    await served.kill();
    await page.keyboard.type('断线时写下的一句。');
    await expect(page.getByText('连接断开，正在重连…')).toBeVisible();
    // The cookie of the dead process is worthless, so the page is opened anew; what was typed waits in the browser.
    await page.goto(await served.restart());
    await page.getByText('一张红纸，三代人').click();
    await page.getByRole('button', { name: '接着用没保存的' }).click();
    await expect(body.getByText('断线时写下的一句。')).toBeVisible();
    await saved(page);
    await page.reload();
    await expect(body.getByText('断线时写下的一句。')).toBeVisible();
    await expect(page.getByRole('button', { name: '接着用没保存的' })).toHaveCount(0);
  });

  test('imports clips by button and by drop, refuses a broken one with its reason, plays what it took', async ({
    studio: page,
  }) => {
    await page.getByRole('link', { name: '素材' }).click();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: '导入素材' }).click();
    const video = (name: string): string => path.join(samples, 'video', name);
    await (await chooser).setFiles([video('cockatoo.mp4'), video('truncated.mp4'), video('phone-vertical-vfr.mp4')]);
    await expect(page.getByText('1 个文件没有导入')).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText(/“truncated\.mp4”不完整/).first()).toBeVisible();
    await page.getByRole('button', { name: '仍然导入能用的部分' }).click();
    await expect(page.getByRole('button', { name: /truncated\.mp4/ })).toBeVisible();
    await expect(page.getByText('1 个文件没有导入')).toHaveCount(0);
    const card = page.getByRole('button', { name: /cockatoo\.mp4/ });
    await expect(card).toBeVisible();
    await expect(page.getByText(/0:14/)).toBeVisible();

    // The proxy is made in the background; then it plays and seeks.
    await card.click();
    const player = page.locator('video');
    await expect(player).toBeVisible({ timeout: 90_000 });
    await expect
      .poll(() => player.evaluate((v: HTMLVideoElement) => v.readyState), { timeout: 30_000 })
      .toBeGreaterThan(1);
    const reached = await player.evaluate(async (v: HTMLVideoElement) => {
      v.currentTime = 10;
      await new Promise((resolve) => v.addEventListener('seeked', resolve, { once: true }));
      return v.currentTime;
    });
    expect(reached).toBeCloseTo(10, 1);
    // What stands before the film's beginning is for the cutting room: nobody waits for it here.
    const first = await player.evaluate(async (v: HTMLVideoElement) => {
      v.currentTime = 0;
      await new Promise((resolve) => setTimeout(resolve, 1000));
      return v.currentTime;
    });
    expect(first).toBe(0.5);
    await expect(page.getByText('1280×720').first()).toBeVisible();

    // The same file again, dropped this time: known, not stored twice.
    await drop(page, video('cockatoo.mp4'));
    await expect(page.getByText(/没有重复保存/)).toBeVisible();
  });

  test('removes stories with one undo', async ({ studio: page }) => {
    await page.getByRole('link', { name: '稿件', exact: true }).click();
    await page.getByLabel('选中“带着代码回山里”').check();
    await page.getByRole('button', { name: '删除 1 篇稿件' }).click();
    await expect(page.getByText('带着代码回山里')).toHaveCount(0);
    await page.getByRole('button', { name: '撤销' }).click();
    await expect(page.getByText('带着代码回山里')).toBeVisible();
  });

  test('shows the pictures of the stories as soon as they are made again', async ({ studio: page, served }) => {
    const covers = page.locator('img.thumb, .resume > img');
    await page.getByText('一张红纸，三代人').waitFor();
    await expect(covers).toHaveCount(3);
    await served.kill();
    const cache = readdirSync(served.root, { recursive: true, encoding: 'utf8' }).find(
      (name) => path.basename(name) === 'cache' && !name.includes('node_modules'),
    );
    rmSync(path.join(served.root, cache!), { recursive: true });
    await page.goto(await served.restart());
    await page.getByText('一张红纸，三代人').waitFor();
    await expect(covers).toHaveCount(3);
    for (const cover of await covers.all()) {
      await expect.poll(() => cover.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
    }
  });

  test('lets a reviewer in by PIN, who may read and not write', async ({ studio: page }) => {
    await page.getByRole('button', { name: /账号菜单/ }).click();
    await page.getByRole('menuitem', { name: '换一位同事' }).click();
    await page.getByText('何静文').click();
    await page.getByLabel('何静文 的 PIN').fill('0000');
    await page.keyboard.press('Enter');
    await expect(page.getByText(/PIN 不对，还可以试 4 次/)).toBeVisible();
    await page.getByLabel('何静文 的 PIN').fill('1234');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: /何静文，账号菜单/ })).toBeVisible();
    await page.getByText('老周的第四十个春茶季').click();
    await expect(page.getByText('你的身份是“审核”，这里只能看。')).toBeVisible();
  });
});
