/** The storyline beyond the simplest cuts, by keys and by mouse: freeze, backwards, roll, slip, slide, overwrite, replace, sound apart. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright/test';
import sharp from 'sharp';
import { axe, settle, shot } from './axe.ts';
import { expect, saved, test } from './support.ts';

test.use({ serverArgs: ['--sample'] });
test.describe.configure({ timeout: 240_000 });

let dir = '';
const LASTS = 8;
test.beforeAll(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'tongxin-storyline-'));
  // From black to full colour, evenly: how bright it is tells which moment of the source is seen.
  for (const [name, colour] of [
    ['红', 'red'],
    ['蓝', 'blue'],
  ] as const) {
    const frames = String(LASTS * 30);
    const picture = `color=${colour}:size=640x360:rate=30:duration=${String(LASTS)},fade=type=in:start_frame=0:nb_frames=${frames}`;
    const sound = `sine=frequency=440:sample_rate=48000:duration=${String(LASTS)}`;
    const args = ['-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', sound, '-c:v', 'libx264', '-preset', 'ultrafast'];
    const out = path.join(dir, `${name}.mp4`);
    execFileSync('ffmpeg', ['-nostdin', '-v', 'error', ...args, '-pix_fmt', 'yuv420p', '-c:a', 'aac', out]);
  }
});
test.afterAll(() => rmSync(dir, { recursive: true, force: true }));

const clips = (page: Page) => page.getByRole('listbox', { name: '主线' }).getByRole('option');
const bin = (page: Page) => page.getByRole('list', { name: '可用的素材' });

/** A new video of the clips named, in the cutting room, with the inspector open. */
async function open(page: Page, names: readonly string[]): Promise<void> {
  await page.getByText('老周的第四十个春茶季').click();
  await page.getByRole('tab', { name: '视频' }).click();
  await page.getByRole('button', { name: '剪一条视频' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: '导入素材' }).first().click();
  await (await chooser).setFiles(['红.mp4', '蓝.mp4'].map((name) => path.join(dir, name)));
  for (const [i, name] of names.entries()) {
    await bin(page)
      .getByRole('button', { name: new RegExp(name) })
      .dblclick();
    await expect(clips(page)).toHaveCount(i + 1);
  }
  await page.getByRole('tab', { name: '检查器' }).click();
  await away(page);
  await page.keyboard.press('End');
  await expect.poll(() => moment(page), { timeout: 60_000, message: 'the previews are there' }).toBeGreaterThan(7);
  await page.keyboard.press('Home');
}

/** To where keys are for the film, with nothing of it touched. */
const away = (page: Page) => page.getByRole('main').getByText('9:16').click();
/** Seconds of a clip, as its block says them. */
async function lasts(page: Page, n: number): Promise<number> {
  const label = (await clips(page).nth(n).getAttribute('aria-label')) ?? '';
  return Number(/([\d.]+) 秒$/.exec(label)?.[1]);
}
const total = async (page: Page) => (await page.getByTestId('timecode').textContent())?.split('/')[1]?.trim() ?? '';
const far = async (page: Page, key: string, times: number) => {
  for (let i = 0; i < times; i += 1) await page.keyboard.press(key);
};

/** Moment of the source that is seen, seconds, to about a tenth; by how bright the middle of the stage is. */
async function moment(page: Page): Promise<number> {
  const box = await page.getByTestId('stage').boundingBox();
  if (!box) throw new Error('no stage');
  const clip = { x: box.x + box.width / 2 - 4, y: box.y + box.height / 2 - 4, width: 8, height: 8 };
  const { channels } = await sharp(await page.screenshot({ clip })).stats();
  return (Math.max(...channels.slice(0, 3).map(({ mean }) => mean)) / 255) * LASTS;
}
const seen = (page: Page, wanted: number) =>
  expect
    .poll(async () => Math.abs((await moment(page)) - wanted), { message: `${String(wanted)} s are seen` })
    .toBeLessThan(0.25);

test('freezes a frame, runs a clip backwards, notes moments and lets the film go out', async ({ studio: page }) => {
  await open(page, ['红', '蓝']);

  // A moment to find again, by key; written at, gone to from elsewhere, dragged.
  await far(page, 'Shift+ArrowRight', 6);
  await page.keyboard.press('m');
  const flag = page.getByRole('group', { name: '标记' }).getByRole('button');
  await expect(flag).toHaveCount(1);
  await page.getByLabel('写点什么').fill('好镜头');
  await expect(flag).toContainText('好镜头');
  await settle(page);
  expect(await axe(page), 'a marker').toEqual([]);
  await away(page);
  await page.keyboard.press('End');
  await page.keyboard.press('Shift+ArrowUp');
  await expect(page.getByTestId('timecode')).toHaveText(/^00:02:00/);
  const flagBox = await flag.boundingBox();
  if (!flagBox) throw new Error('no flag');
  await page.mouse.move(flagBox.x + 4, flagBox.y + 10);
  await page.mouse.down();
  await page.mouse.move(flagBox.x + 124, flagBox.y + 10, { steps: 6 });
  await page.mouse.up();
  await expect.poll(async () => (await flag.boundingBox())?.x ?? 0).toBeGreaterThan(flagBox.x + 80);

  // Frozen by key: three seconds longer, one picture all along; then half as long by the field.
  await page.keyboard.press('Home');
  await far(page, 'Shift+ArrowRight', 12);
  await seen(page, 4);
  await page.keyboard.press('f');
  await expect(clips(page)).toHaveCount(4);
  await expect(clips(page).nth(1)).toHaveAttribute('aria-label', /定格/);
  expect(await total(page)).toBe('00:19:00');
  await expect(page.getByRole('heading', { name: '定格' })).toBeVisible();
  await page.getByLabel('长度', { exact: true }).fill('1.5');
  await page.getByLabel('长度', { exact: true }).press('Tab');
  await expect.poll(() => lasts(page, 1)).toBe(1.5);
  await away(page);
  await seen(page, 4);
  await far(page, 'Shift+ArrowRight', 4);
  await seen(page, 4);
  await settle(page);
  await shot(page, 'frozen');
  // It plays on over the frozen frame into the rest of its clip.
  await page.keyboard.press('Space');
  await expect.poll(() => moment(page), { timeout: 20_000, intervals: [50] }).toBeGreaterThan(5);
  await page.keyboard.press('k');

  // Backwards by key: its first picture is its last one of before, and it plays to what was its first.
  await page.keyboard.press('Home');
  await seen(page, 0);
  await clips(page).nth(0).click();
  await away(page);
  await page.keyboard.press('Shift+r');
  await expect(clips(page).nth(0)).toHaveAttribute('aria-label', /倒放/);
  await seen(page, 4);
  await settle(page);
  expect(await axe(page), 'backwards').toEqual([]);
  await shot(page, 'backwards');
  await far(page, 'Shift+ArrowRight', 6);
  await seen(page, 2);
  await page.keyboard.press('Space');
  await expect.poll(() => moment(page), { timeout: 20_000, intervals: [30] }).toBeLessThan(0.6);
  await page.keyboard.press('k');
  await page.getByRole('switch', { name: '倒放' }).click();
  await expect(clips(page).nth(0)).not.toHaveAttribute('aria-label', /倒放/);

  // What an AI made is declared, and labelled on the opening.
  await page.keyboard.press('Home');
  const labelled = () =>
    page.locator('.captions-canvas').evaluate((canvas: HTMLCanvasElement) => {
      const copy = document.createElement('canvas');
      [copy.width, copy.height] = [135, 240];
      const context = copy.getContext('2d');
      context?.drawImage(canvas, 0, 0, 135, 240);
      const { data } = context?.getImageData(0, 0, 135, 240) ?? { data: [] };
      return [...data].filter((value, i) => i % 4 === 3 && value > 60).length;
    });
  expect(await labelled()).toBe(0);
  await page.getByRole('switch', { name: 'AI 生成的素材' }).click();
  await expect.poll(labelled).toBeGreaterThan(300);
  await settle(page);
  await shot(page, 'ai-label');
  await page.getByRole('switch', { name: 'AI 生成的素材' }).click();
  await expect.poll(labelled).toBe(0);

  // The film goes out in black.
  await clips(page).last().click();
  await page.getByRole('combobox', { name: '片尾' }).click();
  await page.getByRole('option', { name: '淡出到黑' }).click();
  await away(page);
  await page.keyboard.press('End');
  await seen(page, 0);
  await far(page, 'ArrowLeft', 15);
  await seen(page, 7.5 / 2);
  await settle(page);
  await shot(page, 'ending');
  await saved(page);
  await page.reload();
  await expect(clips(page)).toHaveCount(4, { timeout: 60_000 });
  await expect(flag).toContainText('好镜头');
  // Removed by key, back by undo.
  await flag.click();
  await away(page);
  await page.keyboard.press('Delete');
  await expect(flag).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(flag).toHaveCount(1);
});

test('rolls, slips and slides by keys and by mouse, covers and replaces', async ({ studio: page }) => {
  await open(page, ['红', '蓝', '红']);
  // Trimmed at both ends of the middle one, so that there is something to give.
  for (const key of ['q', 'w'] as const) {
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await far(page, 'Shift+ArrowRight', key === 'q' ? 6 : 12);
    await page.keyboard.press(key);
  }
  await expect.poll(() => lasts(page, 1)).toBe(4);
  // From the first one too.
  await page.keyboard.press('Home');
  await far(page, 'Shift+ArrowRight', 12);
  await page.keyboard.press('w');
  await expect.poll(() => lasts(page, 0)).toBe(4);
  expect(await total(page)).toBe('00:16:00');
  const at = async (n: number) => {
    const box = await clips(page).nth(n).boundingBox();
    if (!box) throw new Error('no clip');
    return box;
  };
  const lengths = () => Promise.all([0, 1, 2].map((n) => lasts(page, n)));
  /** Drags by so many pixels with Ctrl held, and Shift where told. */
  const drag = async (from: { x: number; y: number }, by: number, keys: readonly string[]) => {
    await page.mouse.move(from.x, from.y);
    for (const key of keys) await page.keyboard.down(key);
    await page.mouse.down();
    await page.mouse.move(from.x + by, from.y, { steps: 6 });
    await page.mouse.up();
    for (const key of keys) await page.keyboard.up(key);
  };
  const inner = async (n: number) => {
    const { x, y, width, height } = await at(n);
    return { x: x + width / 2, y: y + height / 2 };
  };

  // Roll: by keys at the nearest cut, by mouse with Ctrl at an edge.
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await far(page, 'Shift+.', 3);
  await expect.poll(lengths).toEqual([5, 3, 8]);
  await far(page, '.', 15);
  await expect.poll(lengths).toEqual([5.5, 2.5, 8]);
  const { x, y, width, height } = await at(0);
  await drag({ x: x + width - 2, y: y + height / 2 }, -(width / 5.5) * 1.5, ['Control']);
  await expect.poll(() => lasts(page, 0)).toBeLessThan(4.3);
  expect(await total(page)).toBe('00:16:00');
  await page.keyboard.press('Control+z');
  await far(page, 'Shift+,', 4);
  await far(page, ',', 5);
  await expect.poll(lengths).toEqual([4, 4, 8]);

  // Slip: the moment that is seen at the clip's beginning changes, and nothing else.
  await clips(page).nth(1).click();
  await away(page);
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await seen(page, 2);
  await far(page, 'Alt+.', 15);
  await seen(page, 2.5);
  await drag(await inner(1), (await at(1)).width / 4, ['Control']);
  await seen(page, 1.5);
  await expect.poll(lengths).toEqual([4, 4, 8]);
  await settle(page);
  await shot(page, 'slipped');

  // Slide: the neighbours give and take.
  await far(page, 'Alt+Shift+.', 15);
  await expect.poll(lengths).toEqual([4.5, 4, 7.5]);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+y');
  await drag(await inner(1), -(await at(1)).width / 8, ['Control', 'Shift']);
  await expect.poll(() => lasts(page, 0)).toBeLessThan(4.3);
  expect(await total(page)).toBe('00:16:00');

  // Another source for the selected clip, from the bin; then one over what is there.
  const before = await lengths();
  await bin(page).getByRole('button', { name: /红/ }).click();
  await page.getByRole('button', { name: '还可以' }).click();
  await settle(page);
  expect(await axe(page), 'the menu of the bin').toEqual([]);
  await page.getByRole('menuitem', { name: '换掉选中的这一段' }).click();
  await expect(clips(page).nth(1)).toHaveAttribute('aria-label', /红/);
  expect(await lengths()).toEqual(before);
  await page.keyboard.press('Control+z');
  await expect(clips(page).nth(1)).toHaveAttribute('aria-label', /蓝/);
  await page.keyboard.press('Home');
  await far(page, 'Shift+ArrowRight', 6);
  await bin(page).getByRole('button', { name: /蓝/ }).click();
  await page.getByRole('button', { name: '还可以' }).click();
  await page.getByRole('menuitem', { name: /覆盖/ }).click();
  await expect.poll(() => lasts(page, 0)).toBe(2);
  await expect.poll(() => lasts(page, 1)).toBe(8);
  await settle(page);
  await shot(page, 'overwritten');
  await page.keyboard.press('Control+z');
  expect(await lengths()).toEqual(before);
  await saved(page);
});

test('lets a clip grow quieter, takes its sound off, and the sound goes with it', async ({ studio: page }) => {
  await open(page, ['红', '蓝']);
  await clips(page).nth(1).click();
  await away(page);
  await page.keyboard.press('End');
  await far(page, 'Shift+ArrowLeft', 18);
  // Loudness: noted at two places a second apart, lower at the second; between them it is half way.
  await page.getByRole('button', { name: '记下此刻音量' }).click();
  await expect(page.getByText('记了 1 处')).toBeVisible();
  await away(page);
  await far(page, 'Shift+ArrowRight', 3);
  const here = page.getByLabel('此刻的音量，分贝');
  await here.fill('-20');
  await here.press('Tab');
  await expect(page.getByText('记了 2 处')).toBeVisible();
  await away(page);
  await far(page, 'ArrowLeft', 15);
  await expect.poll(async () => Number.parseFloat(await here.inputValue())).toBeCloseTo(-10, 0);
  await settle(page);
  expect(await axe(page), 'loudness').toEqual([]);
  await shot(page, 'loudness');

  // The sound apart: on its lane, linked, with its loudness; it goes where the clip goes.
  await page.keyboard.press('Shift+d');
  const voice = page.getByRole('listbox', { name: '人声' }).getByRole('option');
  await expect(voice).toHaveCount(1);
  await expect(page.getByRole('switch', { name: /^跟着第 2 段走/ })).toBeChecked();
  await expect(page.getByText('记了 2 处')).toBeVisible();
  await expect(voice).toHaveAttribute('aria-label', /从 00:08\.0 起/);
  await settle(page);
  expect(await axe(page), 'a sound apart').toEqual([]);
  await shot(page, 'detached');
  await clips(page).nth(1).click();
  await away(page);
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(voice).toHaveAttribute('aria-label', /从 00:00\.0 起/);
  // Unlinked it stays where it is.
  await voice.click();
  await page.getByRole('switch', { name: /^跟着第 1 段走/ }).click();
  await clips(page).nth(0).click();
  await away(page);
  await page.keyboard.press('Alt+ArrowRight');
  await expect(clips(page).nth(1)).toHaveAttribute('aria-label', /蓝/);
  await expect(voice).toHaveAttribute('aria-label', /从 00:00\.0 起/);
  await saved(page);
});
