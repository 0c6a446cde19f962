/** Versions of a story: named, compared by clicks and keys, one paragraph taken back, and stories from templates. */
import type { Page } from 'playwright/test';
import { axe, settle, shot } from './axe.ts';
import { expect, saved, test } from './support.ts';

async function look(page: Page, name: string): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await settle(page);
    await shot(page, `${name}-${scheme}`);
    expect(await axe(page)).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

const room = (page: Page, name: string) =>
  page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: new RegExp(`^${name}`) });

async function write(page: Page, title: string, lines: readonly string[]): Promise<void> {
  await page.getByLabel('标题', { exact: true }).fill(title);
  await page.getByRole('textbox', { name: '正文' }).click();
  for (const [i, line] of lines.entries()) {
    if (i > 0) await page.keyboard.press('Enter');
    await page.keyboard.insertText(line);
  }
  await saved(page);
}

const LINES = [
  '清早五点，雾还没有散，林阿伯已经在半山的茶园里了。',
  '他守着这片老茶园五十一年，十二岁上山，一辈子没离开过茶。',
  '县文化馆在镇上开办了炒茶技艺传习班。',
  '锅温二百度上下，手不离锅，一锅茶要炒二十分钟。',
  '去年合作社卖出干茶一千二百斤。',
];

test.describe('versions', () => {
  test.use({ serverArgs: ['--sample'], permissions: ['clipboard-read', 'clipboard-write'] });

  test('are named, compared by clicks and keys, and give a paragraph back', async ({ studio: page }) => {
    await room(page, '稿件').click();
    await page.getByRole('button', { name: '新建稿件' }).click();
    await write(page, '半山上的茶', LINES);
    await page.keyboard.press('Control+s');
    await expect(page.getByText('已存为第 2 版')).toBeVisible();

    // A name for the version.
    await page.getByRole('button', { name: '第 2 版的名字' }).click();
    await page.getByRole('textbox', { name: '第 2 版的名字' }).fill('送审前的稿子');
    await page.keyboard.press('Enter');
    await expect(page.getByText('送审前的稿子')).toBeVisible();

    // Edits: words, a deleted paragraph, a new one, bold.
    const body = page.getByRole('textbox', { name: '正文' });
    await body.getByText('县文化馆').click({ clickCount: 3 });
    await page.keyboard.press('Delete');
    await page.keyboard.press('Backspace');
    await body.getByText('去年合作社').click();
    await page.keyboard.press('End');
    await page.keyboard.insertText('其中有机茶三百斤。');
    await page.keyboard.press('Enter');
    await page.keyboard.insertText('这一段是后来补写的。');
    await body.getByText('清早五点').click();
    // A save on its way may set the selection anew between two keys.
    await expect(async () => {
      await page.keyboard.press('Home');
      for (let i = 0; i < 4; i++) await page.keyboard.press('Shift+ArrowRight');
      await expect(page.getByText('选中 4 字')).toBeVisible({ timeout: 2000 });
    }).toPass();
    await page.keyboard.press('Control+b');
    await page.getByLabel('标题', { exact: true }).fill('半山上的老茶园');
    await saved(page);

    await page.getByRole('button', { name: '和现在的稿子对照' }).first().click();
    const compare = page.getByRole('region', { name: '版本对照' });
    await expect(compare.getByText(/^5 处改动/)).toBeVisible();
    await expect(compare.getByText('清早五点', { exact: true })).toHaveClass(/cmp-marks/);
    await expect(compare.locator('del', { hasText: '县文化馆在镇上' })).toBeVisible();
    await expect(compare.locator('ins', { hasText: '其中有机茶三百斤。' })).toBeVisible();
    await look(page, 'compare');

    // By keys, round and back.
    await page.keyboard.press('F7');
    await expect(compare.getByText('1 / 5')).toBeVisible();
    await page.keyboard.press('F7');
    await page.keyboard.press('F7');
    await expect(compare.getByRole('button', { name: /^3 · 删去/ })).toBeFocused();
    await page.keyboard.press('Shift+F7');
    await expect(compare.getByText('2 / 5')).toBeVisible();
    await compare.getByRole('button', { name: '下一处改动' }).click();
    await expect(compare.getByText('3 / 5')).toBeVisible();

    // The deleted paragraph comes back, as one step that can be undone and done again.
    await compare.getByRole('button', { name: '取回这一段' }).click();
    await expect(compare.getByText(/^4 处改动/)).toBeVisible();
    await expect(page.getByText('已把旧的这一段放回稿子')).toBeVisible();
    await page.getByRole('button', { name: '撤销', exact: true }).last().click();
    await expect(compare.getByText(/^5 处改动/)).toBeVisible();
    await compare.getByRole('button', { name: /^3 · 删去/ }).click();
    await compare.getByRole('button', { name: '取回这一段' }).click();
    await expect(compare.getByText(/^4 处改动/)).toBeVisible();
    await saved(page);

    // Another pair: two versions.
    await compare.getByLabel('新的').click();
    await page.getByRole('option', { name: '第 1 版' }).click();
    await expect(compare.getByText(/^7 处改动/)).toBeVisible();
    await compare.getByRole('button', { name: '新旧对换' }).click();
    await expect(compare.getByText(/^7 处改动/)).toBeVisible();
    // Escape closes it also where nothing has the focus.
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press('Escape');
    await expect(body.getByText('县文化馆在镇上开办了炒茶技艺传习班。')).toBeVisible();

    // A paste over everything keeps what stood there as a version first.
    await page.evaluate((text) => navigator.clipboard.writeText(text), '长文。'.repeat(100));
    await body.click();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+v');
    await saved(page);
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+v');
    await expect(page.getByText('粘贴前自动存')).toHaveCount(1);
    await expect(page.getByText('恢复前自动存')).toHaveCount(1);
  });

  test('a story begins with a template, names its open prompts, and becomes a template', async ({ studio: page }) => {
    await room(page, '稿件').click();
    await page.getByRole('button', { name: '用模板新建' }).click();
    const chooser = page.getByRole('dialog', { name: '用模板写' });
    await chooser.getByRole('button', { name: '反诈提醒' }).click();
    await expect(chooser.getByText('骗子的套路')).toBeVisible();
    await look(page, 'templates');
    await chooser.getByRole('button', { name: '用这个写' }).click();
    const body = page.getByRole('textbox', { name: '正文' });
    await expect(body.getByRole('heading', { name: '怎么识破' })).toBeVisible();

    // One prompt replaced, the others named where the story is sent on.
    await page.getByRole('button', { name: '送审', exact: true }).click();
    const open = page.getByText(/^还有 \d+ 处写作提示没有替换$/);
    const before = Number(/\d+/.exec((await open.textContent()) ?? '')?.[0]);
    expect(before).toBeGreaterThan(8);
    await settle(page);
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await body.getByText('【写作提示】案例由公安机关提供或核实。').click({ clickCount: 3 });
    await page.keyboard.insertText('七月三日上午，城关镇的老周接到一个电话。');
    await saved(page);
    await page.getByRole('button', { name: '送审', exact: true }).click();
    await expect(page.getByText(`还有 ${before - 1} 处写作提示没有替换`)).toBeVisible();
    await page.keyboard.press('Escape');

    // Kept as a template of the office, by the palette.
    await page.keyboard.press('Control+k');
    await page.keyboard.insertText('存为模板');
    await page.getByText('把这篇稿件存为模板').click();
    const form = page.getByRole('dialog', { name: '存为模板' });
    await form.getByLabel('模板的名字').fill('城关镇反诈简讯');
    await look(page, 'save-template');
    await page.keyboard.press('Enter');
    await expect(page.getByText('已存为模板“城关镇反诈简讯”')).toBeVisible();
    await room(page, '稿件').click();
    await page.getByRole('button', { name: '用模板新建' }).click();
    await expect(chooser.getByRole('button', { name: '城关镇反诈简讯' })).toBeVisible();
    await chooser.getByRole('button', { name: '删除这个模板' }).click();
    await expect(chooser.getByRole('button', { name: '城关镇反诈简讯' })).toHaveCount(0);
  });
});
