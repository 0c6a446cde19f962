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
