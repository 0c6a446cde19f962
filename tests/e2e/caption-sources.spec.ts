/** Captions in two languages, and those inside a source, with clicks and keys. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { axe, settle, shot } from './axe.ts';
import {
  GOOD,
  block,
  chooseFile,
  clips,
  cues,
  heightOfDrawn,
  leaveText,
  times,
  withCaptions,
  words,
} from './captions.ts';
import { expect, saved, test } from './support.ts';

test.describe.configure({ timeout: 120_000 });
test.use({ serverArgs: ['--sample'] });

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
