/** Who speaks in the captions: named in the list by mouse and keys, for one and for many, kept, and carried out. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright/test';
import { axe, settle, shot } from './axe.ts';
import { block, chooseFile, cues, leaveText, withCaptions } from './captions.ts';
import { expect, saved, test } from './support.ts';

test.use({ serverArgs: ['--sample'] });
test.describe.configure({ timeout: 180_000 });

const SIX = [
  block(1, '00,500', '01,500', '今年的茶怎么样'),
  block(2, '01,600', '02,500', '比去年好'),
  block(3, '02,600', '03,500', '雨水足'),
  block(4, '03,600', '04,500', '村里都来帮忙'),
  block(5, '04,600', '05,500', '路修好了吗'),
  block(6, '05,600', '06,500', '修好了'),
].join('\n');

const speakers = async (page: Page): Promise<string[]> => {
  const rows = await cues(page).all();
  return Promise.all(rows.map(async (row) => (await row.locator('.who').allTextContents()).join('')));
};
const field = (page: Page) => page.getByRole('combobox', { name: /谁在说|Speaker of/ });

test('names who speaks, for one caption and for many, and carries it out', async ({ studio: page, served }) => {
  await withCaptions(page, SIX);
  await expect(cues(page)).toHaveCount(6);
  await cues(page).nth(0).locator('.tm').click();

  // By keys: a new name, then one of the names there are.
  await page.keyboard.press('Shift+S');
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('李干部');
  await page.keyboard.press('Enter');
  await expect(field(page)).not.toBeFocused();
  await expect.poll(() => speakers(page)).toEqual(['李干部', '', '', '', '', '']);

  // The people of the story's person cards are offered too.
  await cues(page).nth(1).locator('.tm').click();
  await page.keyboard.press('Shift+S');
  const names = page.locator('.mantine-Autocomplete-option');
  await expect(names.first()).toHaveText('李干部');
  await settle(page);
  expect(await axe(page), 'choosing a speaker').toEqual([]);
  await shot(page, 'speaker-choose');
  await page.keyboard.type('老周');
  await page.keyboard.press('Enter');

  // As the one before, and up to the next who is named; one step of undo each.
  await cues(page).nth(4).locator('.tm').click();
  await page.keyboard.press('Shift+S');
  await page.keyboard.type('李');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => speakers(page)).toEqual(['李干部', '老周', '', '', '李干部', '']);
  await cues(page).nth(1).locator('.tm').click();
  await page.getByRole('button', { name: '后面的也是这个人说' }).click();
  await expect(page.getByRole('menuitem', { name: '后面全部 4 条' })).toBeVisible();
  await settle(page);
  expect(await axe(page), 'for many').toEqual([]);
  await shot(page, 'speaker-menu');
  await page.getByRole('menuitem', { name: '后面没写的 2 条，到下一个人为止' }).click();
  await expect.poll(() => speakers(page)).toEqual(['李干部', '老周', '老周', '老周', '李干部', '']);
  await page.keyboard.press('Control+z');
  await expect.poll(() => speakers(page)).toEqual(['李干部', '老周', '', '', '李干部', '']);
  await page.keyboard.press('Control+Shift+z');
  await cues(page).nth(5).locator('.tm').click();
  await page.keyboard.press('Alt+s');
  await expect.poll(() => speakers(page)).toEqual(['李干部', '老周', '老周', '老周', '李干部', '李干部']);

  // Several that are picked: all of them at once.
  const blocks = page.getByRole('listbox', { name: '字幕' }).getByRole('option');
  await blocks.nth(5).click();
  await blocks.nth(4).click({ modifiers: ['Shift'] });
  await expect(field(page)).toHaveAttribute('aria-label', '选中的 2 条谁在说');
  await field(page).fill('王支书');
  await field(page).press('Enter');
  await expect.poll(() => speakers(page)).toEqual(['李干部', '老周', '老周', '老周', '王支书', '王支书']);
  await page.keyboard.press('Control+z');
  await expect.poll(() => speakers(page)).toEqual(['李干部', '老周', '老周', '老周', '李干部', '李干部']);
  // Taken away again: an empty field.
  await cues(page).nth(5).locator('.tm').click();
  await field(page).fill('');
  await field(page).press('Enter');
  await expect.poll(async () => (await speakers(page))[5]).toBe('');

  // Merged they keep the first who is named; kept over a reload.
  await cues(page).nth(4).locator('.tm').click();
  await page.getByRole('button', { name: '和下一条字幕合并' }).click();
  await expect(cues(page)).toHaveCount(5);
  await leaveText(page);
  await saved(page);
  await page.reload();
  await expect.poll(() => speakers(page), { timeout: 30_000 }).toEqual(['李干部', '老周', '老周', '老周', '李干部']);
  await settle(page);
  await shot(page, 'speakers');

  // Out as a format that knows speakers, and in again.
  await page.getByRole('button', { name: '导出字幕' }).click();
  await page.getByRole('menuitem', { name: 'VTT' }).click();
  const written = () =>
    readdirSync(served.root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.vtt'));
  await expect.poll(() => written().length).toBe(1);
  const text = readFileSync(path.join(served.root, written()[0] ?? ''), 'utf8');
  expect(text.match(/<v [^>]+>/g)).toEqual(['<v 李干部>', '<v 老周>', '<v 老周>', '<v 老周>', '<v 李干部>']);
  await chooseFile(page, 'again.vtt', text);
  await page.getByRole('button', { name: /换掉现有的/ }).click();
  await expect.poll(() => speakers(page)).toEqual(['李干部', '老周', '老周', '老周', '李干部']);
});
