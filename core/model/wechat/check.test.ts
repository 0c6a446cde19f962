import { describe, expect, it, test } from 'vitest';
import { fullArticle, leaf, node, para, text } from '../../../tests/fixtures/article.ts';
import { WECHAT_PICTURES } from '../../../tests/fixtures/wechat.ts';
import { parseArticle } from '../article/index.ts';
import { WECHAT_THEMES, checkWechat, renderWechat, slim, wechatBudget, type BudgetLine } from './index.ts';

const article = { html: '', title: '', digest: '', author: '' };
const level = (what: BudgetLine['what'], change: Partial<typeof article>): string | undefined =>
  wechatBudget({ ...article, ...change }).find((line) => line.what === what)?.level;

describe('the budget', () => {
  test.each([
    ['chars', 'html', 16_999, 'green'],
    ['chars', 'html', 17_000, 'amber'],
    ['chars', 'html', 19_999, 'amber'],
    ['chars', 'html', 20_000, 'red'],
    ['title', 'title', 32, 'green'],
    ['title', 'title', 33, 'amber'],
    ['title', 'title', 64, 'amber'],
    ['title', 'title', 65, 'red'],
    ['digest', 'digest', 120, 'green'],
    ['digest', 'digest', 121, 'amber'],
    ['digest', 'digest', 129, 'red'],
    ['author', 'author', 8, 'green'],
    ['author', 'author', 9, 'amber'],
    ['author', 'author', 17, 'red'],
  ] as const)('%s: %s of %i is %s', (what, field, length, expected) => {
    expect(level(what, { [field]: '字'.repeat(length) })).toBe(expected);
  });

  it('counts bytes as UTF-8 and letters as people do', () => {
    expect(level('bytes', { html: '字'.repeat(283_333) })).toBe('green');
    expect(level('bytes', { html: '字'.repeat(283_334) })).toBe('amber');
    expect(level('bytes', { html: '字'.repeat(333_334) })).toBe('red');
    const [, bytes, title] = wechatBudget({ ...article, html: 'aé字🍵', title: '🍵🍵' });
    expect([bytes?.value, title?.value]).toEqual([10, 2]);
    for (const line of wechatBudget(article)) expect(line.source).toContain('developers.weixin.qq.com');
  });
});

describe('pictures', () => {
  const doc = parseArticle({ type: 'doc', content: [leaf('image', { assetId: 'pic-1' }), para('字'.repeat(18_000))] });
  const at = (src: string) => {
    const images = new Map([['pic-1', { src, width: 1, height: 1 }]]);
    return renderWechat(doc, { ...WECHAT_PICTURES, images });
  };

  it('are counted with the address they will have, wherever they lie now', () => {
    const near = at('images/01.jpg');
    const far = at(`https://studio.local/${'x'.repeat(300)}?a=1&b="2"`);
    const chars = (article: typeof near) => checkWechat(article).budget[0]?.value;
    expect(chars(near)).toBe(near.chars + 140 - 'images/01.jpg'.length);
    expect(chars(far)).toBe(chars(near));
    expect(checkWechat(far).budget[1]?.value).toBe(checkWechat(near).budget[1]?.value);
  });

  it('stop an article that would be too long only with them', () => {
    const images = Array.from({ length: 14 }, () => leaf('image', { assetId: 'pic-1' }));
    const full = parseArticle({ type: 'doc', content: [...images, para('字'.repeat(17_200))] });
    const made = renderWechat(full, WECHAT_PICTURES);
    expect(made.chars).toBeLessThan(20_000);
    expect(made.warnings.map((w) => w.code)).toEqual(['content_long']);
    expect(checkWechat(made).budget[0]?.level).toBe('red');
  });
});

describe('the check', () => {
  it('finds nothing in our own themes, wherever the pictures lie', () => {
    const images = new Map(
      [...WECHAT_PICTURES.images].map(([id, p]) => [id, { ...p, src: `https://studio.local/${id}` }]),
    );
    for (const theme of WECHAT_THEMES) {
      const check = checkWechat(renderWechat(fullArticle(), { ...WECHAT_PICTURES, images, theme }));
      expect(check.lost).toEqual([]);
      expect(check.missing).toEqual([]);
    }
  });

  it('names the block of a loss', () => {
    const made = renderWechat(fullArticle(), WECHAT_PICTURES);
    const at = made.blocks[2]?.start ?? 0;
    const html = `${made.html.slice(0, at + 3)}id="x" ${made.html.slice(at + 3)}`;
    const [loss] = checkWechat({ ...made, html }).lost;
    expect(loss).toMatchObject({ rule: 'id', block: 2, inferred: true });
  });
});

describe('slimming', () => {
  const doc = parseArticle({
    type: 'doc',
    content: [
      node('heading', [text('题')], { level: 1 }),
      para(),
      para(text('红', { type: 'textColor', attrs: { color: 'red' } }), '黑', leaf('hardBreak'), leaf('hardBreak')),
      para(' '),
      node('gallery', [leaf('image', { assetId: 'pic-1' }), leaf('image', { assetId: 'pic-2' })], { layout: 'slider' }),
      node('stepList', [node('stepItem', [node('cardTitle', [text('一')]), para('做')])]),
    ],
  });

  it.each(WECHAT_THEMES.map((t) => [t.id, t] as const))('saves exactly what it says: %s', (_id, theme) => {
    const options = { ...WECHAT_PICTURES, theme };
    const now = renderWechat(doc, options);
    const offers = slim(doc, options);
    expect(offers.map((o) => o.what)).toEqual(
      expect.arrayContaining(['empty_paragraphs', 'trailing_breaks', 'colour_marks']),
    );
    for (const offer of offers) {
      const next = offer.apply();
      const then = renderWechat(next.doc, next.options);
      expect(parseArticle(next.doc)).toBeTruthy();
      expect([now.chars - then.chars, now.bytes - then.bytes]).toEqual([offer.saves.chars, offer.saves.bytes]);
      expect(offer.saves.chars).toBeGreaterThan(0);
    }
    expect(offers.map((o) => o.saves.chars)).toEqual(offers.map((o) => o.saves.chars).sort((a, b) => b - a));
    expect(renderWechat(doc, options).html).toBe(now.html);
  });

  it('offers nothing where there is nothing to save', () => {
    const plain = parseArticle({ type: 'doc', content: [para('一句话。')] });
    expect(slim(plain, WECHAT_PICTURES)).toEqual([]);
  });

  it('makes every decorated theme lighter', () => {
    for (const theme of WECHAT_THEMES) {
      const light = slim(fullArticle(), { ...WECHAT_PICTURES, theme }).find((o) => o.what === 'light_theme');
      expect(light?.saves.chars, theme.id).toBeGreaterThan(100);
    }
  });

  it('merges pieces of text with equal marks', () => {
    const bold = { type: 'bold' };
    const split = { type: 'doc' as const, content: [para(text('一', bold), text('二', bold), text('三', bold))] };
    expect(slim(split, WECHAT_PICTURES).find((o) => o.what === 'equal_marks')?.saves.chars).toBe(34);
  });
});
