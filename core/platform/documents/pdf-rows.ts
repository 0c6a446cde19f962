/** Rows put together: kept on one page, side by side, a code to scan. */
import { codeBars } from '../../model/code.ts';
import type { Row } from './pdf-flow.ts';

/** Rows that part between pages only when they are more than a page. */
export function together(rows: readonly Row[]): Row[] {
  return rows.map((row, i) => ({ ...row, keepNext: i < rows.length - 1 || row.keepNext }));
}

/** Columns of rows as one row. */
export function sideBySide(columns: readonly Row[][]): Row {
  const heights = columns.map((rows) => rows.reduce((sum, row, i) => sum + row.height + (i > 0 ? row.before : 0), 0));
  return {
    ...{ height: Math.max(...heights), before: 10, keepNext: false },
    notes: columns.flatMap((rows) => rows.flatMap((row) => [...row.notes])),
    draw: (pdf, y) => {
      for (const rows of columns) {
        let at = y;
        rows.forEach((row, i) => {
          if (i > 0) at += row.before;
          row.draw(pdf, at);
          at += row.height;
        });
      }
    },
  };
}

const CODE_SIDE = 90;

export function codeRows(href: string, place: { left: number; width: number }): Row[] {
  const code = codeBars(href);
  if (!code) return [];
  const row: Row = {
    ...{ height: CODE_SIDE, before: 10, keepNext: true, notes: [] },
    draw: (pdf, y) => {
      const { size, bars } = code;
      const unit = CODE_SIDE / size;
      const left = place.left + (place.width - CODE_SIDE) / 2;
      for (const bar of bars) pdf.rect(left + bar.x * unit, y + bar.y * unit, bar.width * unit, unit);
      pdf.fill('#000000');
    },
  };
  return [row];
}
