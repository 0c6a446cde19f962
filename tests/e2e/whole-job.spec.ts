/** The whole job in a real browser. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { wholeJob } from './job.ts';
import { expect, repoRoot, samples, test } from './support.ts';

test.skip(!existsSync(samples), 'the sample files are not beside the checkout');

test('an article and footage become a film, are signed three times, and leave as a package', async ({
  studio: page,
  served,
}) => {
  test.setTimeout(480_000);
  const dir = await wholeJob({
    page,
    samples,
    root: repoRoot,
    workspace: path.join(served.root, '岚溪 "创作" 🍵'),
    env: { ...process.env, TONGXIN_HOME: path.join(served.root, 'home') },
    hands: {
      choose: async (files, click) => {
        const chooser = page.waitForEvent('filechooser');
        await click();
        await (await chooser).setFiles([...files]);
      },
    },
  });
  for (const file of ['wechat/article.html', 'manifest.json', 'signatures.json'])
    expect(existsSync(path.join(dir, file)), file).toBe(true);
  expect(readdirSync(path.join(dir, 'douyin')).filter((file) => file.endsWith('-抖音-1080x1920.mp4'))).toHaveLength(1);
});
