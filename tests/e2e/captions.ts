/** The captions of the cutting room, for the tests of it. */
import { writeFileSync } from 'node:fs';
import type { Page } from 'playwright/test';
import { expect, test } from './support.ts';

export const clips = (page: Page) => page.getByRole('listbox', { name: '主线' }).getByRole('option');
export const list = (page: Page) => page.getByRole('list', { name: /字幕列表|List of captions/ });
export const cues = (page: Page) => list(page).locator(':scope > li');
export const leaveText = (page: Page) => page.getByRole('main').getByText('9:16').click();
export const words = (page: Page) => cues(page).locator('.tx').allTextContents();
export const times = (page: Page) => cues(page).locator('.tm > span:nth-child(2)').allTextContents();

/** Hands a caption file to the import of the room. */
export async function chooseFile(page: Page, name: string, text: string): Promise<void> {
  const file = test.info().outputPath(name);
  writeFileSync(file, text);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: /^(?:导入字幕|Import)$/ }).click();
  await (await chooser).setFiles(file);
}

/** The video of the sample workspace (two pictures, eight seconds or so), its captions those of a file. */
export async function withCaptions(page: Page, text: string, name = 'captions.srt'): Promise<void> {
  await page.getByText('老周的第四十个春茶季').click();
  await page.getByRole('tab', { name: /^(?:视频|Videos)$/ }).click();
  await page.getByRole('link', { name: /半山炒茶/ }).click();
  await expect(cues(page)).toHaveCount(4);
  await chooseFile(page, name, text);
  await page.getByRole('button', { name: /换掉现有的|Replace these/ }).click();
}

export const block = (n: number, from: string, to: string, text: string): string =>
  `${String(n)}\n00:00:${from} --> 00:00:${to}\n${text}\n`;
export const GOOD = [
  block(1, '00,500', '01,500', '茶园的茶'),
  block(2, '02,000', '03,000', '采茶的人'),
  block(3, '03,500', '04,500', '上山去'),
].join('\n');

/** Where the middle of what is drawn on the caption canvas lies, in hundredths of its height from the top; null: nothing. */
export function heightOfDrawn(page: Page): Promise<number | null> {
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
