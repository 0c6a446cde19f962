/** The cover of a film: its frame, its framing in each shape, its title, by mouse and by keys; and the files that come of it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Locator, Page } from 'playwright/test';
import sharp from 'sharp';
import { axe, settle, shot } from './axe.ts';
import { expect, saved, test } from './support.ts';

test.use({ serverArgs: ['--sample'] });
test.describe.configure({ timeout: 240_000 });

let dir = '';
test.beforeAll(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'tongxin-film-cover-'));
  // Two seconds red on the left and blue on the right, then two seconds green on the left and yellow on the right.
  const box = (x: number, colour: string, when: string) =>
    `drawbox=x=${String(x)}:w=320:h=360:c=${colour}:t=fill:enable='${when}'`;
  const picture = [
    'color=black:size=640x360:rate=30:duration=4',
    ...[
      box(0, 'red', 'lt(t,2)'),
      box(320, 'blue', 'lt(t,2)'),
      box(0, 'green', 'gte(t,2)'),
      box(320, 'yellow', 'gte(t,2)'),
    ],
  ].join(',');
  const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '30'];
  const file = path.join(dir, '四色.mp4');
  execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-f', 'lavfi', '-i', picture, ...h264, file]);
});
test.afterAll(() => rmSync(dir, { recursive: true, force: true }));

type Colour = 'red' | 'blue' | 'green' | 'yellow' | 'other';

/** Colour at a place of a picture, shares of its sides. */
async function colourAt(picture: Buffer, x: number, y: number): Promise<Colour> {
  const { width, height } = await sharp(picture).metadata();
  const part = { left: Math.round(width * x) - 2, top: Math.round(height * y) - 2, width: 4, height: 4 };
  const { channels } = await sharp(await sharp(picture).extract(part).png().toBuffer()).stats();
  const [r = 0, g = 0, b = 0] = channels.map(({ mean }) => mean);
  if (r > 140 && g < 90) return 'red';
  if (r > 140 && g > 140 && b < 110) return 'yellow';
  if (b > 140 && r < 90) return 'blue';
  return g > 90 && r < 90 && b < 90 ? 'green' : 'other';
}

const card = (page: Page, shape: string): Locator => page.locator(`.fcover-card[data-shape="${shape}"]`);
/** The very bytes that the exporter made for a card. */
async function made(at: Locator): Promise<Buffer> {
  const src = await at.locator('img').getAttribute('src', { timeout: 30_000 });
  return Buffer.from((src ?? '').replace('data:image/jpeg;base64,', ''), 'base64');
}
const shows = (at: Locator, x: number, y: number, wanted: Colour) =>
  expect.poll(async () => colourAt(await made(at), x, y), { timeout: 30_000, message: wanted }).toBe(wanted);
const atRest = (page: Page) => expect(page.locator('.fcover [aria-busy="true"]')).toHaveCount(0, { timeout: 60_000 });

/** The sample's story with a video of the four colours on its storyline. */
async function cutFourColours(page: Page): Promise<void> {
  await page.getByText('老周的第四十个春茶季').click();
  await page.getByRole('tab', { name: '视频' }).click();
  await page.getByRole('button', { name: '剪一条视频' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: '导入素材' }).first().click();
  await (await chooser).setFiles(path.join(dir, '四色.mp4'));
  await page.getByRole('list', { name: '可用的素材' }).getByRole('button', { name: /四色/ }).dblclick();
  await expect(page.getByRole('listbox', { name: '主线' }).getByRole('option')).toHaveCount(1);
  await saved(page);
}

test('is chosen, framed, titled, undone, and rendered', async ({ studio: page, served }) => {
  test.slow();
  await cutFourColours(page);

  // By itself: a third into the first clip.
  await page.keyboard.press('Shift+C');
  const dialog = page.getByRole('dialog', { name: '视频封面' });
  await expect(dialog.getByText('没有选定，自动取第一帧')).toBeVisible();
  const [tall, lying] = [card(page, '3:4'), card(page, '4:3')];
  await shows(tall, 0.1, 0.5, 'red');
  await shows(tall, 0.9, 0.5, 'blue');
  await atRest(page);
  await settle(page);
  expect(await axe(page), 'by itself').toEqual([]);
  await shot(page, 'film-cover-auto');

  // Another frame, by the keys of the slider; the film beside it goes along.
  await dialog.getByText('片中一帧').click();
  const scrub = dialog.getByRole('slider', { name: '封面取哪一帧' });
  await scrub.focus();
  await page.keyboard.press('End');
  await shows(tall, 0.1, 0.5, 'green');
  await shows(lying, 0.9, 0.5, 'yellow');

  // 3:4 is dragged to the right: it fills, and its left part is all that is seen.
  const box = (await tall.locator('.fcover-shot').boundingBox())!;
  await page.mouse.move(box.x + 20, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + 180, box.y + 40, { steps: 6 });
  await page.mouse.up();
  await shows(tall, 0.95, 0.05, 'green');
  // 4:3 by keys: nearer, and to the right end.
  await lying.getByRole('group', { name: /^4:3 封面取景/ }).focus();
  for (let i = 0; i < 12; i += 1) await page.keyboard.press('+');
  for (let i = 0; i < 6; i += 1) await page.keyboard.press('Shift+ArrowRight');
  await shows(lying, 0.05, 0.05, 'yellow');
  // The others are as they were.
  await shows(card(page, '16:9'), 0.1, 0.5, 'green');

  await dialog.getByRole('textbox', { name: '标题', exact: true }).fill('清晨的茶园');
  await dialog.getByRole('combobox', { name: '字的样式' }).click();
  await page.getByRole('option', { name: '朱砂色块' }).click();
  const title = card(page, '16:9').getByRole('group', { name: '16:9 标题位置' });
  const before = (await title.boundingBox())!;
  await title.focus();
  for (let i = 0; i < 4; i += 1) await page.keyboard.press('Shift+ArrowUp');
  await expect.poll(async () => (await title.boundingBox())!.y, { timeout: 30_000 }).toBeLessThan(before.y - 20);
  // Taken back here, a rest of the hand at a time, and done again.
  await page.waitForTimeout(600);
  await page.keyboard.press('Control+z');
  await expect.poll(async () => (await title.boundingBox())!.y, { timeout: 30_000 }).toBeCloseTo(before.y, 0);
  await dialog.getByRole('button', { name: '重做' }).click();
  await expect.poll(async () => (await title.boundingBox())!.y, { timeout: 30_000 }).toBeLessThan(before.y - 20);
  await atRest(page);
  await settle(page);
  expect(await axe(page), 'framed and titled').toEqual([]);
  await shot(page, 'film-cover-titled');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await saved(page);

  // The frame at the playhead without opening anything; not wanted after all.
  await page.keyboard.press('Home');
  await page.keyboard.press('Alt+C');
  await expect(page.getByText('已取 00:00:00 的画面做封面')).toBeVisible();
  await page.keyboard.press('Control+z');
  await saved(page);

  // What was seen is what leaves.
  await page.getByRole('button', { name: '渲染视频' }).click();
  await expect(page.getByText(/^视频已渲染/).first()).toBeVisible({ timeout: 120_000 });
  const exports = served.root;
  const all = readdirSync(exports, { recursive: true, encoding: 'utf8' });
  const files = all.filter((name) => /-封面-\d+x\d+\.jpg$/.test(name));
  const named = files.map((name) => path.basename(name)).sort();
  expect(named.map((name) => /抖音-封面-(\d+x\d+)\.jpg$/.exec(name)?.[1])).toEqual([
    '1080x1440',
    '1080x1920',
    '1440x1080',
  ]);
  const file = (size: string): Buffer =>
    readFileSync(path.join(exports, files.find((name) => name.endsWith(`${size}.jpg`)) ?? ''));
  expect(await sharp(file('1080x1440')).metadata()).toMatchObject({ format: 'jpeg', width: 1080, height: 1440 });
  expect(await colourAt(file('1080x1440'), 0.95, 0.05)).toBe('green');
  expect(await colourAt(file('1440x1080'), 0.05, 0.05)).toBe('yellow');
  const post = files[0] ? path.join(exports, path.dirname(files[0]), 'post.json') : '';
  expect(JSON.parse(readFileSync(post, 'utf8'))).toMatchObject({ cover: { chosen: true }, aiMade: false });
});

test('of one platform alone is framed by itself, seen, given back, and rendered', async ({ studio: page, served }) => {
  test.slow();
  await cutFourColours(page);
  await page.keyboard.press('Shift+C');
  const dialog = page.getByRole('dialog', { name: '视频封面' });
  const tall = card(page, '3:4');
  await shows(tall, 0.1, 0.5, 'red');
  // A shape that one platform shows has nobody to be told apart.
  await expect(card(page, '16:9').getByRole('combobox')).toHaveCount(0);

  // All of 3:4 to the left end, by mouse; then Douyin's alone to the right one, by keys.
  const box = (await tall.locator('.fcover-shot').boundingBox())!;
  await page.mouse.move(box.x + 20, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + 180, box.y + 40, { steps: 6 });
  await page.mouse.up();
  await shows(tall, 0.95, 0.05, 'red');
  const whom = tall.getByRole('combobox', { name: '3:4 改给哪些平台' });
  await whom.focus();
  await page.keyboard.press('Enter');
  const first = page.getByRole('option', { name: '只改抖音' });
  await expect(first).toBeVisible();
  await settle(page);
  await page.keyboard.press('ArrowDown');
  await expect(first).toHaveAttribute('data-combobox-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(whom).toHaveValue('只改抖音');
  const own = tall.getByRole('group', { name: '3:4 封面取景，抖音' });
  await own.focus();
  for (let i = 0; i < 12; i += 1) await page.keyboard.press('Shift+ArrowRight');
  await shows(tall, 0.05, 0.05, 'blue');
  await expect(tall.getByRole('button', { name: '跟其他 3:4 一样' })).toBeVisible();
  await expect(whom).toHaveValue('只改抖音');
  await atRest(page);
  await settle(page);
  expect(await axe(page), 'one alone').toEqual([]);
  await shot(page, 'film-cover-alone');

  // The others are as they were, and it is said which is not.
  await whom.click();
  await expect(page.getByRole('option', { name: '只改抖音（已单独取景）' })).toBeVisible();
  await settle(page);
  expect(await axe(page), 'the platforms').toEqual([]);
  await shot(page, 'film-cover-whom');
  await page.getByRole('option', { name: '各平台一样' }).click();
  await shows(tall, 0.95, 0.05, 'red');
  await expect(tall.getByText('抖音已单独取景')).toBeVisible();
  // Channels: by mouse, half of the way, and given back.
  await whom.click();
  await page.getByRole('option', { name: '只改视频号' }).click();
  await page.mouse.move(box.x + 180, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + 20, box.y + 40, { steps: 6 });
  await page.mouse.up();
  await shows(tall, 0.95, 0.05, 'blue');
  await tall.getByRole('button', { name: '跟其他 3:4 一样' }).click();
  await shows(tall, 0.95, 0.05, 'red');
  await expect(whom).toHaveValue('只改视频号');
  // Taken back, the giving back is undone.
  await dialog.getByRole('button', { name: '撤销' }).click();
  await shows(tall, 0.95, 0.05, 'blue');
  await dialog.getByRole('button', { name: '重做' }).click();
  await shows(tall, 0.95, 0.05, 'red');
  await atRest(page);
  await settle(page);
  expect(await axe(page), 'given back').toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await saved(page);
  // It is there when the dialog is opened again.
  await page.keyboard.press('Shift+C');
  await expect(card(page, '3:4').getByText('抖音已单独取景')).toBeVisible();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: '渲染视频' }).click();
  await expect(page.getByText(/^视频已渲染/).first()).toBeVisible({ timeout: 120_000 });
  const all = readdirSync(served.root, { recursive: true, encoding: 'utf8' });
  const file = all.find((name) => name.endsWith('-抖音-封面-1080x1440.jpg')) ?? '';
  expect(await colourAt(readFileSync(path.join(served.root, file)), 0.05, 0.05)).toBe('blue');
  const post = path.join(served.root, path.dirname(file), 'post.json');
  const { covers } = JSON.parse(readFileSync(post, 'utf8')) as { covers: { shape: string; alone?: boolean }[] };
  expect(covers.filter(({ alone }) => alone).map(({ shape }) => shape)).toEqual(['3:4']);

  // Those who review see it beside that of the others.
  await page.locator('.top .crumb').click();
  await page.getByRole('button', { name: '送审', exact: true }).click();
  await page.getByRole('button', { name: '送审这一份' }).click();
  await expect(page.getByText('已送审，等初审')).toBeVisible();
  await page.getByRole('link', { name: '审核', exact: true }).click();
  await page.getByRole('link', { name: /老周的第四十个春茶季/ }).click();
  await page.getByRole('radiogroup', { name: '送审的内容' }).getByText('视频：老周的第四十个春茶季').click();
  const shot34 = (names: string) => page.getByRole('button', { name: `3:4 封面，${names}` });
  await shows(shot34('抖音'), 0.05, 0.05, 'blue');
  await shows(shot34('视频号、小红书'), 0.95, 0.05, 'red');
  await settle(page);
  expect(await axe(page), 'in review').toEqual([]);
  await shot(page, 'film-cover-review');
});
