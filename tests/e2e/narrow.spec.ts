/** What has to be seen whole on a screen of 1280 by 800: the bin's tabs, and titles that give way with an ellipsis. */
import type { Locator, Page } from 'playwright/test';
import { axe, settle, shot } from './axe.ts';
import { expect, test } from './support.ts';

test.use({ serverArgs: ['--sample'] });

const LONG = '云雾深处四十载春秋不改守茶人老周和他那片从不打药的老茶园以及今年最早的一锅明前茶';

async function openCut(page: Page, words: { tab: string; cut: string }): Promise<void> {
  await page.getByText('老周的第四十个春茶季').first().click();
  await page.getByRole('tab', { name: words.tab, exact: true }).click();
  await page.getByRole('button', { name: words.cut }).click();
  await page.locator('.bin').waitFor();
}

/** What of a place reaches over the right edge of another, pixels. */
async function over(inner: Locator, outer: Locator): Promise<number> {
  const [a, b] = [(await inner.boundingBox())!, (await outer.boundingBox())!];
  return a.x + a.width - (b.x + b.width);
}

async function tabsAreWhole(page: Page): Promise<void> {
  const tabs = page.locator('.bin').getByRole('tab');
  await expect(tabs).toHaveCount(3);
  // With how many are new.
  await expect(tabs.last().locator('.n')).toBeVisible();
  for (const tab of await tabs.all()) {
    expect(await over(tab, page.locator('.bin')), await tab.innerText()).toBeLessThanOrEqual(0);
    const label = tab.locator('.mantine-Tabs-tabLabel');
    expect(await label.evaluate((one) => one.scrollWidth - one.clientWidth), await tab.innerText()).toBeLessThanOrEqual(
      0,
    );
  }
}

test('the bin’s tabs are whole; long names in the top bar end with an ellipsis and are told whole', async ({
  studio: page,
}) => {
  await page.getByText('老周的第四十个春茶季').first().click();
  const name = page.getByRole('textbox', { name: '标题', exact: true });
  await name.fill(LONG);
  await expect(page.getByText(/^已保存/).first()).toBeVisible();
  await page.getByRole('tab', { name: '视频', exact: true }).click();
  await page.getByRole('button', { name: '剪一条视频' }).click();
  await page.locator('.bin').waitFor();
  await tabsAreWhole(page);
  const title = page.getByRole('button', { name: new RegExp(LONG) });
  const crumb = page.locator('.top .crumb');
  await expect(crumb).toHaveText(LONG);
  await shot(page, 'narrow-cut');
  for (const [which, at] of [
    ['title', title],
    ['story', crumb],
  ] as const) {
    const drawn = await at.evaluate((one) => ({
      cut: one.scrollWidth > one.clientWidth,
      how: getComputedStyle(one).textOverflow,
      seen: one.getBoundingClientRect().right - (one.parentElement?.getBoundingClientRect().right ?? 0),
    }));
    // Cut at its own edge, where the ellipsis stands, and not at that of what it lies in.
    expect(drawn, which).toMatchObject({ cut: true, how: 'ellipsis' });
    expect(drawn.seen, which).toBeLessThanOrEqual(4);
    await expect(at).toHaveAttribute('title', LONG);
  }
  expect(await axe(page)).toEqual([]);
});

test.describe('in English', () => {
  test.use({ language: 'en' });
  test('the bin’s tabs are whole', async ({ studio: page }) => {
    await openCut(page, { tab: 'Videos', cut: 'Cut a video' });
    await tabsAreWhole(page);
    await settle(page);
    await shot(page, 'narrow-cut-en');
  });
});
