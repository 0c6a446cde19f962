/** Blocks of an article as rows of print. */
import { inlineText } from '../../model/article/text.ts';
import type { ArticleNodeJson } from '../../model/article/types.ts';
import {
  groupOf,
  isBlank,
  lowered,
  pictureWords,
  piecesOf,
  rulesOf,
  wordsOf,
  Notes,
  Report,
  type InlineTools,
  type Piece,
} from '../../model/targets/index.ts';
import type { DocumentOrder } from '../../ports/index.ts';
import { NOTICE } from './palette.ts';
import { drawLine, framed } from './pdf-draw.ts';
import { COLUMN, ROOM, SHEET, type Row } from './pdf-flow.ts';
import { codeRows, sideBySide, together } from './pdf-rows.ts';
import { tableRows } from './pdf-table.ts';
import { breakLines, type Style } from './pdf-text.ts';

export const PLAIN: Style = {
  ...{ size: 11, bold: false, italic: false, underline: false, strike: false },
  ...{ color: '1F2328', ground: null, rise: 0 },
};
const SOFT = '57606A';
/** Heights of lines as multiples of the size. */
const LEADING = 1.75;
const HEADINGS = [
  { size: 16, before: 20 },
  { size: 13.5, before: 16 },
  { size: 12, before: 14 },
] as const;
const GAP = 7;
const STEP = 20;
/** Highest picture: a good half of the page, so that text stands beside it on most pages. */
const PICTURE_MOST = ROOM * 0.55;

/** The sign of a list's item. */
const MARKER_PIECE: Piece & { kind: 'text' } = {
  ...{ kind: 'text', text: '', marks: [], href: null, reading: null, color: null, highlight: null },
  ...{ ai: false, label: false },
};

interface Place {
  left: number;
  width: number;
  style: Style;
  /** Paragraphs begin two characters in. */
  indent: boolean;
  align: 'left' | 'center' | 'right' | 'justify';
}

export interface LineOptions {
  leading?: number;
  before?: number;
  keepNext?: boolean;
}

export class PdfBlocks {
  readonly report = new Report();
  readonly notes = new Notes();
  readonly missing = new Set<string>();
  chars = 0;
  readonly #order: DocumentOrder;
  readonly #tools: InlineTools;

  constructor(order: DocumentOrder) {
    this.#order = order;
    this.#tools = { rules: rulesOf('pdf'), report: this.report, notes: this.notes };
  }

  article(): Row[] {
    const { doc, films = new Map<string, string>() } = this.#order.input;
    const place: Place = { left: SHEET.left, width: COLUMN, style: PLAIN, indent: true, align: 'justify' };
    return doc.content.flatMap((node) => {
      this.#order.signal?.throwIfAborted();
      this.report.enter(node);
      return this.#blocks(lowered(node, { rules: this.#tools.rules, report: this.report, films }), place);
    });
  }

  /** Lines of some text as rows. Two lines at either end of a paragraph stay together. */
  lines(pieces: readonly Piece[], place: Place, options: LineOptions = {}): Row[] {
    const { leading = LEADING, before = GAP, keepNext = false } = options;
    const flush = place.align === 'left' || place.align === 'justify';
    const indent = place.indent && flush ? place.style.size * 2 : 0;
    const lines = breakLines(pieces, place.style, this.missing, {
      width: place.width,
      indent,
      justify: place.align === 'justify',
    });
    this.chars += wordsOf(pieces).length;
    const height = place.style.size * leading;
    return lines.map((line, i) => ({
      height,
      before: i === 0 ? before : 0,
      keepNext: keepNext || (lines.length > 1 && (i === 0 || i === lines.length - 2)),
      notes: line.notes,
      draw: (pdf, y) => {
        const room = place.width - line.width;
        const shift = place.align === 'center' ? room / 2 : place.align === 'right' ? room : i === 0 ? indent : 0;
        drawLine(pdf, line, place.left + shift, y, height);
      },
    }));
  }

  #blocks(nodes: readonly ArticleNodeJson[], place: Place): Row[] {
    return nodes.filter((node) => !isBlank(node)).flatMap((node) => this.#block(node, place));
  }

  #block(node: ArticleNodeJson, place: Place): Row[] {
    const children = node.content ?? [];
    switch (node.type) {
      case 'paragraph':
        return this.lines(this.#pieces(node), this.#aligned(place, node));
      case 'heading': {
        const { size, before } = HEADINGS[Number(node.attrs?.['level'] ?? 1) - 1] ?? HEADINGS[2];
        const style = { ...place.style, size, bold: true };
        const own = this.#aligned({ ...place, style, indent: false, align: 'left' }, node);
        return this.lines(this.#pieces(node), own, { leading: 1.5, before, keepNext: true });
      }
      case 'blockquote':
        return framed(this.#blocks(children, this.#inside(place, { color: '444444' })), {
          ...{ left: place.left, bar: 'BBBBBB', ground: null },
        });
      case 'bulletList':
      case 'orderedList':
        return this.#list(node, place);
      case 'image':
        return this.#image(node, place);
      case 'horizontalRule':
        return [this.#rule(place)];
      case 'table':
        return this.#table(node, place);
      case 'group':
        return this.#group(node, place);
      default:
        return this.#blocks(children, place);
    }
  }

  #pieces(node: ArticleNodeJson): Piece[] {
    return piecesOf(node.content ?? [], this.#tools);
  }

  #aligned(place: Place, node: ArticleNodeJson): Place {
    const align = node.attrs?.['textAlign'];
    return align === 'left' || align === 'center' || align === 'right' || align === 'justify'
      ? { ...place, align }
      : place;
  }

  #inside(place: Place, style: Partial<Style> = {}): Place {
    const by = 14;
    return {
      ...{ left: place.left + by, width: place.width - by - 6, indent: false, align: 'justify' },
      style: { ...place.style, ...style },
    };
  }

  #list(node: ArticleNodeJson, place: Place): Row[] {
    const start = Number(node.attrs?.['start'] ?? 1);
    const ordered = node.type === 'orderedList';
    const inside = { ...place, left: place.left + STEP, width: place.width - STEP, indent: false };
    return (node.content ?? []).flatMap((item, i) => {
      const rows = this.#blocks(item.content ?? [], inside);
      const [first, ...rest] = rows;
      if (!first) return [];
      const sign = breakLines([{ ...MARKER_PIECE, text: ordered ? `${start + i}.` : '•' }], place.style, this.missing, {
        width: STEP * 2,
        indent: 0,
        justify: false,
      })[0];
      const marked: Row = {
        ...first,
        before: 3,
        draw: (pdf, y) => {
          if (sign) drawLine(pdf, sign, place.left + 2, y, Math.min(first.height, place.style.size * LEADING));
          first.draw(pdf, y);
        },
      };
      return [marked, ...rest];
    });
  }

  /** The picture keeps with its caption. */
  #image(node: ArticleNodeJson, place: Place): Row[] {
    const id = node.attrs?.['assetId'];
    const picture = typeof id === 'string' ? this.#order.pictures.get(id) : undefined;
    const { alt, line } = pictureWords(node);
    if (!picture) {
      this.report.lose('image', line === '' ? alt : line);
      return [];
    }
    const { width: share } = node.attrs ?? {};
    // 96 pixels of the screen are 72 points of paper.
    const wish = typeof share === 'number' ? (place.width * share) / 100 : Math.min(picture.width * 0.75, place.width);
    const scale = Math.min(wish / picture.width, PICTURE_MOST / picture.height);
    const [width, height] = [picture.width * scale, picture.height * scale];
    const image: Row = {
      ...{ height, before: 10, keepNext: line !== '', notes: [] },
      draw: (pdf, y) => {
        pdf.image(Buffer.from(picture.data), place.left + (place.width - width) / 2, y, { width, height });
      },
    };
    if (line === '') return [image];
    const style = { ...place.style, size: 9, color: SOFT };
    const under: Place = { ...place, style, indent: false, align: 'center' };
    return [image, ...this.lines(piecesOf([{ type: 'text', text: line }], this.#tools), under, { before: 3 })];
  }

  #rule(place: Place): Row {
    return {
      ...{ height: 12, before: GAP, keepNext: false, notes: [] },
      draw: (pdf, y) => {
        const middle = y + 6;
        pdf
          .lineWidth(0.6)
          .strokeColor('#999999')
          .moveTo(place.left + place.width / 3, middle);
        pdf.lineTo(place.left + (place.width * 2) / 3, middle).stroke();
      },
    };
  }

  #table(node: ArticleNodeJson, place: Place): Row[] {
    const style = { ...place.style, size: 10 };
    const rows = tableRows({
      ...{ table: node, left: place.left, width: place.width },
      lengthOf: (cell) => (cell.node.content ?? []).reduce((sum, child) => sum + inlineText(child).length, 0),
      layOut: (cell, left, width) => {
        const bold = { ...style, bold: cell.header };
        return this.#blocks(cell.node.content ?? [], { left, width, style: bold, indent: false, align: 'left' });
      },
    });
    if (rows) return rows.map((row, i) => (i === 0 ? { ...row, before: 10 } : row));
    // A row higher than the page: its cells are written one under another.
    this.report.lose('table');
    const cells = (node.content ?? []).flatMap((row) => row.content ?? []);
    return cells.flatMap((cell) => this.#blocks(cell.content ?? [], place));
  }

  /** A question keeps with the beginning of its answer. */
  #answers(children: readonly ArticleNodeJson[], place: Place): Row[] {
    return children.flatMap((child) => {
      const rows = this.#blocks([child], place);
      return inlineText(child).startsWith('问：') ? rows.map((row) => ({ ...row, keepNext: true })) : rows;
    });
  }

  /** Up to three pictures side by side, each over its words; more of them in rows. */
  #gallery(node: ArticleNodeJson, place: Place): Row[] {
    const children = node.content ?? [];
    const across = Math.min(children.length, children.length === 4 ? 2 : 3);
    const width = (place.width - (across - 1) * GAP) / across;
    const out: Row[] = [];
    for (let at = 0; at < children.length; at += across) {
      const columns = children.slice(at, at + across).map((child, i) => {
        const left = place.left + i * (width + GAP);
        const full = { ...child, attrs: { ...child.attrs, width: 100 } };
        return this.#blocks([full], { ...place, left, width });
      });
      if (columns.some((rows) => rows.length > 0)) out.push(sideBySide(columns));
    }
    return out;
  }

  #group(node: ArticleNodeJson, place: Place): Row[] {
    const children = node.content ?? [];
    const { kind, href } = node.attrs ?? {};
    const plain = { ...place, indent: false };
    switch (groupOf(node)) {
      case 'noticeBox': {
        const rows = this.#blocks(children, this.#inside(place));
        const spaced = together(rows).map((row, i) => (i === 0 ? { ...row, before: 14 } : row));
        return framed(spaced, { left: place.left, bar: NOTICE[String(kind)] ?? '175CB5', ground: 'F3F5F7' });
      }
      case 'leadGuide':
        return this.#blocks(children, { ...plain, align: 'center' });
      case 'sourceLine':
        return this.#blocks(children, { ...plain, align: 'right', style: { ...place.style, size: 10, color: SOFT } });
      case 'qrBlock': {
        const code = typeof href === 'string' ? codeRows(href, place) : [];
        return [...code, ...this.#blocks(children, { ...plain, align: 'center' })];
      }
      case 'gallery':
        return this.#gallery(node, place);
      case 'personCard':
        return together(this.#blocks(children, plain));
      case 'qaList':
        return this.#answers(children, plain);
      default:
        return this.#blocks(children, place);
    }
  }
}
