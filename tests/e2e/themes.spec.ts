/** The theme editor: a theme of the program copied, changed, refused while it cannot be read, saved, used, shared, removed. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { FileChooser, Page } from 'playwright/test';
import { axe, settle, shot } from './axe.ts';
import { expect, saved, test } from './support.ts';

test.use({ serverArgs: ['--sample'] });

/** Style of the first element of a kind on the phone. */
const styleOf = (page: Page, tag: string): Promise<string> =>
  page
    .locator('.wx-article')
    .evaluate((host, name) => host.shadowRoot?.querySelector(name)?.outerHTML.slice(0, 400) ?? '', tag);

test('is copied, changed, refused while it cannot be read, saved, used, shared and removed', async ({
  studio: page,
  served,
}) => {
  test.slow();
  await page.getByText('老周的第四十个春茶季').first().click();
  await page.getByRole('textbox', { name: '正文' }).waitFor();
  await page.getByRole('button', { name: '公众号主题：素白' }).click();
  await page.getByRole('menuitem', { name: '修改这个主题…' }).click();
  await expect(page.getByRole('heading', { name: '素白', level: 1 })).toBeVisible();
  await expect(page.getByLabel('中文名', { exact: true })).toBeDisabled();
  await page.getByRole('button', { name: '复制后修改' }).click();
  await page.getByLabel('中文名', { exact: true }).fill('岚溪红');

  // The construction of a heading, seen on the phone at once.
  const before = await styleOf(page, 'h2');
  await page.locator('summary', { hasText: '二级标题' }).click();
  await page.getByRole('combobox', { name: '构造' }).click();
  await page.getByRole('option', { name: '色带', exact: true }).click();
  await expect.poll(() => styleOf(page, 'h2')).not.toBe(before);

  // A grey nobody can read is told, and holds the saving back.
  const ink = page.getByLabel('正文色', { exact: true });
  await ink.fill('#bbbbbb');
  const stands = page.getByRole('main').getByRole('status');
  await expect(stands).toContainText('改好才能保存');
  await expect(page.getByText('对比度 1.9（至少 4.5）')).toBeVisible();
  await expect(page.getByRole('button', { name: '保存主题' })).toBeDisabled();
  await shot(page, 'theme-unreadable');
  await page.getByRole('button', { name: '撤销修改' }).click();
  await expect(ink).not.toHaveValue('#bbbbbb');
  await expect(stands).not.toContainText('改好才能保存');
  await ink.fill('#5a1210');
  await expect(stands).not.toContainText('改好才能保存');
  expect(await axe(page), 'the editor').toEqual([]);
  await shot(page, 'theme-editor');

  // What is not saved is there again.
  await page.reload();
  await expect(page.getByText('没保存')).toBeVisible();
  await expect(ink).toHaveValue('#5a1210');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('“岚溪红”已保存')).toBeVisible();
  await expect(page.getByRole('heading', { name: '岚溪红', level: 1 })).toBeVisible();
  await expect(page.getByText('没保存')).toHaveCount(0);

  // Used in the story.
  await page.getByRole('link', { name: '稿件', exact: true }).click();
  await page.getByText('老周的第四十个春茶季').first().click();
  await page.getByRole('button', { name: '公众号主题：素白' }).click();
  await page.getByRole('menuitem', { name: /岚溪红/ }).click();
  await saved(page);
  await page.keyboard.press('Control+Shift+p');
  await expect.poll(() => styleOf(page, 'p')).toContain('#5a1210');
  await shot(page, 'theme-in-story');

  // Changed on: the story keeps what it was set in, until it is chosen again.
  await page.getByRole('button', { name: '公众号主题：岚溪红' }).click();
  await page.getByRole('menuitem', { name: '修改这个主题…' }).click();
  await page.getByLabel('正文色', { exact: true }).fill('#0d3b66');
  await page.getByRole('button', { name: '保存主题' }).click();
  await expect(page.getByText('“岚溪红”已保存').last()).toBeVisible();
  // Back to the story: the saved revision has a page of its own, which comes a moment after the words.
  const chosen = page.getByRole('button', { name: '公众号主题：岚溪红' });
  await expect
    .poll(async () => {
      if (await chosen.isVisible()) return true;
      if (/#\/themes/.test(page.url())) await page.goBack();
      return false;
    })
    .toBe(true);
  await expect.poll(() => styleOf(page, 'p')).toContain('#5a1210');
  await page.getByRole('button', { name: '公众号主题：岚溪红' }).click();
  await expect(page.getByText('这篇用的是旧的一版')).toBeVisible();
  await page.getByRole('menuitem', { name: /岚溪红/ }).click();
  await expect.poll(() => styleOf(page, 'p')).toContain('#0d3b66');
  await saved(page);

  // Shared: exported, taken in again as the same, a foreign file refused with its place.
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder(/命令|稿件、素材/).fill('公众号主题');
  await expect(page.getByText('公众号主题', { exact: true })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByText('1 篇稿件在用')).toBeVisible();
  await settle(page);
  expect(await axe(page), 'the list').toEqual([]);
  await shot(page, 'themes');
  await page.getByRole('button', { name: '导出“岚溪红”' }).click();
  await expect(page.getByText(/主题文件在/)).toBeVisible();
  const file = readdirSync(served.root, { recursive: true, encoding: 'utf8' }).find((name) =>
    name.endsWith('岚溪红.json'),
  );
  const bring = async (files: Parameters<FileChooser['setFiles']>[0]) => {
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: '导入主题文件' }).click();
    await (await chooser).setFiles(files);
  };
  await bring({ name: '坏.json', mimeType: 'application/json', buffer: Buffer.from('{"schema":1,"id":"x"}') });
  await expect(page.getByText(/name: /)).toBeVisible();
  await bring({ name: '图.json', mimeType: 'application/json', buffer: Buffer.from('not json') });
  await expect(page.getByText('“图.json”不是主题文件')).toBeVisible();
  await page.getByRole('button', { name: '删除“岚溪红”' }).click();
  await expect(page.getByText('已删除“岚溪红”')).toBeVisible();
  await expect(page.getByRole('link', { name: /岚溪红/ })).toHaveCount(0);
  await bring(path.join(served.root, file!));
  await expect(page.getByRole('heading', { name: '岚溪红', level: 1 })).toBeVisible();
});
