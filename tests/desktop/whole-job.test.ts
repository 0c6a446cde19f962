/** The whole job in the real desktop window. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'playwright/test';
import { wholeJob } from '../e2e/job.ts';
import { launch, NO_RUNTIME, program, ROOT, SAMPLES, test } from './studio-window.ts';

test.skip(program === null, NO_RUNTIME);
test.skip(!existsSync(SAMPLES), 'The sample files (../shared/samples) are not here.');

test('an article and footage become a film, are signed three times, and leave as a package', async ({ place }) => {
  test.setTimeout(480_000);
  const app = await launch(place);
  const page = await app.firstWindow();
  const dir = await wholeJob({
    page,
    samples: SAMPLES,
    root: ROOT,
    workspace: place.workspace,
    env: place.env,
    hands: {
      choose: async (files, click) => {
        await app.evaluate(
          ({ dialog }, filePaths: string[]) => {
            dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths });
          },
          [...files],
        );
        await click();
      },
    },
  });
  for (const file of ['wechat/article.html', 'manifest.json', 'signatures.json'])
    expect(existsSync(path.join(dir, file)), file).toBe(true);
  expect(readdirSync(path.join(dir, 'douyin')).filter((file) => file.endsWith('-抖音-1080x1920.mp4'))).toHaveLength(1);
  await app.close();
});
