/**
 * What an office puts on its films, and what is suggested of its footage, with clicks and keys: its pack made, changed, applied in one
 * step, taken back and out again; marks of cuts and silences, split and cut out only when asked; what came since yesterday.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
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

let dir = '';
test.beforeAll(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'tongxin-marks-'));
  // Two shots, cut at 3 s; somebody is heard but for 4 to 6 s.
  const shots = ['testsrc2=size=640x360:rate=25:duration=3', 'color=white:size=640x360:rate=25:duration=5'];
  const graph = `${shots.map((shot, i) => `${shot},setsar=1,format=yuv420p[s${String(i)}]`).join(';')};[s0][s1]concat=n=2:v=1:a=0`;
  const sound = 'aevalsrc=0.4*sin(2*PI*440*t)*(1-between(t\\,4\\,6)):s=48000:d=8';
  const codecs = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac'];
  const out = path.join(dir, '采访.mp4');
  execFileSync('ffmpeg', [
    ...['-nostdin', '-v', 'error', '-f', 'lavfi', '-i', graph, '-f', 'lavfi', '-i', sound],
    ...[...codecs, out],
  ]);
});
test.afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('cuts and silences are shown, and done only when asked; what is new is listed', async ({ studio: page }) => {
  await page.getByText('老周的第四十个春茶季').click();
  await page.getByRole('tab', { name: '视频' }).click();
  await page.getByRole('button', { name: '剪一条视频' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: '导入素材' }).first().click();
  await (await chooser).setFiles(path.join(dir, '采访.mp4'));
  const bin = page.getByRole('list', { name: '可用的素材' });
  await expect(bin.getByRole('button', { name: /采访/ })).toBeVisible({ timeout: 30_000 });
  // The sample's pictures are of now as well; the number on the tab is that of the list.
  const fresh = page.getByRole('tab', { name: /^昨天以来/ });
  await fresh.click();
  await expect(bin.getByRole('button', { name: /采访/ })).toBeVisible();
  const told = Number(/\d+/.exec((await fresh.textContent()) ?? '')?.[0] ?? 0);
  expect(told).toBeGreaterThan(1);
  await expect(bin.getByRole('listitem')).toHaveCount(told);
  await bin.getByRole('button', { name: /采访/ }).dblclick();
  const clips = page.getByRole('listbox', { name: '主线' }).getByRole('option');
  await expect(clips).toHaveCount(1);
  await clips.first().click();

  await page.keyboard.press('Alt+Shift+m');
  const dialog = page.getByRole('dialog', { name: '镜头和静音：采访.mp4' });
  await expect(dialog.getByText('找到 1 处。')).toBeVisible({ timeout: 60_000 });
  await expect(dialog.getByText('找到 1 处，共 1.7 秒。')).toBeVisible({ timeout: 60_000 });
  await expect(clips).toHaveCount(1);
  await settle(page);
  expect(await axe(page), 'marks').toEqual([]);
  await shot(page, 'marks-dialog');
  await dialog.getByRole('button', { name: '剪掉这 1 处' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(clips).toHaveCount(2);
  await expect(clips.first().locator('.marks')).toHaveAttribute('data-cuts', '1');
  await expect(clips.nth(1).locator('.marks')).toHaveAttribute('data-silences', '0');
  await page.keyboard.press('Control+z');
  await expect(clips).toHaveCount(1);
  await expect(clips.first().locator('.marks')).toHaveAttribute('data-silences', '1');
  await shot(page, 'marks-shown');

  await page.keyboard.press('Control+k');
  await page.keyboard.type('镜头切换处切开');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: '在这 1 处切开' }).click();
  await expect(clips).toHaveCount(2);
  await expect(clips.first()).toHaveAccessibleName(/3\.0 秒/);
  await page.keyboard.press('Alt+m');
  await expect(page.locator('.marks')).toHaveCount(0);
  await saved(page);
});
