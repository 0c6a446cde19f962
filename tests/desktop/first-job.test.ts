/** The first morning in the real window, with clicks and keys: workspace, article, clips, quit, and all of it there again. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, type ElectronApplication } from 'playwright/test';
import { launch, NO_RUNTIME, program, SAMPLES, test } from './studio-window.ts';

test.skip(program === null, NO_RUNTIME);
test.skip(!existsSync(SAMPLES), 'The sample files (../shared/samples) are not here.');
test.slow();

/** What the person would choose in the next system dialog. */
async function willChoose(app: ElectronApplication, ...paths: string[]): Promise<void> {
  await app.evaluate(({ dialog }, filePaths) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths });
  }, paths);
}

test('makes a workspace, writes, brings clips, quits, and finds everything again', async ({ place }) => {
  let app = await launch(place);
  let page = await app.firstWindow();
  await page.getByRole('button', { name: '选择文件夹' }).first().click();
  await page.getByLabel('单位名称').fill('岚溪县融媒体中心');
  await willChoose(app, place.workspace);
  await page.getByRole('button', { name: '浏览…' }).first().click();
  await expect(page.getByLabel('放在哪个文件夹')).toHaveValue(place.workspace);
  await page.getByRole('button', { name: '建好并打开' }).click();
  await expect(page.getByRole('heading', { name: '还没有稿件' })).toBeVisible();

  await willChoose(app, path.join(SAMPLES, 'text/real-article.docx'));
  await page.getByRole('button', { name: '导入 Word 或网页' }).click();
  const body = page.getByRole('textbox', { name: '正文' });
  await expect(body.locator('table')).toBeVisible();
  await expect(body.locator('img').first()).toBeVisible();
  await body.click();
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('在窗口里补写的一句。');
  await expect(page.getByText(/^已保存/)).toBeVisible();

  await page.getByRole('link', { name: '素材' }).click();
  const clips = ['phone-vertical-vfr.mp4', 'cockatoo.mp4', 'talk-720p30.mp4'];
  await willChoose(app, ...clips.map((name) => path.join(SAMPLES, 'video', name)));
  await page.getByRole('button', { name: '导入素材' }).click();
  for (const name of clips) await expect(page.getByText(name).first()).toBeVisible({ timeout: 60_000 });
  await page.getByText('cockatoo.mp4').first().click();
  const player = page.locator('video');
  await expect(player).toBeVisible({ timeout: 120_000 });
  const reached = await player.evaluate(async (video: HTMLVideoElement) => {
    video.currentTime = 9;
    await new Promise((resolve) => video.addEventListener('seeked', resolve, { once: true }));
    return video.currentTime;
  });
  expect(reached).toBeCloseTo(9, 1);

  await app.close();
  app = await launch(place);
  page = await app.firstWindow();
  await page.getByText('走好网络群众路线').first().click();
  await expect(page.getByRole('textbox', { name: '正文' }).getByText('在窗口里补写的一句。')).toBeVisible();
  await page.getByRole('link', { name: '素材' }).click();
  for (const name of clips) await expect(page.getByText(name).first()).toBeVisible();
  await app.close();
});
