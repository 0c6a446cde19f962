/** A small piece of article for each kind of construction: to look at a theme, to compare themes, to try a new one. */
import { HIGHLIGHT_COLORS, TEXT_COLORS } from '../../article/describe.ts';
import { parseArticle } from '../../article/schema.ts';
import type { ArticleDoc, ArticleMarkJson, ArticleNodeJson } from '../../article/types.ts';
import type { WechatOptions } from '../render/types.ts';
import type { ThemeKind } from './shape.ts';

const text = (value: string, ...marks: ArticleMarkJson[]): ArticleNodeJson => ({ type: 'text', text: value, marks });
const node = (type: string, content: ArticleNodeJson[], attrs: Record<string, unknown> = {}): ArticleNodeJson => ({
  ...{ type, attrs, content },
});
const para = (...content: ArticleNodeJson[]): ArticleNodeJson => node('paragraph', content);
const title = (value: string): ArticleNodeJson => node('cardTitle', [text(value)]);
const note = (value: string): ArticleNodeJson => node('cardNote', [text(value)]);

/** Every colour text can have, alone and on every highlight. */
function colours(): ArticleNodeJson[] {
  const colored = (color: string): ArticleMarkJson => ({ type: 'textColor', attrs: { color } });
  const lit = (color: string): ArticleMarkJson => ({ type: 'highlight', attrs: { color } });
  return [
    ...TEXT_COLORS.map((c) => text(`字${c}`, colored(c))),
    ...HIGHLIGHT_COLORS.map((h) => text(`底${h}`, lit(h))),
    ...HIGHLIGHT_COLORS.flatMap((h) => TEXT_COLORS.map((c) => text(`${c}${h}`, colored(c), lit(h)))),
    text('网址', { type: 'link', attrs: { href: 'https://mp.weixin.qq.com/s/x' } }),
    { type: 'footnote', attrs: { text: '注' } },
    text('由程序写成', { type: 'aiMade' }),
  ];
}

const heading = (level: number): ArticleNodeJson[] => [node('heading', [text('一口锅'), ...colours()], { level })];
const image = (id: string, caption = ''): ArticleNodeJson => ({
  type: 'image',
  attrs: { assetId: id, caption, ai: caption === '' },
});

const KINDS: Readonly<Record<ThemeKind, () => ArticleNodeJson[]>> = {
  heading1: () => heading(1),
  heading2: () => heading(2),
  heading3: () => heading(3),
  quote: () => [node('blockquote', [para(text('慢，是它的规矩。'), ...colours())])],
  pullQuote: () => [node('pullQuote', [para(text('手比温度计准。'), ...colours()), note('林阿伯')])],
  divider: () => [{ type: 'horizontalRule' }],
  list: () => [node('bulletList', [node('listItem', [para(text('春茶'), ...colours())])])],
  table: () => [
    node('table', [
      node('tableRow', [node('tableHeader', [para(text('年份'), ...colours())])]),
      node('tableRow', [node('tableCell', [para(text('2024'), ...colours())])]),
    ]),
  ],
  figure: () => [image('p1', '清晨的茶园'), image('p1')],
  gallery: () => [node('gallery', [image('p1', '采'), image('p1')], { layout: 'row' })],
  person: () => [
    node('personCard', [title('林阿伯'), note('守茶人'), para(text('十二岁上山。'), ...colours())], { assetId: 'p1' }),
  ],
  data: () => [
    node(
      'dataCard',
      ['73岁', '126户', '8.6万元'].map((n) => node('dataItem', [title(n), note('是什么')])),
    ),
  ],
  steps: () => [node('stepList', [node('stepItem', [title('摊青'), para(text('薄薄摊开。'), ...colours())])])],
  qa: () => [node('qaList', [node('qaItem', [title('要钱吗？'), para(text('不要。'), ...colours())])])],
  notice: () =>
    ['info', 'tip', 'warning'].map((kind) =>
      node('noticeBox', [title('提醒'), para(text('当心。'), ...colours())], { kind }),
    ),
  lead: () => [node('leadGuide', [para(text('点击上方蓝字'), ...colours())])],
  qr: () => [node('qrBlock', [note('扫码看指南')], { href: 'https://example.org/' })],
  video: () => [{ type: 'videoCard', attrs: { projectId: 'v1', caption: '一锅茶' } }],
  source: () => [node('sourceLine', [node('sourceItem', [text('融媒体中心')], { role: 'source' })])],
  notes: () => [para(text('见通知', { type: 'link', attrs: { href: 'https://example.org/' } }))],
  ai: () => [para(text('由程序写成', { type: 'aiMade' }))],
};

/** The specimen of a kind. */
export function specimen(kind: ThemeKind): ArticleDoc {
  return parseArticle({ type: 'doc', content: KINDS[kind]() });
}

/** Pictures, codes and films of the specimens. */
export const SPECIMEN_OPTIONS: WechatOptions = {
  title: '样张',
  images: new Map([['p1', { src: 'images/01.jpg', width: 1080, height: 720 }]]),
  codes: new Map([['https://example.org/', { src: 'images/02.png' }]]),
  videos: new Map([
    ['v1', { title: '一锅茶', durationUs: 65_000_000, poster: { src: 'images/03.jpg', width: 9, height: 5 } }],
  ]),
};
