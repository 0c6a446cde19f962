/**
 * Every theme in the story's own phone: both widths, by day and at night. The studio's screen, not a page made for a test; the whole
 * pages of the article with every node are made by tests/screens/themes.spec.ts.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright/test';
import { WECHAT_THEMES } from '../../core/model/wechat/index.ts';
import { axe, settle, shot } from './axe.ts';
import { expect, samples, test } from './support.ts';

test.use({ serverArgs: ['--sample'] });
test.skip(!existsSync(samples), 'the sample files are not beside the checkout');

/** What stands out of the column, what text says nothing against its ground, and how many lines there are. */
const look = (phone: Locator) =>
  phone.evaluate((screen) => {
    const root = screen.querySelector('.wx-article')?.shadowRoot;
    if (!root) throw new Error('no article');
    const edge = screen.getBoundingClientRect().right;
    const blocks = [...root.querySelectorAll<HTMLElement>('section, p, h1, h2, h3, img, table')];
    const wide = blocks.filter((e) => e.getBoundingClientRect().right > edge + 1 && !e.closest('[style*="overflow"]'));
    const page = getComputedStyle(root.host).backgroundColor;
    return { blocks: blocks.length, wide: wide.map((e) => e.outerHTML.slice(0, 80)), page };
  });

test('the sample article in each theme, at both widths, by day and at night', async ({ studio: page }) => {
  test.setTimeout(240_000);
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.getByText('老周的第四十个春茶季').waitFor();
  await page.keyboard.press('Alt+2');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: /导入/ }).first().click();
  await (await chooser).setFiles(path.join(samples, 'text/real-article.docx'));
  await expect(page.getByLabel('标题', { exact: true })).toHaveValue('走好网络群众路线 释放网络统战新能量');
  await page.keyboard.press('Control+Shift+p');
  const preview = page.getByRole('complementary', { name: '手机预览' });
  const phone = preview.getByRole('region', { name: '手机预览' });
  const pages = new Set<string>();
  for (const theme of WECHAT_THEMES) {
    await page.getByRole('button', { name: /^公众号主题/ }).click();
    await page.getByRole('menuitem', { name: new RegExp(`^${theme.name.zh}`) }).click();
    await expect(page.getByRole('button', { name: `公众号主题：${theme.name.zh}` })).toBeVisible();
    await expect(preview.getByText('公众号会保留全部样式')).toBeVisible();
    for (const width of ['375', '430']) {
      await preview.getByText(width, { exact: true }).click();
      for (const night of [false, true]) {
        await preview.getByText(night ? '深色' : '浅色', { exact: true }).click();
        await phone.evaluate((e) => e.scrollTo({ top: e.scrollHeight }));
        await settle(page);
        const seen = await look(phone);
        expect(seen.wide, `${theme.id} ${width}`).toEqual([]);
        expect(seen.blocks).toBeGreaterThan(12);
        pages.add(`${theme.id} ${String(night)} ${seen.page}`);
        await shot(page, `theme-${theme.id}-${width}-${night ? 'night' : 'day'}`);
        if (width === '375') expect(await axe(page), `${theme.id}, ${night ? 'night' : 'day'}`).toEqual([]);
      }
    }
  }
  // One ground by day and one at night for each theme.
  expect(pages.size).toBe(WECHAT_THEMES.length * 2);
});
