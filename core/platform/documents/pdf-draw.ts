/** Drawing of lines and frames. Colours are hex without #. */
import type { Pdf, Row } from './pdf-flow.ts';
import { SHEET } from './pdf-flow.ts';
import type { Line, Run } from './pdf-text.ts';

export const FONTS = { regular: 'regular', bold: 'bold' } as const;
/** Base line of the bundled font in a line, as a share of the size (its ascent is 1.16, of which Chinese fills 0.88). */
const BASE = 0.88;
/** Ligatures and kerning off: widths are then those of the font's table, which the lines were broken by. */
const FEATURES = { kern: false, liga: false, calt: false, clig: false } as unknown as PDFKit.Mixins.OpenTypeFeatures[];

function drawRun(pdf: Pdf, run: Run, x: number, base: number): void {
  const { style, text } = run;
  const at = x + run.x;
  if (style.ground !== null) pdf.rect(at, base - style.size, run.width, style.size * 1.25).fill(`#${style.ground}`);
  pdf
    .font(style.bold ? FONTS.bold : FONTS.regular)
    .fontSize(style.size)
    .fillColor(`#${style.color}`)
    .text(text, at, base - style.rise, {
      lineBreak: false,
      baseline: 'alphabetic',
      characterSpacing: run.spread,
      features: FEATURES,
      ...(style.italic ? { oblique: 12 } : {}),
    });
  const rule = (y: number): void => {
    pdf
      .lineWidth(0.6)
      .strokeColor(`#${style.color}`)
      .moveTo(at, y)
      .lineTo(at + run.width, y)
      .stroke();
  };
  if (style.underline) rule(base + style.size * 0.14);
  if (style.strike) rule(base - style.size * 0.32);
}

/** A line whose top is at `y`; `height` is that of the line, in whose middle the characters stand. */
export function drawLine(pdf: Pdf, line: Line, x: number, y: number, height: number): void {
  const size = Math.max(0, ...line.runs.map((run) => run.style.size));
  const base = y + (height - size) / 2 + size * BASE;
  for (const run of line.runs) drawRun(pdf, run, x, base);
}

/** What surrounds rows: a bar at the side, a ground, drawn row by row so that they may part between pages. */
export interface Frame {
  left: number;
  bar: string | null;
  ground: string | null;
}

/** Rows with their surroundings drawn under them, gaps between them filled. */
export function framed(rows: readonly Row[], frame: Frame): Row[] {
  const width = SHEET.width - SHEET.right - frame.left;
  return rows.map((row, i) => ({
    ...row,
    draw: (pdf, y) => {
      const above = i > 0 ? row.before : 4;
      const below = i === rows.length - 1 ? 4 : 0;
      const height = row.height + above + below;
      if (frame.ground !== null) pdf.rect(frame.left, y - above, width, height).fill(`#${frame.ground}`);
      if (frame.bar !== null) pdf.rect(frame.left, y - above, 3, height).fill(`#${frame.bar}`);
      row.draw(pdf, y);
    },
  }));
}
