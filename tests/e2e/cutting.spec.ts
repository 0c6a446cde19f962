/** The cutting room in a real browser, with clicks and keys: a video from the sample files, cut, captioned, played. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright/test';
import { axe, settle, shot } from './axe.ts';
import { expect, samples, saved, test } from './support.ts';

const video = (name: string): string => path.join(samples, 'video', name);
/** 14 s, 24.4 s and 42.4 s, all with sound. */
const FILES = ['cockatoo.mp4', 'person-720p.mp4', 'talk-720p30.mp4'] as const;

/** Importing and making previews takes its time where cores are few. */
test.describe.configure({ timeout: 240_000 });
test.skip(!existsSync(samples), 'the sample files are not beside the checkout');
test.use({ serverArgs: ['--sample'] });

const clips = (page: Page) => page.getByRole('listbox', { name: '主线' }).getByRole('option');
/** File names in order, from the clips' accessible names (`第 1 段 cockatoo.mp4，4.0 秒`). */
const names = async (page: Page): Promise<string[]> => {
  const labels = await Promise.all((await clips(page).all()).map((clip) => clip.getAttribute('aria-label')));
  return labels.map((label) => /段 (.+)\.mp4/.exec(label ?? '')?.[1] ?? '');
};
const timecode = async (page: Page): Promise<string> =>
  (await page.getByTestId('timecode').locator('b').textContent()) ?? '';

/** From the list of stories to a new video with sample files in its bin. */
async function newVideo(page: Page, files: readonly string[]): Promise<void> {
  await page.getByText('老周的第四十个春茶季').click();
  await page.getByRole('tab', { name: '视频' }).click();
  await page.getByRole('button', { name: '剪一条视频' }).click();
  await expect(page.getByText('先选一段素材')).toBeVisible();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: '导入素材' }).first().click();
  await (await chooser).setFiles(files.map(video));
  for (const name of files) await expect(cell(page, name)).toBeVisible({ timeout: 60_000 });
}

const cell = (page: Page, name: string) => page.getByRole('button', { name: new RegExp(name) });

/** Off the bin: from here on the keys are the room's. */
const leaveBin = (page: Page) => page.getByRole('main').getByText('9:16').click();

/** How many pixels of the caption canvas are not clear. */
function drawn(page: Page): Promise<number> {
  return page.evaluate(() => {
    const source = document.querySelector<HTMLCanvasElement>('.captions-canvas');
    if (!source || source.width === 0) return -1;
    const copy = document.createElement('canvas');
    copy.width = source.width;
    copy.height = source.height;
    const context = copy.getContext('2d');
    if (!context) return -1;
    context.drawImage(source, 0, 0);
    const { data } = context.getImageData(0, 0, copy.width, copy.height);
    let count = 0;
    for (let i = 3; i < data.length; i += 4) if ((data[i] ?? 0) > 0) count += 1;
    return count;
  });
}

test('cuts a video: add, split, delete, move, trim, undo, rename, all kept', async ({ studio: page }) => {
  await newVideo(page, FILES);
  // By button, by double click, by Enter.
  await cell(page, 'cockatoo.mp4').click();
  await page.getByRole('button', { name: '加到片尾' }).click();
  await expect(clips(page)).toHaveCount(1);
  await cell(page, 'person-720p.mp4').dblclick();
  await expect(clips(page)).toHaveCount(2);
  await cell(page, 'talk-720p30.mp4').focus();
  await page.keyboard.press('Enter');
  await expect(clips(page)).toHaveCount(3);
  await leaveBin(page);
  expect(await names(page)).toEqual(['cockatoo', 'person-720p', 'talk-720p30']);
  await saved(page);

  // Four seconds into the first clip: frames by keys, to the frame.
  await page.keyboard.press('Home');
  for (let i = 0; i < 12; i += 1) await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
  expect(await timecode(page)).toBe('00:04:00');
  await page.keyboard.press('s');
  await expect(clips(page)).toHaveCount(4);
  await expect(clips(page).first()).toHaveAccessibleName(/4\.0 秒/);

  // The half behind the cut goes; what follows moves up.
  await page.keyboard.press('Escape');
  await clips(page).nth(1).click();
  await page.keyboard.press('Delete');
  await expect(clips(page)).toHaveCount(3);
  expect(await names(page)).toEqual(['cockatoo', 'person-720p', 'talk-720p30']);

  await clips(page).nth(2).click();
  await page.keyboard.press('Alt+ArrowLeft');
  expect(await names(page)).toEqual(['cockatoo', 'talk-720p30', 'person-720p']);
  await page.keyboard.press('Control+z');
  expect(await names(page)).toEqual(['cockatoo', 'person-720p', 'talk-720p30']);
  await page.keyboard.press('Control+Shift+z');
  expect(await names(page)).toEqual(['cockatoo', 'talk-720p30', 'person-720p']);

  // Q cuts off what lies before the playhead, W what lies behind it.
  await page.keyboard.press('Home');
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('q');
  await expect(clips(page).first()).toHaveAccessibleName(/3\.0 秒/);
  expect(await timecode(page)).toBe('00:00:00');
  for (let i = 0; i < 6; i += 1) await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('w');
  await expect(clips(page).first()).toHaveAccessibleName(/2\.0 秒/);

  // An edge by hand: one step of undo; Escape leaves all as it was.
  await page.keyboard.press('Shift+Z');
  const edge = clips(page).nth(2).getByTestId('edge-out');
  const box = await edge.boundingBox();
  if (!box) throw new Error('the edge is not on the page');
  const before = await clips(page).nth(2).getAttribute('aria-label');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 60, y, { steps: 6 });
  await expect(clips(page).nth(2)).not.toHaveAccessibleName(before ?? '');
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect(clips(page).nth(2)).toHaveAccessibleName(before ?? '');
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 80, y, { steps: 8 });
  await page.mouse.up();
  await expect(clips(page).nth(2)).not.toHaveAccessibleName(before ?? '');
  await page.keyboard.press('Control+z');
  await expect(clips(page).nth(2)).toHaveAccessibleName(before ?? '');
  await page.keyboard.press('Control+Shift+z');

  // A clip by hand to the front.
  const from = await clips(page).nth(1).boundingBox();
  const to = await clips(page).nth(0).boundingBox();
  if (!from || !to) throw new Error('a clip is not on the page');
  await page.mouse.move(from.x + from.width / 2, from.y + 70);
  await page.mouse.down();
  await page.mouse.move(to.x + 2, to.y + 70, { steps: 10 });
  await page.mouse.up();
  await expect.poll(() => names(page)).toEqual(['talk-720p30', 'cockatoo', 'person-720p']);

  await page.getByRole('button', { name: /^改名/ }).click();
  await page.keyboard.type('半山炒茶');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('半山炒茶');
  await saved(page);

  const labels = await Promise.all((await clips(page).all()).map((clip) => clip.getAttribute('aria-label')));
  await page.reload();
  await expect(clips(page)).toHaveCount(3);
  expect(await Promise.all((await clips(page).all()).map((clip) => clip.getAttribute('aria-label')))).toEqual(labels);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('半山炒茶');
});

test('plays across a cut without a pause, with captions drawn as the film will have them', async ({ studio: page }) => {
  const two = FILES.slice(0, 2);
  await newVideo(page, two);
  for (const name of two) await cell(page, name).dblclick();
  await expect(clips(page)).toHaveCount(2);
  // Their previews are being made; the stage says so and goes on by itself.
  await expect(page.locator('.th-note')).toHaveCount(0, { timeout: 120_000 });
  await expect(page.locator('.stage-note')).toHaveCount(0);
  await leaveBin(page);

  // Captions from a file; drawn at their times and only then.
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: '导入字幕' }).click();
  await (await chooser).setFiles(path.join(samples, 'captions/plain.srt'));
  await expect(page.getByRole('list', { name: '字幕列表' }).getByText('清晨五点，茶园的雾还没有散。')).toBeVisible();
  await page.keyboard.press('Home');
  await page.locator('.captions-canvas[data-ready="true"]').waitFor({ state: 'attached', timeout: 30_000 });
  await expect.poll(() => drawn(page)).toBe(0);
  for (let i = 0; i < 6; i += 1) await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(() => drawn(page)).toBeGreaterThan(200);
  await page.keyboard.press('Home');
  await expect.poll(() => drawn(page)).toBe(0);

  // A caption's text changes while it is seen: the new one is drawn, and in between the old one is.
  await page.getByRole('list', { name: '字幕列表' }).getByText('清晨五点，茶园的雾还没有散。').click();
  await expect.poll(() => drawn(page)).toBeGreaterThan(200);
  const full = await drawn(page);
  await page.getByLabel('第 1 条字幕的文字').fill('雾。');
  await expect.poll(() => drawn(page)).toBeLessThan(full / 2);
  await page.getByLabel('第 1 条字幕的文字').press('Escape');
  await saved(page);

  // Half a second before the first cut; the playhead is watched frame by frame.
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('Shift+ArrowLeft');
  await expect.poll(() => page.locator('.slot.on video').evaluate((v: HTMLVideoElement) => v.seeking)).toBe(false);
  await page.waitForTimeout(500);
  const watch = page.evaluate(
    () =>
      new Promise<{ at: number; x: number; slot: number; muted: boolean[] }[]>((resolve) => {
        const seen: { at: number; x: number; slot: number; muted: boolean[] }[] = [];
        const head = document.querySelector<HTMLElement>('[data-testid="playhead"]');
        const slots = [...document.querySelectorAll('.slot')];
        const begun = performance.now();
        const look = (now: number) => {
          seen.push({
            at: now - begun,
            x: new DOMMatrix(head?.style.transform ?? '').m41,
            slot: slots.findIndex((slot) => slot.classList.contains('on')),
            muted: slots.map((slot) => slot.querySelector('video')?.muted ?? true),
          });
          if (now - begun < 3000) requestAnimationFrame(look);
          else resolve(seen);
        };
        requestAnimationFrame(look);
      }),
  );
  await page.keyboard.press('Space');
  const seen = await watch;
  await page.keyboard.press('Space');
  // How much the film fell behind the clock from just before the cut to a second after it: the pause at the cut, however
  // seldom a busy machine draws. The first clip is 14 s long.
  const cut = seen.findIndex((s, k) => k > 0 && s.slot !== seen[k - 1]?.slot);
  const width = (await clips(page).first().boundingBox())?.width ?? 0;
  const ms = (s: { x: number } | undefined) => ((s?.x ?? 0) / (width + 1)) * 14_000;
  const a = seen.findLast((s, k) => k < cut && s.at < (seen[cut]?.at ?? 0) - 150);
  const b = seen.find((s) => s.at > (seen[cut]?.at ?? 0) + 1000);
  const lost = (b?.at ?? 0) - (a?.at ?? 0) - (ms(b) - ms(a));
  console.log(`time lost at the cut: ${lost.toFixed(0)} ms`);
  // How long is measured, not asserted: machines differ. That it plays on is.
  expect(cut).toBeGreaterThan(0);
  expect(ms(b)).toBeGreaterThan(ms(a));
  const [first, last] = [seen[0], seen.at(-1)];
  expect(first?.slot).not.toBe(last?.slot);
  expect(last?.muted[last.slot]).toBe(false);
  expect(last?.muted[1 - last.slot]).toBe(true);
  expect((await timecode(page)) > '00:15:00').toBe(true);
});

/** The video of the sample workspace: two pictures, four captions. */
async function sampleVideo(page: Page): Promise<void> {
  await page.getByText('老周的第四十个春茶季').click();
  await page.getByRole('tab', { name: '视频' }).click();
  await page.getByRole('link', { name: /半山炒茶/ }).click();
  await expect(clips(page)).toHaveCount(2);
}
const cues = (page: Page) =>
  page.getByRole('list', { name: '字幕列表' }).getByRole('listitem').filter({ hasText: '字/秒' });

test('writes, splits, merges and moves captions by keys; brings a clip by drag', async ({ studio: page }) => {
  await sampleVideo(page);
  await expect(cues(page)).toHaveCount(4);
  // Enter breaks the line, Ctrl+Enter splits the caption where the cursor is.
  await cues(page).nth(1).locator('.tx').click();
  const text = page.getByLabel('第 2 条字幕的文字');
  await text.click();
  await text.press('Home');
  for (let i = 0; i < 4; i += 1) await text.press('ArrowRight');
  await text.press('Control+Enter');
  await expect(cues(page)).toHaveCount(5);
  await expect(cues(page).nth(1).locator('.tx')).toHaveText('芽头要带');
  await expect(page.getByLabel('第 3 条字幕的文字')).toHaveValue('着露采');
  await leaveBin(page);
  await page.keyboard.press('Control+z');
  await expect(cues(page)).toHaveCount(4);
  await page.keyboard.press('Control+Shift+z');
  await expect(cues(page)).toHaveCount(5);
  await cues(page).nth(1).locator('.tx').click();
  await leaveBin(page);
  await page.keyboard.press('Shift+m');
  await expect(cues(page)).toHaveCount(4);
  await expect(page.getByLabel('第 2 条字幕的文字')).toHaveValue('芽头要带\n着露采');

  // Its start to the playhead: ten frames later.
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('[');
  await expect(cues(page).nth(1)).toContainText('00:02.9');
  await page.keyboard.press('Delete');
  await expect(cues(page)).toHaveCount(3);

  // A new one at the end, written at once, also when something else stands where captions are written.
  await page.getByRole('tab', { name: '检查器' }).click();
  await leaveBin(page);
  await page.keyboard.press('End');
  await page.keyboard.press('c');
  await expect(page.getByLabel('第 4 条字幕的文字')).toBeFocused();
  await page.keyboard.type('茶香出山');
  await leaveBin(page);
  await expect(cues(page).nth(3)).toContainText('2 字/秒');

  // Between the two clips, by hand.
  await page.getByRole('tab', { name: '全部素材' }).click();
  const first = await clips(page).first().boundingBox();
  if (!first) throw new Error('the clip is not on the page');
  await cell(page, 'sprout.jpg').dragTo(page.locator('.lane-clips'), {
    targetPosition: { x: first.width - 10, y: 60 },
  });
  await expect(clips(page)).toHaveCount(3);
  await expect(clips(page).nth(1)).toHaveAccessibleName(/sprout\.jpg/);
  await saved(page);
  await page.reload();
  await expect(clips(page).nth(1)).toHaveAccessibleName(/sprout\.jpg/);
  await expect(cues(page)).toHaveCount(4);
  await expect(cues(page).nth(3)).toContainText('茶香出山');
});

test('a clip twice as fast: half as long, played so, its voice at the same pitch, undone in one step', async ({
  studio: page,
}) => {
  await newVideo(page, ['cockatoo.mp4']);
  await cell(page, 'cockatoo.mp4').dblclick();
  await expect(clips(page)).toHaveCount(1);
  await page.getByRole('tab', { name: '检查器' }).click();
  await clips(page).first().click();
  await page.getByRole('combobox', { name: '速度' }).click();
  await page.getByRole('option', { name: '2 倍', exact: true }).click();
  await expect(clips(page).first()).toHaveAttribute('aria-label', /7\.0 秒/);
  await expect(clips(page).first().getByText('2 倍')).toBeVisible();
  await saved(page);
  await settle(page);
  await shot(page, 'speed');
  expect(await axe(page), 'a clip at another speed').toEqual([]);
  // The preview runs as fast as the film will.
  await expect(page.getByText('正在生成预览')).toHaveCount(0, { timeout: 120_000 });
  await leaveBin(page);
  await page.keyboard.press('Home');
  await page.keyboard.press('Space');
  const front = page.locator('.slot.on video');
  await expect.poll(() => front.evaluate((v: HTMLVideoElement) => !v.paused && v.currentTime > 1.5)).toBe(true);
  expect(await front.evaluate((v: HTMLVideoElement) => [v.playbackRate, v.preservesPitch])).toEqual([2, true]);
  await page.keyboard.press('Space');
  const us = /^(\d+):(\d+):(\d+)$/.exec(await timecode(page));
  const film = Number(us?.[1]) * 60 + Number(us?.[2]) + Number(us?.[3]) / 30;
  // In its preview the film begins half a second late.
  const source = (await front.evaluate((v: HTMLVideoElement) => v.currentTime)) - 0.5;
  expect(Math.abs(source - 2 * film)).toBeLessThan(0.15);
  await page.keyboard.press('Control+z');
  await expect(clips(page).first()).toHaveAttribute('aria-label', /14\.0 秒/);
});

test('keeps what is cut while the server is dead, and saves it once it is back', async ({ studio: page, served }) => {
  await sampleVideo(page);
  await saved(page);
  await page.locator('.captions-canvas[data-ready="true"]').waitFor({ state: 'attached' });
  await served.kill();
  await expect(page.getByText('连接断开，正在重连…')).toBeVisible();
  await leaveBin(page);
  await page.keyboard.press('Home');
  for (let i = 0; i < 6; i += 1) await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('s');
  await expect(clips(page)).toHaveCount(3);
  await expect(page.getByText('未保存，正在重试')).toBeVisible();
  // The cookie of the dead process is worthless, so the page is opened anew; the step waits in the browser.
  page.on('dialog', (dialog) => void dialog.accept());
  await page.goto(await served.restart());
  await page.getByText('老周的第四十个春茶季').click();
  await page.getByRole('tab', { name: '视频' }).click();
  await page.getByRole('link', { name: /半山炒茶/ }).click();
  await expect(clips(page)).toHaveCount(3);
  await expect(page.getByText('上次没来得及保存的 1 步已补上。')).toBeVisible();
  await saved(page);
  await page.reload();
  await expect(clips(page)).toHaveCount(3);
});

for (const language of ['zh-CN', 'en'] as const) {
  test.describe(language, () => {
    test.use({ language });
    test('axe finds nothing serious', async ({ studio: page }) => {
      await page.getByText('老周的第四十个春茶季').click();
      await page.getByRole('tab', { name: /^(?:视频|Videos)$/ }).click();
      await settle(page);
      expect(await axe(page), 'videos of a story').toEqual([]);
      await page.getByRole('button', { name: /剪一条视频|Cut a video/ }).click();
      await page.getByTestId('stage').waitFor();
      await settle(page);
      expect(await axe(page), 'empty room').toEqual([]);
      await page.getByRole('tab', { name: /全部素材|All media/ }).click();
      await page.getByRole('button', { name: /zhou\.jpg/ }).dblclick();
      await page.getByRole('button', { name: /^(?:加一条|Add)$/ }).click();
      await settle(page);
      expect(await axe(page), 'with a clip and a caption').toEqual([]);
      await page.getByRole('tab', { name: /检查器|Inspector/ }).click();
      await page.getByRole('listbox').first().getByRole('option').click();
      await settle(page);
      expect(await axe(page), 'inspector').toEqual([]);
    });
  });
}
