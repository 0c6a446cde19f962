/** Every screen, in both languages and both looks: axe finds nothing serious, the keyboard reaches everything. */
import { axe, settle } from './axe.ts';
import { expect, test } from './support.ts';

// Each look and each language once; the long proof takes all four pairs (`npm run screens` draws them all as well).
const LONG = process.env['TONGXIN_LONG'] === '1';

for (const colorScheme of ['light', 'dark'] as const) {
  for (const language of ['zh-CN', 'en'] as const) {
    if (!LONG && (colorScheme === 'light') !== (language === 'zh-CN')) continue;
    test.describe(`${colorScheme}, ${language}`, () => {
      test.use({ colorScheme, language });

      test('first start', async ({ studio: page }) => {
        await page.getByRole('heading', { level: 1 }).waitFor();
        await settle(page);
        expect(await axe(page)).toEqual([]);
      });

      test.describe('rooms', () => {
        test.use({ serverArgs: ['--sample'] });

        test('desk, stories, a story, media, review, packages, settings, palette', async ({ studio: page }) => {
          const rail = page.getByRole('navigation').first();
          await page.getByText('老周的第四十个春茶季').waitFor();
          await settle(page);
          expect(await axe(page), 'desk').toEqual([]);
          await rail.getByRole('link').nth(1).click();
          await page.getByRole('checkbox').first().waitFor();
          await settle(page);
          expect(await axe(page), 'stories').toEqual([]);
          await page.getByText('老周的第四十个春茶季').click();
          await page.getByRole('textbox').nth(1).waitFor();
          await settle(page);
          expect(await axe(page), 'story').toEqual([]);
          await page.getByRole('button', { name: /^(送审|Submit)$/ }).click();
          await settle(page);
          expect(await axe(page), 'submitting').toEqual([]);
          await page.getByRole('button', { name: /^(送审这一份|Submit this)$/ }).click();
          await page.getByRole('link', { name: /^(打开审核页|Open the review)$/ }).waitFor();
          await settle(page);
          expect(await axe(page), 'story in review').toEqual([]);
          await page.keyboard.press('Control+k');
          await page.getByRole('dialog').waitFor();
          await settle(page);
          expect(await axe(page), 'palette').toEqual([]);
          await page.keyboard.press('Escape');
          await rail.getByRole('link').nth(2).click();
          await page.getByText('zhou.jpg').waitFor();
          await settle(page);
          expect(await axe(page), 'media').toEqual([]);
          await page.getByText('zhou.jpg').first().click();
          await settle(page);
          expect(await axe(page), 'asset').toEqual([]);
          for (const [nth, name] of [
            [3, 'review'],
            [4, 'packages'],
          ] as const) {
            await rail.getByRole('link').nth(nth).click();
            await page.getByRole('heading', { level: 1 }).waitFor();
            await settle(page);
            expect(await axe(page), name).toEqual([]);
          }
          await rail.getByRole('link').nth(3).click();
          await page.getByRole('main').getByRole('link', { name: '老周的第四十个春茶季' }).click();
          await page.getByLabel(/^(手机上看到的样子|As seen on a phone)$/).waitFor();
          await settle(page);
          expect(await axe(page), 'one review').toEqual([]);
          await page.evaluate(() => (location.hash = location.hash.replace('/review/', '/packages/')));
          await page.getByRole('button', { name: /^(导出样稿|Export a draft)$/ }).waitFor();
          await settle(page);
          expect(await axe(page), 'one package').toEqual([]);
          await rail.getByRole('link').last().click();
          await page.getByRole('tab').first().waitFor();
          for (const tab of await page.getByRole('tab').all()) {
            await tab.click();
            await settle(page);
            expect(await axe(page), `settings ${(await tab.textContent()) ?? ''}`).toEqual([]);
          }
        });
      });
    });
  }
}

test.describe('keyboard', () => {
  test.use({ serverArgs: ['--sample'] });

  test('opens a story by the palette and writes without the mouse', async ({ studio: page }) => {
    await page.getByText('老周的第四十个春茶季').waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('带着代码');
    await expect(page.getByRole('dialog').getByText('带着代码回山里')).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page.getByLabel('标题', { exact: true })).toHaveValue('带着代码回山里');
    await page.keyboard.press('F6');
    const focused = await page.evaluate(() => document.activeElement !== document.body);
    expect(focused).toBe(true);
  });

  test('shows where the focus is on every stop', async ({ studio: page }) => {
    await page.getByText('老周的第四十个春茶季').waitFor();
    for (let i = 0; i < 15; i += 1) {
      await page.keyboard.press('Tab');
      const outline = await page.evaluate(() => {
        // The ring may be drawn on the row or field around the control, or on its pseudo-element.
        const drawn = (element: Element, pseudo?: string): boolean => {
          const style = getComputedStyle(element, pseudo);
          return style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2;
        };
        let element = document.activeElement;
        for (let up = 0; element && element !== document.body && up < 4; up += 1) {
          if (drawn(element) || drawn(element, '::before') || drawn(element, '::after')) return 'ring';
          element = element.parentElement;
        }
        return document.activeElement?.outerHTML.slice(0, 120) ?? 'nothing';
      });
      expect(outline, `stop ${String(i)}`).toBe('ring');
    }
  });
});
