/**
 * The page for the office's own website: semantic HTML5 with its own style sheet and no script, which opens from disk.
 * Every card is kept in the element that means the same.
 */
import { AI_LABEL, NOTES_LABEL, SOURCE_LABELS } from '../article/labels.ts';
import { firstImage, inlineText, walk } from '../article/text.ts';
import type { ArticleNodeJson } from '../article/types.ts';
import { escapeHtml } from '../text-form.ts';
import { DRAFT_MARK } from './draft-mark.ts';
import { HtmlWriter } from './html.ts';
import type { TextPiece } from './inline.ts';
import { namesUnder } from './lower.ts';
import { pictureOf, pictureWords } from './picture-words.ts';
import { codeSvg } from '../code.ts';
import type { TargetRules } from './rules.ts';
import { NOTHING_KNOWN, type ArticleAbout, type TargetInput, type TargetPicture } from './types.ts';
import { WEB_STYLE } from './web-style.ts';

/** Between two parts of a line: a space as wide as a character. */
const GAP = '\u3000';
const AI_DATA = ' data-ai="generated"';
/** What a picture takes of the window: 42 em on a wide one, nearly all of a narrow one. */
const SIZES = '(min-width: 46em) 42em, 94vw';

class PageWriter extends HtmlWriter {
  protected override headingTag(level: number): string {
    return `h${Math.min(Math.max(level, 1), 3) + 1}`;
  }

  protected override line(tag: string, node: ArticleNodeJson): string {
    const align = node.attrs?.['textAlign'];
    const named = align === 'center' || align === 'right' || align === 'justify' ? ` class="${align}"` : '';
    return `<${tag}${named}>${this.inline(node)}</${tag}>\n`;
  }

  protected override note(n: number): string {
    return `<sup><a id="ref-${n}" href="#note-${n}" role="doc-noteref">${n}</a></sup>`;
  }

  protected override text(piece: TextPiece): string {
    if (piece.label) return `<small class="ai-label">${AI_LABEL}</small>`;
    let html = super.text(piece);
    if (piece.reading !== null) {
      html = `<ruby>${html}<rp>（</rp><rt>${escapeHtml(piece.reading)}</rt><rp>）</rp></ruby>`;
    }
    if (piece.color !== null) html = `<span class="c-${piece.color}">${html}</span>`;
    if (piece.highlight !== null) html = `<mark class="m-${piece.highlight}">${html}</mark>`;
    return piece.ai ? `<span${AI_DATA}>${html}</span>` : html;
  }

  protected override image(node: ArticleNodeJson): string {
    const picture = pictureOf(node, this.input.images, this.report);
    if (!picture) return '';
    const { alt, parts, ai } = pictureWords(node);
    const words = ai ? parts.slice(0, -1) : parts;
    const label = ai ? `<small class="ai-label">${AI_LABEL}</small>` : '';
    const caption = [words.map(escapeHtml).join('　'), label].filter((part) => part !== '').join(' ');
    const below = caption === '' ? '' : `<figcaption>${caption}</figcaption>`;
    const { width } = node.attrs ?? {};
    const style = typeof width === 'number' ? ` style="width:${width}%"` : '';
    return `<figure${ai ? AI_DATA : ''}>${img(picture, alt, style)}${below}</figure>\n`;
  }

  protected override list(node: ArticleNodeJson): string {
    return `${super.list(node)}\n`;
  }

  /** Header cells say what they are the head of: the first row its columns, else the row. */
  protected override table(node: ArticleNodeJson): string {
    const rows = (node.content ?? []).map((row, i) => {
      const cells = (row.content ?? []).map((cell) => {
        const scope = cell.type === 'tableHeader' ? ` scope="${i === 0 ? 'col' : 'row'}"` : '';
        return this.cell(cell, scope);
      });
      return { html: `<tr>${cells.join('')}</tr>`, head: (row.content ?? []).every((c) => c.type === 'tableHeader') };
    });
    const [first] = rows;
    const headed = first?.head === true && rows.length > 1;
    const body = rows.slice(headed ? 1 : 0).map((row) => row.html);
    return `<table>${headed ? `<thead>${first.html}</thead>` : ''}<tbody>${body.join('')}</tbody></table>\n`;
  }

  override block(node: ArticleNodeJson): string {
    const children = node.content ?? [];
    switch (node.type) {
      case 'pullQuote':
        return this.#pull(children);
      case 'gallery':
        return `<div class="${node.attrs?.['layout'] === 'slider' ? 'slider' : 'row'}">${this.blocks(children)}</div>\n`;
      case 'videoCard':
        return this.#video(node);
      case 'personCard':
        return this.#person(node);
      case 'dataCard':
        return `<dl class="data">${children.map((item) => this.#figure(item)).join('')}</dl>\n`;
      case 'stepList':
        return `<ol class="steps">${children.map((item) => `<li>${this.#titled(item)}</li>`).join('')}</ol>\n`;
      case 'qaList':
        return `<dl class="qa">${children.map((item) => this.#answer(item)).join('')}</dl>\n`;
      case 'noticeBox':
        return `<aside class="${noticeKind(node)}" role="note">${this.#titled(node)}</aside>\n`;
      case 'leadGuide':
        return `<aside class="lead">${this.blocks(children)}</aside>\n`;
      case 'qrBlock':
        return this.#code(node);
      case 'sourceLine':
        return this.#sources(children);
      default:
        return super.block(node);
    }
  }

  #pull(children: readonly ArticleNodeJson[]): string {
    const note = children.at(-1);
    const by = note && (note.content ?? []).length > 0 ? `<footer>—— ${this.inline(note)}</footer>` : '';
    return `<blockquote class="pull">${this.blocks(children.slice(0, -1))}${by}</blockquote>\n`;
  }

  /** The film itself is not on the page: its name is, and that is told. */
  #video(node: ArticleNodeJson): string {
    const { caption, projectId } = node.attrs ?? {};
    const named = typeof projectId === 'string' ? (this.input.films?.get(projectId) ?? '') : '';
    const words = typeof caption === 'string' && caption !== '' ? caption : named;
    this.report.lose('videoCard', words);
    return `<p class="note">［视频］${escapeHtml(words)}</p>\n`;
  }

  #person(node: ArticleNodeJson): string {
    const [name, who, ...rest] = node.content ?? [];
    const { assetId, ai } = node.attrs ?? {};
    const picture = typeof assetId === 'string' ? pictureOf(node, this.input.images, this.report) : null;
    const portrait = picture ? img(picture, pictureWords(node).alt, ' class="portrait"') : '';
    const label = picture && ai === true ? ` <small class="ai-label">${AI_LABEL}</small>` : '';
    const line = `<p><strong>${name ? this.inline(name) : ''}</strong>${GAP}${who ? this.inline(who) : ''}${label}</p>`;
    return `<aside class="person"${ai === true ? AI_DATA : ''}>${portrait}${line}${this.blocks(rest)}</aside>\n`;
  }

  #figure(item: ArticleNodeJson): string {
    const [figure, note] = item.content ?? [];
    return `<div><dt>${note ? this.inline(note) : ''}</dt><dd>${figure ? this.inline(figure) : ''}</dd></div>`;
  }

  #titled(node: ArticleNodeJson): string {
    const [title, ...rest] = node.content ?? [];
    const head = title && (title.content ?? []).length > 0 ? `<p><strong>${this.inline(title)}</strong></p>` : '';
    return `${head}${this.blocks(rest)}`;
  }

  #answer(item: ArticleNodeJson): string {
    const [question, ...answer] = item.content ?? [];
    return `<dt>${question ? this.inline(question) : ''}</dt><dd>${this.blocks(answer)}</dd>`;
  }

  /** The code as a drawing in the page: nothing is fetched, and it is sharp on paper. */
  #code(node: ArticleNodeJson): string {
    const { assetId, href } = node.attrs ?? {};
    const [note] = node.content ?? [];
    const words = note ? this.inline(note) : '';
    const label = note ? inlineText(note) : '';
    const picture = typeof assetId === 'string' ? pictureOf(node, this.input.images, this.report) : null;
    let code = picture ? img(picture, label, '') : '';
    if (code === '' && typeof href === 'string') {
      const drawing = codeSvg(href);
      const link = `<a href="${escapeHtml(href)}" rel="noopener"`;
      // An address too long for a code is still a link.
      code =
        drawing === null
          ? `${link}>${escapeHtml(href)}</a>`
          : `${link} aria-label="${escapeHtml(label || href)}">${drawing}</a>`;
    }
    if (code === '') this.report.lose('qrBlock');
    return `<figure class="code">${code}<figcaption>${words}</figcaption></figure>\n`;
  }

  #sources(items: readonly ArticleNodeJson[]): string {
    const named = items.filter((item) => inlineText(item).trim() !== '');
    const parts = named.map((item) => {
      const role = item.attrs?.['role'] as keyof typeof SOURCE_LABELS;
      return `<span>${SOURCE_LABELS[role]}：${this.inline(item)}</span>`;
    });
    return parts.length > 0 ? `<p class="sources">${parts.join('　')}</p>\n` : '';
  }

  override footnotes(): string {
    const { texts } = this.notes;
    if (texts.length === 0) return '';
    const items = texts.map((text, i) => {
      const n = i + 1;
      return `<li id="note-${n}">${escapeHtml(text)} <a href="#ref-${n}" role="doc-backlink" aria-label="回到正文 ${n}">↩</a></li>`;
    });
    const head = `<h2 id="notes">${NOTES_LABEL}</h2>`;
    return `<section class="notes" role="doc-endnotes" aria-labelledby="notes">${head}<ol>${items.join('')}</ol></section>\n`;
  }
}

function noticeKind(node: ArticleNodeJson): string {
  const kind = node.attrs?.['kind'];
  return kind === 'tip' || kind === 'warning' ? kind : 'info';
}

function img(picture: TargetPicture, alt: string, more: string): string {
  const { src, width, height, sources = [] } = picture;
  const set = sources.map((one) => `${escapeHtml(one.src)} ${one.width}w`).join(', ');
  const responsive = sources.length > 1 ? ` srcset="${set}" sizes="${SIZES}"` : '';
  const size = ` width="${width}" height="${height}"`;
  return `<img src="${escapeHtml(src)}"${responsive}${size} alt="${escapeHtml(alt)}" loading="lazy"${more}>`;
}

const SOURCE_TYPE = 'https://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia';

/** The article for search engines (schema.org NewsArticle). Only what is known is in it. */
function newsArticle(input: TargetInput, about: ArticleAbout, authors: readonly string[]): string {
  const made = new Map<string, boolean>();
  for (const node of walk(input.doc.content)) {
    const { assetId, ai } = node.attrs ?? {};
    if (node.type === 'image' && typeof assetId === 'string') made.set(assetId, ai === true);
  }
  const image = [...made].flatMap(([id, ai]) => {
    const picture = input.images.get(id);
    if (!picture) return [];
    const { src: url, width, height } = picture;
    return [{ '@type': 'ImageObject', url, width, height, ...(ai ? { digitalSourceType: SOURCE_TYPE } : {}) }];
  });
  const publisher = about.publisher ?? namesUnder(input.doc, 'source')[0];
  const data = {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    headline: input.title,
    inLanguage: 'zh-CN',
    ...(about.publishedAt === null ? {} : { datePublished: about.publishedAt }),
    ...(about.modifiedAt === null ? {} : { dateModified: about.modifiedAt }),
    ...(authors.length > 0 ? { author: authors.map((name) => ({ '@type': 'Person', name })) } : {}),
    ...(publisher === undefined ? {} : { publisher: { '@type': 'Organization', name: publisher } }),
    ...(image.length > 0 ? { image } : {}),
  };
  // A "<" could end the element it stands in.
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}

/** Title, then who and when as far as it is known. The day is the one of China, where the office is. */
function pageHeader(input: TargetInput, about: ArticleAbout, authors: readonly string[]): string {
  const at = about.publishedAt ?? about.modifiedAt;
  const day = at === null ? '' : new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10);
  const parts = [
    ...(about.publisher === null ? [] : [`<span>${escapeHtml(about.publisher)}</span>`]),
    ...(authors.length > 0
      ? [`<span>${SOURCE_LABELS.author}：<span rel="author">${authors.map(escapeHtml).join('、')}</span></span>`]
      : []),
    ...(at === null ? [] : [`<time datetime="${escapeHtml(at)}">${day}</time>`]),
  ];
  const line = parts.length > 0 ? `<p>${parts.join('　')}</p>\n` : '';
  return `<header>\n<h1>${escapeHtml(input.title)}</h1>\n${line}</header>\n`;
}

/** The whole page, and the writer with what it had no place for. */
export function webPage(rules: TargetRules, input: TargetInput, digest: string): { page: string; writer: HtmlWriter } {
  const about = input.about ?? NOTHING_KNOWN;
  const authors = namesUnder(input.doc, 'author', 'correspondent');
  const writer = new PageWriter(rules, input);
  const body = writer.article();
  const mark = input.draft === true ? `<p class="draft">${DRAFT_MARK}</p>\n` : '';
  const cover = firstImage(input.doc);
  const image = cover === null ? undefined : input.images.get(cover);
  const head = [
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(input.title)}</title>`,
    `<meta name="description" content="${escapeHtml(digest)}">`,
    ...(input.draft === true ? ['<meta name="robots" content="noindex">'] : []),
    '<meta property="og:type" content="article">',
    `<meta property="og:title" content="${escapeHtml(input.title)}">`,
    ...(image ? [`<meta property="og:image" content="${escapeHtml(image.src)}">`] : []),
    `<style>${WEB_STYLE}</style>`,
    `<script type="application/ld+json">${newsArticle(input, about, authors)}</script>`,
  ];
  const article = `<article>\n${mark}${pageHeader(input, about, authors)}${body}${writer.footnotes()}${mark}</article>`;
  return {
    page: `<!doctype html>\n<html lang="zh-CN">\n<head>\n${head.join('\n')}\n</head>\n<body>\n${article}\n</body>\n</html>\n`,
    writer,
  };
}
