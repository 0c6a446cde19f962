/** The office's pack with clicks and keys: made, changed, applied in one step, taken back, put in again, taken out. */
import { axe, settle, shot } from './axe.ts';
import { expect, saved, test } from './support.ts';

test.use({ serverArgs: ['--sample'] });
test.describe.configure({ timeout: 180_000 });

test('a pack of the office is made from one of the program and put into a video in one step', async ({
  studio: page,
}) => {
  await page.getByText('老周的第四十个春茶季').click();
  await page.getByRole('tab', { name: '视频' }).click();
  await page.getByRole('link', { name: /半山炒茶/ }).click();
  const clips = page.getByRole('listbox', { name: '主线' }).getByRole('option');
  const titles = page.getByRole('listbox', { name: '标题' }).getByRole('option');
  await expect(clips.first()).toBeVisible();
  const before = await clips.count();

  await page.keyboard.press('Shift+P');
  const dialog = page.getByRole('dialog', { name: '片头片尾包装' });
  await dialog.getByRole('button', { name: '朱红' }).click();
  await expect(dialog.getByText('自带的包装不能改')).toBeVisible();
  // Douyin shows films with a visible mark to fewer people: it is said, and the mark is left out.
  await expect(dialog.getByRole('switch', { name: '加角标' })).not.toBeChecked();
  await expect(dialog.getByText('抖音会减少推荐有明显台标的视频')).toBeVisible();
  await settle(page);
  expect(await axe(page), 'a pack of the program').toEqual([]);
  await shot(page, 'pack-built-in');

  await dialog.getByRole('button', { name: '以此为底新建' }).click();
  await expect(dialog.getByLabel('名称').last()).toHaveValue('朱红 副本');
  await dialog.getByRole('textbox', { name: '名称' }).fill('岚溪');
  const opening = dialog.getByRole('region', { name: '片头', exact: true });
  await opening.getByRole('textbox', { name: '底色', exact: true }).fill('#f3e9dc');
  await expect(opening.getByText('字和底色太接近')).toBeVisible();
  await opening.getByRole('textbox', { name: '底色', exact: true }).fill('#1f5a3c');
  await expect(opening.getByText('字和底色太接近')).toHaveCount(0);
  await settle(page);
  expect(await axe(page), 'a pack of the office, changed').toEqual([]);
  await shot(page, 'pack-own');
  await dialog.getByRole('switch', { name: '加角标' }).press('Space');
  await dialog.getByRole('button', { name: '保存并应用' }).click();
  await expect(dialog.getByText('这条视频用着“岚溪”')).toBeVisible({ timeout: 30_000 });
  await dialog.getByRole('button', { name: '再应用一次' }).click();
  await expect(page.getByText('已经是最新的')).toBeVisible();
  await page.keyboard.press('Escape');

  await expect(clips).toHaveCount(before + 2);
  await expect(titles).toHaveCount(3);
  await expect(clips.first()).toContainText('#1F5A3C');
  await saved(page);
  await page.keyboard.press('Home');
  for (let i = 0; i < 4; i += 1) await page.keyboard.press('Shift+ArrowRight');
  await expect(page.locator('.captions-canvas')).toHaveAttribute('data-ready', 'true', { timeout: 60_000 });
  await settle(page);
  await shot(page, 'pack-applied');

  // One step back, and again.
  await page.keyboard.press('Control+z');
  await expect(clips).toHaveCount(before);
  await expect(titles).toHaveCount(0);
  await page.keyboard.press('Control+Shift+z');
  await expect(clips).toHaveCount(before + 2);

  // Out again, found in the palette.
  await page.keyboard.press('Control+k');
  await page.keyboard.type('片头片尾');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: '从视频里拿掉' }).click();
  await expect(dialog.getByText('这条视频还没有包装')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(clips).toHaveCount(before);
  await saved(page);
});
