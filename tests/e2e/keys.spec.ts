/** The signing key in the settings: looked at, locked with a passphrase, opened again after a restart, turned back. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { axe, settle } from './axe.ts';
import { expect, test } from './support.ts';

const PHRASE = '岚溪的茶园二月就忙起来了';
test.use({ serverArgs: ['--sample'] });

/** Names of the files in the workspace's folder keys. */
function keyFiles(root: string): string[] {
  const all = readdirSync(root, { recursive: true, encoding: 'utf8' });
  return all.filter((name) => path.basename(path.dirname(name)) === 'keys').map((name) => path.basename(name));
}

for (const [colorScheme, language] of [
  ['light', 'zh-CN'],
  ['dark', 'en'],
] as const) {
  test.describe(`${colorScheme}, ${language}`, () => {
    test.use({ colorScheme, language });

    test('the form is accessible in every choice', async ({ studio: page }, info) => {
      await page.getByText('老周的第四十个春茶季').waitFor();
      await page.evaluate(() => (location.hash = '/settings?tab=workspace'));
      const title = page.getByRole('heading', { name: /^(签名密钥的保管|How the signing key is kept)$/ });
      await title.waitFor();
      await settle(page);
      await page.screenshot({ path: info.outputPath(`key-${language}-closed.png`) });
      await page.getByRole('button', { name: /^(更改保管方式|Change how it is kept)$/ }).click();
      const radios = page.getByRole('radio');
      await expect(radios).toHaveCount(3);
      // A browser has no system store: the choice says why it is closed.
      await expect(radios.nth(2)).toBeDisabled();
      await expect(page.getByText(/只有桌面程序能让系统保管密钥|only the desktop program can let/)).toBeVisible();
      for (const nth of [0, 1]) {
        await radios.nth(nth).check();
        await settle(page);
        expect(await axe(page), `choice ${String(nth)}`).toEqual([]);
        await page.screenshot({ path: info.outputPath(`key-${language}-${String(nth)}.png`) });
      }
    });
  });
}

test('with the keyboard alone: locked, asked for after a restart, opened, turned back', async ({
  studio: page,
  served,
}) => {
  const keys = () => keyFiles(served.root);
  const title = page.getByRole('heading', { name: '签名密钥的保管' });
  const chip = page.locator('.setting', { has: title }).locator('.chip');
  const toSettings = async () => {
    await page.getByText('老周的第四十个春茶季').waitFor();
    await page.evaluate(() => (location.hash = '/settings?tab=workspace'));
    await title.waitFor();
  };
  await toSettings();
  await expect(chip).toHaveText('密钥文件');
  expect(keys()).toEqual(['signing.pem']);

  const change = page.getByRole('button', { name: '更改保管方式' });
  await change.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('radio', { name: '密钥文件' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: '加口令' })).toBeChecked();
  await expect(page.getByText('没有人能找回口令')).toBeVisible();
  const fresh = page.getByLabel('新口令', { exact: true });
  await fresh.focus();
  await page.keyboard.type('太短了');
  await page.getByLabel('再输入一次新口令').focus();
  await page.keyboard.type('不一样');
  await page.keyboard.press('Enter');
  await expect(page.getByText('两次输入的口令不一样。')).toBeVisible();
  await page.getByLabel('再输入一次新口令').fill('太短了');
  await page.keyboard.press('Enter');
  await expect(page.getByText('口令至少要 12 个字符')).toBeVisible();
  await fresh.fill(PHRASE);
  await page.getByLabel('再输入一次新口令').fill(PHRASE);
  await page.keyboard.press('Enter');
  await expect(chip).toHaveText('加口令');
  expect(keys()).toEqual(['signing.json']);

  await page.goto(await served.restart());
  await toSettings();
  await expect(chip).toHaveText('还没解锁');
  const field = page.getByLabel('口令', { exact: true });
  await field.focus();
  await page.keyboard.type('不是这一句，差得远呢');
  await page.keyboard.press('Enter');
  await expect(page.getByText('签名密钥的口令不对')).toBeVisible();
  await field.fill(PHRASE);
  await page.keyboard.press('Enter');
  await expect(chip).toHaveText('加口令');
  await expect(field).toBeHidden();

  await page.getByRole('button', { name: '更改保管方式' }).click();
  await page.getByRole('radio', { name: '密钥文件' }).check();
  const back = page.getByRole('button', { name: '改回密钥文件' });
  await expect(back).toBeDisabled();
  await page.getByLabel('现在的口令').fill('不是这一句，差得远呢');
  await back.click();
  await expect(page.getByText('签名密钥的口令不对')).toBeVisible();
  await page.getByLabel('现在的口令').fill(PHRASE);
  await back.click();
  await expect(chip).toHaveText('密钥文件');
  expect(keys()).toEqual(['signing.pem']);
});
