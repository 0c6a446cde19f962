/** A short article with every part a theme constructs, to look at a theme while it is made. Its words stay Chinese: readers' do. */
import { parseArticle, type ArticleDoc, type ArticleNodeJson } from '../../article/index.ts';
import { codeSvg } from '../../code.ts';
import type { WechatOptions } from '../render/types.ts';

const text = (value: string, ...marks: { type: string; attrs?: Record<string, unknown> }[]): ArticleNodeJson => ({
  type: 'text',
  text: value,
  ...(marks.length > 0 ? { marks } : {}),
});
const node = (type: string, content: ArticleNodeJson[], attrs: Record<string, unknown> = {}): ArticleNodeJson => ({
  type,
  attrs,
  content,
});
const para = (...content: ArticleNodeJson[]): ArticleNodeJson => node('paragraph', content);
const title = (value: string): ArticleNodeJson => node('cardTitle', [text(value)]);
const note = (value: string): ArticleNodeJson => node('cardNote', [text(value)]);
const heading = (level: number, value: string): ArticleNodeJson => node('heading', [text(value)], { level });
const item = (value: string): ArticleNodeJson => node('listItem', [para(text(value))]);
const image = (caption: string, ai = false): ArticleNodeJson => ({
  type: 'image',
  attrs: { assetId: 'p1', caption, credit: '图 / 方一鸣', ai },
});
const color = (name: string) => ({ type: 'textColor', attrs: { color: name } });
const light = (name: string) => ({ type: 'highlight', attrs: { color: name } });
const CODE = 'https://example.org/';

export const SPECIMEN_ARTICLE: ArticleDoc = parseArticle({
  type: 'doc',
  content: [
    node('leadGuide', [para(text('点击上方蓝字，关注我们'))]),
    heading(1, '一口锅，三十年'),
    para(
      text('凌晨四点半，雾还压在半山腰，'),
      text('老周', { type: 'bold' }),
      text('已经上了坡。'),
      text('芽头要带着露采', color('accent')),
      text('，'),
      text('太阳一出来香气就走了', light('yellow')),
      text('。'),
      { type: 'footnote', attrs: { text: '据镇上的登记。' } },
    ),
    node('blockquote', [para(text('慢，是茶的规矩，也是人的规矩。'))]),
    heading(2, '学徒叶知夏'),
    image('清晨的茶园'),
    para(
      text('辞了城里的工作，她回来学炒茶。见'),
      text('县里的通知', { type: 'link', attrs: { href: CODE } }),
      text('。'),
    ),
    node('pullQuote', [para(text('手比温度计准。')), note('老周')]),
    heading(3, '三样要紧的'),
    node('bulletList', [item('看天'), item('看芽'), item('看火')]),
    { type: 'horizontalRule' },
    node('personCard', [title('周守山'), note('制茶人，七十三岁'), para(text('十二岁上山。'))], { assetId: 'p1' }),
    node(
      'dataCard',
      ['8.6 亩', '126 户', '31 万元'].map((value) => node('dataItem', [title(value), note('今年')])),
    ),
    node('stepList', [
      node('stepItem', [title('摊青'), para(text('薄薄摊开，晾两个钟头。'))]),
      node('stepItem', [title('杀青'), para(text('锅温二百度上下。'))]),
    ]),
    node('qaList', [node('qaItem', [title('外地人能来学吗？'), para(text('能，管饭。'))])]),
    node('noticeBox', [title('提醒'), para(text('上山请走石阶。'))], { kind: 'info' }),
    node('noticeBox', [title('当心'), para(text('雨后路滑。'))], { kind: 'warning' }),
    node('table', [
      node('tableRow', [node('tableHeader', [para(text('年份'))]), node('tableHeader', [para(text('斤'))])]),
      node('tableRow', [node('tableCell', [para(text('2025'))]), node('tableCell', [para(text('412'))])]),
    ]),
    node('gallery', [image('采'), image('炒', true)], { layout: 'row' }),
    { type: 'videoCard', attrs: { projectId: 'v1', caption: '半山炒茶' } },
    para(text('这一段由程序写成。', { type: 'aiMade' })),
    node('qrBlock', [note('扫码看报名指南')], { href: CODE }),
    node('sourceLine', [
      node('sourceItem', [text('县融媒体中心')], { role: 'source' }),
      node('sourceItem', [text('林小满')], { role: 'author' }),
    ]),
  ],
});

/** A plain field of colour in the place of a picture; inside the page, nothing is asked for. */
const picture = (fill: string): string =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 108 72"><rect width="108" height="72" fill="${fill}"/><circle cx="76" cy="22" r="9" fill="#f4e8c8"/><path d="M0 58 30 34l22 18 24-22 32 28v14H0z" fill="#6f8f72"/></svg>`)}`;

export const SPECIMEN_SHOWN: Omit<WechatOptions, 'theme'> = {
  title: '一口锅，三十年',
  images: new Map([['p1', { src: picture('#c9d6d2'), width: 1080, height: 720 }]]),
  codes: new Map([[CODE, { src: `data:image/svg+xml,${encodeURIComponent(codeSvg(CODE) ?? '')}` }]]),
  videos: new Map([
    ['v1', { title: '半山炒茶', durationUs: 65_000_000, poster: { src: picture('#b8c4cc'), width: 16, height: 9 } }],
  ]),
};
