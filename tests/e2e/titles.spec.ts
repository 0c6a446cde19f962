/** Titles and name bars with clicks and keys: added, written, placed on the picture, moved in time, removed. */
import { axe, settle, shot } from './axe.ts';
import { expect, saved, test } from './support.ts';

test.use({ serverArgs: ['--sample'] });
test.describe.configure({ timeout: 180_000 });

test('names a person, places the bar, opens with a headline, takes it back', async ({ studio: page }) => {
  await page.getByText('老周的第四十个春茶季').click();
  await page.getByRole('tab', { name: '视频' }).click();
  await page.getByRole('link', { name: /半山炒茶/ }).click();
  const drawn = page.locator('.captions-canvas');
  await expect(drawn).toHaveAttribute('data-ready', 'true', { timeout: 60_000 });
  await page.getByRole('main').getByText('9:16').click();
  await page.keyboard.press('Home');

  // What libass draws now, as light pixels.
  const light = () =>
    drawn.evaluate((canvas: HTMLCanvasElement) => {
      const copy = document.createElement('canvas');
      [copy.width, copy.height] = [270, 480];
      const context = copy.getContext('2d');
      context?.drawImage(canvas, 0, 0, 270, 480);
      const data = context?.getImageData(0, 0, 270, 480).data ?? [];
      let seen = 0;
      for (let i = 3; i < data.length; i += 4) if ((data[i] ?? 0) > 100) seen += 1;
      return seen;
    });
  expect(await light()).toBe(0);

  // By key: a name bar, whose fields open by themselves.
  await page.keyboard.press('b');
  const lane = page.getByRole('listbox', { name: '标题' });
  const block = lane.getByRole('option');
  await expect(block).toHaveCount(1);
  await page.getByLabel('姓名').fill('周大山');
  await page.getByLabel('身份').fill('半山村茶农');
  await expect(block).toContainText('周大山 · 半山村茶农');
  await page.getByRole('main').getByText('9:16').click();
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(light).toBeGreaterThan(1000);
  await settle(page);
  await shot(page, 'name-bar');
  await block.click();
  expect(await axe(page), 'a name bar').toEqual([]);

  // On the picture: higher by the mouse, to the right by keys.
  await page.getByRole('button', { name: '在画面上摆放' }).click();
  const box = page.getByTestId('stage-box');
  const from = await box.boundingBox();
  if (!from) throw new Error('no box');
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2 - 60, { steps: 5 });
  await page.mouse.up();
  await expect.poll(async () => (await box.boundingBox())?.y ?? 0).toBeLessThan(from.y - 50);
  await box.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => (await box.boundingBox())?.x ?? 0).toBeGreaterThan(from.x + 1);
  await settle(page);
  await shot(page, 'placed');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '回到默认位置' }).click();
  await expect(page.getByRole('button', { name: '回到默认位置' })).toHaveCount(0);

  // In time: by the mouse and by the field.
  const before = await block.boundingBox();
  if (!before) throw new Error('no block');
  await page.mouse.move(before.x + before.width - 2, before.y + before.height / 2);
  await page.mouse.down();
  await page.mouse.move(before.x + before.width - 62, before.y + before.height / 2, { steps: 6 });
  await page.mouse.up();
  expect((await block.boundingBox())?.width ?? 0).toBeLessThan(before.width - 40);
  await page.getByLabel('开始', { exact: true }).fill('1');
  await page.getByLabel('开始', { exact: true }).press('Tab');
  await expect(block).toHaveAttribute('aria-label', /从 00:01\.0 起/);

  // A second one with another look; removed by a key, back by undo.
  await page.getByRole('main').getByText('9:16').click();
  await page.keyboard.press('Home');
  await page.keyboard.press('b');
  await expect(block).toHaveCount(2);
  await page.getByRole('combobox', { name: '样式' }).click();
  await page.getByRole('option', { name: '大标题' }).click();
  await page.getByRole('textbox', { name: '标题', exact: true }).fill('清晨的茶园');
  await page.getByRole('main').getByText('9:16').click();
  for (let i = 0; i < 2; i += 1) await page.keyboard.press('Shift+ArrowRight');
  await settle(page);
  await shot(page, 'headline');
  await saved(page);
  await page.reload();
  await expect(block).toHaveCount(2, { timeout: 60_000 });
  await block.first().focus();
  await page.keyboard.press('Enter');
  await page.getByRole('main').getByText('9:16').click();
  await page.keyboard.press('Delete');
  await expect(block).toHaveCount(1);
  await page.keyboard.press('Control+z');
  await expect(block).toHaveCount(2);

  // Copied by keys, pasted at the playhead, a second one made behind it.
  await block.first().click();
  await page.getByRole('main').getByText('9:16').click();
  await page.keyboard.press('Control+c');
  await page.keyboard.press('Home');
  await page.keyboard.press('Control+v');
  await expect(block).toHaveCount(3);
  await page.keyboard.press('Control+d');
  await expect(block).toHaveCount(4);
  await page.keyboard.press('Control+x');
  await expect(block).toHaveCount(3);
  await saved(page);
});
