/** Writing with the editor of a story: cards by the slash menu and keys, words marked, found and replaced. */
import path from 'node:path';
import type { Locator, Page } from 'playwright/test';
import { axe, settle, shot } from './axe.ts';
import { expect, repoRoot, saved, test } from './support.ts';

const picture = (name: string): string => path.join(repoRoot, 'assets/sample/img', name);

async function newStory(page: Page, title: string): Promise<Locator> {
  await page.getByText('老周的第四十个春茶季').waitFor();
  await page.keyboard.press('Control+Alt+n');
  await page.getByLabel('标题', { exact: true }).fill(title);
  const body = page.getByRole('textbox', { name: '正文' });
  await body.click();
  return body;
}

/** Types "/", a few letters, Enter. */
async function slash(page: Page, query: string): Promise<void> {
  await page.keyboard.type(`/${query}`);
  await expect(page.getByRole('listbox', { name: '插入' }).getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Enter');
}

test.use({ serverArgs: ['--sample'] });

test('writes cards by keys alone, and finds them again', async ({ studio: page }) => {
  test.slow();
  const body = await newStory(page, '半山上的茶');
  await page.keyboard.type('茶是等出来的。');
  await page.keyboard.press('Enter');

  // The menu opens on "/", narrows, closes on Escape without a trace but the sign itself.
  await page.keyboard.type('/');
  const menu = page.getByRole('listbox', { name: '插入' });
  await expect(menu.getByRole('option', { name: /人物卡/ })).toBeVisible();
  await expect(menu.getByRole('option').first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowDown');
  await expect(menu.getByRole('option', { name: /人物卡/ })).toHaveAttribute('aria-selected', 'true');
  await settle(page);
  await shot(page, 'slash');
  expect(await axe(page), 'the slash menu').toEqual([]);
  await page.keyboard.type('没有这个');
  await expect(page.getByText('没有叫“没有这个”的内容')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(menu).toHaveCount(0);
  await page.keyboard.press('Shift+Home');
  await page.keyboard.press('Backspace');

  // A person: Enter goes from line to line, and from an empty paragraph out of the card.
  await slash(page, 'rwk');
  await page.keyboard.type('林阿伯');
  await page.keyboard.press('Enter');
  await page.keyboard.type('半山茶园第三代守茶人');
  await page.keyboard.press('Enter');
  await page.keyboard.type('十二岁上山，一辈子没离开过茶。');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.keyboard.type('他的三个数字：');
  await page.keyboard.press('Enter');

  await slash(page, '数据');
  await page.keyboard.type('73岁');
  await page.keyboard.press('Enter');
  await page.keyboard.type('守茶人的年纪');
  await page.keyboard.press('Enter');
  await page.keyboard.type('126户');
  await page.keyboard.press('Enter');
  await page.keyboard.type('跟着种茶的人家');
  await page.keyboard.press('Control+Enter');

  await slash(page, 'bz');
  await page.keyboard.type('摊青');
  await page.keyboard.press('Enter');
  await page.keyboard.type('薄薄摊开，四到六小时。');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.type('杀青');
  await page.keyboard.press('Enter');
  await page.keyboard.type('锅温二百度上下。');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.keyboard.type('揉捻');
  // Enter in an empty last item leaves the list.
  await page.keyboard.press('Enter');
  await page.keyboard.type('趁热。');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await slash(page, 'tsk');
  await page.keyboard.press('Enter');
  await page.keyboard.type('县里没有委托任何人上门收茶。');
  // The card's own settings, by keys.
  await page.keyboard.press('Alt+Enter');
  const bar = page.getByRole('toolbar', { name: '提示框的设置' });
  await expect(bar).toBeVisible();
  await bar.getByText('当心').click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Enter');
  await page.keyboard.type('文末。');
  await slash(page, 'ly');

  await page.keyboard.type('岚溪县融媒体中心');
  await page.keyboard.press('Enter');
  await page.keyboard.type('何静文');
  await saved(page);

  const card = (name: string) => body.locator(`[data-card="${name}"]`);
  await expect(card('personCard')).toContainText('林阿伯半山茶园第三代守茶人十二岁上山');
  await expect(card('dataItem')).toHaveCount(2);
  await expect(card('stepItem')).toHaveCount(3);
  await expect(card('noticeBox')).toHaveAttribute('data-kind', 'warning');
  await expect(card('sourceItem').nth(1)).toHaveText('何静文');
  await settle(page);
  await shot(page, 'cards');
  expect(await axe(page), 'cards').toEqual([]);

  await page.reload();
  await expect(card('stepItem')).toHaveCount(3);
  await expect(card('stepItem').nth(2)).toHaveText('揉捻趁热。');
  await expect(card('noticeBox')).toHaveAttribute('data-kind', 'warning');
});

test('moves, copies and takes away blocks; pictures in a gallery and a portrait', async ({ studio: page }) => {
  test.slow();
  const body = await newStory(page, '三段');
  await page.keyboard.type('第一段');
  await page.keyboard.press('Enter');
  await page.keyboard.type('第二段');
  await page.keyboard.press('Alt+ArrowUp');
  await expect(body.locator('> *').first()).toHaveText('第二段');
  await page.keyboard.press('Control+Alt+d');
  await expect(body.locator('> *')).toHaveText(['第二段', '第二段', '第一段']);
  await page.keyboard.press('Control+Shift+Backspace');
  await expect(body.locator('> *')).toHaveText(['第二段', '第一段']);

  // By the handle beside the block.
  await body.getByText('第一段').hover();
  await page.getByRole('button', { name: '这一段：拖动，或点开菜单' }).click();
  await page.getByRole('menuitem', { name: /上移/ }).click();
  await expect(body.locator('> *')).toHaveText(['第一段', '第二段']);
  await body.getByText('第二段').hover();
  await page.getByRole('button', { name: '在下面插入' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('option', { name: /图组/ }).click();
  await (await chooser).setFiles([picture('zhou.jpg'), picture('wok.jpg')]);
  const gallery = body.locator('[data-card="gallery"]');
  await expect(gallery.locator('img')).toHaveCount(2);
  await gallery.locator('img').first().click();
  await gallery.locator('img').first().hover();
  await settle(page);
  await shot(page, 'gallery');

  await page.keyboard.press('Control+End');
  await page.keyboard.press('Enter');
  await slash(page, 'person');
  await page.keyboard.type('老周');
  const bar = page.getByRole('toolbar', { name: '人物卡的设置' });
  const portrait = page.waitForEvent('filechooser');
  await bar.getByRole('button', { name: '选照片' }).click();
  await (await portrait).setFiles(picture('zhou.jpg'));
  await expect(body.locator('[data-card="personCard"] img')).toBeVisible();
  await bar.getByLabel('替代文字').fill('老周在茶园里');
  await bar.getByRole('button', { name: 'AI 生成' }).click();
  await expect(body.locator('[data-card="personCard"] .ai-label')).toHaveText('AI 生成');
  await expect(body.locator('[data-card="personCard"] img')).toHaveAttribute('alt', '老周在茶园里');
  await settle(page);
  await shot(page, 'person');
  expect(await axe(page), 'a person card').toEqual([]);
  await saved(page);
});

test('a command given in the same moment as the cursor moved acts where the cursor is', async ({ studio: page }) => {
  const body = await newStory(page, '快手');
  await page.keyboard.type('第一句在前。第二句在后。');
  await page.keyboard.press('Home');
  // Faster than the browser tells of a moved cursor: on a slow machine "End, then the command" is just this.
  await body.evaluate((dom) => {
    const text = dom.querySelector('p')!.firstChild!;
    getSelection()!.setPosition(text, text.textContent!.length);
    const key = { key: 'j', code: 'KeyJ', ctrlKey: true, altKey: true, bubbles: true, cancelable: true };
    dom.dispatchEvent(new KeyboardEvent('keydown', key));
  });
  await page.getByLabel('脚注', { exact: true }).fill('在末尾。');
  await page.keyboard.press('Enter');
  await page.keyboard.type('完。');
  await expect(body.locator('p').first()).toHaveText(/^第一句在前。第二句在后。.*完。$/);
});

test('marks words, writes a footnote, finds and replaces, writes without distraction', async ({ studio: page }) => {
  test.slow();
  const body = await newStory(page, '字词');
  await page.keyboard.type('截止六月底，茶园截止采摘。2024年3月和2025年11月。');
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  const bubble = page.getByRole('toolbar', { name: '选中的文字' });
  await expect(bubble).toBeVisible();
  await bubble.getByRole('button', { name: '文字颜色' }).click();
  await page.getByRole('menuitem', { name: '绿' }).click();
  await expect(body.locator('[data-mark="textColor"][data-color="green"]')).toHaveText('截止');
  await bubble.getByRole('button', { name: '注音' }).click();
  await page.getByLabel('读音').fill('jiézhǐ');
  await page.keyboard.press('Enter');
  await expect(body.locator('[data-mark="ruby"]')).toHaveAttribute('data-reading', 'jiézhǐ');
  await settle(page);
  await shot(page, 'bubble');
  expect(await axe(page), 'the bubble').toEqual([]);

  await page.keyboard.press('End');
  await page.keyboard.press('Control+Alt+j');
  await page.getByLabel('脚注', { exact: true }).fill('据镇上的登记。');
  await page.keyboard.press('Enter');
  await page.keyboard.type('完。');
  await expect(body.locator('.footnote')).toHaveCount(1);

  await page.keyboard.press('Control+h');
  const find = page.getByRole('search', { name: '查找和替换' });
  await find.getByLabel('查找', { exact: true }).fill('截止');
  // Searched from the cursor on, and round: the cursor is at the end.
  await expect(find.getByRole('status')).toHaveText('1 / 2');
  await expect(body.locator('.find-hit')).toHaveCount(2);
  await settle(page);
  await shot(page, 'find');
  expect(await axe(page), 'find and replace').toEqual([]);
  await find.getByLabel('替换为').fill('截至');
  await find.getByRole('button', { name: '全部替换' }).click();
  await expect(page.getByText('替换了 2 处')).toBeVisible();
  await expect(body).toContainText('截至六月底，茶园截至采摘。');
  await find.getByRole('button', { name: '正则表达式' }).click();
  await find.getByLabel('查找', { exact: true }).fill('(\\d{4})年(\\d+)月');
  await expect(find.getByRole('status')).toHaveText(/\/ 2$/);
  await find.getByLabel('替换为').fill('$1.$2');
  await find.getByRole('button', { name: '全部替换' }).click();
  await expect(body).toContainText('2024.3和2025.11。');
  await find.getByLabel('查找', { exact: true }).fill('(');
  await expect(find.getByRole('status')).toContainText('正则表达式写得不对');
  await page.keyboard.press('Escape');
  await expect(find).toHaveCount(0);
  // One step of undo takes back one replacing of everything; the version before it is there too.
  await page.keyboard.press('Control+z');
  await expect(body).toContainText('2024年3月和2025年11月。');
  await expect(page.getByRole('button', { name: /第 3 版/ }).first()).toBeVisible();

  await page.keyboard.press('Control+Shift+f');
  await expect(page.getByRole('navigation', { name: '大纲' })).toHaveCount(0);
  await settle(page);
  await shot(page, 'focus');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('navigation', { name: '大纲' })).toBeVisible();
  await saved(page);
});

test('takes what Word and a web page put on the clipboard, and nothing that runs or loads', async ({
  studio: page,
}) => {
  const body = await newStory(page, '粘贴');
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith('http://127.0.0.1')) foreign.push(request.url());
  });
  const html = `<p class=MsoNormal><b>经验</b><span style='color:red'>做法</span></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>1.<span>&nbsp;</span></span>先看天</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>2.<span>&nbsp;</span></span>再看叶</p>
<svg><foreignObject><p>图里的字</p><script>window.ran=1</script></foreignObject></svg><img src="https://t.example/x.png">
<iframe src="https://t.example/"></iframe><p style="background:url(https://t.example/y.png)">末段</p><script>window.ran=1</script>`;
  await body.evaluate((element, pasted) => {
    const data = new DataTransfer();
    data.setData('text/html', pasted);
    data.setData('text/plain', '经验做法');
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, html);
  await expect(body.locator('ol > li')).toHaveText(['先看天', '再看叶']);
  await expect(body.locator('strong')).toHaveText('经验');
  await expect(body.locator('[data-mark="textColor"][data-color="red"]')).toHaveText('做法');
  await expect(body.getByText('末段')).toBeVisible();
  await expect(page.getByText(/有 1 张网上的图片/)).toBeVisible();
  await expect(body).not.toContainText('图里的字');
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  expect(foreign).toEqual([]);
  await saved(page);
});

test('shows the article on a phone, in another theme, by day and at night, and measures it', async ({
  studio: page,
}) => {
  test.slow();
  await page.setViewportSize({ width: 1600, height: 900 });
  await page.getByText('老周的第四十个春茶季').first().click();
  const body = page.getByRole('textbox', { name: '正文' });
  await expect(body).toBeVisible();
  const meter = page.getByRole('group', { name: '公众号限额' });
  await expect(meter).toContainText(/公众号正文[\d,]+ \/ 19,999/);
  const before = await meter.textContent();

  await page.keyboard.press('Control+Shift+p');
  const preview = page.getByRole('complementary', { name: '手机预览' });
  await expect(preview.getByText('公众号会保留全部样式')).toBeVisible();
  const phone = preview.getByRole('region', { name: '手机预览' });
  await expect(phone.getByText('凌晨四点半').first()).toBeVisible();
  await settle(page);
  await shot(page, 'preview');
  expect(await axe(page), 'the preview').toEqual([]);

  // What is written is on the phone and in the meter a moment later.
  await body.click();
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('这一句刚刚写上。');
  await expect(phone.getByText('这一句刚刚写上。')).toBeAttached();
  await expect(meter).not.toHaveText(before ?? '');

  // An author is measured once one is named.
  await expect(meter).not.toContainText('作者');
  await page.keyboard.press('Enter');
  await page.keyboard.type('、来源');
  await page.keyboard.press('Enter');
  await page.keyboard.type('县融媒体中心');
  await page.keyboard.press('Enter');
  await page.keyboard.type('林小满和同事们九人');
  await expect(meter.getByText('作者 9 / 16')).toHaveClass(/amber/);

  // Both scroll together: the end of the text brings the end of the phone.
  const scrolled = () => phone.evaluate((e) => e.scrollTop);
  await expect.poll(scrolled).toBeGreaterThan(100);
  await phone.evaluate((e) => e.scrollTo({ top: 0 }));
  await expect.poll(() => page.locator('.paper').evaluate((e) => e.scrollTop)).toBeLessThan(40);

  // Another theme: a version before it, the choice kept with the text.
  await page.getByRole('button', { name: /^公众号主题/ }).click();
  await page.getByRole('menuitem', { name: /茶绿/ }).click();
  await expect(page.getByText('已换成“茶绿”')).toBeVisible();
  await preview.getByText('深色').click();
  await preview.getByText('430').click();
  await settle(page);
  await shot(page, 'preview-night');
  expect(await axe(page), 'the preview at night').toEqual([]);
  await saved(page);
  await page.reload();
  await expect(page.getByRole('button', { name: '公众号主题：茶绿' })).toBeVisible();

  // As a file for somebody else.
  await page.getByRole('button', { name: '导出', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Word 投稿' }).click();
  await expect(page.getByText(/^已导出到 exports\//)).toBeVisible({ timeout: 60_000 });

  // What was left out and what is to be looked at stands there in words, also when the message has gone.
  await page.getByRole('button', { name: '导出', exact: true }).click();
  await page.getByRole('menuitem', { name: '今日头条' }).click();
  await expect(page.getByText(/^已导出到 exports\/.*toutiao，有 \d+ 处要看$/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('正在导出：今日头条')).toHaveCount(0);
  await page.getByRole('button', { name: '看结果' }).last().click();
  const result = page.getByRole('dialog', { name: '已导出：今日头条' });
  await expect(result.getByText('article.html')).toBeVisible();
  const worries = result.getByRole('list', { name: '要看的地方' });
  await expect(worries.getByText(/封面另选：16:9/)).toBeVisible();
  expect((await worries.getByRole('listitem').allTextContents()).filter((line) => /[a-z]{5}/.test(line))).toEqual([]);
  await settle(page);
  await shot(page, 'exported');
  expect(await axe(page), 'what an export left out').toEqual([]);
  await page.keyboard.press('Escape');
  await expect(result).toHaveCount(0);
  await page.getByRole('button', { name: '导出', exact: true }).click();
  await page.getByRole('menuitem', { name: '上次导出：今日头条' }).click();
  await expect(worries).toBeVisible();
  await page.keyboard.press('Escape');

  // On the clipboard: the very HTML, with the pictures inside, and plain text.
  await preview.getByRole('button', { name: '复制到公众号' }).click();
  await expect(page.getByText('已复制，到公众号后台粘贴')).toBeVisible();
  await page.evaluate(() => {
    const box = document.createElement('div');
    box.contentEditable = 'true';
    box.id = 'paste-here';
    document.body.append(box);
    box.addEventListener('paste', (event) => {
      event.preventDefault();
      box.dataset['html'] = event.clipboardData?.getData('text/html') ?? '';
      box.dataset['text'] = event.clipboardData?.getData('text/plain') ?? '';
    });
    box.focus();
  });
  await page.keyboard.press('Control+v');
  const box = page.locator('#paste-here');
  await expect(box).toHaveAttribute('data-text', /这一句刚刚写上。/);
  const html = (await box.getAttribute('data-html')) ?? '';
  expect(html).toContain('<section style=');
  expect(html).toMatch(/<img src="data:image\/jpeg;base64,/);
  expect(html).not.toMatch(/<img src="(?!data:)|class=|<script/);
});
