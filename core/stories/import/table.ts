/** Makes imported tables rectangular, as the editor's table commands need them. */
import type { ArticleNodeJson } from '../../model/article/index.ts';

const MAX_COLUMNS = 100;
/** Above this many cells a ragged table is left ragged: filling it could multiply a hostile file. */
const MAX_FILLED_CELLS = 50_000;

export const emptyParagraph = (): ArticleNodeJson => ({ type: 'paragraph', attrs: { textAlign: null } });

const emptyCell = (): ArticleNodeJson => ({
  type: 'tableCell',
  attrs: { colspan: 1, rowspan: 1, colwidth: null },
  content: [emptyParagraph()],
});

const span = (cell: ArticleNodeJson, name: 'colspan' | 'rowspan'): number => {
  const value = cell.attrs?.[name];
  return typeof value === 'number' && value >= 1 ? Math.floor(value) : 1;
};

/**
 * Cuts spans that leave the table or run into a cell spanning from above, drops rows that hold nothing, and
 * fills short rows with empty cells. Text is never dropped.
 */
export function rectangular(rows: ArticleNodeJson[]): ArticleNodeJson[] {
  /** For each column, the number of following rows still covered from above. */
  const covered: number[] = [];
  const kept: ArticleNodeJson[] = [];
  /** Columns taken in each kept row, by its own cells and by those reaching down into it. */
  const taken: number[] = [];
  let width = 0;
  for (const [index, row] of rows.entries()) {
    const cells = row.content ?? [];
    if (cells.length === 0 && !covered.some((n) => n > 0)) continue;
    const isCovered = covered.map((n) => n > 0);
    for (let i = 0; i < covered.length; i++) covered[i] = Math.max((covered[i] ?? 0) - 1, 0);
    let column = 0;
    for (const cell of cells) {
      while (isCovered[column]) column += 1;
      let colspan = 1;
      const wanted = Math.min(span(cell, 'colspan'), MAX_COLUMNS);
      while (colspan < wanted && !isCovered[column + colspan]) colspan += 1;
      const rowspan = Math.min(span(cell, 'rowspan'), rows.length - index);
      cell.attrs = { ...cell.attrs, colspan, rowspan, colwidth: null };
      for (let i = 0; i < colspan; i++) covered[column + i] = rowspan - 1;
      column += colspan;
    }
    kept.push(row);
    const own = cells.reduce((sum, cell) => sum + span(cell, 'colspan'), 0);
    taken.push(own + isCovered.filter(Boolean).length);
    width = Math.max(width, column, isCovered.lastIndexOf(true) + 1);
  }
  clampRowSpans(kept);
  if (width * kept.length <= MAX_FILLED_CELLS) {
    kept.forEach((row, i) => {
      for (let n = taken[i] ?? width; n < width; n++) (row.content ??= []).push(emptyCell());
    });
  }
  return kept;
}

/** Dropped rows may leave spans that reach below the last row. */
function clampRowSpans(rows: ArticleNodeJson[]): void {
  rows.forEach((row, i) => {
    for (const cell of row.content ?? []) {
      cell.attrs = { ...cell.attrs, rowspan: Math.min(span(cell, 'rowspan'), rows.length - i) };
    }
  });
}
