/** A story of one minute from three films, once with the keyboard alone, once with the mouse; both are the same film in the end. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright/test';
import { axe, settle, shot } from './axe.ts';
import { expect, samples, saved, test } from './support.ts';

test.skip(!existsSync(samples), 'the sample files are not beside the checkout');
test.use({ serverArgs: ['--sample'], viewport: { width: 1920, height: 1080 } });
test.describe.configure({ timeout: process.env.TONGXIN_LONG === '1' ? 900_000 : 240_000 });

/** 14 s, 24.4 s and 42.4 s, all with sound. */
const FILES = ['cockatoo.mp4', 'person-720p.mp4', 'talk-720p30.mp4'] as const;
const STORY = '老周的第四十个春茶季';
/** What is said, and from which second of the film on. */
const SPOKEN = ['雾还没有散', '他已经上了山', '四十年没有落下一季'] as const;

const clips = (page: Page) => page.getByRole('listbox', { name: '主线' }).getByRole('option');
const cues = (page: Page) => page.getByRole('listbox', { name: '字幕', exact: true }).getByRole('option');
const total = (page: Page) => page.getByTestId('timecode');
/** File names in order, with seconds: `cockatoo 12.0`. */
async function pieces(page: Page): Promise<string[]> {
  const labels = await Promise.all((await clips(page).all()).map((clip) => clip.getAttribute('aria-label')));
  return labels.map((label) => {
    const [, name, seconds] = /段 (.+)\.mp4.*?，([\d.]+) 秒/.exec(label ?? '') ?? [];
    return `${name ?? '?'} ${seconds ?? '?'}`;
  });
}
const LAID = ['talk-720p30.mp4', 'cockatoo.mp4', 'person-720p.mp4'] as const;
const cell = (page: Page, name: string) =>
  page.getByRole('list', { name: '可用的素材' }).getByRole('button', { name: new RegExp(name) });
async function allThere(page: Page): Promise<void> {
  for (const name of FILES) await expect(cell(page, name)).toBeVisible({ timeout: 90_000 });
}
const NAMES = ['talk-720p30', 'cockatoo', 'person-720p', 'talk-720p30'];
const WANTED = ['talk-720p30 12.0', 'cockatoo 12.0', 'person-720p 20.0', 'talk-720p30 16.0'];

/** `length`: what the clock says; with the mouse a screen's pixel is more than a frame. */
async function finished(page: Page, length: RegExp): Promise<void> {
  await expect.poll(() => pieces(page)).toEqual(WANTED);
  await expect(total(page)).toHaveText(length);
  for (const [i, text] of SPOKEN.entries()) await expect(cues(page).nth(i)).toHaveAccessibleName(new RegExp(text));
  await expect(page.getByRole('listbox', { name: '标题' }).getByRole('option')).toContainText('周大山 · 茶农');
  await saved(page);
  await page.reload();
  await expect.poll(() => pieces(page), { timeout: 60_000 }).toEqual(WANTED);
  await expect(cues(page)).toHaveCount(SPOKEN.length);
}

/** Rendered to its end and measured where time is no matter (`npm run test:long`); else it is seen to begin. */
async function goesOut(page: Page, root: string, start: () => Promise<unknown>): Promise<void> {
  await start();
  await expect(page.getByText(/^开始渲染/)).toBeVisible();
  if (process.env.TONGXIN_LONG !== '1') return;
  await expect(page.getByText(/^视频已渲染/).first()).toBeVisible({ timeout: 600_000 });
  const file = readdirSync(root, { recursive: true, encoding: 'utf8' }).find((name) =>
    /-抖音-1080x1920\.mp4$/.test(name),
  );
  const asked = ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', path.join(root, file ?? '')];
  const seconds = Number(execFileSync('ffprobe', asked, { encoding: 'utf8' }));
  expect(Math.abs(seconds - 60)).toBeLessThan(0.6);
}

test.describe('with the keyboard alone', () => {
  const press = async (page: Page, key: string, times = 1): Promise<void> => {
    for (let i = 0; i < times; i += 1) await page.keyboard.press(key);
  };
  /** By Tab, as far as it takes. */
  async function tabTo(page: Page, target: Locator, key = 'Tab'): Promise<void> {
    for (let i = 0; i < 80; i += 1) {
      if (
        (await target.count()) === 1 &&
        (await target.evaluate((element) => element.contains(document.activeElement)))
      )
        return;
      await page.keyboard.press(key);
    }
    await expect(target).toBeFocused();
  }
  /** To a second of the film: its frames are thirty a second, ten a press. */
  async function goTo(page: Page, second: number): Promise<void> {
    await press(page, 'Home');
    await press(page, 'Shift+ArrowRight', second * 3);
    await expect(total(page).locator('b')).toHaveText(`00:${String(second).padStart(2, '0')}:00`);
  }

  test('a film of a minute is cut, captioned, titled and goes out', async ({ studio: page, served }) => {
    // To the story and its videos.
    await page.getByText(STORY).waitFor();
    await press(page, 'Control+k');
    await page.getByRole('dialog', { name: '搜索和命令' }).waitFor();
    await page.keyboard.type('第四十个');
    await expect(page.getByRole('dialog').locator('[data-selected]')).toContainText(STORY);
    await press(page, 'Enter');
    await tabTo(page, page.getByRole('tab', { name: /^版本/ }));
    await press(page, 'ArrowRight', 2);
    await expect(page.getByRole('tab', { name: '视频' })).toHaveAttribute('aria-selected', 'true');
    await tabTo(page, page.getByRole('button', { name: '剪一条视频' }));
    await press(page, 'Enter');
    await expect(page.getByText('先选一段素材')).toBeVisible();

    // Three films come in and go to the end, the longest first.
    const chooser = page.waitForEvent('filechooser');
    await press(page, 'Control+Alt+m');
    await (await chooser).setFiles(FILES.map((name) => path.join(samples, 'video', name)));
    await allThere(page);
    for (const [i, name] of LAID.entries()) {
      await tabTo(page, cell(page, name));
      await press(page, 'Enter');
      await expect(clips(page)).toHaveCount(i + 1);
    }
    await tabTo(page, page.getByRole('button', { name: /^播放（/ }));

    // Split, the rest of the talk cut off and put last, the other two shortened.
    await goTo(page, 12);
    await press(page, 's');
    await goTo(page, 28);
    await press(page, 'w');
    // What was laid last is selected; with nothing selected the clip at the playhead is meant.
    await press(page, 'Escape');
    await press(page, 'ArrowLeft');
    await press(page, 'Alt+ArrowRight', 2);
    for (const end of [24, 44]) {
      await goTo(page, end);
      await press(page, 'w');
    }
    await expect.poll(() => pieces(page)).toEqual(WANTED);

    // Captions and who speaks.
    for (const [i, text] of SPOKEN.entries()) {
      await goTo(page, 1 + 3 * i);
      await press(page, 'c');
      await expect(page.getByLabel(`第 ${String(i + 1)} 条字幕的文字`)).toBeFocused();
      await page.keyboard.type(text);
      await press(page, 'Escape');
    }
    await goTo(page, 2);
    await press(page, 'b');
    await tabTo(page, page.getByLabel('姓名'));
    await page.keyboard.type('周大山');
    await press(page, 'Tab');
    await page.keyboard.type('茶农');
    await press(page, 'Escape');

    // The second clip comes in by a dissolve.
    await goTo(page, 13);
    await tabTo(page, clips(page).nth(1));
    await press(page, 'Enter');
    await tabTo(page, page.getByRole('combobox', { name: /转场/ }));
    await press(page, 'ArrowDown', 2);
    await press(page, 'Enter');
    await expect(clips(page).nth(1)).toHaveAccessibleName(/叠化/);
    await settle(page);
    await shot(page, 'minute-keys');
    expect(await axe(page), 'a film of a minute').toEqual([]);

    // All of it taken back step by step, and done again.
    await tabTo(page, page.getByRole('button', { name: /^播放（/ }));
    let steps = 0;
    for (; steps < 60 && (await clips(page).count()) > 0; steps += 1) await press(page, 'Control+z');
    await expect(clips(page)).toHaveCount(0);
    await press(page, 'Control+Shift+z', steps);
    await finished(page, /\/\s*01:00:00$/);
    await goesOut(page, served.root, () => press(page, 'Control+Alt+r'));
  });
});

test.describe('with the mouse', () => {
  test('the same film, by clicks and drags', async ({ studio: page, served }) => {
    await page.getByText(STORY).click();
    await page.getByRole('tab', { name: '视频' }).click();
    await page.getByRole('button', { name: '剪一条视频' }).click();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: '导入素材' }).first().click();
    await (await chooser).setFiles(FILES.map((name) => path.join(samples, 'video', name)));
    await allThere(page);
    for (const [i, name] of LAID.entries()) {
      await cell(page, name).dblclick();
      await expect(clips(page)).toHaveCount(i + 1);
    }
    const tool = (name: RegExp) => page.getByRole('toolbar', { name: '剪辑工具' }).getByRole('button', { name });
    await tool(/^适合全片/).click();
    await expect(clips(page).last()).toBeInViewport();
    const first = await clips(page).first().boundingBox();
    const last = await clips(page).last().boundingBox();
    const ruler = await page.getByTestId('ruler').boundingBox();
    if (!first || !last || !ruler) throw new Error('no timeline');
    // The film is as long as its clips: 80.8 seconds when all is in.
    const second = (last.x + last.width - first.x) / 80.8;
    const at = (seconds: number) => first.x + seconds * second;
    const goTo = (seconds: number) => page.mouse.click(at(seconds), ruler.y + ruler.height / 2);
    const drag = async (from: [number, number], to: [number, number]): Promise<void> => {
      await page.mouse.move(...from);
      await page.mouse.down();
      await page.mouse.move(...to, { steps: 12 });
      await page.mouse.up();
    };

    await goTo(12);
    await tool(/切开/).click();
    await expect(clips(page)).toHaveCount(4);
    await goTo(28);
    await tool(/之后/).click();
    const y = first.y + first.height / 2;
    await drag([at(20), y], [at(66), y]);
    await expect.poll(async () => (await pieces(page)).map((piece) => piece.split(' ')[0])).toEqual(NAMES);
    // The end of the second clip by its edge, the third at the playhead.
    const edge = await clips(page).nth(1).getByTestId('edge-out').boundingBox();
    if (!edge) throw new Error('no edge');
    const middle = edge.x + edge.width / 2;
    await drag([middle, y], [middle - 2 * second, y]);
    await goTo(44);
    await tool(/之后/).click();

    for (const [i, text] of SPOKEN.entries()) {
      await goTo(1 + 3 * i);
      await page.getByRole('button', { name: '加一条' }).click();
      await page.getByLabel(`第 ${String(i + 1)} 条字幕的文字`).fill(text);
    }
    await goTo(2);
    await tool(/加标题/).click();
    await page.getByLabel('姓名').fill('周大山');
    await page.getByLabel('身份').fill('茶农');
    await clips(page).nth(1).click();
    await page.getByRole('combobox', { name: /转场/ }).click();
    await page.getByRole('option', { name: '叠化' }).click();
    await settle(page);
    await shot(page, 'minute-mouse');
    await finished(page, /\/\s*(00:59:2\d|01:00:0\d)$/);
    await goesOut(page, served.root, () => page.getByRole('button', { name: '渲染视频' }).click());
  });
});
