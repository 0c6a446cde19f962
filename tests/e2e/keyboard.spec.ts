/** Every command of the text by keyboard alone: its keys, or its name in the palette. No test here touches the mouse. */
import path from 'node:path';
import type { Locator, Page } from 'playwright/test';
import { COMMANDS, type CommandId } from '../../renderer/src/commands/definitions.ts';
import frame from '../../renderer/src/i18n/zh/frame.ts';
import { expect, repoRoot, saved, test } from './support.ts';

test.use({ serverArgs: ['--sample'] });

type EditId = Extract<CommandId, `edit.${string}`>;
interface Desk {
  page: Page;
  body: Locator;
  run: (id?: EditId) => Promise<void>;
}

const names: Record<string, string> = frame.command;
const editing = COMMANDS.filter((c) => c.id.startsWith('edit.'));

/** By its keys where it has any, else by its name in the palette. */
async function command(page: Page, id: string): Promise<void> {
  const shortcut = COMMANDS.find((c) => c.id === id)?.shortcut;
  if (shortcut !== undefined) {
    await page.keyboard.press(shortcut.replace('mod', 'Control'));
    return;
  }
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: '搜索和命令' });
  await palette.waitFor();
  await page.keyboard.type(names[id] ?? '');
  const line = palette.locator('[data-selected]');
  // Stories of that name may stand first: the arrows go on to the command.
  await expect(palette.getByText(names[id] ?? '', { exact: true }).first()).toBeVisible();
  for (let i = 0; i < 20 && (await line.textContent()) !== names[id]; i += 1) await page.keyboard.press('ArrowDown');
  await expect(line).toHaveText(names[id] ?? '');
  await page.keyboard.press('Enter');
  await expect(palette).toHaveCount(0);
}

const has =
  (selector: string, text?: string) =>
  async ({ body, run }: Desk): Promise<void> => {
    await run();
    await expect(body.locator(selector).first()).toBeAttached();
    if (text !== undefined) await expect(body.locator(selector).first()).toHaveText(text);
  };

const chooses = async ({ page, run }: Desk): Promise<void> => {
  const chooser = page.waitForEvent('filechooser');
  await run();
  expect((await chooser).isMultiple()).toBe(true);
};

const lines = (body: Locator) => body.locator('> p');

/** What each does to a text of two lines, 甲 and 乙丙, of which the second is selected. */
const EFFECTS: Record<EditId, (desk: Desk) => Promise<void>> = {
  'edit.undo': async ({ page, body, run }) => {
    await page.keyboard.type('丁');
    await expect(lines(body).last()).toHaveText('丁');
    await run();
    await expect(lines(body).last()).not.toHaveText('丁');
  },
  'edit.redo': async ({ page, body, run }) => {
    await page.keyboard.type('丁');
    await run('edit.undo');
    await expect(lines(body).last()).not.toHaveText('丁');
    await run();
    await expect(lines(body).last()).toHaveText('丁');
  },
  'edit.paragraph': async ({ body, run }) => {
    await run('edit.heading2');
    await expect(body.locator('h2')).toHaveText('乙丙');
    await run();
    await expect(body.locator('h2')).toHaveCount(0);
  },
  'edit.heading1': has('h1', '乙丙'),
  'edit.heading2': has('h2', '乙丙'),
  'edit.heading3': has('h3', '乙丙'),
  'edit.bold': has('strong', '乙丙'),
  'edit.italic': has('em', '乙丙'),
  'edit.underline': has('u', '乙丙'),
  'edit.strike': has('s', '乙丙'),
  'edit.link': async ({ page, body, run }) => {
    await run();
    await page.keyboard.type('https://example.com/cha');
    await page.keyboard.press('Enter');
    await expect(body.locator('a[href="https://example.com/cha"]')).toHaveText('乙丙');
  },
  'edit.quote': has('blockquote', '乙丙'),
  'edit.bullets': has('ul > li', '乙丙'),
  'edit.numbers': has('ol > li', '乙丙'),
  'edit.table': has('table'),
  'edit.image': chooses,
  'edit.divider': has('hr'),
  'edit.gallery': chooses,
  'edit.footnote': async ({ page, body, run }) => {
    await run();
    await page.keyboard.type('注在这里。');
    await page.keyboard.press('Enter');
    await expect(body.locator('.footnote')).toHaveCount(1);
  },
  'edit.subscript': has('sub', '乙丙'),
  'edit.superscript': has('sup', '乙丙'),
  'edit.ruby': async ({ page, body, run }) => {
    // Without words nothing waits behind the text for the next selection: it is said what is missing.
    await page.keyboard.press('End');
    await run();
    await expect(page.getByText('先选中要注音的字')).toBeVisible();
    await page.keyboard.press('Shift+Home');
    await expect(page.getByRole('toolbar', { name: '选中的文字' })).toBeVisible();
    await expect(page.getByLabel('读音')).toHaveCount(0);
    await run();
    await expect(page.getByLabel('读音')).toBeFocused();
    await page.keyboard.type('yǐbǐng');
    await page.keyboard.press('Enter');
    await expect(body.locator('[data-mark="ruby"]')).toHaveAttribute('data-reading', 'yǐbǐng');
  },
  'edit.aiMade': has('[data-mark="aiMade"]', '乙丙'),
  'edit.clear': async ({ body, run }) => {
    await run('edit.bold');
    await expect(body.locator('strong')).toHaveText('乙丙');
    await run();
    await expect(body.locator('strong')).toHaveCount(0);
  },
  'edit.person': has('[data-card="personCard"]'),
  'edit.data': has('[data-card="dataCard"]'),
  'edit.video': has('[data-card="videoCard"]'),
  'edit.steps': has('[data-card="stepList"]'),
  'edit.qa': has('[data-card="qaList"]'),
  'edit.notice': has('[data-card="noticeBox"]'),
  'edit.pullQuote': has('[data-card="pullQuote"]'),
  'edit.lead': has('[data-card="leadGuide"]'),
  'edit.qr': has('[data-card="qrBlock"]'),
  'edit.source': has('[data-card="sourceLine"]'),
  'edit.moveUp': async ({ body, run }) => {
    await run();
    await expect(lines(body).first()).toHaveText('乙丙');
  },
  'edit.moveDown': async ({ page, body, run }) => {
    // For a twentieth of a second after it set the selection itself, the editor takes a moved cursor back: nobody is that quick.
    await page.waitForTimeout(100);
    await page.keyboard.press('Control+Home');
    await run();
    await expect(lines(body).first()).toHaveText('乙丙');
  },
  'edit.duplicate': async ({ body, run }) => {
    await run();
    await expect(lines(body)).toHaveText(['甲', '乙丙', '乙丙']);
  },
  'edit.deleteBlock': async ({ body, run }) => {
    await run();
    await expect(lines(body)).toHaveText(['甲']);
  },
  'edit.cardBar': async ({ page, run }) => {
    await run('edit.notice');
    await page.keyboard.type('提示');
    const bar = page.getByRole('toolbar', { name: '提示框的设置' });
    await expect(bar).toBeVisible();
    await run();
    await expect(bar.locator(':focus')).toHaveCount(1);
    await page.keyboard.press('Escape');
  },
  'edit.find': async ({ page, run }) => {
    await run();
    await expect(page.getByRole('textbox', { name: '查找', exact: true })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('search')).toHaveCount(0);
  },
  'edit.replace': async ({ page, run }) => {
    await run();
    await expect(page.getByLabel('替换为')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('search')).toHaveCount(0);
  },
};

test('the list below knows every command of the text', () => {
  expect(Object.keys(EFFECTS).sort()).toEqual(editing.map((c) => c.id).sort());
});

const half = Math.ceil(editing.length / 2);
for (const [part, commands] of [
  ['first', editing.slice(0, half)],
  ['second', editing.slice(half)],
] as const) {
  test(`every command of the text by keyboard alone, ${part} half`, async ({ studio: page }) => {
    test.slow();
    await page.getByText('老周的第四十个春茶季').waitFor();
    await page.keyboard.press('Control+Alt+n');
    const body = page.getByRole('textbox', { name: '正文' });
    await expect(page.getByLabel('标题', { exact: true })).toBeFocused();
    await page.keyboard.type('只用键盘');
    await page.keyboard.press('Enter');
    await expect(body).toBeFocused();
    for (const { id } of commands) {
      await test.step(id, async () => {
        await page.keyboard.press('Control+a');
        await page.keyboard.press('Control+a');
        await page.keyboard.press('Delete');
        await expect(body.locator('> *')).toHaveCount(1);
        await page.keyboard.press('Control+Alt+0');
        await page.keyboard.type('甲');
        await page.keyboard.press('Enter');
        await page.keyboard.type('乙丙');
        await page.keyboard.press('Shift+Home');
        await EFFECTS[id as EditId]({ page, body, run: (other) => command(page, other ?? id) });
        await expect(body, 'the text has the focus again').toBeFocused();
      });
    }
    await saved(page);
  });
}

test('the story as a whole by keyboard alone', async ({ studio: page }) => {
  test.slow();
  await page.getByText('老周的第四十个春茶季').waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('老周的第四十');
  await expect(page.getByRole('dialog').locator('[data-selected]')).toContainText('老周的第四十个春茶季');
  await page.keyboard.press('Enter');
  const body = page.getByRole('textbox', { name: '正文' });
  await expect(body).toBeVisible();
  await command(page, 'story.preview');
  await expect(page.getByRole('complementary', { name: '手机预览' })).toBeVisible();
  await command(page, 'story.preview');
  await expect(page.getByRole('complementary', { name: '手机预览' })).toHaveCount(0);
  await command(page, 'story.focusMode');
  await expect(page.getByRole('navigation', { name: '大纲' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('navigation', { name: '大纲' })).toBeVisible();
  await command(page, 'story.cover');
  await expect(page.getByRole('tab', { name: '封面' })).toBeFocused();
  await command(page, 'story.versions');
  await expect(page.getByRole('tab', { name: /版本/ })).toBeFocused();
  await command(page, 'story.checkpoint');
  await expect(page.getByText(/^已存为第 \d+ 版$/)).toBeVisible();
  await command(page, 'story.saveTemplate');
  await expect(page.getByRole('dialog').locator(':focus')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await command(page, 'story.submit');
  await expect(page.getByRole('dialog').locator(':focus')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a picture in the text by keyboard: its words, its place, undone in one step', async ({ studio: page }) => {
  await page.getByText('老周的第四十个春茶季').waitFor();
  await page.keyboard.press('Control+Alt+n');
  const body = page.getByRole('textbox', { name: '正文' });
  await expect(page.getByLabel('标题', { exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(body).toBeFocused();
  await page.keyboard.type('图前');
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Control+Shift+i');
  await (await chooser).setFiles(path.join(repoRoot, 'assets/sample/img/zhou.jpg'));
  const figure = body.locator('figure');
  await expect(figure.locator('img')).toBeVisible();
  const caption = figure.getByLabel('图说');
  await caption.focus();
  await page.keyboard.type('老周在茶园');
  await page.keyboard.press('Tab');
  await page.keyboard.type('何静文');
  await page.keyboard.press('Tab');
  const alt = figure.getByRole('button', { name: '还没写替代文字' });
  await expect(alt).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(figure.getByLabel('替代文字')).toBeFocused();
  await page.keyboard.type('一位老人在茶园里采茶');
  await page.keyboard.press('Enter');
  await expect(figure.getByRole('button', { name: '替代文字' })).toBeFocused();
  await expect(figure.locator('img')).toHaveAttribute('alt', '一位老人在茶园里采茶');
  await saved(page);
  await page.reload();
  await expect(caption).toHaveValue('老周在茶园');
  await expect(figure.getByLabel('作者')).toHaveValue('何静文');
  // Words typed in one go are taken back in one go, though each letter is a change of the picture.
  await caption.focus();
  await page.keyboard.press('End');
  await page.keyboard.type('里采茶');
  await body.focus();
  await page.keyboard.press('Control+z');
  await expect(caption).toHaveValue('老周在茶园');
});
