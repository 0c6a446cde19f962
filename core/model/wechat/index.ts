/**
 * An article as an official account (公众号) keeps it: one string of HTML with inline styles only. No script, style, class,
 * id, position or data: picture, `section` instead of `div`, no white space between tags (the account's editor makes
 * empty paragraphs of it). What survives was worked out from what exporters avoid; no real account was at hand.
 */
import type { ArticleDoc, ArticleNodeJson } from '../article/types.ts';
import { excerptOf } from '../article/text.ts';
import { Notes, escapeHtml, inlineHtml } from './inline.ts';
import { WECHAT_LIMITS } from './limits.ts';
import { PLAIN_LOOK, type WechatLook } from './look.ts';

export { WECHAT_LIMITS } from './limits.ts';
export { PLAIN_LOOK, type WechatLook } from './look.ts';

/** A picture as it lies beside the article. */
export interface WechatPicture {
  /** Address relative to the HTML file. */
  src: string;
  width: number;
  height: number;
}

export interface WechatOptions {
  title: string;
  /** Pictures by asset id; one that is not there is reported in `lost`. */
  images: ReadonlyMap<string, WechatPicture>;
  /** Puts a visible mark at the top and the end: nobody approved this. */
  draft?: boolean;
  look?: WechatLook;
}

export interface WechatNote {
  level: 'warn' | 'stop';
  code: 'title_long' | 'content_long' | 'content_heavy' | 'title_missing';
  params: Record<string, number>;
}

export interface WechatArticle {
  /** The content exactly as it is pasted or sent. */
  html: string;
  /** UTF-16 units of `html`. */
  chars: number;
  /** UTF-8 bytes of `html`. */
  bytes: number;
  title: string;
  /** Beginning of the text, at most 120 characters. */
  digest: string;
  /** Parts that have no place in the output. */
  lost: { what: 'image'; where: string }[];
  warnings: WechatNote[];
}

const DRAFT_MARK = '草稿 · 未经审核，不得发布';

class Renderer {
  readonly notes = new Notes();
  readonly lost: WechatArticle['lost'] = [];
  readonly #look: WechatLook;
  readonly #images: ReadonlyMap<string, WechatPicture>;

  constructor(options: WechatOptions) {
    this.#look = options.look ?? PLAIN_LOOK;
    this.#images = options.images;
  }

  blocks(nodes: readonly ArticleNodeJson[]): string {
    return nodes.map((node) => this.#block(node)).join('');
  }

  #inline(node: ArticleNodeJson): string {
    return inlineHtml(node.content ?? [], this.#look, this.notes) || '<br>';
  }

  #aligned(style: string, node: ArticleNodeJson): string {
    const align = node.attrs?.['textAlign'];
    return typeof align === 'string' ? `${style};text-align:${align}` : style;
  }

  #block(node: ArticleNodeJson): string {
    const look = this.#look;
    switch (node.type) {
      case 'paragraph':
        return `<p style="${this.#aligned(look.paragraph, node)}">${this.#inline(node)}</p>`;
      case 'heading': {
        const level = Number(node.attrs?.['level'] ?? 1);
        const style = look.heading[Math.min(Math.max(level, 1), 3) - 1] ?? look.paragraph;
        return `<h${level} style="${this.#aligned(style, node)}">${this.#inline(node)}</h${level}>`;
      }
      case 'blockquote':
        return `<blockquote style="${look.quote}">${this.blocks(node.content ?? [])}</blockquote>`;
      case 'bulletList':
      case 'orderedList':
        return this.#list(node);
      case 'image':
        return this.#image(node);
      case 'horizontalRule':
        return `<hr style="${look.rule}">`;
      case 'table':
        return this.#table(node);
      default:
        return this.blocks(node.content ?? []);
    }
  }

  /** A list inside an item is lost there: it follows the item inside the outer list instead. */
  #list(node: ArticleNodeJson): string {
    const tag = node.type === 'orderedList' ? 'ol' : 'ul';
    const start = Number(node.attrs?.['start'] ?? 1);
    const from = tag === 'ol' && start !== 1 ? ` start="${start}"` : '';
    const kind = tag === 'ol' ? 'decimal' : 'disc';
    const items = (node.content ?? []).map((item) => this.#item(item)).join('');
    return `<${tag}${from} style="${this.#look.list};list-style-type:${kind}">${items}</${tag}>`;
  }

  #item(item: ArticleNodeJson): string {
    const isList = (child: ArticleNodeJson): boolean => child.type === 'bulletList' || child.type === 'orderedList';
    const children = item.content ?? [];
    const own = children.filter((child) => !isList(child));
    // A single paragraph needs no tag of its own; more of them are parted by breaks, which every list keeps.
    const inner = own
      .map((child) => (child.type === 'paragraph' ? this.#inline(child) : this.#block(child)))
      .join('<br>');
    const nested = children.filter(isList).map((child) => this.#list(child));
    return `<li style="${this.#look.item}">${inner}</li>${nested.join('')}`;
  }

  #image(node: ArticleNodeJson): string {
    const attrs = node.attrs ?? {};
    const alt = typeof attrs['alt'] === 'string' ? attrs['alt'] : '';
    const id = attrs['assetId'];
    const picture = typeof id === 'string' ? this.#images.get(id) : undefined;
    const label = [attrs['caption'], attrs['credit']].filter((t): t is string => typeof t === 'string' && t !== '');
    if (!picture) {
      this.lost.push({ what: 'image', where: label.join(' ') || alt });
      return '';
    }
    const look = this.#look;
    const wide = typeof attrs['width'] === 'number' ? `;width:${attrs['width']}%` : '';
    const image = `<img src="${escapeHtml(picture.src)}" alt="${escapeHtml(alt)}" style="${look.picture}${wide}">`;
    const caption = label.length > 0 ? `<p style="${look.caption}">${escapeHtml(label.join('　'))}</p>` : '';
    return `<section style="${look.figure}">${image}${caption}</section>`;
  }

  #table(node: ArticleNodeJson): string {
    const rows = (node.content ?? []).map((row) => {
      const cells = (row.content ?? []).map((cell) => this.#cell(cell)).join('');
      return `<tr>${cells}</tr>`;
    });
    return `<table style="${this.#look.table}"><tbody>${rows.join('')}</tbody></table>`;
  }

  #cell(cell: ArticleNodeJson): string {
    const header = cell.type === 'tableHeader';
    const tag = header ? 'th' : 'td';
    const span = (name: 'colspan' | 'rowspan'): string => {
      const value = Number(cell.attrs?.[name] ?? 1);
      return value > 1 ? ` ${name}="${value}"` : '';
    };
    const children = cell.content ?? [];
    const plain = children.every((child) => child.type === 'paragraph');
    const inner = plain ? children.map((child) => this.#inline(child)).join('<br>') : this.blocks(children);
    const style = header ? this.#look.headerCell : this.#look.cell;
    return `<${tag}${span('colspan')}${span('rowspan')} style="${style}">${inner}</${tag}>`;
  }

  footnotes(): string {
    if (this.notes.hrefs.length === 0) return '';
    const { notes, note } = this.#look;
    const lines = this.notes.hrefs.map((href, i) => `<p style="${note}">[${i + 1}] ${escapeHtml(href)}</p>`);
    return `<section style="${notes}">${lines.join('')}</section>`;
  }
}

/** Bytes of a text in UTF-8. */
function utf8Bytes(text: string): number {
  let bytes = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
  }
  return bytes;
}

function warningsOf(article: Omit<WechatArticle, 'warnings'>): WechatNote[] {
  const { title, contentChars, contentBytes } = WECHAT_LIMITS;
  const length = [...article.title].length;
  const found: WechatNote[] = [];
  if (article.title.trim() === '') found.push({ level: 'stop', code: 'title_missing', params: {} });
  if (length > title.warn) {
    const over = length > title.stop;
    found.push({
      level: over ? 'stop' : 'warn',
      code: 'title_long',
      params: { length, limit: over ? title.stop : title.warn },
    });
  }
  if (article.chars >= contentChars.stop)
    found.push({ level: 'stop', code: 'content_long', params: { length: article.chars, limit: contentChars.stop } });
  if (article.bytes >= contentBytes.stop)
    found.push({ level: 'stop', code: 'content_heavy', params: { length: article.bytes, limit: contentBytes.stop } });
  return found;
}

/** Renders a checked article (`parseArticle`). Pure: the same article and pictures give the same string. */
export function renderWechat(doc: ArticleDoc, options: WechatOptions): WechatArticle {
  const look = options.look ?? PLAIN_LOOK;
  const renderer = new Renderer(options);
  const mark = options.draft === true ? `<p style="${look.draft}">${DRAFT_MARK}</p>` : '';
  const body = renderer.blocks(doc.content);
  const html = `<section style="${look.wrapper}">${mark}${body}${renderer.footnotes()}${mark}</section>`;
  const article = {
    html,
    chars: html.length,
    bytes: utf8Bytes(html),
    title: options.title,
    digest: excerptOf(doc, WECHAT_LIMITS.digest.warn),
    lost: renderer.lost,
  };
  return { ...article, warnings: warningsOf(article) };
}

/** A page that opens from disk; what stands in its body, and nothing else, is the content. */
export function wechatPage(article: Pick<WechatArticle, 'html' | 'title'>): string {
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(article.title)}</title>`;
  return `<!doctype html>\n<html lang="zh-CN"><head>${head}</head><body>${article.html}</body></html>\n`;
}
