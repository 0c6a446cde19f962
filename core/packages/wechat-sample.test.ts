/** The sample article as it comes out of Word, for official accounts in every theme. A change is meant or it is a fault. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { htmlLines } from '../../tests/fixtures/html-lines.ts';
import { samplesDir } from '../../tests/support/studio.ts';
import { WECHAT_THEMES, checkWechat, renderWechat } from '../model/wechat/index.ts';
import { importDocument } from '../stories/import/index.ts';

const golden = (id: string): string => path.resolve(import.meta.dirname, `../../tests/golden/wechat/sample-${id}.html`);

describe('the sample article', async () => {
  const bytes = readFileSync(path.join(samplesDir, 'text/real-article.docx'));
  const { title, doc, images } = await importDocument(bytes, 'real-article.docx');
  const shown = images.map(
    (image, i) => [image.placeholder, { src: `images/0${String(i + 1)}.jpg`, width: 1080, height: 720 }] as const,
  );

  test.each(WECHAT_THEMES.map((theme) => [theme.id, theme] as const))(
    'in theme %s is as it was, and survives',
    async (id, theme) => {
      const article = renderWechat(doc, { title, images: new Map(shown), theme });
      expect(article.pictures).toHaveLength(images.length);
      const check = checkWechat(article);
      expect([check.lost, check.missing]).toEqual([[], []]);
      expect(check.budget.map((line) => line.level)).toEqual(['green', 'green', 'green', 'green', 'green']);
      await expect(htmlLines(article.html)).toMatchFileSnapshot(golden(id));
    },
  );
});
