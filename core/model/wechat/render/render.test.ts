import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { fullArticle, leaf, node, note, para, text, title } from '../../../../tests/fixtures/article.ts';
import { htmlLines } from '../../../../tests/fixtures/html-lines.ts';
import { randomArticle } from '../../../../tests/fixtures/random-article.ts';
import { WECHAT_PICTURES } from '../../../../tests/fixtures/wechat.ts';
import { parseArticle, walk, type ArticleNodeJson } from '../../article/index.ts';
import { WECHAT_LIGHT, WECHAT_THEMES, renderWechat, sanitizeWechat, wechatDark, type WechatOptions } from '../index.ts';
import { textRuns } from '../readable.ts';

const themes = WECHAT_THEMES.map((t) => [t.id, t] as const);
const render = (content: ArticleNodeJson[], options: Partial<WechatOptions> = {}) =>
  renderWechat(parseArticle({ type: 'doc', content }), { ...WECHAT_PICTURES, ...options });

const place = { src: 'images/01.jpg', width: 9, height: 9 };
const spaceless = (words: string): string => words.replace(/\s/gu, '');
/** Articles by chance for each theme: a few in every run, more in the long proof. */
const SEEDS = process.env['TONGXIN_LONG'] === '1' ? 60 : 12;
const CHANCE: WechatOptions = {
  title: '随机',
  images: new Map(['p1', 'p2'].map((id) => [id, place])),
  codes: new Map([['mailto:a@example.org', { src: 'images/02.png' }]]),
  videos: new Map([['v1', { title: '<片>', durationUs: 1, poster: place }]]),
};

describe.each(themes)('theme %s', (id, theme) => {
  it('loses nothing of an article with every node and mark', () => {
    const { html, lost } = renderWechat(fullArticle(), { ...WECHAT_PICTURES, theme });
    expect(lost).toEqual([]);
    expect(sanitizeWechat(html)).toEqual({ html, lost: [] });
  });

  it('loses nothing of articles made by chance, and says all they say', () => {
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const doc = randomArticle(seed);
      const { html } = renderWechat(doc, { ...CHANCE, theme });
      const said = spaceless(
        textRuns(html, WECHAT_LIGHT)
          .map((run) => run.text)
          .join(''),
      );
      for (const { text = '' } of walk(doc.content)) expect(said, `seed ${String(seed)}`).toContain(spaceless(text));
      const left = sanitizeWechat(html);
      expect(left.lost, `seed ${String(seed)}`).toEqual([]);
      expect(left.html, `seed ${String(seed)}`).toBe(html);
      expect(sanitizeWechat(wechatDark(html)).lost, `seed ${String(seed)} at night`).toEqual([]);
    }
  });

  test.each([
    [60, 1.9],
    [114, 1.5],
  ])('takes little room: paragraphs of %i characters, at most %f times the text', (length, most) => {
    const words = '清晨五点，茶园的雾还没有散，老周已经背着竹篓上了山。'.repeat(6);
    const count = Math.ceil(10_000 / length);
    const made = render(
      Array.from({ length: count }, (_, i) => para(words.slice(i % 20, (i % 20) + length))),
      { theme },
    );
    expect(made.chars / (count * length)).toBeLessThanOrEqual(most);
  });

  it('is as it was', async () => {
    const golden = path.resolve(import.meta.dirname, `../../../../tests/golden/wechat/full-${id}.html`);
    await expect(htmlLines(renderWechat(fullArticle(), { ...WECHAT_PICTURES, theme }).html)).toMatchFileSnapshot(
      golden,
    );
  });
});

describe('blocks', () => {
  it('say where each block of the article stands', () => {
    const doc = fullArticle();
    const { html, blocks } = renderWechat(doc, WECHAT_PICTURES);
    expect(blocks.map((b) => b.index)).toEqual(doc.content.map((_, i) => i));
    blocks.forEach((b, i) => expect(b.start).toBe(i === 0 ? html.indexOf('>') + 1 : blocks[i - 1]?.end));
    const slice = (i: number): string => html.slice(blocks[i]?.start, blocks[i]?.end);
    expect(slice(1)).toContain('半山上的茶');
    expect(slice(doc.content.length - 1)).toContain('来源：清河县融媒体中心');
    expect(html.slice(blocks.at(-1)?.end)).toContain('[1] 据镇上的户籍登记。');
  });
});

describe('a line set to both edges', () => {
  const address = 'https://yz.rednet.cn/content/646843/91/14254049.html';
  const justified = WECHAT_THEMES.filter((theme) => theme.text.align === 'justify');

  it.each(justified.map((theme) => [theme.id, theme] as const))(
    'is not pulled apart before a long address: %s',
    (_, theme) => {
      const { html } = render([para(text(`本文链接：${address}`)), para(text('手比温度计准，一锅茶要炒 20 分钟。'))], {
        theme,
      });
      const [first = '', second = ''] = html.match(/<p style="[^"]*"/g) ?? [];
      expect(first).toContain('text-align:left');
      expect(second).not.toContain('text-align');
      // Its first line begins where those of the other paragraphs begin.
      expect(first.includes('text-indent')).toBe(second.includes('text-indent'));
    },
  );

  it('stays as the writer set it', () => {
    const theme = justified[0];
    const centred = { ...para(text(address)), attrs: { textAlign: 'center' } };
    expect(render([centred], theme ? { theme } : {}).html).toMatch(/<p style="[^"]*text-align:center/);
  });
});

describe('notes', () => {
  it('number links and footnotes in one row, each once', () => {
    const href = { type: 'link', attrs: { href: 'https://example.org/a' } };
    const foot = leaf('footnote', { text: '见档案。' });
    const { html } = render([
      para(text('甲', href), text('乙'), foot),
      para(text('丙', href), foot, leaf('footnote', { text: '' })),
    ]);
    expect(html.match(/\[\d\]<\/sup>/g)).toEqual(['[1]</sup>', '[2]</sup>', '[1]</sup>', '[2]</sup>']);
    expect(html).toContain('[1] https://example.org/a</p>');
    expect(html).toContain('[2] 见档案。</p>');
  });
});

describe('marks', () => {
  it('take one span for everything that is only a style', () => {
    const marks = ['underline', 'strike'].map((type) => ({ type }));
    const color = { type: 'textColor', attrs: { color: 'red' } };
    const { html } = render([para(text('字', ...marks, color))]);
    expect(html).toMatch(/<span style="text-decoration:underline line-through;color:#[\da-f]+">字<\/span>/);
  });

  it('keep a reading, a link and an AI passage together over other marks', () => {
    const ruby = { type: 'ruby', attrs: { reading: 'cháyuán' } };
    const ai = { type: 'aiMade' };
    const { html } = render([para(text('茶', ruby, ai), text('园', ruby, ai, { type: 'bold' }), text('早', ai))]);
    expect(html).toContain('<ruby>茶<strong>园</strong><rt>cháyuán</rt></ruby>早<span');
    expect(html.match(/AI 生成/g)).toHaveLength(1);
  });
});

describe('cards', () => {
  it('leave out what is empty', () => {
    const empty = [
      node('noticeBox', [title(''), para('无题。')], { kind: 'tip' }),
      node('pullQuote', [para('一句。'), note('')]),
      node('sourceLine', [node('sourceItem', [], { role: 'author' })]),
      node('leadGuide', [para()]),
    ];
    for (const [, theme] of themes) {
      const { html } = render(empty, { theme });
      expect(html).not.toMatch(/作者|——|<p[^>]*><br><\/p>/);
      expect(html).toContain('无题。');
    }
  });

  it('say that a picture or a portrait was made by an AI', () => {
    const shown = [
      leaf('image', { assetId: 'pic-1', ai: true }),
      node('personCard', [title('甲'), note('乙'), para('丙')], { assetId: 'pic-7', ai: true }),
    ];
    for (const [, theme] of themes) expect(render(shown, { theme }).html.match(/AI 生成/g)).toHaveLength(2);
  });

  it('ask for the film to be put in by hand, with its poster, name and length', () => {
    const card = leaf('videoCard', { projectId: 'film-1', caption: '炒茶' });
    for (const [, theme] of themes) {
      const { html } = render([card], { theme });
      expect(html).toContain('【此处插入视频：一锅茶的二十分钟 · 1:35。请在公众号后台插入后删去本行】');
      expect(html).toContain('src="images/09.jpg"');
      expect(html).not.toContain('<video');
    }
    expect(render([leaf('videoCard', { projectId: 'x', caption: '' })]).html).toContain('【此处插入视频。');
  });

  it('name a code and a picture that are not there', () => {
    const made = render([
      node('qrBlock', [note('扫码')], { href: 'https://example.org/other' }),
      node('gallery', [leaf('image', { assetId: 'gone', caption: '没有' })], { layout: 'slider' }),
    ]);
    expect(made.lost).toEqual([
      { what: 'code', where: '扫码' },
      { what: 'image', where: '没有' },
    ]);
    expect(made.pictures).toEqual([]);
  });

  it('take a slider of pictures sideways', () => {
    const images = ['pic-1', 'pic-2'].map((assetId) => leaf('image', { assetId }));
    const { html, pictures } = render([node('gallery', images, { layout: 'slider' })]);
    expect(html).toContain('overflow-x:scroll;white-space:nowrap');
    expect(pictures).toEqual(['images/01.jpg', 'images/02.jpg']);
  });
});

it('imports nothing that a browser does not have', () => {
  const source = readFileSync(path.join(import.meta.dirname, 'index.ts'), 'utf8');
  expect(source).not.toMatch(/from 'node:|document\.|window\./);
});
