/** A film for the archive: rendered by mouse and by keys, and its result says what was copied, what was encoded and what for. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright/test';
import { axe, settle, shot } from './axe.ts';
import { expect, saved, test } from './support.ts';

test.use({ serverArgs: ['--sample'] });
test.describe.configure({ timeout: 240_000 });

let dir = '';
test.beforeAll(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'tongxin-smart-cut-'));
  // Twelve seconds as a camera of the office records them: 25 frames a second, a key frame a second.
  const picture = 'testsrc2=size=640x360:rate=25:duration=12';
  const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '25', '-keyint_min', '25'];
  const marks = ['-color_primaries', 'bt709', '-color_trc', 'bt709', '-colorspace', 'bt709', '-color_range', 'tv'];
  const out = path.join(dir, '采茶.mp4');
  execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-f', 'lavfi', '-i', picture, ...h264, ...marks, out]);
  execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-i', out, '-c', 'copy', path.join(dir, '采茶.ts')]);
});
test.afterAll(() => rmSync(dir, { recursive: true, force: true }));

interface Words {
  story: string;
  videos: string;
  cut: string;
  importing: string;
  bin: string;
  storyline: string;
  archive: string;
  usual: string;
  render: string;
  show: string;
  line: RegExp;
  byClip: string;
  clips: string;
  parts: RegExp;
}
const ZH: Words = {
  story: '老周的第四十个春茶季',
  videos: '视频',
  cut: '剪一条视频',
  importing: '导入素材',
  bin: '可用的素材',
  storyline: '主线',
  archive: '存档',
  usual: '抖音',
  render: '渲染视频',
  show: '看结果',
  line: /存档：共 12 秒，原样复制 \d[\d.]* 秒，重新编码 \d[\d.]* 秒（标题 \d[\d.]* 秒、切口前后的画面 /,
  byClip: '逐段查看',
  clips: '存档，逐段查看',
  parts: /第 1 段“采茶\.mp4”，00:00–00:12原样复制 \d[\d.]* 秒；重新编码：标题 \d[\d.]* 秒/,
};

/** A video of the story with the film on it and a name bar over its beginning, for the archive alone. */
async function laid(page: Page, words: Words, file = '采茶.mp4'): Promise<void> {
  await page.getByText(words.story).click();
  await page.getByRole('tab', { name: words.videos }).click();
  await page.getByRole('button', { name: words.cut }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: words.importing }).first().click();
  await (await chooser).setFiles(path.join(dir, file));
  await page.getByRole('list', { name: words.bin }).getByRole('button', { name: /采茶/ }).dblclick();
  await expect(page.getByRole('listbox', { name: words.storyline }).getByRole('option')).toHaveCount(1);
  await page.getByRole('button', { name: words.usual, exact: true }).click();
  await page.getByRole('menuitemcheckbox', { name: new RegExp(`^${words.archive}`) }).click();
  await page.getByRole('menuitemcheckbox', { name: new RegExp(`^${words.usual}`) }).click();
  await page.keyboard.press('Escape');
}

test('the result of a render says what was copied and what for the rest was encoded', async ({
  studio: page,
  served,
}) => {
  test.slow();
  await laid(page, ZH);
  await page.getByRole('main').getByText('9:16').click();
  await page.keyboard.press('Home');
  await page.keyboard.press('b');
  await page.getByLabel('姓名').fill('周大山');
  await page.getByLabel('身份').fill('半山村茶农');
  await saved(page);

  await page.getByRole('button', { name: ZH.render }).click();
  await page.getByRole('button', { name: ZH.show }).click({ timeout: 120_000 });
  const tray = page.getByRole('dialog', { name: '任务' });
  await expect(tray.getByText(ZH.line)).toBeVisible();
  await settle(page);
  expect(await axe(page), 'the line').toEqual([]);
  await shot(page, 'smart-cut-line');

  // Clip by clip, with keys.
  const more = tray.getByRole('button', { name: ZH.byClip });
  await expect(more).toHaveAttribute('aria-expanded', 'false');
  await more.focus();
  await page.keyboard.press('Enter');
  await expect(more).toHaveAttribute('aria-expanded', 'true');
  const clips = tray.getByRole('list', { name: ZH.clips }).getByRole('listitem');
  await expect(clips).toHaveCount(1);
  await expect(clips.first()).toHaveText(ZH.parts);
  await settle(page);
  expect(await axe(page), 'clip by clip').toEqual([]);
  await shot(page, 'smart-cut-clips');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1920, height: 1080 });
  await settle(page);
  expect(await axe(page), 'in light').toEqual([]);
  await shot(page, 'smart-cut-light');
  await page.keyboard.press('Escape');
  await expect(tray).toHaveCount(0);

  // It is true of the file: it has its source's rate, and most of its packets are the source's.
  const name = readdirSync(served.root, { recursive: true, encoding: 'utf8' }).find((file) =>
    /-存档-.*\.mp4$/.test(file),
  );
  const asked = (file: string, args: string[]): string =>
    execFileSync('ffmpeg', ['-v', 'error', '-i', file, '-map', '0:v:0', ...args], { encoding: 'utf8' });
  const hashes = (file: string): string[] =>
    asked(file, ['-c', 'copy', '-f', 'framemd5', '-'])
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => line.split(',').at(-1)?.trim() ?? '');
  const film = hashes(path.join(served.root, name ?? ''));
  expect(film).toHaveLength(300);
  const source = new Set(hashes(path.join(dir, '采茶.mp4')));
  expect(film.filter((hash) => source.has(hash)).length).toBeGreaterThan(150);
});

test.describe('in English', () => {
  test.use({ language: 'en', viewport: { width: 1280, height: 800 }, colorScheme: 'dark' });

  test('what could not be copied says why', async ({ studio: page }) => {
    const words: Words = {
      ...ZH,
      ...{
        videos: 'Videos',
        cut: 'Cut a video',
        importing: 'Import media',
        bin: 'Media at hand',
        storyline: 'Storyline',
      },
      ...{ archive: 'Archive', usual: 'Douyin', render: 'Render the video', show: 'See the result' },
    };
    await laid(page, words, '采茶.ts');
    await page.getByRole('button', { name: words.render }).click();
    await page.getByRole('button', { name: words.show }).click({ timeout: 120_000 });
    const tray = page.getByRole('dialog', { name: 'Jobs' });
    await expect(tray.getByText(/^Archive: all encoded\. Only pictures of MP4, MOV and MKV files/)).toBeVisible();
    await tray.getByRole('button', { name: 'Clip by clip' }).click();
    await expect(tray.getByRole('list', { name: 'Archive, clip by clip' }).getByRole('listitem')).toHaveText(
      /^Clip 1 “采茶\.ts”, 00:00–00:12Only pictures of/,
    );
    await settle(page);
    expect(await axe(page)).toEqual([]);
    await shot(page, 'smart-cut-encoded');
  });
});
