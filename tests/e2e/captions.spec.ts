/** Captions in the cutting room, with clicks and keys: found and fixed, replaced, moved, tapped, styled. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright/test';
import { axe, settle, shot } from './axe.ts';
import { expect, saved, test } from './support.ts';

test.describe.configure({ timeout: 120_000 });
test.use({ serverArgs: ['--sample'] });

const clips = (page: Page) => page.getByRole('listbox', { name: '主线' }).getByRole('option');
const list = (page: Page) => page.getByRole('list', { name: /字幕列表|List of captions/ });
const cues = (page: Page) => list(page).locator(':scope > li');
const leaveText = (page: Page) => page.getByRole('main').getByText('9:16').click();
const words = (page: Page) => cues(page).locator('.tx').allTextContents();
const times = (page: Page) => cues(page).locator('.tm > span:nth-child(2)').allTextContents();

/** Hands a caption file to the import of the room. */
async function chooseFile(page: Page, name: string, text: string): Promise<void> {
  const file = test.info().outputPath(name);
  writeFileSync(file, text);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: /^(?:导入字幕|Import)$/ }).click();
  await (await chooser).setFiles(file);
}

/** The video of the sample workspace (two pictures, eight seconds or so), its captions those of a file. */
async function withCaptions(page: Page, text: string, name = 'captions.srt'): Promise<void> {
  await page.getByText('老周的第四十个春茶季').click();
  await page.getByRole('tab', { name: /^(?:视频|Videos)$/ }).click();
  await page.getByRole('link', { name: /半山炒茶/ }).click();
  await expect(cues(page)).toHaveCount(4);
  await chooseFile(page, name, text);
  await page.getByRole('button', { name: /换掉现有的|Replace these/ }).click();
}

const block = (n: number, from: string, to: string, text: string): string =>
  `${String(n)}\n00:00:${from} --> 00:00:${to}\n${text}\n`;
const BAD = [
  block(1, '00,000', '02,500', '清晨五点，茶园的雾还没有散，人上山。'),
  block(2, '02,000', '02,400', '好'),
  block(3, '04,000', '06,000', '一斤卖到1800\n元'),
  block(4, '06,100', '06,600', '一二三四五六七八九十一二三四五六七八九十'),
  block(5, '06,700', '08,000', '来'),
].join('\n');
const GOOD = [
  block(1, '00,500', '01,500', '茶园的茶'),
  block(2, '02,000', '03,000', '采茶的人'),
  block(3, '03,500', '04,500', '上山去'),
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

/** Where the middle of what is drawn on the caption canvas lies, in hundredths of its height from the top; null: nothing. */
function heightOfDrawn(page: Page): Promise<number | null> {
  return page.evaluate(() => {
    const source = document.querySelector<HTMLCanvasElement>('.captions-canvas');
    const copy = document.createElement('canvas');
    const context = copy.getContext('2d');
    if (!source || source.width === 0 || !context) return null;
    copy.width = source.width;
    copy.height = source.height;
    context.drawImage(source, 0, 0);
    const { data } = context.getImageData(0, 0, copy.width, copy.height);
    let [count, sum] = [0, 0];
    for (let i = 3; i < data.length; i += 4) {
      if ((data[i] ?? 0) === 0) continue;
      count += 1;
      sum += Math.floor(i / 4 / copy.width);
    }
    return count === 0 ? null : Math.round((100 * sum) / count / copy.height);
  });
}

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

const ENGLISH = [
  block(1, '00,600', '01,500', 'Tea of the tea garden'),
  block(2, '02,000', '03,000', 'Those who pick it'),
  block(3, '06,000', '06,900', 'Nobody is speaking here'),
].join('\n');

test('a second language: from a file by time, written, found, split, drawn below, exported, read from one file', async ({
  studio: page,
}) => {
  await withCaptions(page, GOOD);
  await page.locator('.captions-canvas[data-ready="true"]').waitFor({ state: 'attached', timeout: 30_000 });
  const second = (n: number) => page.getByLabel(`第 ${String(n)} 条的第二语言`);
  const translations = () => cues(page).locator('.tx2').allTextContents();
  await cues(page).nth(0).locator('.tm').click();
  await expect.poll(() => heightOfDrawn(page)).toBeGreaterThan(70);
  const alone = (await heightOfDrawn(page)) ?? 0;
  await leaveText(page);

  // A second file: what is on at the same time goes below, what is left over is told.
  await chooseFile(page, 'english.srt', ENGLISH);
  await page.getByRole('button', { name: '配作第二语言' }).click();
  await expect(page.getByText('“english.srt”配上了 2 条字幕')).toBeVisible();
  await expect(page.getByText('“english.srt”里有 1 条没有对上时间')).toBeVisible();
  await expect(page.getByText('00:06.0 Nobody is speaking here')).toBeVisible();
  await page.getByRole('button', { name: '收起导入说明' }).click();
  // The switch is on by itself, so the third has a field too.
  const button = page.getByRole('button', { name: '第二语言', exact: true });
  await expect(button).toHaveAttribute('aria-pressed', 'true');
  await expect(second(1)).toHaveValue('Tea of the tea garden');
  expect(await translations()).toEqual(['Those who pick it', '写第二语言，例如英文']);

  // By keys: Tab from the text to its second language, Alt+arrow to the same field of the next ones.
  await page.getByLabel('第 1 条字幕的文字').click();
  await page.keyboard.press('Tab');
  await expect(second(1)).toBeFocused();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(second(2)).toBeFocused();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(second(3)).toBeFocused();
  await page.keyboard.type('Up to the hills they went before the sun came over them');
  await page.keyboard.press('Alt+ArrowUp');
  await expect(second(2)).toBeFocused();
  // What is too long for a line or too fast to be read is found by its own numbers, and broken by a click.
  await expect(page.getByText(/第二语言一行有 55 个字符，最多 42 个/)).toBeVisible();
  await settle(page);
  await shot(page, 'second');
  expect(await axe(page), 'second').toEqual([]);
  await page.getByRole('button', { name: /^修好第 3 条：第二语言一行/ }).click();
  await expect(cues(page).nth(2).locator('.tx2')).toHaveText(
    'Up to the hills they went\nbefore the sun came over them',
  );

  // Split at the cursor: the text goes along. Taken back.
  await second(2).press('End');
  for (let i = 0; i < 'pick it'.length; i += 1) await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Control+Enter');
  await expect(cues(page)).toHaveCount(4);
  await expect(second(3)).toHaveValue('pick it');
  await leaveText(page);
  await page.keyboard.press('Control+z');
  await expect(cues(page)).toHaveCount(3);

  // Found and replaced like the text.
  await page.keyboard.press('Control+f');
  const search = page.getByRole('search', { name: '在字幕里查找和替换' });
  await page.keyboard.type('tea');
  await expect(search.getByRole('status')).toHaveText('1 / 2');
  await expect(cues(page).nth(0).locator('.tx2 mark')).toHaveCount(2);
  await search.getByLabel('替换为').fill('TEA');
  await search.getByRole('button', { name: '全部替换' }).click();
  await search.getByLabel('查找', { exact: true }).press('Escape');
  expect((await translations())[0]).toBe('TEA of the TEA garden');

  // Drawn below the text, in the same place: the middle of what is drawn is higher than that of the text alone.
  await cues(page).nth(0).locator('.tm').click();
  await expect.poll(() => heightOfDrawn(page)).toBeLessThan(alone);
  await leaveText(page);
  await settle(page);
  await shot(page, 'second-drawn');

  // Out, and in again: a file whose captions have both is offered as two languages.
  await page.getByRole('button', { name: '导出字幕' }).click();
  await page.getByRole('menuitem', { name: 'SRT' }).click();
  const told = await page.getByText(/^已导出“/).textContent();
  const file = /：(\/.*\.srt)/.exec(told ?? '')?.[1] ?? '';
  const text = readFileSync(file, 'utf8');
  expect(text).toContain('茶园的茶\nTEA of the TEA garden\n');
  await chooseFile(page, 'both.srt', text);
  await expect(page.getByRole('switch', { name: '分成两种语言（3 条有上下两种）' })).toBeChecked();
  await settle(page);
  await shot(page, 'second-import');
  expect(await axe(page), 'second-import').toEqual([]);
  await page.getByRole('button', { name: '换掉现有的' }).click();
  await expect(cues(page).nth(0).locator('.tx')).toHaveText('茶园的茶');
  expect((await translations())[0]).toBe('TEA of the TEA garden');
  await saved(page);
  await page.reload();
  await expect(cues(page).nth(0).locator('.tx2')).toHaveText('TEA of the TEA garden');
});

test('subtitles inside a film are told at import, and taken over where the film shows it; its original, changed, is asked for', async ({
  studio: page,
  served,
}) => {
  const file = test.info().outputPath('乡音.mkv');
  const [chinese, english] = [test.info().outputPath('zh.srt'), test.info().outputPath('en.srt')];
  writeFileSync(
    chinese,
    [block(1, '00,500', '01,500', '<b>路</b>修好了'), block(2, '02,000', '03,000', '车进来了')].join('\n'),
  );
  writeFileSync(
    english,
    [block(1, '00,500', '01,500', 'The road is done'), block(2, '02,000', '03,000', 'Cars come')].join('\n'),
  );
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=25:duration=4', '-i', chinese, '-i', english];
  const named = ['-metadata:s:s:0', 'language=chi', '-metadata:s:s:1', 'language=eng'];
  const made = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:s', 'subrip', ...named, file];
  execFileSync('ffmpeg', ['-nostdin', '-v', 'error', ...picture, '-map', '0', '-map', '1', '-map', '2', ...made]);
  await withCaptions(page, GOOD);

  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: '导入素材' }).click();
  await (await chooser).setFiles(file);
  await expect(page.getByText('“乡音.mkv”自带文字字幕')).toBeVisible({ timeout: 30_000 });
  const cell = page.getByRole('button', { name: /乡音\.mkv/ });
  await expect(cell).toContainText('自带字幕');
  await cell.dblclick();
  await expect(clips(page)).toHaveCount(3);

  // The button has a choice as soon as the room knows of what is in the film.
  const importing = page.getByRole('button', { name: '导入字幕' });
  await expect(importing).toHaveAttribute('aria-haspopup', 'menu');
  await importing.click();
  await page.getByRole('menuitem', { name: '素材自带的字幕' }).click();
  const tracks = page.getByRole('region', { name: '素材自带的字幕' });
  await expect(tracks.getByText('乡音.mkv')).toBeVisible();
  await expect(tracks.getByRole('listitem')).toHaveText([/^中文/, /^英语/]);
  await settle(page);
  await shot(page, 'tracks');
  expect(await axe(page), 'tracks').toEqual([]);
  await tracks.getByRole('button', { name: '取用“乡音.mkv”的中文' }).click();
  await page.getByRole('button', { name: '加进来' }).click();
  await expect(cues(page)).toHaveCount(5);
  expect((await words(page)).slice(3)).toEqual(['路修好了', '车进来了']);
  // Behind the two pictures, eleven seconds long.
  expect((await times(page)).slice(3)).toEqual(['00:11.5 – 00:12.5', '00:13.0 – 00:14.0']);
  // What reading it mended is listed, as for a file.
  await expect(page.getByText(/读“乡音\.mkv · 中文”时改动了这些/)).toBeVisible();
  await tracks.getByRole('button', { name: '取用“乡音.mkv”的英语' }).click();
  await page.getByRole('button', { name: '配作第二语言' }).click();
  await expect(cues(page).nth(4).locator('.tx2')).toHaveText('Cars come');
  await tracks.getByRole('button', { name: '收起' }).click();
  await expect(tracks).toHaveCount(0);
  await saved(page);

  // Somebody writes over the original inside the workspace: it is told, and only the very same file is taken.
  const bytes = readFileSync(file);
  const name = createHash('sha256').update(bytes).digest('hex');
  const held = (readdirSync(served.root, { recursive: true }) as string[]).find((one) => path.basename(one) === name);
  const original = path.join(served.root, held ?? '');
  writeFileSync(original, 'something else');
  await page.reload();
  const lost = page.getByText('“乡音.mkv”的原件被改动了');
  await expect(lost).toBeVisible();
  await settle(page);
  await shot(page, 'altered');
  expect(await axe(page), 'altered').toEqual([]);
  const give = async (wanted: string) => {
    const choice = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: '重新给它' }).click();
    await (await choice).setFiles(wanted);
  };
  await give(chinese);
  await expect(page.getByText('“zh.srt”不是“乡音.mkv”导入时的那个文件，没有替换')).toBeVisible();
  expect(readFileSync(original, 'utf8')).toBe('something else');
  await give(file);
  await expect(page.getByText('“乡音.mkv”的原件回来了')).toBeVisible();
  await expect(lost).toHaveCount(0);
  expect(readFileSync(original).equals(bytes)).toBe(true);
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
  });
});
