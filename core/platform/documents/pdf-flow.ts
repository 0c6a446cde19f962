/** Rows from top to bottom, put on pages: what keeps together stays together, notes stand at the foot of their page. */
import type { Line } from './pdf-text.ts';

/** What is drawn on: pdfkit's document, as far as it is used. */
export type Pdf = PDFKit.PDFDocument;

/** The smallest thing a page may begin or end with: a line, a picture, a row of a table. */
export interface Row {
  height: number;
  /** Room above, left out at the top of a page. */
  before: number;
  /** Stays on the page of the next row. */
  keepNext: boolean;
  /** Footnotes referred to. */
  notes: readonly number[];
  draw(pdf: Pdf, y: number): void;
}

/** Points. A4 with room to hold and to write in. */
export const SHEET = { width: 595.28, height: 841.89, left: 70, right: 70, top: 76, bottom: 72 } as const;
export const COLUMN = SHEET.width - SHEET.left - SHEET.right;
export const ROOM = SHEET.height - SHEET.top - SHEET.bottom;

/** Above the notes of a page: a gap with a short line in it. */
const NOTES_GAP = 14;

export interface PageNotes {
  /** Lines of a note by its number, from 1. */
  linesOf(n: number): Line[];
  lineHeight: number;
  drawLine(pdf: Pdf, line: Line, x: number, y: number): void;
}

export interface Page {
  rows: { row: Row; y: number }[];
  notes: number[];
}

/** Rows that stay together, as lists; one that would not fit on any page is let go of row by row. */
function clusters(rows: readonly Row[]): Row[][] {
  const out: Row[][] = [];
  let open: Row[] = [];
  for (const row of rows) {
    open.push(row);
    if (row.keepNext) continue;
    out.push(open);
    open = [];
  }
  if (open.length > 0) out.push(open);
  return out.flatMap((cluster) => (heightOf(cluster) > ROOM ? cluster.map((row) => [row]) : [cluster]));
}

const heightOf = (rows: readonly Row[]): number =>
  rows.reduce((sum, row, i) => sum + row.height + (i > 0 ? row.before : 0), 0);

export function paginate(rows: readonly Row[], notes: PageNotes): Page[] {
  const notesHeight = (list: readonly number[]): number =>
    list.length === 0 ? 0 : NOTES_GAP + list.reduce((sum, n) => sum + notes.linesOf(n).length * notes.lineHeight, 0);
  const pages: Page[] = [];
  let page: Page = { rows: [], notes: [] };
  let y = 0;
  for (const cluster of clusters(rows)) {
    const more = cluster.flatMap((row) => row.notes).filter((n) => !page.notes.includes(n));
    const before = page.rows.length > 0 ? (cluster[0]?.before ?? 0) : 0;
    const needed = y + before + heightOf(cluster) + notesHeight([...page.notes, ...more]);
    if (needed > ROOM && page.rows.length > 0) {
      pages.push(page);
      page = { rows: [], notes: [] };
      y = 0;
    }
    for (const row of cluster) {
      if (page.rows.length > 0) y += row.before;
      page.rows.push({ row, y: SHEET.top + y });
      y += row.height;
      page.notes.push(...row.notes.filter((n) => !page.notes.includes(n)));
    }
  }
  return [...pages, page];
}

/** The notes of a page, at its foot. */
export function drawNotes(pdf: Pdf, page: Page, notes: PageNotes): void {
  if (page.notes.length === 0) return;
  const lines = page.notes.flatMap((n) => notes.linesOf(n));
  let y = SHEET.height - SHEET.bottom - lines.length * notes.lineHeight;
  pdf
    .lineWidth(0.5)
    .strokeColor('#999999')
    .moveTo(SHEET.left, y - NOTES_GAP / 2)
    .lineTo(SHEET.left + 120, y - NOTES_GAP / 2)
    .stroke();
  for (const line of lines) {
    notes.drawLine(pdf, line, SHEET.left, y);
    y += notes.lineHeight;
  }
}
