/** The article editor in the real window: the system's clipboard both ways, the preview's worker, the keys. */
import path from 'node:path';
import { expect } from 'playwright/test';
import { launch, NO_RUNTIME, program, ROOT, test } from './studio-window.ts';

/** The calls of the runtime that runs here; the types are of the one that ships, which has others. */
interface SystemClipboard {
  readHTML(): string;
  readText(): string;
  writeImage(image: unknown): void;
  clear(): void;
}

test.skip(program === null, NO_RUNTIME);
test.slow();

test('writes, shows the phone, copies for an account and takes a picture from the clipboard', async ({ place }) => {
  let app = await launch(place, '--sample', '--workspace', place.workspace);
  try {
    let page = await app.firstWindow();
    const problems: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    await page.getByText('老周的第四十个春茶季').first().click();
    const body = page.getByRole('textbox', { name: '正文' });
    await body.click();
    await page.keyboard.press('Control+End');
    await page.keyboard.press('Enter');
    await page.keyboard.type('在窗口里写的一句。');
    await expect(page.getByText(/^已保存/)).toBeVisible();

    // The worker that renders the phone is allowed by the window's policy, and is not the page's own thread.
    await page.keyboard.press('Control+Shift+p');
    const phone = page.getByRole('region', { name: '手机预览' });
    await expect(phone.getByText('在窗口里写的一句。')).toBeAttached();
    expect(page.workers().some((worker) => worker.url().includes('wechat-worker'))).toBe(true);

    await page.getByRole('button', { name: '复制到公众号' }).click();
    await expect(page.getByText('已复制，到公众号后台粘贴')).toBeVisible();
    const copied = await app.evaluate((electron) => {
      const clipboard = electron.clipboard as unknown as SystemClipboard;
      return { html: clipboard.readHTML(), text: clipboard.readText() };
    });
    expect(copied.text).toContain('在窗口里写的一句。');
    expect(copied.html).toContain('<section');
    expect(copied.html).toContain('src="data:image/jpeg;base64,');
    expect(copied.html).not.toMatch(/media:|app:|<script|class=/);

    const picture = path.join(ROOT, 'assets/sample/img/wok.jpg');
    await app.evaluate((electron, file) => {
      const clipboard = electron.clipboard as unknown as SystemClipboard;
      clipboard.clear();
      clipboard.writeImage(electron.nativeImage.createFromPath(file));
    }, picture);
    const before = await body.locator('figure').count();
    await body.getByText('在窗口里写的一句。').click();
    await page.keyboard.press('Control+v');
    await expect(body.locator('figure')).toHaveCount(before + 1);
    await expect(body.locator('figure').last().locator('img')).toBeVisible();

    // Ctrl+Shift+I asks for a picture and does not slant the words.
    const asked = app.evaluate(
      ({ dialog }) =>
        new Promise<boolean>((resolve) => {
          dialog.showOpenDialog = () => {
            resolve(true);
            return Promise.resolve({ canceled: true, filePaths: [] });
          };
        }),
    );
    await body.getByText('在窗口里写的一句。').click();
    await page.keyboard.press('Control+Shift+I');
    expect(await asked).toBe(true);
    await page.keyboard.type('直');
    await expect(body.locator('em', { hasText: '直' })).toHaveCount(0);
    expect(problems).toEqual([]);

    // Closed in the middle of the writing: the window goes at once, with everything saved.
    await page.keyboard.type('关窗前的最后一句。');
    await app.close();
    app = await launch(place);
    page = await app.firstWindow();
    await page.getByText('老周的第四十个春茶季').first().click();
    await expect(page.getByRole('textbox', { name: '正文' })).toContainText('关窗前的最后一句。');
  } finally {
    await app.close();
  }
});
