/** Printed pages: A4, the bundled font, notes at the foot, page numbers, the mark of a draft on every page. */
import PDFDocument from 'pdfkit';
import {
  DRAFT_MARK,
  NOTHING_KNOWN,
  namesUnder,
  type TargetInput,
  type TargetWarning,
} from '../../model/targets/index.ts';
import type { DocumentOrder, MadeDocument } from '../../ports/index.ts';
import { fontFiles } from '../media/render/fonts.ts';
import { PLAIN, PdfBlocks } from './pdf-blocks.ts';
import { FONTS, drawLine } from './pdf-draw.ts';
import { COLUMN, SHEET, drawNotes, paginate, type Page, type PageNotes, type Pdf, type Row } from './pdf-flow.ts';
import { breakLines, type Line, type Style } from './pdf-text.ts';

const NOTE_SIZE = 8.5;
const NOTE_HEIGHT = NOTE_SIZE * 1.5;
const SOFT = '57606A';
/** Written into the file where no date is known: the same article is the same bytes on any day. */
const NO_DATE = new Date('2000-01-01T00:00:00Z');
/** Characters the font lacks that a warning names. */
const SHOWN_GLYPHS = 20;

type Words = Parameters<PdfBlocks['lines']>[0];
const words = (text: string): Words => [
  {
    ...{ kind: 'text', text, marks: [], href: null, reading: null, color: null, highlight: null },
    ...{ ai: false, label: false },
  },
];

function dayOf(input: TargetInput): string {
  const about = input.about ?? NOTHING_KNOWN;
  const at = about.publishedAt ?? about.modifiedAt;
  return at === null ? '' : new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10);
}

/** Title, then who and when as far as it is known. */
function titleRows(blocks: PdfBlocks, input: TargetInput): Row[] {
  const place = { left: SHEET.left, width: COLUMN, indent: false, align: 'center' as const };
  const about = input.about ?? NOTHING_KNOWN;
  const authors = namesUnder(input.doc, 'author', 'correspondent').join('、');
  const facts = [about.publisher ?? '', authors, dayOf(input)].filter((part) => part !== '').join('　');
  const title: Style = { ...PLAIN, size: 22, bold: true };
  return [
    ...(input.title === ''
      ? []
      : blocks.lines(words(input.title), { ...place, style: title }, { leading: 1.5, keepNext: true })),
    ...(facts === ''
      ? []
      : blocks.lines(words(facts), { ...place, style: { ...PLAIN, size: 10, color: SOFT } }, { before: 8 })),
  ];
}

function notesOf(blocks: PdfBlocks): PageNotes {
  const style: Style = { ...PLAIN, size: NOTE_SIZE, color: '444444' };
  const known = new Map<number, Line[]>();
  return {
    lineHeight: NOTE_HEIGHT,
    linesOf: (n) => {
      const there = known.get(n);
      if (there) return there;
      const text = `${n}. ${blocks.notes.texts[n - 1] ?? ''}`;
      const lines = breakLines(words(text), style, blocks.missing, { width: COLUMN, indent: 0, justify: false });
      known.set(n, lines);
      return lines;
    },
    drawLine: (pdf, line, x, y) => drawLine(pdf, line, x, y, NOTE_HEIGHT),
  };
}

function drawSmall(
  pdf: Pdf,
  text: string,
  y: number,
  align: 'left' | 'center' | 'right',
  more: Partial<Style> = {},
): void {
  const style: Style = { ...PLAIN, size: 8.5, color: SOFT, ...more };
  const [line] = breakLines(words(text), style, new Set(), { width: COLUMN, indent: 0, justify: false });
  if (!line) return;
  const room = COLUMN - line.width;
  const shift = align === 'center' ? room / 2 : align === 'right' ? room : 0;
  drawLine(pdf, line, SHEET.left + shift, y, 12);
}

function drawPage(pdf: Pdf, page: Page, notes: PageNotes, about: { input: TargetInput; n: number; of: number }): void {
  const { input, n, of } = about;
  pdf.addPage({ size: 'A4', margin: 0 });
  if (input.draft === true) drawSmall(pdf, DRAFT_MARK, 36, 'left', { bold: true, color: 'B42318', size: 10 });
  if (n > 1) drawSmall(pdf, input.title, 36, 'right');
  for (const { row, y } of page.rows) row.draw(pdf, y);
  drawNotes(pdf, page, notes);
  drawSmall(pdf, `— ${n} / ${of} —`, SHEET.height - 46, 'center');
}

function bytesOf(pdf: Pdf): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    pdf.on('data', (part: Buffer) => parts.push(part));
    pdf.on('end', () => resolve(Buffer.concat(parts)));
    pdf.on('error', reject);
  });
}

/** Errors: cancelled (by the signal). */
export async function makePdf(order: DocumentOrder): Promise<MadeDocument> {
  const { input, signal } = order;
  const blocks = new PdfBlocks(order);
  const rows = [...titleRows(blocks, input), ...blocks.article()];
  const notes = notesOf(blocks);
  const pages = paginate(rows, notes);
  const { modifiedAt, publishedAt } = input.about ?? NOTHING_KNOWN;
  const at = publishedAt ?? modifiedAt;
  const fonts = await fontFiles();
  const pdf = new PDFDocument({
    // Else pdfkit reads its own Helvetica, which it looks for by a name that a bundled program does not have.
    font: fonts.regular,
    ...{ autoFirstPage: false, lang: 'zh-CN', displayTitle: true, pdfVersion: '1.7' },
    info: {
      Title: input.title,
      Author: namesUnder(input.doc, 'author', 'correspondent').join('、'),
      CreationDate: at === null ? NO_DATE : new Date(at),
    },
  });
  const done = bytesOf(pdf);
  pdf.registerFont(FONTS.regular, fonts.regular).registerFont(FONTS.bold, fonts.bold);
  for (const [i, page] of pages.entries()) {
    signal?.throwIfAborted();
    drawPage(pdf, page, notes, { input, n: i + 1, of: pages.length });
  }
  pdf.end();
  const data = await done;
  return { data, chars: blocks.chars, lost: blocks.report.lost, warnings: glyphWarnings(blocks.missing) };
}

function glyphWarnings(missing: ReadonlySet<string>): TargetWarning[] {
  if (missing.size === 0) return [];
  const chars = [...missing].slice(0, SHOWN_GLYPHS).join(' ');
  return [{ level: 'warn', code: 'missing_glyphs', params: { chars, count: missing.size } }];
}
