/**
 * What an office does with a written story: submitted, commented on, returned, revised, signed by three people, packaged,
 * verified; and a story that was changed afterwards does not go out. Each person signs in at the same computer.
 */
import type { Locator, Page } from 'playwright/test';
import { axe, settle } from './axe.ts';
import { expect, saved, test } from './support.ts';

test.use({ serverArgs: ['--sample'] });

const STORY = '一张红纸，三代人';
const REVIEWERS = ['何静文', '陶然', '苏文彬'] as const;
const CHECKS = ['政治', '法律', '政策', '保密', '文字', '舆情'];
/** Everybody of the sample office. */
const PIN = '1234';

async function become(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /账号菜单/ }).click();
  await page.getByRole('menuitem', { name: '换一位同事' }).click();
  await page.getByText(name, { exact: true }).click();
  await page.getByLabel(`${name} 的 PIN`).fill(PIN);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: `${name}，账号菜单` })).toBeVisible();
}

const room = (page: Page, name: string): Locator =>
  page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: new RegExp(`^${name}`) });

async function openStory(page: Page, title: string): Promise<void> {
  await room(page, '稿件').click();
  await page.getByRole('link', { name: title }).click();
  await expect(page.getByLabel('标题', { exact: true })).toHaveValue(title);
}

/** Selects words of the piece as a mouse would, and lets go. */
async function selectWords(page: Page, words: string): Promise<void> {
  await page.getByLabel('手机上看到的样子').evaluate((screen, wanted) => {
    const walker = document.createTreeWalker(screen, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.textContent?.indexOf(wanted) ?? -1;
      if (at === -1) continue;
      document.getSelection()?.setBaseAndExtent(node, at, node, at + wanted.length);
      return;
    }
    throw new Error(`“${wanted}” is not in the piece`);
  }, words);
}

async function submit(page: Page, button: '送审' | '重新送审'): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click();
  await expect(page.getByText('送审会冻结这些内容')).toBeVisible();
  await page.getByRole('button', { name: '送审这一份' }).click();
  await expect(page.getByText('已送审，等初审')).toBeVisible();
}

/** Opens what waits for this person, ticks the six checks and passes it. */
async function sign(page: Page, opinion: string): Promise<void> {
  await room(page, '审核').click();
  await page.getByRole('button', { name: '去审' }).first().click();
  const panel = page.getByRole('complementary', { name: '审核' });
  const pass = panel.getByRole('button', { name: '通过' });
  await expect(pass).toBeDisabled();
  for (const check of CHECKS) await panel.getByRole('checkbox', { name: check }).check();
  await panel.getByLabel('意见').fill(opinion);
  await pass.click();
}

test('a story goes through three reviews, is returned once, and leaves as a package that verifies', async ({
  studio: page,
}) => {
  test.slow();
  await become(page, '林小满');
  await openStory(page, STORY);
  await submit(page, '送审');
  await expect(page.getByRole('list', { name: '审核路线' }).getByText('正在等这一审')).toBeVisible();

  // The first reviewer sees it on the desk, comments on two words, and may not pass what was not checked.
  await become(page, '何静文');
  await expect(room(page, '审核')).toHaveAccessibleName(/1 件等你审/);
  await expect(page.getByText('待我初审')).toBeVisible();
  await page.getByRole('button', { name: '去审' }).click();
  // The heading: the covers below it may carry the same words.
  await expect(page.getByLabel('手机上看到的样子').getByRole('heading', { name: STORY })).toBeVisible();
  await selectWords(page, '七十三岁');
  await page.getByRole('button', { name: '批注', exact: true }).click();
  await page.getByLabel('批注内容').fill('户口簿上是七十六岁，请核对。');
  await page.getByRole('button', { name: '写上批注' }).click();
  await expect(page.getByText('户口簿上是七十六岁，请核对。')).toBeVisible();
  await expect(page.getByRole('button', { name: '第 1 条批注' })).toBeVisible();
  await expect(page.locator('.cm-mark', { hasText: '七十三岁' })).toBeVisible();
  expect(await page.getByLabel('手机上看到的样子').evaluate((e) => e.clientWidth)).toBe(375);
  await settle(page);
  expect(await axe(page), 'a piece under review').toEqual([]);

  // Returned: without a reason nothing is sent.
  await page.getByRole('button', { name: '退回', exact: true }).click();
  await page.getByRole('button', { name: '退回给 林小满' }).click();
  await expect(page.getByText('写上原因，林小满 才知道改哪里。')).toBeVisible();
  await page.getByLabel('退回的原因').fill('年龄没有出处，改好再送。');
  await page.getByRole('button', { name: '退回给 林小满' }).click();
  await expect(page.getByText(`“${STORY}”已退回给 林小满`)).toBeVisible();

  // The editor finds it on the desk with the reason, revises, answers, submits again.
  await become(page, '林小满');
  await expect(page.getByText('何静文：年龄没有出处，改好再送。')).toBeVisible();
  await page.getByRole('button', { name: '去修改' }).click();
  const side = page.getByRole('complementary', { name: '版本和审核' });
  await expect(side.getByText('年龄没有出处，改好再送。').first()).toBeVisible();
  await side.getByRole('button', { name: '回复' }).click();
  await side.getByLabel('回复 何静文').fill('已按户口簿核对。');
  await side.getByRole('button', { name: '发出回复' }).click();
  // The answer itself, not the field it was written in, which is there a moment longer.
  await expect(side.getByRole('paragraph').filter({ hasText: '已按户口簿核对。' })).toBeVisible();
  const body = page.getByRole('textbox', { name: '正文' });
  await body.click();
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('年龄据镇上的户籍登记。');
  await submit(page, '重新送审');

  for (const [i, name] of REVIEWERS.entries()) {
    await become(page, name);
    await sign(page, `第${String(i + 1)}审没有意见。`);
    const done = i === 2 ? `“${STORY}”全部通过，可以出包了` : `“${STORY}”已通过${i === 0 ? '初审' : '复审'}`;
    await expect(page.getByText(done)).toBeVisible();
    if (i === 0) {
      // The comment is still on its words in the new round; who has signed is told why there is no second signature.
      await expect(page.getByRole('button', { name: '第 1 条批注' })).toBeVisible();
      await expect(page.getByText('现在不能由你签')).toBeVisible();
      await expect(page.getByLabel('手机上看到的样子').getByText('年龄据镇上的户籍登记。')).toBeAttached();
    }
  }

  await become(page, '林小满');
  await page.getByRole('button', { name: '去出包' }).click();
  const sheet = page.getByRole('region', { name: '发布审批单' });
  for (const name of REVIEWERS) await expect(sheet.getByText(name)).toBeVisible();
  await expect(sheet.getByText(/第3审没有意见。\s已核：政治、法律、政策、保密、文字、舆情。/)).toBeVisible();
  await expect(page.getByText('与签发的内容一致')).toBeVisible();
  await settle(page);
  expect(await axe(page), 'the package').toEqual([]);
  // The story has no video, so only the article can go out.
  await page.getByRole('button', { name: '导出 1 个' }).click();
  await expect(page.getByText(`“${STORY}”的发布包做好了`)).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: '核对' }).click();
  await expect(page.getByText('核对过了，每个字节都和签发的一样。')).toBeVisible({ timeout: 30_000 });
  await settle(page);
  expect(await axe(page), 'a verified package').toEqual([]);
  await room(page, '发布包').click();
  await expect(
    page
      .getByRole('list')
      .getByText(/exports/)
      .first(),
  ).toBeVisible();
  await room(page, '工作台').click();
  await expect(page.getByRole('region', { name: '本月的发布包' }).getByRole('link', { name: STORY })).toBeVisible();

  // A word more, and it is not what was signed.
  await openStory(page, STORY);
  await body.click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('又添一句。');
  await saved(page);
  await page.getByRole('tab', { name: '审核' }).click();
  await expect(page.getByText(/签发后改过：.*要重新送审。/)).toBeVisible();
  await expect(page.getByRole('button', { name: '重新送审' })).toBeVisible();
  await page.getByRole('link', { name: '去出包' }).click();
  await expect(page.getByText('和签发的内容不一致')).toBeVisible();
  await expect(page.getByRole('button', { name: /^导出 \d/ })).toHaveCount(0);
});

test('who submitted may withdraw with a reason, and who may not sign is told why', async ({ studio: page }) => {
  await become(page, '林小满');
  await openStory(page, STORY);
  await submit(page, '送审');
  await page.getByRole('link', { name: '打开审核页' }).click();
  await expect(page.getByText('现在不能由你签')).toBeVisible();
  await expect(page.getByText(/不能签自己送审的稿件/)).toBeVisible();
  await page.getByRole('button', { name: '打开稿件' }).click();
  await page.getByRole('button', { name: '撤回送审' }).click();
  await page.getByLabel('撤回的原因').fill('还要补一张图。');
  await page.getByRole('button', { name: '撤回这次送审' }).click();
  await expect(page.getByText('还要补一张图。').first()).toBeVisible();
  await expect(page.getByRole('button', { name: '重新送审' })).toBeVisible();
});

test('goes between the rooms by the keys of the rail', async ({ studio: page }) => {
  await expect(page.getByRole('heading', { level: 1, name: '工作台' })).toBeVisible();
  for (const [key, name] of [
    ['2', '稿件'],
    ['3', '素材'],
    ['4', '审核'],
    ['5', '发布包'],
    ['1', '工作台'],
  ] as const) {
    await page.keyboard.press(`Alt+${key}`);
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  }
});
