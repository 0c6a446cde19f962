/** A gap left by a lifted clip, and several things at once: picked, grouped, moved, doubled, deleted; by keys and by mouse. */
import type { Page } from 'playwright/test';
import sharp from 'sharp';
import { axe, settle, shot } from './axe.ts';
import { expect, saved, test } from './support.ts';

test.use({ serverArgs: ['--sample'] });
test.describe.configure({ timeout: 180_000 });

const clips = (page: Page) => page.getByRole('listbox', { name: '主线' }).getByRole('option');
const titles = (page: Page) => page.getByRole('listbox', { name: '标题' }).getByRole('option');
const picked = (page: Page) => page.locator('.tl [aria-selected="true"]');
const total = async (page: Page) => (await page.getByTestId('timecode').textContent())?.split('/')[1]?.trim() ?? '';
/** To where keys are for the film, with nothing of it touched. */
const away = (page: Page) => page.getByRole('main').getByText('9:16').click();

async function brightness(page: Page): Promise<number> {
  const box = await page.getByTestId('stage').boundingBox();
  if (!box) throw new Error('no stage');
  const clip = { x: box.x + box.width / 4, y: box.y + box.height / 4, width: box.width / 2, height: box.height / 4 };
  const { channels } = await sharp(await page.screenshot({ clip })).stats();
  return Math.max(...channels.slice(0, 3).map(({ mean }) => mean));
}

test('a lifted clip leaves a gap; several things go together', async ({ studio: page }) => {
  await page.getByText('老周的第四十个春茶季').click();
  await page.getByRole('tab', { name: '视频' }).click();
  await page.getByRole('link', { name: /半山炒茶/ }).click();
  await expect(page.locator('.captions-canvas')).toHaveAttribute('data-ready', 'true', { timeout: 60_000 });
  await page.getByRole('tab', { name: '检查器' }).click();
  await expect.poll(() => brightness(page)).toBeGreaterThan(40);

  // Lifted: the room stays, black; deleted, it closes. One undo each.
  const long = await total(page);
  await clips(page).first().click();
  await page.keyboard.press('Shift+Delete');
  await expect(clips(page).first()).toHaveAttribute('aria-label', /空隙/);
  await expect(clips(page)).toHaveCount(2);
  expect(await total(page)).toBe(long);
  await expect.poll(() => brightness(page)).toBeLessThan(25);
  await expect(page.getByRole('heading', { name: '空隙' })).toBeVisible();
  await settle(page);
  await shot(page, 'gap');
  expect(await axe(page), 'a gap').toEqual([]);
  await page.getByRole('button', { name: '删除空隙，后面的接上来' }).click();
  await expect(clips(page)).toHaveCount(1);
  expect(await total(page)).not.toBe(long);
  await away(page);
  await page.keyboard.press('Control+z');
  await expect(clips(page)).toHaveCount(2);
  // Filled by what is picked in the bin.
  await clips(page).first().click();
  await page.getByRole('list', { name: '可用的素材' }).getByRole('button', { name: /zhou/ }).click();
  await page.getByRole('button', { name: '还可以' }).click();
  await page.getByRole('menuitem', { name: '换掉选中的这一段' }).click();
  await expect(clips(page).first()).toHaveAttribute('aria-label', /zhou/);
  expect(await total(page)).toBe(long);
  await expect.poll(() => brightness(page)).toBeGreaterThan(40);

  // A title beside it; with Shift both are picked, and become a group.
  await away(page);
  await page.keyboard.press('Home');
  await page.keyboard.press('b');
  await expect(titles(page)).toHaveCount(1);
  await clips(page).nth(1).click();
  await titles(page)
    .first()
    .click({ modifiers: ['Shift'] });
  await expect(picked(page)).toHaveCount(2);
  await expect(page.getByRole('heading', { name: '选中 2 样' })).toBeVisible();
  await settle(page);
  await shot(page, 'many');
  expect(await axe(page), 'several things').toEqual([]);
  await page.keyboard.press('Control+g');
  await expect(page.getByText('这几样是一组。')).toBeVisible();
  await clips(page).first().click();
  await expect(picked(page)).toHaveCount(1);
  await titles(page).first().click();
  await expect(picked(page)).toHaveCount(2);

  // Moved with one key, doubled with another: the title stays with its clip.
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(clips(page).first()).toHaveAttribute('aria-label', /wok/);
  await page.keyboard.press('Control+z');
  await expect(clips(page).first()).toHaveAttribute('aria-label', /zhou/);
  await titles(page).first().click();
  await page.keyboard.press('Control+d');
  await expect(clips(page)).toHaveCount(3);
  await expect(titles(page)).toHaveCount(2);
  await expect(picked(page)).toHaveCount(2);
  await page.keyboard.press('Delete');
  await expect(clips(page)).toHaveCount(2);
  await expect(titles(page)).toHaveCount(1);

  // By mouse: the title is drawn along, its clip stays; taken apart, one click picks one.
  const before = await titles(page).first().boundingBox();
  if (!before) throw new Error('no title');
  await page.mouse.move(before.x + before.width / 2, before.y + 6);
  await page.mouse.down();
  await page.mouse.move(before.x + before.width / 2 + 60, before.y + 6, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => ((await titles(page).first().boundingBox())?.x ?? 0) - before.x).toBeGreaterThan(40);
  await expect(picked(page)).toHaveCount(2);
  await page.keyboard.press('Control+Shift+g');
  await clips(page).first().click();
  await titles(page).first().click();
  await expect(picked(page)).toHaveCount(1);
  // With the keyboard alone.
  await clips(page).first().focus();
  await page.keyboard.press('Shift+Enter');
  await expect(picked(page)).toHaveCount(2);
  await saved(page);
});

test('a frame drawn round things picks them', async ({ studio: page }) => {
  await page.getByText('老周的第四十个春茶季').click();
  await page.getByRole('tab', { name: '视频' }).click();
  await page.getByRole('link', { name: /半山炒茶/ }).click();
  await expect(page.locator('.captions-canvas')).toHaveAttribute('data-ready', 'true', { timeout: 60_000 });
  await page.getByRole('tab', { name: '检查器' }).click();
  await away(page);
  await page.keyboard.press('Home');
  await page.keyboard.press('b');
  await page.keyboard.press('m');
  await expect(titles(page)).toHaveCount(1);
  const cues = page.getByRole('listbox', { name: '字幕' }).getByRole('option');
  const flag = page.locator('.flag');
  const frame = page.getByTestId('marquee');
  const boxOf = async (of: ReturnType<typeof page.locator>) => {
    const box = await of.boundingBox();
    if (!box) throw new Error('not in view');
    return { ...box, right: box.x + box.width, bottom: box.y + box.height };
  };
  const strip = await boxOf(page.locator('.strip'));
  const [one, two, lane] = [
    await boxOf(clips(page).nth(0)),
    await boxOf(clips(page).nth(1)),
    await boxOf(cues.first()),
  ];
  const ground = { x: two.right + 15, y: strip.bottom - 8 };
  const draw = async (to: { x: number; y: number }, from = ground) => {
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 3 });
    await page.mouse.move(to.x, to.y, { steps: 3 });
  };
  const isPicked = async (of: ReturnType<typeof page.locator>) =>
    of.evaluateAll((all) => all.map((e) => e.getAttribute('aria-selected') === 'true'));
  const reached = async (x: number) =>
    cues.evaluateAll((all, from) => all.map((e) => e.getBoundingClientRect().right > from), x);

  // Up to the captions: those it reaches, live, and no clip.
  await page.keyboard.press('Escape');
  const half = two.x + two.width / 2;
  await draw({ x: half, y: lane.y + 10 });
  await expect(frame).toBeVisible();
  expect(await isPicked(cues)).toEqual(await reached(half));
  expect(await isPicked(clips(page))).toEqual([false, false]);
  // On, into the storyline: the clip too; back again, not any more.
  await page.mouse.move(half, two.bottom - 20, { steps: 3 });
  expect(await isPicked(clips(page))).toEqual([false, true]);
  await page.mouse.move(half, lane.y + 10, { steps: 3 });
  expect(await isPicked(clips(page))).toEqual([false, false]);
  await page.mouse.move(half, two.bottom - 20, { steps: 3 });
  await settle(page);
  await shot(page, 'marquee');
  await page.mouse.up();
  await expect(frame).toHaveCount(0);
  const before = await picked(page).count();
  expect(before).toBe((await reached(half)).filter(Boolean).length + 1);
  await expect(page.locator('.board-picked')).toContainText(`选中 ${String(before)} 样`);
  expect(await axe(page), 'a frame was drawn').toEqual([]);

  // With Shift more is added; Escape takes the last frame back.
  const [title, ruler] = [await boxOf(titles(page).first()), await boxOf(page.getByTestId('ruler'))];
  const beside = { x: title.right + 30, y: title.y + title.height / 2 };
  await page.keyboard.down('Shift');
  await draw({ x: title.x + 20, y: title.y + 6 }, beside);
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await expect(picked(page)).toHaveCount(before + 1);
  expect(await isPicked(titles(page))).toEqual([true]);
  await draw({ x: one.x + 4, y: ruler.y + 4 }, beside);
  await expect(flag).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Escape');
  await expect(frame).toHaveCount(0);
  await expect(flag).toHaveAttribute('aria-pressed', 'false');
  await expect(picked(page)).toHaveCount(before + 1);
  await page.mouse.up();
  await expect(picked(page)).toHaveCount(before + 1);

  // Together they are deleted; one undo brings them back. A click on empty ground picks nothing and brings the playhead.
  await page.keyboard.press('Delete');
  await expect(clips(page)).toHaveCount(1);
  await expect(titles(page)).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(clips(page)).toHaveCount(2);
  const timecode = page.getByTestId('timecode');
  await page.keyboard.press('Home');
  await expect(timecode).toHaveText(/^00:00:00 /);
  await page.mouse.click(half, strip.bottom - 8);
  await expect(picked(page)).toHaveCount(0);
  await expect(timecode).not.toHaveText(/^00:00:00 /);

  // Zoomed in, the board goes along at its edge: what was out of view, and never in the page, is picked too.
  await page.keyboard.press('Home');
  for (let i = 0; i < 8; i += 1) await page.keyboard.press('=');
  const area = page.locator('.area');
  await area.evaluate((e) => (e.scrollLeft = 0));
  await expect(clips(page)).toHaveCount(1);
  const room = await boxOf(area);
  await draw({ x: room.right - 4, y: two.bottom - 20 }, { x: room.x + 40, y: strip.bottom - 8 });
  await expect.poll(() => clips(page).last().getAttribute('aria-label'), { timeout: 30_000 }).toMatch(/zhou|wok/);
  await expect.poll(() => area.evaluate((e) => e.scrollWidth - e.clientWidth - e.scrollLeft)).toBeLessThan(2);
  await page.mouse.up();
  await page.keyboard.press('Shift+Z');
  await expect(clips(page)).toHaveCount(2);
  expect(await isPicked(clips(page))).toEqual([true, true]);
  await saved(page);
});
