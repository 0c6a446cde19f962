/** Blocks of an article as paragraphs, tables and pictures of a Word document. */
import {
  AlignmentType,
  BorderStyle,
  HeadingLevel,
  ImageRun,
  LineRuleType,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableRow,
  WidthType,
  type IParagraphOptions,
} from 'docx';
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
} from '../../model/targets/index.ts';
import type { DocumentOrder, DocumentPicture } from '../../ports/index.ts';
import { PICTURE_MOST, RULE_STYLE, listLevels } from './docx-styles.ts';
import { runsOf } from './docx-text.ts';
import { NOTICE } from './palette.ts';
import { codePicture } from './code-picture.ts';

type Block = Paragraph | Table;

/** What surrounds a block: it changes how its paragraphs look. */
interface Around {
  style?: string;
  /** Bar at the side, hex. */
  bar?: string;
  /** Body paragraphs begin two characters in; those of lists, cells and cards do not. */
  indent: boolean;
  align?: 'center' | 'right';
  /** Level of list, 0 for none. */
  depth: number;
}

const BODY: Around = { indent: true, depth: 0 };
const ALIGN = {
  left: AlignmentType.LEFT,
  center: AlignmentType.CENTER,
  right: AlignmentType.RIGHT,
  justify: AlignmentType.JUSTIFIED,
} as const;
const HEADINGS = [HeadingLevel.HEADING_1, HeadingLevel.HEADING_2, HeadingLevel.HEADING_3] as const;
/** Two characters of 12 pt in twentieths of a point. */
const TWO_CHARACTERS = 480;

/** Size in pixels: at most the column and most of a page, never enlarged beyond the given share of the column. */
export function fitted(picture: DocumentPicture, share: number | null): { width: number; height: number } {
  const wish = share === null ? Math.min(picture.width, PICTURE_MOST.width) : (PICTURE_MOST.width * share) / 100;
  const scale = Math.min(wish / picture.width, PICTURE_MOST.height / picture.height);
  return { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) };
}

/** Room inside the cells of a table, twentieths of a point. */
const CELL_MARGINS = { top: 60, bottom: 60, left: 100, right: 100 };

export class DocxBlocks {
  readonly report = new Report();
  readonly notes = new Notes();
  readonly numberings: { reference: string; levels: ReturnType<typeof listLevels> }[] = [];
  chars = 0;
  readonly #order: DocumentOrder;
  readonly #tools: InlineTools;

  constructor(order: DocumentOrder) {
    this.#order = order;
    this.#tools = { rules: rulesOf('docx'), report: this.report, notes: this.notes };
  }

  async article(): Promise<Block[]> {
    const { doc, films = new Map<string, string>() } = this.#order.input;
    const blocks: Block[] = [];
    for (const node of doc.content) {
      this.#order.signal?.throwIfAborted();
      this.report.enter(node);
      const plain = lowered(node, { rules: this.#tools.rules, report: this.report, films });
      blocks.push(...(await this.#blocks(plain, BODY)));
    }
    return blocks;
  }

  async #blocks(nodes: readonly ArticleNodeJson[], around: Around): Promise<Block[]> {
    const blocks: Block[] = [];
    for (const node of nodes) if (!isBlank(node)) blocks.push(...(await this.#block(node, around)));
    return blocks;
  }

  async #block(node: ArticleNodeJson, around: Around): Promise<Block[]> {
    const children = node.content ?? [];
    switch (node.type) {
      case 'paragraph':
        return [this.#line(node, around)];
      case 'heading': {
        const heading = HEADINGS[Number(node.attrs?.['level'] ?? 1) - 1] ?? HeadingLevel.HEADING_3;
        return [this.#line(node, { ...around, indent: false }, { heading })];
      }
      case 'blockquote':
        return this.#blocks(children, { ...around, style: 'Quote', indent: false });
      case 'bulletList':
      case 'orderedList':
        return this.#list(node, around);
      case 'image':
        return this.#image(node);
      case 'horizontalRule':
        return [new Paragraph({ style: RULE_STYLE.id })];
      case 'table':
        // The paragraph parts it from what follows, which may be a table too.
        return [await this.#table(node), new Paragraph({ spacing: { line: 200, after: 0 } })];
      case 'group':
        return this.#group(node, around);
      default:
        return this.#blocks(children, around);
    }
  }

  #line(node: ArticleNodeJson, around: Around, more: IParagraphOptions = {}): Paragraph {
    const pieces = piecesOf(node.content ?? [], this.#tools);
    this.chars += wordsOf(pieces).length;
    const own = node.attrs?.['textAlign'];
    const align = typeof own === 'string' ? ALIGN[own as keyof typeof ALIGN] : around.align && ALIGN[around.align];
    const centred = align === AlignmentType.CENTER || align === AlignmentType.RIGHT;
    const { bar } = around;
    return new Paragraph({
      children: runsOf(pieces),
      ...(align ? { alignment: align } : {}),
      ...(around.style === undefined ? {} : { style: around.style }),
      ...(around.indent && !centred ? { indent: { firstLine: TWO_CHARACTERS } } : {}),
      ...(around.depth > 0 && more.numbering === undefined ? { indent: { left: 420 * around.depth } } : {}),
      ...(bar === undefined
        ? {}
        : {
            indent: { left: 240, right: 120 },
            shading: { type: ShadingType.CLEAR, color: 'auto', fill: 'F3F5F7' },
            border: { left: { style: BorderStyle.SINGLE, size: 24, space: 8, color: bar } },
          }),
      ...more,
    });
  }

  async #list(node: ArticleNodeJson, around: Around): Promise<Block[]> {
    const start = node.type === 'orderedList' ? Number(node.attrs?.['start'] ?? 1) : null;
    const reference = `list-${this.numberings.length + 1}`;
    this.numberings.push({ reference, levels: listLevels(start) });
    const inside = { ...around, indent: false, depth: around.depth + 1 };
    const blocks: Block[] = [];
    for (const item of node.content ?? []) {
      const [first, ...rest] = item.content ?? [];
      const numbering = { reference, level: Math.min(around.depth, 8) };
      if (first) blocks.push(this.#line(first, inside, { numbering }));
      blocks.push(...(await this.#blocks(rest, inside)));
    }
    return blocks;
  }

  /** The picture keeps with its caption. One without a file is told. */
  async #image(node: ArticleNodeJson): Promise<Block[]> {
    const id = node.attrs?.['assetId'];
    const picture = typeof id === 'string' ? this.#order.pictures.get(id) : undefined;
    const { alt, line } = pictureWords(node);
    if (!picture) {
      this.report.lose('image', line === '' ? alt : line);
      return [];
    }
    const { width } = node.attrs ?? {};
    const size = fitted(picture, typeof width === 'number' ? width : null);
    const image = pictureParagraph(picture, size, alt, line !== '');
    if (line === '') return [image];
    this.chars += line.length;
    return [image, new Paragraph({ style: 'Caption', text: line })];
  }

  async #table(node: ArticleNodeJson): Promise<Table> {
    const rows: TableRow[] = [];
    for (const [i, row] of (node.content ?? []).entries()) {
      const cells: TableCell[] = [];
      for (const cell of row.content ?? []) cells.push(await this.#cell(cell));
      const tableHeader = i === 0 && (row.content ?? []).every((cell) => cell.type === 'tableHeader');
      if (cells.length > 0)
        rows.push(new TableRow({ children: cells, ...(tableHeader ? { tableHeader } : {}), cantSplit: true }));
    }
    return new Table({ rows, width: { size: 100, type: WidthType.PERCENTAGE }, margins: CELL_MARGINS });
  }

  async #cell(cell: ArticleNodeJson): Promise<TableCell> {
    const header = cell.type === 'tableHeader';
    const inside: Around = { indent: false, depth: 0 };
    const blocks = await this.#blocks(cell.content ?? [], inside);
    const { colspan, rowspan } = cell.attrs ?? {};
    return new TableCell({
      // A cell without a paragraph is not a Word file.
      children: blocks.length > 0 ? blocks : [new Paragraph({})],
      ...(Number(colspan) > 1 ? { columnSpan: Number(colspan) } : {}),
      ...(Number(rowspan) > 1 ? { rowSpan: Number(rowspan) } : {}),
      ...(header ? { shading: { type: ShadingType.CLEAR, color: 'auto', fill: 'EEEEEE' } } : {}),
    });
  }

  async #group(node: ArticleNodeJson, around: Around): Promise<Block[]> {
    const children = node.content ?? [];
    const { kind, href } = node.attrs ?? {};
    switch (groupOf(node)) {
      case 'noticeBox':
        return this.#blocks(children, { ...around, indent: false, bar: NOTICE[String(kind)] ?? NOTICE['info'] ?? '' });
      case 'leadGuide':
        return this.#blocks(children, { ...around, indent: false, align: 'center' });
      case 'sourceLine':
        return this.#blocks(children, { ...around, indent: false, align: 'right' });
      case 'qrBlock': {
        const code = typeof href === 'string' ? await codePicture(href) : null;
        const drawn = code ? [pictureParagraph(code, { width: 120, height: 120 }, String(href), true)] : [];
        return [...drawn, ...(await this.#blocks(children, { ...around, indent: false, align: 'center' }))];
      }
      case 'gallery':
        // One under another: side by side would need a table, which the importer would read as one.
        return this.#blocks(
          children.map((child) => narrower(child)),
          around,
        );
      case 'qaList':
      case 'personCard':
        return this.#blocks(children, { ...around, indent: false });
      default:
        return this.#blocks(children, around);
    }
  }
}

/** A picture of a gallery without a width of its own. */
function narrower(node: ArticleNodeJson): ArticleNodeJson {
  return { ...node, attrs: { ...node.attrs, width: node.attrs?.['width'] ?? 60 } };
}

function pictureParagraph(
  picture: DocumentPicture,
  transformation: { width: number; height: number },
  alt: string,
  keepNext: boolean,
): Paragraph {
  const image = new ImageRun({
    type: picture.format === 'jpeg' ? 'jpg' : 'png',
    data: picture.data,
    transformation,
    altText: { name: 'picture', title: '', description: alt },
  });
  return new Paragraph({
    children: [image],
    alignment: AlignmentType.CENTER,
    keepNext,
    spacing: { line: 240, lineRule: LineRuleType.AUTO },
  });
}
