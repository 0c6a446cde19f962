/** Captions in the cutting room, with clicks and keys: found and fixed, replaced, moved, tapped, styled. */
import { axe, settle, shot } from './axe.ts';
import {
  GOOD,
  block,
  chooseFile,
  clips,
  cues,
  heightOfDrawn,
  leaveText,
  list,
  times,
  withCaptions,
  words,
} from './captions.ts';
import { expect, saved, test } from './support.ts';

test.describe.configure({ timeout: 120_000 });
test.use({ serverArgs: ['--sample'] });

const BAD = [
  block(1, '00,000', '02,500', '清晨五点，茶园的雾还没有散，人上山。'),
  block(2, '02,000', '02,400', '好'),
  block(3, '04,000', '06,000', '一斤卖到1800\n元'),
  block(4, '06,100', '06,600', '一二三四五六七八九十一二三四五六七八九十'),
  block(5, '06,700', '08,000', '来'),
].join('\n');

test('what is found is fixed, one by one and all at once, and taken back at once', async ({ studio: page }) => {
  await withCaptions(page, BAD);
  await expect(page.getByText('4 条不合规则')).toBeVisible();
  await shot(page, 'findings');
  expect(await axe(page), 'findings').toEqual([]);

  // One: the number and its unit come together.
  await page.getByRole('button', { name: /^修好第 3 条：在数字/ }).click();
  await expect(cues(page).nth(2).locator('.tx')).toHaveText('一斤卖到1800元');
  await expect(page.getByRole('button', { name: /^修好第 3 条/ })).toHaveCount(0);
  // What cannot be mended without somebody's judgement has no button: twenty characters in half a second, and
  // the next one close behind.
  await expect(
    cues(page)
      .nth(3)
      .getByText(/每秒 40 个字/),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: /^修好第 4 条：每秒/ })).toHaveCount(0);

  const before = await words(page);
  await page.getByRole('button', { name: '修好能修的' }).click();
  await expect(page.getByText('修好了 5 处，撤销一次可还原')).toBeVisible();
  await expect(page.getByText('1 条不合规则')).toBeVisible();
  expect((await words(page)).slice(0, 2)).toEqual(['清晨五点，\n茶园的雾还没有散，人上山', '好']);
  expect((await times(page)).slice(0, 2)).toEqual(['00:00.0 – 00:02.0', '00:02.0 – 00:02.8']);
  await leaveText(page);
  await page.keyboard.press('Control+z');
  expect(await words(page)).toEqual(before);
  await page.keyboard.press('Control+Shift+z');
  await saved(page);
  await page.reload();
  await expect(cues(page).nth(0).locator('.tx')).toHaveText('清晨五点，\n茶园的雾还没有散，人上山');
});

test('finds and replaces over all captions by keys', async ({ studio: page }) => {
  await withCaptions(page, GOOD);
  await leaveText(page);
  await page.keyboard.press('Control+f');
  const search = page.getByRole('search', { name: '在字幕里查找和替换' });
  await expect(search.getByLabel('查找', { exact: true })).toBeFocused();
  await page.keyboard.type('茶');
  await expect(search.getByRole('status')).toHaveText('1 / 3');
  await expect(list(page).locator('mark')).toHaveCount(3);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(search.getByRole('status')).toHaveText('3 / 3');
  await expect(cues(page).nth(1).locator('mark.now')).toHaveText('茶');
  await page.keyboard.press('Enter');
  await expect(search.getByRole('status')).toHaveText('1 / 3');
  await page.keyboard.press('Shift+Enter');
  await expect(search.getByRole('status')).toHaveText('3 / 3');
  await settle(page);
  await shot(page, 'find');
  expect(await axe(page), 'find').toEqual([]);

  // One: the new word holds the old one and is not found again.
  await search.getByLabel('替换为').fill('茶叶');
  await search.getByLabel('替换为').press('Enter');
  await expect(cues(page).nth(1).locator('.tx')).toHaveText('采茶叶的人');
  await expect(search.getByRole('status')).toHaveText('1 / 3');
  await search.getByRole('button', { name: '全部替换' }).click();
  await expect(page.getByText('替换了 3 处')).toBeVisible();
  expect(await words(page)).toEqual(['茶叶园的茶叶', '采茶叶叶的人', '上山去']);
  await search.getByLabel('查找', { exact: true }).press('Escape');
  await expect(search).toHaveCount(0);
  await leaveText(page);
  await page.keyboard.press('Control+z');
  expect(await words(page)).toEqual(['茶园的茶', '采茶叶的人', '上山去']);
});

test('moves captions in time: all, from here on, through two points, by frames, to a cut', async ({ studio: page }) => {
  await withCaptions(page, GOOD);
  await page.getByRole('button', { name: '调整时间' }).click();
  const form = page.getByRole('region', { name: '调整字幕时间' });
  await expect(form.getByRole('status')).toHaveText('3 条');
  await form.getByRole('button', { name: '推后' }).click();
  expect(await times(page)).toEqual(['00:01.0 – 00:02.0', '00:02.5 – 00:03.5', '00:04.0 – 00:05.0']);
  // No further than the start, and it is said.
  await form.getByLabel('移动多少毫秒').fill('2000');
  await form.getByRole('button', { name: '提前' }).click();
  await expect(page.getByText('已经到片头，只提前了 1000 毫秒')).toBeVisible();
  expect(await times(page)).toEqual(['00:00.0 – 00:01.0', '00:01.5 – 00:02.5', '00:03.0 – 00:04.0']);
  // From the second one on.
  await cues(page).nth(1).locator('.tx').click();
  await form.getByText('这条起').click();
  await expect(form.getByRole('status')).toHaveText('2 条');
  await form.getByRole('button', { name: '推后' }).click();
  expect(await times(page)).toEqual(['00:00.0 – 00:01.0', '00:03.5 – 00:04.5', '00:05.0 – 00:06.0']);
  // Through two points: the first stays, the last begins a second later, the rest in proportion.
  await form.getByText('全部').click();
  await form.getByLabel('第 3 条开始于').fill('06。000');
  await form.getByRole('button', { name: '拉伸' }).click();
  expect(await times(page)).toEqual(['00:00.0 – 00:01.2', '00:04.2 – 00:05.4', '00:06.0 – 00:07.2']);
  await form.getByLabel('第 3 条开始于').fill('0');
  await form.getByRole('button', { name: '拉伸' }).click();
  await expect(form.getByRole('alert')).toBeVisible();
  await settle(page);
  await shot(page, 'times');
  expect(await axe(page), 'times').toEqual([]);

  // The start of the second one, three frames later (a tenth of a second), then its end; then both to cuts.
  await leaveText(page);
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('Alt+]');
  await expect(cues(page).nth(1)).toContainText('00:04.3 – 00:05.4');
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('Alt+Shift+[');
  await expect(cues(page).nth(1)).toContainText('00:04.3 – 00:05.3');
  await page.keyboard.press('Shift+[');
  const cut = (await clips(page).first().getAttribute('aria-label')) ?? '';
  const seconds = Number(/，([\d.]+) 秒/.exec(cut)?.[1]);
  await expect(cues(page).nth(1)).toContainText(`00:0${seconds.toFixed(1)} – `);
});

test('taps captions along while the film plays', async ({ studio: page }) => {
  await withCaptions(page, GOOD);
  await leaveText(page);
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+T');
  const tap = page.getByRole('region', { name: '跟着声音打点' });
  await expect(tap.getByText('茶园的茶')).toBeVisible();
  await expect(tap.getByRole('status')).toHaveText('第 1 条，剩 3 条');
  await settle(page);
  await shot(page, 'tap');
  expect(await axe(page), 'tap').toEqual([]);
  const hold = async (ms: number) => {
    await page.keyboard.down('t');
    await expect(tap.getByRole('status')).toContainText('按住中');
    await page.waitForTimeout(ms);
    await page.keyboard.up('t');
  };
  await page.keyboard.press('Space');
  await page.waitForTimeout(300);
  await hold(700);
  await expect(tap.getByText('采茶的人')).toBeVisible();
  await page.waitForTimeout(200);
  await hold(500);
  await expect(tap.getByRole('status')).toHaveText('第 3 条，剩 1 条');
  await page.keyboard.press('Space');
  const spans = (await times(page)).map((span) =>
    span.split(' – ').map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))),
  );
  const [[a = 0, b = 0] = [], [c = 0, d = 0] = [], [e = 0] = []] = spans;
  expect(a).toBeGreaterThan(0);
  expect(b - a).toBeGreaterThan(0.3);
  expect(c).toBeGreaterThanOrEqual(b);
  expect(d - c).toBeGreaterThan(0.2);
  expect(e).toBeGreaterThanOrEqual(d);
  // Each tap is a step of its own.
  await page.keyboard.press('Control+z');
  expect((await times(page))[1]).not.toBe(`00:0${c.toFixed(1)} – 00:0${d.toFixed(1)}`);
  await tap.getByRole('button', { name: '结束打点' }).click();
  await expect(tap).toHaveCount(0);
});

test('splits and merges at the cursor; a look is chosen with one click', async ({ studio: page }) => {
  await withCaptions(page, GOOD);
  await cues(page).nth(1).locator('.tx').click();
  const second = page.getByLabel('第 2 条字幕的文字');
  await second.click();
  await second.press('Home');
  await second.press('ArrowRight');
  await second.press('ArrowRight');
  await second.press('Control+Enter');
  // The cursor goes along, and Backspace makes one of the two again.
  const third = page.getByLabel('第 3 条字幕的文字');
  await expect(third).toBeFocused();
  await expect(third).toHaveValue('的人');
  await page.keyboard.press('Backspace');
  await expect(cues(page)).toHaveCount(3);
  await expect(second).toBeFocused();
  await expect(second).toHaveValue('采茶\n的人');
  await page.keyboard.press('Backspace');
  await expect(second).toHaveValue('采茶的人');
  await second.press('End');
  await second.press('Delete');
  await expect(cues(page)).toHaveCount(2);
  await expect(second).toHaveValue('采茶的人\n上山去');
  await second.press('Escape');

  await page.getByRole('button', { name: '字幕样式' }).click();
  const looks = page.getByRole('group', { name: '现成样式' });
  await expect(looks.getByRole('button')).toHaveCount(5);
  await expect(looks.getByRole('button', { name: '白字黑边' })).toHaveAttribute('aria-pressed', 'true');
  await looks.getByRole('button', { name: '底板' }).click();
  await expect(looks.getByRole('button', { name: '底板' })).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('switch', { name: '文字后面加底板' })).toBeChecked();
  await settle(page);
  await shot(page, 'looks');
  expect(await axe(page), 'looks').toEqual([]);
  await leaveText(page);
  await page.keyboard.press('Control+z');
  await expect(looks.getByRole('button', { name: '白字黑边' })).toHaveAttribute('aria-pressed', 'true');
});

test('a block on the timeline is moved by its middle and timed by its ends', async ({ studio: page }) => {
  await withCaptions(page, GOOD);
  const block = page.getByRole('listbox', { name: '字幕' }).getByRole('option').nth(1);
  /** From a place in the block (a share of its width) by pixels; nothing snaps. */
  const drag = async (share: number, by: number) => {
    const box = await block.boundingBox();
    if (!box) throw new Error('no block');
    const x = box.x + 2 + share * (box.width - 4);
    await page.mouse.move(x, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(x + by / 2, box.y + box.height / 2);
    await page.mouse.move(x + by, box.y + box.height / 2);
    await page.mouse.up();
  };
  await page.getByRole('button', { name: /^吸附/ }).click();
  const second = async () => ((await times(page))[1] ?? '').split(' – ');
  const length = (await block.boundingBox())?.width ?? 0;
  await drag(0.5, 40);
  expect((await block.boundingBox())?.width).toBeCloseTo(length, 0);
  const [start, end] = await second();
  expect([start, end]).not.toEqual(['00:02.0', '00:03.0']);
  await drag(1, 50);
  expect((await second())[0]).toBe(start);
  expect((await block.boundingBox())?.width).toBeCloseTo(length + 50, 0);
  const [, later] = await second();
  await drag(0, -30);
  expect((await second())[1]).toBe(later);
  expect((await block.boundingBox())?.width).toBeCloseTo(length + 80, 0);
  await leaveText(page);
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('Control+z');
  expect(await second()).toEqual(['00:02.0', '00:03.0']);
});

test('one caption stands at another place, by mouse and by keys, and is drawn there', async ({ studio: page }) => {
  await withCaptions(page, GOOD);
  await page.locator('.captions-canvas[data-ready="true"]').waitFor({ state: 'attached', timeout: 30_000 });
  await cues(page).nth(1).locator('.tx').click();
  await expect.poll(() => heightOfDrawn(page)).toBeGreaterThan(70);
  const place = page.getByRole('radiogroup', { name: '第 2 条的位置' });
  await expect(place.getByRole('radio', { name: '随全片' })).toBeChecked();
  await place.getByText('上', { exact: true }).click();
  await expect.poll(() => heightOfDrawn(page)).toBeLessThan(20);
  await expect(cues(page).nth(1).locator('.tm')).toContainText('在上');
  await settle(page);
  await shot(page, 'place');
  expect(await axe(page), 'place').toEqual([]);

  // The others stay where all are.
  await leaveText(page);
  await cues(page).nth(0).locator('.tx').click();
  await expect.poll(() => heightOfDrawn(page)).toBeGreaterThan(70);
  // Round the places by one key, and by the arrows of the field; each is a step of its own.
  await leaveText(page);
  await page.keyboard.press('p');
  await page.keyboard.press('p');
  await expect(cues(page).nth(0).locator('.tm')).toContainText('在中');
  await expect.poll(async () => Math.abs(((await heightOfDrawn(page)) ?? 0) - 50)).toBeLessThan(5);
  const first = page.getByRole('radiogroup', { name: '第 1 条的位置' });
  await first.getByRole('radio', { name: '中' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(first.getByRole('radio', { name: '下' })).toBeChecked();
  await page.keyboard.press('Control+z');
  await expect(first.getByRole('radio', { name: '中' })).toBeChecked();
  await saved(page);
  await page.reload();
  await expect(cues(page).nth(0).locator('.tm')).toContainText('在中');
  await expect(cues(page).nth(1).locator('.tm')).toContainText('在上');
  await expect(cues(page).nth(2).locator('.at')).toHaveCount(0);
});

test('a place that a file gives is kept, and the name of who speaks stays whole', async ({ studio: page }) => {
  await withCaptions(page, GOOD.replace('茶园的茶', '{\\an8}茶园的茶'));
  await expect(cues(page)).toHaveCount(3);
  expect(await words(page)).toEqual(['茶园的茶', '采茶的人', '上山去']);
  await expect(cues(page).nth(0).locator('.tm')).toContainText('在上');
  await expect(list(page).locator('.at')).toHaveCount(1);

  // Who speaks in a file is known: no line ends inside the name.
  const voice = (times: string, words: string): string => `${times}\n<v 周大山>${words}\n`;
  const spoken = [
    'WEBVTT\n',
    voice('00:00.500 --> 00:02.500', '我叫周大\n山种茶的'),
    voice('00:03.000 --> 00:04.000', '四周\n大家都忙'),
  ];
  await chooseFile(page, 'voices.vtt', spoken.join('\n'));
  await page.getByRole('button', { name: '换掉现有的' }).click();
  await expect(cues(page)).toHaveCount(2);
  await page.getByRole('button', { name: '修好第 1 条：把人名“周大山”断成两行' }).click();
  await expect(cues(page).nth(0).locator('.tx')).toHaveText('我叫周大山种茶的');
  await expect(page.getByText(/不合规则/)).toHaveCount(0);
});

test('a long list: only what is seen stands in the page, and nothing is lost by it', async ({ studio: page }) => {
  const clock = (ms: number): string => new Date(ms).toISOString().slice(11, 23).replace('.', ',');
  const text = (n: number): string => (n === 300 ? '一二三四五六七八九十一二三四五六七八九十' : `第${String(n)}句话`);
  const line = (n: number): string => `${String(n)}\n${clock(n * 2500)} --> ${clock(n * 2500 + 2300)}\n${text(n)}\n`;
  await withCaptions(page, Array.from({ length: 400 }, (_, i) => line(i + 1)).join('\n'));
  const row = (n: number) => list(page).locator(`:scope > li[aria-posinset="${String(n)}"]`);
  await expect(row(1)).toHaveAttribute('aria-setsize', '400');
  expect(await cues(page).count()).toBeLessThan(40);

  // What is typed while its row is far out of sight arrives, and the field keeps the focus.
  await row(2).locator('.tx').click();
  const field = page.getByLabel('第 2 条字幕的文字');
  await field.press('End');
  await page.keyboard.type('前');
  await row(3).hover();
  for (let i = 0; i < 5; i += 1) await page.mouse.wheel(0, 3000);
  await expect(row(275)).toBeInViewport();
  await expect(field).not.toBeInViewport();
  await expect(field).toBeFocused();
  await page.keyboard.type('后');
  await expect(field).toHaveValue('第2句话前后');
  await expect(field).toBeInViewport();
  await field.press('Escape');
  await leaveText(page);

  // From caption to caption by Tab, also when the row with the focus has been scrolled out of sight.
  await row(3).locator('.tx').focus();
  for (let i = 0; i < 40; i += 1) await page.keyboard.press('Tab');
  await expect(row(23).locator('.tx')).toBeFocused();
  await expect(row(23)).toBeInViewport();
  await row(23).hover();
  await page.mouse.wheel(0, 9000);
  await expect(row(23)).not.toBeInViewport();
  await page.keyboard.press('Tab');
  await expect(row(24).locator('.tm')).toBeFocused();
  await expect(row(24)).toBeInViewport();

  // The way to what is found wrong, and to what is looked for.
  await page.getByText('1 条不合规则').locator('..').getByRole('button', { name: '去看看' }).click();
  await expect(page.getByLabel('第 300 条字幕的文字')).toBeInViewport({ ratio: 1 });
  await leaveText(page);
  await page.keyboard.press('Control+f');
  await page.keyboard.type('第351句');
  await expect(row(351).locator('mark.now')).toBeInViewport({ ratio: 1 });
  expect(await axe(page), 'long list').toEqual([]);
  await shot(page, 'long');
  await page.keyboard.press('Escape');
  await leaveText(page);
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+ArrowRight');
  for (let i = 0; i < 9; i += 1) await page.keyboard.press('Shift+ArrowRight');
  await expect(row(1)).toHaveAttribute('aria-current', 'true');
  await expect(row(1)).toBeInViewport({ ratio: 1 });
});

test.describe('in English', () => {
  test.use({ language: 'en' });
  test('the tools fit and axe finds nothing serious', async ({ studio: page }) => {
    await withCaptions(page, BAD);
    for (const name of ['Find and replace', 'Adjust times', 'Tap along', 'Caption style']) {
      await page.getByRole('button', { name, exact: true }).click();
      await settle(page);
      await shot(page, `en-${name.replaceAll(' ', '-').toLowerCase()}`);
      expect(await axe(page), name).toEqual([]);
    }
    await page.getByRole('button', { name: 'Caption style', exact: true }).click();
    await page.getByRole('button', { name: 'Second language', exact: true }).click();
    await chooseFile(page, 'both.srt', block(1, '00,500', '02,500', '茶园的茶\nTea of the tea garden'));
    await settle(page);
    await shot(page, 'en-second-language');
    expect(await axe(page), 'second language').toEqual([]);
  });
});
