/** Platforms of the office: a number changed, a bad one refused at its field, one added and chosen for a film, all given back. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright/test';
import { axe, settle, shot } from './axe.ts';
import { expect, test } from './support.ts';

test.use({ serverArgs: ['--sample'] });

const rowOf = (page: Page, name: string) => page.getByRole('group', { name, exact: true });

async function openSettings(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: '搜索和命令' });
  await palette.waitFor();
  await page.keyboard.type('平台参数');
  await expect(palette.locator('[data-selected]')).toHaveText('平台参数');
  await page.keyboard.press('Enter');
}

test('are changed with their source, refused at the field, added, chosen for a film, exported and given back', async ({
  studio: page,
  served,
}) => {
  test.slow();
  await page.getByText('老周的第四十个春茶季').first().waitFor();
  await openSettings(page);
  await expect(page.getByRole('list', { name: '平台' }).getByRole('listitem')).toHaveCount(7);
  await shot(page, 'platforms-list');
  expect(await axe(page), 'the list').toEqual([]);

  // A number nobody can upload by is refused where it stands, and so is a number whose source is another's.
  await page.getByRole('button', { name: '修改“抖音”' }).click();
  const length = rowOf(page, '时长');
  const most = length.getByLabel('最多（秒）');
  await expect(most).toHaveValue('900');
  await most.fill('半小时');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await expect(most).toBeFocused();
  await expect(length.getByText('要填数，不能太小也不能太大')).toBeVisible();
  await most.fill('1800');
  await expect(length.getByText('还没有填，或者太长')).toBeVisible();
  await expect(length.getByText('改过', { exact: true })).toBeVisible();
  await expect(page.getByText('有 1 处不对')).toBeVisible();
  await settle(page);
  expect(await axe(page), 'the form').toEqual([]);
  await shot(page, 'platforms-refused');
  await length.getByLabel('来源', { exact: true }).fill('客服 2026-12-01 电话答复：30 分钟');
  await rowOf(page, '画面尺寸').getByLabel('宽（像素）').fill('721');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await expect(rowOf(page, '画面尺寸').getByText('做不出来，能做的是 128–3840, 2n')).toBeVisible();
  await page.getByRole('button', { name: '还原“画面尺寸”' }).click();
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await expect(page.getByText('“抖音”已保存，以后的片子都照这个做')).toBeVisible();
  const douyin = page.getByRole('listitem').filter({ hasText: '抖音' });
  await expect(douyin.getByText('改过', { exact: true })).toBeVisible();

  // One of its own, like another; what is left half-done is there again.
  await page.getByRole('button', { name: '添加平台' }).click();
  await page.getByRole('menuitem', { name: '微博' }).click();
  await page.getByLabel('中文名，用在文件名里').fill('快手');
  await page.getByLabel('英文名').fill('County app');
  await page.getByLabel('代号').fill('county-app');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await expect(page.getByText('已经有平台用了')).toBeVisible();
  await page.getByRole('link', { name: '稿件', exact: true }).click();
  await openSettings(page);
  await page.getByLabel('中文名，用在文件名里').fill('县融媒');
  // After a new start too: it is offered, and gone on with.
  await page.reload();
  await expect(page.getByText('新平台，照“微博”：上次改到一半')).toBeVisible();
  await settle(page);
  expect(await axe(page), 'left half-done').toEqual([]);
  await shot(page, 'platforms-left');
  await page.getByRole('button', { name: '接着改' }).click();
  await expect(page.getByLabel('英文名')).toHaveValue('County app');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  const own = page.getByRole('listitem').filter({ hasText: '县融媒' });
  await expect(own.getByText('自己加的')).toBeVisible();

  // Sizes of files are plain; what is thrown away does not come again.
  await page.getByRole('button', { name: '修改“抖音”' }).click();
  const size = rowOf(page, '文件大小 1').getByLabel('最多（MB）');
  await expect(size).toHaveValue('4 GiB');
  await size.fill('2 GB');
  await page.reload();
  await page.getByRole('button', { name: '不要了' }).click();
  await expect(page.getByText('上次改到一半')).toHaveCount(0);
  await page.reload();
  await page.getByRole('list', { name: '平台' }).waitFor();
  await expect(page.getByText('上次改到一半')).toHaveCount(0);

  // Handed on as a file, which is taken back; a damaged one is not.
  await page.getByRole('button', { name: '导出“县融媒”' }).click();
  await expect(page.getByText(/已导出：/)).toBeVisible();
  const told = (await page.getByText(/已导出：/).textContent()) ?? '';
  const file = told.replace('已导出：', '');
  const bad = path.join(served.root, 'bad.json');
  writeFileSync(bad, readFileSync(file, 'utf8').replace('"width": 1920', '"width": "wide"'));
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: '导入文件' }).click();
  await (await chooser).setFiles(bad);
  await expect(page.getByText('没有收下。画面尺寸 宽（canvas.width）：要填数')).toBeVisible();
  await shot(page, 'platforms-own');

  // A film is made for it.
  await page.getByRole('link', { name: '稿件', exact: true }).click();
  await page.getByText('老周的第四十个春茶季').first().click();
  await page.getByRole('tab', { name: '视频' }).click();
  await page.getByRole('button', { name: '剪一条视频' }).click();
  await page.getByRole('button', { name: '抖音', exact: true }).click();
  await page.getByRole('menuitemcheckbox', { name: /县融媒/ }).click();
  await expect(page.getByRole('menuitemcheckbox', { name: /县融媒/ })).toContainText('16:9');
  await shot(page, 'platforms-menu');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: '抖音 等 2 个平台' })).toBeVisible();

  // Given back and taken away, and put back by undo.
  await openSettings(page);
  await page.getByRole('button', { name: '把“抖音”还原成程序自带的' }).click();
  await expect(douyin.getByText('改过', { exact: true })).toHaveCount(0);
  await page.getByRole('button', { name: '删除“县融媒”' }).click();
  await expect(own).toHaveCount(0);
  await page.getByRole('button', { name: '撤销', exact: true }).last().click();
  await expect(own).toBeVisible();

  // How this computer renders: what is chosen stays, what does not work says why.
  await page.getByRole('tab', { name: '组件' }).click();
  await page.getByRole('button', { name: '试试这台电脑能用哪些' }).click();
  await expect(page.getByText(/Apple（VideoToolbox）：\S/)).toBeVisible();
  await page.getByRole('combobox', { name: '视频编码' }).click();
  await page.getByRole('option', { name: /Apple/ }).click();
  const battery = page.getByRole('switch', { name: '用电池时先不渲染' });
  await battery.press('Space');
  await page.reload();
  await expect(page.getByRole('combobox', { name: '视频编码' })).toHaveValue('Apple（VideoToolbox）');
  await expect(battery).toBeChecked();
  expect(await axe(page), 'this computer').toEqual([]);
  await shot(page, 'computer-settings');
});
