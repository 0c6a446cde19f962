/** The keys of every command: read, changed, taken from another, kept, given back, printed. */
import { axe, settle, shot } from './axe.ts';
import { expect, test } from './support.ts';

test.use({ serverArgs: ['--sample'] });

test('keys are changed by pressing them, kept, and printed', async ({ studio: page }) => {
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '设置' }).click();
  await page.getByRole('tab', { name: '按键' }).click();
  await settle(page);
  expect(await axe(page)).toEqual([]);
  await shot(page, 'keys');

  // Splitting by X; then by Q, which another command has.
  await page.getByLabel('按名字找').fill('切开');
  const row = page.getByRole('listitem', { name: '在播放头处切开' });
  await row.getByRole('button', { name: /^改“/ }).click();
  await page.keyboard.press('x');
  await expect(row.locator('kbd')).toHaveText(['X']);
  await row.getByRole('button', { name: /^改“/ }).click();
  await page.keyboard.press('q');
  await expect(row).toContainText('已用于“剪掉播放头之前”');
  await settle(page);
  expect(await axe(page), 'a key that is taken').toEqual([]);
  await shot(page, 'taken');
  await row.getByRole('button', { name: '换过来' }).click();
  await expect(row.locator('kbd')).toHaveText(['Q']);
  await page.reload();
  await expect(page.getByRole('listitem', { name: '剪掉播放头之前' })).toContainText('没有');
  await expect(row.locator('kbd')).toHaveText(['Q']);

  // In the room it is what splits.
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '稿件' }).click();
  await page.getByText('老周的第四十个春茶季').click();
  await page.getByRole('tab', { name: '视频' }).click();
  await page.getByRole('link', { name: /半山炒茶/ }).click();
  const clips = page.getByRole('listbox', { name: '主线' }).getByRole('option');
  await expect(clips).toHaveCount(2, { timeout: 60_000 });
  await page.getByRole('main').getByText('9:16').click();
  await page.keyboard.press('Home');
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('s');
  await page.keyboard.press('q');
  await expect(clips).toHaveCount(3);

  // On paper: only the list.
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '设置' }).click();
  await page.getByRole('tab', { name: '按键' }).click();
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('listitem', { name: '播放 / 暂停' })).toBeVisible();
  for (const hidden of [
    page.getByRole('navigation', { name: '主导航' }),
    page.getByRole('button', { name: '打印按键表' }),
  ])
    await expect(hidden).toBeHidden();
  await shot(page, 'paper');
  await page.emulateMedia({ media: 'screen' });
  await page.getByRole('button', { name: '全部还原' }).click();
  await expect(row.locator('kbd')).toHaveText(['S', /Ctrl B/]);
});
