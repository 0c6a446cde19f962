/** The cutting room in the real window: captions are drawn by the bundled renderer and font, by its threads too. */
import { expect } from 'playwright/test';
import { launch, NO_RUNTIME, program, test } from './studio-window.ts';

test.skip(program === null, NO_RUNTIME);
test.slow();

test('draws the captions of the sample video over its pictures', async ({ place }) => {
  const app = await launch(place, '--sample', '--workspace', place.workspace);
  try {
    const page = await app.firstWindow();
    const problems: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    await page.getByText('老周的第四十个春茶季').click();
    await page.getByRole('tab', { name: '视频' }).click();
    await page.getByRole('link', { name: /半山炒茶/ }).click();
    const canvas = page.locator('.captions-canvas');
    await expect(canvas).toHaveAttribute('data-ready', 'true', { timeout: 60_000 });
    await page.getByRole('list', { name: '字幕列表' }).locator('.tx').first().click();
    const drawn = () =>
      canvas.evaluate((source: HTMLCanvasElement) => {
        const copy = new OffscreenCanvas(source.width, source.height);
        const context = copy.getContext('2d');
        if (!context) return -1;
        context.drawImage(source, 0, 0);
        const { data } = context.getImageData(0, 0, copy.width, copy.height);
        return data.filter((value, i) => i % 4 === 3 && value > 0).length;
      });
    await expect.poll(drawn, { timeout: 30_000 }).toBeGreaterThan(200);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    expect(problems).toEqual([]);
  } finally {
    await app.close();
  }
});

test('records a voice over the sample video, with the microphone alone', async ({ place }) => {
  // Chromium's own made microphone beeps; whether one is connected to this machine does not matter then.
  const app = await launch(place, '--use-fake-device-for-media-stream', '--sample', '--workspace', place.workspace);
  try {
    const page = await app.firstWindow();
    await page.getByText('老周的第四十个春茶季').click();
    await page.getByRole('tab', { name: '视频' }).click();
    await page.getByRole('link', { name: /半山炒茶/ }).click();
    await expect(page.locator('.captions-canvas')).toHaveAttribute('data-ready', 'true', { timeout: 60_000 });
    await page.keyboard.press('r');
    const panel = page.getByRole('region', { name: '录配音' });
    const level = async () => Number(await panel.getByRole('meter').getAttribute('aria-valuenow'));
    await expect.poll(level, { timeout: 30_000 }).toBeGreaterThan(-40);
    await page.keyboard.press('r');
    await expect(panel).toHaveAttribute('data-phase', 'recording', { timeout: 30_000 });
    await expect(panel.getByRole('status')).toContainText(/正在录：[2-9]/, { timeout: 30_000 });
    await page.keyboard.press('r');
    const takes = page.getByRole('listbox', { name: '人声' }).getByRole('option');
    await expect(takes).toHaveCount(1, { timeout: 30_000 });
    await expect(takes).toHaveAttribute('aria-label', /配音 半山炒茶 1\.wav/);
    await page.keyboard.press('Control+z');
    await expect(takes).toHaveCount(0);
  } finally {
    await app.close();
  }
});
