/**
 * An article as an official account (公众号) keeps it: one string of HTML with inline styles only. No script, style, class,
 * id, position or data: picture, `section` instead of `div`, no white space between tags (the account's editor makes
 * empty paragraphs of it). What every line inherits stands once on the outermost section: repeated on every paragraph it
 * would take 3 to 7 times the text. `sanitizer/` models what survives; nothing of this output is lost there.
 */
import { excerptOf } from '../../article/text.ts';
import type { ArticleDoc, ArticleNodeJson } from '../../article/types.ts';
import { escapeHtml, utf8Bytes } from '../../text-form.ts';
import { contentRoom } from '../bytes.ts';
import { WECHAT_LIMITS } from '../limits.ts';
import { DEFAULT_THEME } from '../theme/builtin.ts';
import type { WechatTheme } from '../theme/shape.ts';
import { draftMark, leadGuide, noticeBox, notesBox, sourceLine } from './boxes.ts';
import { Build, st } from './build.ts';
import { dataCard, personCard, qaList, stepList } from './cards.ts';
import { divider, list, paragraph, pullQuote, quote, table } from './flow.ts';
import { heading } from './headings.ts';
import { figure, gallery, qrBlock, videoCard } from './pictures.ts';
import type { WechatArticle, WechatBlock, WechatNote, WechatOptions } from './types.ts';

const BLOCKS: Readonly<Record<string, (b: Build, node: ArticleNodeJson) => string>> = {
  ...{ paragraph, heading, blockquote: quote, bulletList: list, orderedList: list, table, horizontalRule: divider },
  ...{ image: figure, gallery, videoCard, qrBlock, pullQuote, personCard, dataCard, stepList, qaList },
  ...{ noticeBox, leadGuide, sourceLine },
};

function block(b: Build, node: ArticleNodeJson): string {
  const make = BLOCKS[node.type];
  return make ? make(b, node) : b.blocks(node.content ?? []);
}

/** Inherited by every line. */
function wrapper({ text }: WechatTheme): string {
  return st(
    `font-size:${String(text.size)}px;line-height:${String(text.leading)}`,
    text.tracking > 0 && `letter-spacing:${String(text.tracking)}px`,
    text.serif && 'font-family:Georgia,STSong,SimSun,serif',
    `text-align:${text.align};word-break:break-word`,
    text.side > 0 && `padding:0 ${String(text.side)}px`,
  );
}

/** The page's colour needs a section of its own: on the outermost one it is lost. */
function wrap(theme: WechatTheme): [open: string, close: string] {
  const { paper } = theme.palette;
  const outer = `<section style="${wrapper(theme)}">`;
  if (paper === null) return [outer, '</section>'];
  return [`${outer}<section style="padding:24px 16px;background-color:${paper}">`, '</section></section>'];
}

/** `room` is what the content takes once its pictures are in the account. */
function warningsOf(article: { title: string; room: { chars: number; bytes: number } }): WechatNote[] {
  const { title, contentChars, contentBytes } = WECHAT_LIMITS;
  const length = [...article.title].length;
  const found: WechatNote[] = [];
  if (article.title.trim() === '') found.push({ level: 'stop', code: 'title_missing', params: {} });
  if (length > title.warn) {
    const over = length > title.stop;
    const limit = over ? title.stop : title.warn;
    found.push({ level: over ? 'stop' : 'warn', code: 'title_long', params: { length, limit } });
  }
  if (article.room.chars >= contentChars.stop)
    found.push({
      level: 'stop',
      code: 'content_long',
      params: { length: article.room.chars, limit: contentChars.stop },
    });
  if (article.room.bytes >= contentBytes.stop)
    found.push({
      level: 'stop',
      code: 'content_heavy',
      params: { length: article.room.bytes, limit: contentBytes.stop },
    });
  return found;
}

function picturesIn(html: string, options: WechatOptions): string[] {
  const known = [...options.images.values(), ...(options.codes?.values() ?? [])].map((p) => p.src);
  const posters = [...(options.videos?.values() ?? [])].flatMap((v) => v.poster?.src ?? []);
  return [...new Set([...known, ...posters])].filter((src) => html.includes(` src="${escapeHtml(src)}"`));
}

/** Renders a checked article (`parseArticle`). Pure: the same article, theme and pictures give the same string. */
export function renderWechat(doc: ArticleDoc, options: WechatOptions): WechatArticle {
  const theme = options.theme ?? DEFAULT_THEME;
  const build = new Build({ ...options, theme }, block);
  const mark = options.draft === true ? draftMark(build) : '';
  const [open, close] = wrap(theme);
  let html = open + mark;
  const blocks: WechatBlock[] = doc.content.map((node, index) => {
    const start = html.length;
    html += block(build, node);
    return { index, start, end: html.length };
  });
  html += notesBox(build) + mark + close;
  const article = { html, chars: html.length, bytes: utf8Bytes(html), title: options.title };
  const pictures = picturesIn(html, options);
  return {
    ...article,
    digest: excerptOf(doc, WECHAT_LIMITS.digest.warn),
    blocks,
    pictures,
    lost: build.lost,
    warnings: warningsOf({ title: options.title, room: contentRoom(html, pictures) }),
  };
}

/** A page that opens from disk; what stands in its body, and nothing else, is the content. */
export function wechatPage(article: Pick<WechatArticle, 'html' | 'title'>): string {
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(article.title)}</title>`;
  return `<!doctype html>\n<html lang="zh-CN"><head>${head}</head><body>${article.html}</body></html>\n`;
}
