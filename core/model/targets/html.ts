/** Clean HTML for the platforms: only the tags and attributes of the target's rule file, no white space between tags. */
import { NOTES_LABEL } from '../article/labels.ts';
import type { ArticleNodeJson } from '../article/types.ts';
import { escapeHtml } from '../text-form.ts';
import { DRAFT_MARK } from './draft-mark.ts';
import { piecesOf, type InlineTools, type Piece, type TextPiece } from './inline.ts';
import { groupOf, lowered } from './lower.ts';
import { pictureOf, pictureWords } from './picture-words.ts';
import { Notes, Report } from './report.ts';
import type { TargetRules } from './rules.ts';
import type { TargetInput, TargetPicture } from './types.ts';

const TAGS = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strike: 's',
  subscript: 'sub',
  superscript: 'sup',
} as const;

/** A line with nothing in it is the editor's way to make room; a target has its own. */
export function isBlank(node: ArticleNodeJson): boolean {
  return (node.type === 'paragraph' || node.type === 'heading') && (node.content ?? []).length === 0;
}

/** Writes lowered blocks. The page for websites builds on it (`web.ts`). */
export class HtmlWriter {
  readonly rules: TargetRules;
  readonly input: TargetInput;
  readonly report = new Report();
  readonly notes = new Notes();
  protected readonly tools: InlineTools;

  constructor(rules: TargetRules, input: TargetInput) {
    this.rules = rules;
    this.input = input;
    this.tools = { rules, report: this.report, notes: this.notes };
  }

  /** The article's blocks, cards as the rules say. */
  article(): string {
    const films = this.input.films ?? new Map<string, string>();
    const parts = this.input.doc.content.map((node) => {
      this.report.enter(node);
      return this.blocks(lowered(node, { rules: this.rules, report: this.report, films }));
    });
    return parts.join('');
  }

  blocks(nodes: readonly ArticleNodeJson[]): string {
    return nodes.map((node) => this.block(node)).join('');
  }

  block(node: ArticleNodeJson): string {
    if (isBlank(node)) return '';
    switch (node.type) {
      case 'paragraph':
        return this.line('p', node);
      case 'heading':
        return this.line(this.headingTag(Number(node.attrs?.['level'] ?? 1)), node);
      case 'blockquote':
        return `<blockquote>${this.blocks(node.content ?? [])}</blockquote>`;
      case 'bulletList':
      case 'orderedList':
        return this.list(node);
      case 'image':
        return this.image(node);
      case 'horizontalRule':
        return '<hr>';
      case 'table':
        return this.table(node);
      case 'group':
        return this.group(node);
      default:
        return this.blocks(node.content ?? []);
    }
  }

  protected headingTag(level: number): string {
    const [first, second, third] = this.rules.html?.headings ?? ['h1', 'h2', 'h3'];
    return level <= 1 ? first : level === 2 ? second : third;
  }

  protected line(tag: string, node: ArticleNodeJson): string {
    const align = node.attrs?.['textAlign'];
    if (align === 'center' || align === 'right') this.report.lose('textAlign');
    const attributes = tag === 'p' ? (this.rules.html?.paragraph ?? '') : '';
    return `<${tag}${attributes}>${this.inline(node)}</${tag}>`;
  }

  inline(node: ArticleNodeJson): string {
    return this.pieces(piecesOf(node.content ?? [], this.tools));
  }

  /** Pieces of one link stand in one element. */
  protected pieces(pieces: readonly Piece[]): string {
    let html = '';
    for (let i = 0; i < pieces.length;) {
      const first = pieces[i];
      const href = first?.kind === 'text' ? first.href : null;
      let inner = '';
      do {
        inner += this.piece(pieces[i] as Piece);
        i += 1;
      } while (href !== null && i < pieces.length && hrefOf(pieces[i]) === href);
      html += href === null ? inner : `<a href="${escapeHtml(href)}" rel="noopener">${inner}</a>`;
    }
    return html;
  }

  protected piece(piece: Piece): string {
    if (piece.kind === 'break') return '<br>';
    if (piece.kind === 'note') return this.note(piece.n);
    return this.text(piece);
  }

  protected note(n: number): string {
    return `［${n}］`;
  }

  protected text(piece: TextPiece): string {
    const inner = escapeHtml(piece.text.replace(/ {2,}/g, (run) => '\u00a0'.repeat(run.length)));
    return piece.marks.reduceRight((html, mark) => `<${TAGS[mark]}>${html}</${TAGS[mark]}>`, inner);
  }

  protected list(node: ArticleNodeJson): string {
    const tag = node.type === 'orderedList' ? 'ol' : 'ul';
    const start = Number(node.attrs?.['start'] ?? 1);
    const from = tag === 'ol' && start !== 1 ? ` start="${start}"` : '';
    const items = (node.content ?? []).map((item) => `<li>${this.tight(item.content ?? [])}</li>`).join('');
    return `<${tag}${from}>${items}</${tag}>`;
  }

  /** A single paragraph needs no tag of its own, whatever follows it. */
  protected tight([first, ...rest]: readonly ArticleNodeJson[]): string {
    if (!first) return '';
    return first.type === 'paragraph' ? `${this.inline(first)}${this.blocks(rest)}` : this.blocks([first, ...rest]);
  }

  protected image(node: ArticleNodeJson): string {
    const picture = pictureOf(node, this.input.images, this.report);
    const { alt, line } = pictureWords(node);
    if (!picture) return '';
    const src = escapeHtml(picture.src);
    const image = `<img src="${src}" alt="${escapeHtml(alt)}"${this.imageSize(picture)}>`;
    return this.figure(image, escapeHtml(line));
  }

  protected imageSize(picture: TargetPicture): string {
    if (this.rules.html?.figure !== 'pgc-img') return '';
    return ` img_width="${picture.width}" img_height="${picture.height}"`;
  }

  protected figure(image: string, caption: string): string {
    switch (this.rules.html?.figure) {
      case 'pgc-img': {
        const below = caption === '' ? '' : `<p class="pgc-img-caption">${caption}</p>`;
        return `<div class="pgc-img">${image}${below}</div>`;
      }
      case 'figure':
        return `<figure>${image}${caption === '' ? '' : `<figcaption>${caption}</figcaption>`}</figure>`;
      default: {
        const paragraph = this.rules.html?.paragraph ?? '';
        return `<p${paragraph}>${image}</p>${caption === '' ? '' : `<p${paragraph}>${caption}</p>`}`;
      }
    }
  }

  protected table(node: ArticleNodeJson): string {
    const rows = (node.content ?? []).map((row) => {
      const cells = (row.content ?? []).map((cell) => this.cell(cell, '')).join('');
      return `<tr>${cells}</tr>`;
    });
    return `<table><tbody>${rows.join('')}</tbody></table>`;
  }

  protected cell(cell: ArticleNodeJson, scope: string): string {
    const tag = cell.type === 'tableHeader' ? 'th' : 'td';
    const span = (name: 'colspan' | 'rowspan'): string => {
      const value = Number(cell.attrs?.[name] ?? 1);
      return value > 1 ? ` ${name}="${value}"` : '';
    };
    const children = cell.content ?? [];
    const plain = children.every((child) => child.type === 'paragraph');
    const inner = plain ? children.map((child) => this.inline(child)).join('<br>') : this.blocks(children);
    return `<${tag}${span('colspan')}${span('rowspan')}${scope}>${inner}</${tag}>`;
  }

  protected group(node: ArticleNodeJson): string {
    const inner = this.blocks(node.content ?? []);
    return groupOf(node) === 'noticeBox' ? `<blockquote>${inner}</blockquote>` : inner;
  }

  /** The notes at the end; they may have none of their own. */
  footnotes(): string {
    const { texts } = this.notes;
    if (texts.length === 0) return '';
    const paragraph = this.rules.html?.paragraph ?? '';
    const lines = texts.map((text, i) => `<p${paragraph}>［${i + 1}］${escapeHtml(text)}</p>`);
    return `<p${paragraph}><strong>${NOTES_LABEL}</strong></p>${lines.join('')}`;
  }

  /** Everything that is pasted. */
  content(): string {
    const mark = this.input.draft === true ? `<p>${DRAFT_MARK}</p>` : '';
    const body = this.article();
    return `${mark}${body}${this.footnotes()}${mark}`;
  }
}

const hrefOf = (piece: Piece | undefined): string | null => (piece?.kind === 'text' ? piece.href : null);

/** A page that opens from disk; what stands in its body, and nothing else, is the content. */
export function htmlPage(content: string, title: string): string {
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title>`;
  return `<!doctype html>\n<html lang="zh-CN"><head>${head}</head><body>${content}</body></html>\n`;
}
