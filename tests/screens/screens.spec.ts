/**
 * `npm run screens`: every screen, light and dark, in both languages, at both sizes, judged, and laid out on contact
 * sheets in screens/ for the eye.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import type { Page } from 'playwright/test';
import { settle } from '../e2e/axe.ts';
import { expect, repoRoot, test } from '../e2e/support.ts';
import { judge } from './judge.ts';

const OUT = path.join(repoRoot, 'screens');
const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const;
const TILE = 640;

interface Shot {
  name: string;
  png: Buffer;
}

/** Goes through every screen of an open workspace; `look` is called on each. */
async function tour(page: Page, look: (name: string) => Promise<void>): Promise<void> {
  const rail = page.getByRole('navigation').first();
  await page.getByText('老周的第四十个春茶季').waitFor();
  await look('desk');
  await rail.getByRole('link').nth(1).click();
  await page.getByRole('checkbox').first().waitFor();
  await look('stories');
  await page.getByRole('checkbox').first().check();
  await look('stories-selected');
  await page.getByText('老周的第四十个春茶季').click();
  await page.getByRole('textbox').nth(1).waitFor();
  await look('story');
  await page
    .getByRole('button', { name: /第 1 版|Version 1/ })
    .first()
    .click();
  await look('story-version');
  await page
    .getByRole('button', { name: /回到现在的稿子|Back to/ })
    .first()
    .click();
  await page.getByRole('tab', { name: /^(?:封面|Cover)$/ }).click();
  await page.locator('.cover-thumb').first().waitFor();
  await look('story-cover-choose');
  await page.locator('.cover-thumb').first().click();
  await page.getByRole('button', { name: /^(用稿件标题|Use the title)$/ }).click();
  await page.locator('.cover-over text').first().waitFor();
  await look('story-cover');
  await page.getByRole('tab', { name: /^(?:视频|Videos)$/ }).click();
  await look('story-videos');
  await page.getByRole('link', { name: /半山炒茶/ }).click();
  await page.locator('.captions-canvas[data-ready="true"]').waitFor({ state: 'attached' });
  await page.getByRole('listbox').first().getByRole('option').first().click();
  await look('cutting');
  await page.getByRole('tab', { name: /^(?:检查器|Inspector)$/ }).click();
  await look('cutting-inspector');
  await page.getByRole('link', { name: '老周的第四十个春茶季' }).first().click();
  await page.getByRole('textbox').nth(1).waitFor();
  await page.getByRole('button', { name: /^(送审|Submit)$/ }).click();
  await look('story-submit');
  await page.getByRole('button', { name: /^(送审这一份|Submit this)$/ }).click();
  await page.getByRole('link', { name: /^(打开审核页|Open the review)$/ }).waitFor();
  await look('story-in-review');
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').waitFor();
  await look('palette');
  await page.keyboard.press('Escape');
  await page.evaluate(() => (location.hash = '/themes'));
  await page.locator('.theme-card').first().waitFor();
  await look('themes');
  await page.evaluate(() => (location.hash = '/themes/zhusha'));
  await page.getByRole('button', { name: /^(复制后修改|Copy and change)$/ }).click();
  await page.locator('summary').first().click();
  await look('theme');
  await reviews(page, look);
  await rail.getByRole('link').nth(2).click();
  await page.getByText('zhou.jpg').waitFor();
  await look('media');
  await page.getByText('zhou.jpg').first().click();
  await look('media-asset');
  await rail.getByRole('link').last().click();
  const tabs = page.getByRole('tab');
  await tabs.first().waitFor();
  for (let i = 0; i < (await tabs.count()); i += 1) {
    await tabs.nth(i).click();
    await look(`settings-${String(i + 1)}`);
  }
}

/** Signs in as somebody of the sample office. */
async function become(page: Page, name: string): Promise<void> {
  await page.getByRole('banner').getByRole('button').last().click();
  await page.getByRole('menuitem').first().click();
  await page.getByText(name, { exact: true }).click();
  await page.getByRole('textbox').fill('1234');
  await page.keyboard.press('Enter');
  await page.getByRole('navigation').first().waitFor();
}

/** The submitted story, as the first reviewer sees it and as three signatures leave it. */
async function reviews(page: Page, look: (name: string) => Promise<void>): Promise<void> {
  const rail = page.getByRole('navigation').first();
  for (const [i, name] of ['何静文', '陶然', '苏文彬'].entries()) {
    await become(page, name);
    if (i === 0) await look('desk-reviewer');
    await rail.getByRole('link').nth(3).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    if (i === 0) await look('reviews');
    await page.getByRole('main').getByRole('link', { name: '老周的第四十个春茶季' }).first().click();
    const checks = page.getByRole('complementary').getByRole('checkbox');
    await checks.first().waitFor();
    if (i === 1) {
      await page.getByRole('button', { name: /^(给全篇写批注|Comment on the whole)$/ }).click();
      await page.keyboard.type('结尾那句可以再收一收，和开头的“雾”呼应。');
      await page.keyboard.press('Control+Enter');
      await page.getByRole('article').first().waitFor();
    }
    for (const check of await checks.all()) await check.check();
    await look(`review-${String(i + 1)}`);
    await page.getByRole('button', { name: /^(通过|Pass)$/ }).click();
    await expect(checks).toHaveCount(0);
  }
  await look('review-approved');
  await rail.getByRole('link').nth(4).click();
  await page.getByRole('main').getByRole('link').first().waitFor();
  await look('packages');
  await page.getByRole('main').getByRole('link').first().click();
  await page.getByRole('region', { name: /^(发布审批单|Approval sheet)$/ }).waitFor();
  await look('package');
}

async function sheet(file: string, shots: readonly Shot[], ratio: number): Promise<void> {
  const columns = 3;
  const height = Math.round(TILE * ratio);
  const tiles = await Promise.all(
    shots.map(async (shot, i) => ({
      input: await sharp(shot.png).resize(TILE, height).toBuffer(),
      left: (i % columns) * (TILE + 8),
      top: Math.floor(i / columns) * (height + 8),
    })),
  );
  const rows = Math.ceil(shots.length / columns);
  const canvas = { width: columns * (TILE + 8), height: rows * (height + 8), channels: 3 as const, background: '#888' };
  await sharp({ create: canvas }).composite(tiles).png().toFile(file);
}

for (const size of SIZES) {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const language of ['zh-CN', 'en'] as const) {
      const title = `${String(size.width)}x${String(size.height)}-${colorScheme}-${language}`;
      test.describe(title, () => {
        test.use({ viewport: size, colorScheme, language });
        test('first start', async ({ studio: page }) => {
          await page.getByRole('heading', { level: 1 }).waitFor();
          await settle(page);
          mkdirSync(OUT, { recursive: true });
          await page.screenshot({ path: path.join(OUT, `${title}-first-start.png`) });
          expect(await judge(page)).toEqual([]);
        });
        test.describe('rooms', () => {
          test.use({ serverArgs: ['--sample'] });
          test('rooms', async ({ studio: page }) => {
            const shots: Shot[] = [];
            const faults: string[] = [];
            await tour(page, async (name) => {
              await settle(page);
              const png = await page.screenshot();
              shots.push({ name, png });
              faults.push(...(await judge(page)).map((fault) => `${name}: ${fault}`));
            });
            mkdirSync(OUT, { recursive: true });
            await sheet(path.join(OUT, `${title}.png`), shots, size.height / size.width);
            expect(faults).toEqual([]);
          });
        });
      });
    }
  }
}
