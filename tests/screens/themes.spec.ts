/**
 * Every theme of official accounts as a whole page: the article with every node and mark, pictures of the sample
 * workspace, at both widths, by day and at night. The narrow one by day is kept in docs/themes, the rest with the
 * test's results. Nothing may stand out of the column.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'playwright/test';
import sharp from 'sharp';
import { renderSVG } from 'uqr';
import {
  WECHAT_DARK,
  WECHAT_LIGHT,
  WECHAT_THEMES,
  renderWechat,
  wechatDark,
  type WechatOptions,
} from '../../core/model/wechat/index.ts';
import { fullArticle } from '../fixtures/article.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const KEPT = path.join(ROOT, 'docs/themes');
const MOST_BYTES = 200_000;
const WIDTHS = [375, 430] as const;
/** pic-1 … pic-7 of the fixture, then the poster. */
const PICTURES = ['zhou', 'wok', 'sprout', 'youth', 'papercut', 'zhou', 'youth', 'wok'] as const;

/** What the account's own style sheet does to an article, as far as it matters here. */
const RESET = `*{margin:0;padding:0;box-sizing:border-box}body{font:17px/1.6 "Noto Sans CJK SC",sans-serif;padding:20px 16px}
h1,h2,h3{font-weight:400;font-size:16px}em{font-style:normal}ul,ol{padding-left:2.2em}
.t{font-size:22px;line-height:1.4;font-weight:500;margin-bottom:14px}.s{font-size:15px;margin-bottom:22px;opacity:.55}`;

async function pictures(): Promise<WechatOptions> {
  const shown = await Promise.all(
    PICTURES.map(async (name) => {
      const small = sharp(path.join(ROOT, `assets/sample/img/${name}.jpg`)).resize({ width: 860 });
      const src = `data:image/jpeg;base64,${(await small.jpeg({ quality: 80 }).toBuffer()).toString('base64')}`;
      return { src, width: 860, height: 573 };
    }),
  );
  const code = `data:image/svg+xml;base64,${Buffer.from(renderSVG('https://example.org/guide', { border: 4 })).toString('base64')}`;
  const poster = shown[7];
  return {
    title: '半山上的茶：一个守茶人和他的五十一年',
    images: new Map(shown.slice(0, 7).map((picture, i) => [`pic-${String(i + 1)}`, picture])),
    codes: new Map([['https://example.org/guide', { src: code }]]),
    videos: new Map([
      ['film-1', { title: '一锅茶的二十分钟', durationUs: 95_000_000, ...(poster === undefined ? {} : { poster }) }],
    ]),
  };
}

function page(html: string, title: string, look: { page: string; text: string }): string {
  const head = `<meta charset="utf-8"><style>${RESET}body{background:${look.page};color:${look.text}}</style>`;
  const top = `<div class="t">${title}</div><div class="s">清河发布 · 2026年4月3日 07:30</div>`;
  return `<!doctype html><html lang="zh-CN"><head>${head}</head><body>${top}${html}</body></html>`;
}

/** The best picture that stays below the size of a picture in the docs. */
async function compressed(png: Buffer): Promise<Buffer> {
  for (const colours of [256, 128, 64, 48, 32]) {
    const small = await sharp(png)
      .png({ palette: true, colours, dither: 0.4, compressionLevel: 9, effort: 10 })
      .toBuffer();
    if (small.length <= MOST_BYTES) return small;
  }
  throw new Error(`not below ${String(MOST_BYTES)} bytes`);
}

for (const theme of WECHAT_THEMES) {
  test(`theme ${theme.id}`, async ({ browser }, info) => {
    const options = await pictures();
    const day = renderWechat(fullArticle(), { ...options, theme }).html;
    for (const width of WIDTHS) {
      for (const night of [false, true]) {
        const view = await browser.newPage({ viewport: { width, height: 800 } });
        const html = page(night ? wechatDark(day) : day, options.title, night ? WECHAT_DARK : WECHAT_LIGHT);
        await view.setContent(html, { waitUntil: 'load' });
        const wide = await view.evaluate(() => document.documentElement.scrollWidth);
        expect(wide, 'nothing stands out of the column').toBe(width);
        const png = await view.screenshot({ fullPage: true });
        writeFileSync(info.outputPath(`${theme.id}-${String(width)}-${night ? 'night' : 'day'}.png`), png);
        if (width === 375 && !night) {
          mkdirSync(KEPT, { recursive: true });
          const file = path.join(KEPT, `${theme.id}.png`);
          writeFileSync(file, await compressed(png));
          expect(readFileSync(file).length).toBeLessThanOrEqual(MOST_BYTES);
        }
        await view.close();
      }
    }
  });
}
