/** Tables in print: a grid with spans, equal room by need, rows that stay whole. */
import type { ArticleNodeJson } from '../../model/article/types.ts';
import { ROOM, type Pdf, type Row } from './pdf-flow.ts';

export interface Cell {
  column: number;
  row: number;
  colspan: number;
  rowspan: number;
  header: boolean;
  node: ArticleNodeJson;
}

/** Where each cell stands, spans counted. */
export function cellsOf(table: ArticleNodeJson): { cells: Cell[]; columns: number; rows: number } {
  const rows = table.content ?? [];
  const taken = new Set<string>();
  const cells: Cell[] = [];
  rows.forEach((tableRow, row) => {
    let column = 0;
    for (const node of tableRow.content ?? []) {
      while (taken.has(`${row} ${column}`)) column += 1;
      const colspan = Number(node.attrs?.['colspan'] ?? 1);
      const rowspan = Math.min(Number(node.attrs?.['rowspan'] ?? 1), rows.length - row);
      for (let r = 0; r < rowspan; r++) for (let c = 0; c < colspan; c++) taken.add(`${row + r} ${column + c}`);
      cells.push({ column, row, colspan, rowspan, header: node.type === 'tableHeader', node });
      column += colspan;
    }
  });
  const columns = Math.max(1, ...cells.map((cell) => cell.column + cell.colspan));
  return { cells, columns, rows: rows.length };
}

/** Shares of the width by the text of the columns, none below half of an equal share. */
export function columnWidths(
  cells: readonly Cell[],
  columns: number,
  width: number,
  lengthOf: (cell: Cell) => number,
): number[] {
  const need = Array.from({ length: columns }, () => 1);
  for (const cell of cells) {
    const length = Math.sqrt(lengthOf(cell) / cell.colspan + 1);
    for (let c = cell.column; c < cell.column + cell.colspan; c++) need[c] = Math.max(need[c] ?? 1, length);
  }
  const total = need.reduce((sum, n) => sum + n, 0);
  const least = width / columns / 2;
  const wished = need.map((n) => Math.max((n / total) * width, least));
  const scale = width / wished.reduce((sum, n) => sum + n, 0);
  return wished.map((n) => n * scale);
}

export const PAD = { x: 6, y: 4 } as const;

interface Laid {
  cell: Cell;
  rows: Row[];
  height: number;
}

export interface TableOrder {
  table: ArticleNodeJson;
  left: number;
  width: number;
  lengthOf: (cell: Cell) => number;
  /** Rows of a cell's content in the column given. */
  layOut: (cell: Cell, left: number, width: number) => Row[];
}

/** Rows of a table; null when one of them is higher than a page. */
export function tableRows({ table, left, width, lengthOf, layOut }: TableOrder): Row[] | null {
  const { cells, columns, rows: count } = cellsOf(table);
  const widths = columnWidths(cells, columns, width, lengthOf);
  const sum = (from: number, n: number): number => widths.slice(from, from + n).reduce((a, b) => a + b, 0);
  const laid = cells.map((cell): Laid => {
    const x = left + sum(0, cell.column);
    const rows = layOut(cell, x + PAD.x, sum(cell.column, cell.colspan) - 2 * PAD.x);
    const height = rows.reduce((total, row, i) => total + row.height + (i > 0 ? row.before : 0), 0) + 2 * PAD.y;
    return { cell, rows, height };
  });
  const heights = Array.from({ length: count }, () => 2 * PAD.y + 12);
  for (const { cell, height } of laid) {
    if (cell.rowspan === 1) heights[cell.row] = Math.max(heights[cell.row] ?? 0, height);
  }
  const span = (from: number, n: number): number => heights.slice(from, from + n).reduce((a, b) => a + b, 0);
  for (const { cell, height } of laid) {
    const last = cell.row + cell.rowspan - 1;
    const lack = height - span(cell.row, cell.rowspan);
    if (lack > 0) heights[last] = (heights[last] ?? 0) + lack;
  }
  if (heights.some((height) => height > ROOM)) return null;
  return heights.map((height, row) => {
    const own = laid.filter(({ cell }) => cell.row === row);
    // Rows under a cell that reaches down stay with it; a head stays with the first row.
    const reaches = laid.some(({ cell }) => cell.row <= row && cell.row + cell.rowspan - 1 > row);
    return {
      height,
      before: 0,
      keepNext: reaches || (row === 0 && own.every(({ cell }) => cell.header) && count > 1),
      notes: own.flatMap(({ rows }) => rows.flatMap((r) => [...r.notes])),
      draw: (pdf, y) => {
        for (const one of own)
          drawCell(pdf, one, left + sum(0, one.cell.column), y, {
            width: sum(one.cell.column, one.cell.colspan),
            height: span(row, one.cell.rowspan),
          });
      },
    };
  });
}

function drawCell(pdf: Pdf, { cell, rows }: Laid, x: number, y: number, size: { width: number; height: number }): void {
  if (cell.header) pdf.rect(x, y, size.width, size.height).fill('#eeeeee');
  pdf.lineWidth(0.6).strokeColor('#888888').rect(x, y, size.width, size.height).stroke();
  let at = y + PAD.y;
  rows.forEach((row, i) => {
    if (i > 0) at += row.before;
    row.draw(pdf, at);
    at += row.height;
  });
}
