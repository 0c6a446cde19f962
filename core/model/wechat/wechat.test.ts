import { parse, type DefaultTreeAdapterTypes } from 'parse5';
import { describe, expect, it } from 'vitest';
import { parseArticle, type ArticleNodeJson } from '../article/index.ts';
import { renderWechat, wechatPage, type WechatOptions } from './index.ts';

type Element = DefaultTreeAdapterTypes.Element;

const text = (value: string, ...marks: ArticleNodeJson[]): ArticleNodeJson => ({
  type: 'text',
  text: value,
  ...(marks.length > 0 ? { marks } : {}),
});
const p = (...content: ArticleNodeJson[]): ArticleNodeJson => ({ type: 'paragraph', content });
const li = (...content: ArticleNodeJson[]): ArticleNodeJson => ({ type: 'listItem', content });
const link = (href: string): ArticleNodeJson => ({ type: 'link', attrs: { href } });

const render = (content: ArticleNodeJson[], options: Partial<WechatOptions> = {}) =>
  renderWechat(parseArticle({ type: 'doc', content }), { title: '老周的茶', images: new Map(), ...options });

/** Every element inside the body of the page, in order. */
function elements(html: string): Element[] {
  const found: Element[] = [];
  const walk = (node: DefaultTreeAdapterTypes.Node): void => {
    if ('tagName' in node) found.push(node);
    if ('childNodes' in node) node.childNodes.forEach(walk);
  };
  const root = parse(wechatPage({ html, title: 't' }));
  const body = root.childNodes.find((n): n is Element => 'tagName' in n)?.childNodes.find((n) => n.nodeName === 'body');
  if (body && 'childNodes' in body) body.childNodes.forEach(walk);
  return found;
}

const everything: ArticleNodeJson[] = [
  { type: 'heading', attrs: { level: 1 }, content: [text('一口锅')] },
  { type: 'heading', attrs: { level: 3, textAlign: 'center' }, content: [text('三十年')] },
  p(
    text('锅温 <二百度> & "上下"'),
    { type: 'hardBreak' },
    text('手比温度计准', { type: 'bold' }, { type: 'underline' }),
  ),
  p(),
  { type: 'blockquote', content: [p(text('慢，是它的规矩。', { type: 'italic' }))] },
  {
    type: 'bulletList',
    content: [li(p(text('青')), { type: 'orderedList', attrs: { start: 3 }, content: [li(p(text('摊凉')))] })],
  },
  { type: 'image', attrs: { assetId: 'a1', alt: '采茶', caption: '半山', credit: '图/方一鸣', width: 60 } },
  { type: 'image', attrs: { assetId: 'gone', caption: '找不到的图' } },
  { type: 'horizontalRule' },
  {
    type: 'table',
    content: [
      { type: 'tableRow', content: [{ type: 'tableHeader', attrs: { colspan: 2 }, content: [p(text('年份'))] }] },
      {
        type: 'tableRow',
        content: [
          { type: 'tableCell', content: [p(text('2025'))] },
          { type: 'tableCell', content: [p()] },
        ],
      },
    ],
  },
  p(
    text('见'),
    text('通知', link('https://example.gov.cn/a?b=1&c=2')),
    text('和'),
    text('旧文', link('https://mp.weixin.qq.com/s/x')),
  ),
  p(text('再见'), text('通知', link('https://example.gov.cn/a?b=1&c=2'), { type: 'bold' })),
];
const images = new Map([['a1', { src: 'images/01.jpg', width: 1080, height: 720 }]]);

describe('the article of an official account', () => {
  const article = render(everything, { images });

  it('holds only what survives there', () => {
    const tags = new Set(elements(article.html).map((e) => e.tagName));
    const allowed = 'section p h1 h2 h3 strong em span br blockquote ul ol li img hr table tbody tr th td a sup'.split(
      ' ',
    );
    expect([...tags].filter((tag) => !allowed.includes(tag))).toEqual([]);
    for (const element of elements(article.html)) {
      for (const { name, value } of element.attrs) {
        expect(['style', 'src', 'alt', 'href', 'start', 'colspan', 'rowspan']).toContain(name);
        if (name === 'style') expect(value).not.toMatch(/position|var\(|url\(|transform|javascript/i);
        if (name === 'src') expect(value).not.toMatch(/^data:/);
      }
    }
  });

  it('has no white space between its tags, and one root', () => {
    expect(article.html).not.toMatch(/>\s+</);
    expect(article.html).toMatch(/^<section style="[^"]+">.*<\/section>$/s);
  });

  it('gives every block that holds text a colour', () => {
    for (const element of elements(article.html)) {
      const own = element.childNodes.some((n) => n.nodeName === '#text');
      if (!own || !/^(?:p|h\d|li|td|th)$/.test(element.tagName)) continue;
      expect(element.attrs.find((a) => a.name === 'style')?.value).toMatch(/(?:^|;)color:#/);
    }
  });

  it('shows text as text', () => {
    expect(article.html).toContain('锅温 &lt;二百度&gt; &amp; &quot;上下&quot;<br>');
    expect(render([p(text('一  二 '))]).html).toContain('一\u00a0\u00a0二\u00a0');
  });

  it('turns outside links into notes, each address once, and keeps the account’s own', () => {
    expect(article.html).toContain('通知<sup style="font-size:12px;line-height:1;color:#4d4a45">[1]</sup>');
    expect(article.html.match(/\[1\]/g)).toHaveLength(3);
    expect(article.html).toContain('[1] https://example.gov.cn/a?b=1&amp;c=2');
    expect(article.html).toContain('<a href="https://mp.weixin.qq.com/s/x"');
    expect(render([p(text('x', link('https://mp.weixin.qq.com.evil.cn/s')))]).html).not.toContain('<a ');
  });

  it('puts a list inside an item after the item', () => {
    expect(article.html).toMatch(/青<\/li><ol start="3"[^>]*><li[^>]*>摊凉<\/li><\/ol><\/ul>/);
  });

  it('names the picture that is not there', () => {
    expect(article.lost).toEqual([{ what: 'image', where: '找不到的图' }]);
    expect(article.html).toContain('<img src="images/01.jpg" alt="采茶"');
    expect(article.html).toContain('半山　图/方一鸣');
  });

  it('counts as the platform does and says what is over', () => {
    expect(article.chars).toBe(article.html.length);
    expect(article.bytes).toBe(Buffer.byteLength(article.html));
    expect(article.warnings).toEqual([]);
    const codes = (title: string, content: ArticleNodeJson[]) =>
      render(content, { title }).warnings.map((w) => [w.level, w.code]);
    expect(codes('题'.repeat(32), [p()])).toEqual([]);
    expect(codes('题'.repeat(33), [p()])).toEqual([['warn', 'title_long']]);
    expect(codes('题'.repeat(65), [p()])).toEqual([['stop', 'title_long']]);
    expect(codes(' ', [p()])).toEqual([['stop', 'title_missing']]);
    expect(codes('长', [p(text('字'.repeat(20_000)))])).toEqual([['stop', 'content_long']]);
  });

  it('stays near the length of its text', () => {
    const paragraphs = Array.from({ length: 60 }, () =>
      p(text('清晨五点，茶园的雾还没有散，老周已经背着竹篓上了山。'.repeat(4))),
    );
    const long = render(paragraphs);
    expect(long.chars / (60 * 100)).toBeLessThan(1.6);
  });

  it('marks a draft where nobody overlooks it', () => {
    const draft = render([p(text('未审'))], { draft: true });
    expect(draft.html.match(/草稿 · 未经审核/g)).toHaveLength(2);
    expect(article.html).not.toContain('草稿');
  });
});
