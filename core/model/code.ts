/** Codes to scan (QR, ISO/IEC 18004). */
import { encode } from 'uqr';

/** Modules that stay light around a code; readers ask for four. */
const QUIET = 4;
/** Bytes a code holds at middle error correction (version 40-M). */
const MAX_BYTES = 2331;

/**
 * Modules of a code, row by row, its quiet zone included; true is dark. Middle error correction: a printed or photographed
 * code still reads. Null for a text that is too long for any code.
 */
export function codeMatrix(text: string): boolean[][] | null {
  const bytes = encodeURIComponent(text).replace(/%../g, '_').length;
  return bytes > MAX_BYTES ? null : encode(text, { ecc: 'M', border: QUIET }).data;
}

/** A code as bars, so that one drawing serves every target. */
export interface CodeBars {
  /** Modules on a side, the quiet zone included. */
  size: number;
  bars: { x: number; y: number; width: number }[];
}

/** Null for an address that is too long for any code. */
export function codeBars(text: string): CodeBars | null {
  const dark = codeMatrix(text);
  if (!dark) return null;
  const size = dark.length;
  const bars: CodeBars['bars'] = [];
  dark.forEach((row, y) => {
    for (let x = 0; x < size; x++) {
      if (row[x] !== true) continue;
      let end = x;
      while (row[end] === true) end += 1;
      bars.push({ x, y, width: end - x });
      x = end;
    }
  });
  return { size, bars };
}

/** The same as a drawing; null as above. */
export function codeSvg(text: string): string | null {
  const code = codeBars(text);
  if (!code) return null;
  const { size, bars } = code;
  const path = bars.map(({ x, y, width }) => `M${x} ${y}h${width}v1h-${width}z`).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><rect fill="#fff" width="${size}" height="${size}"/><path fill="#000" d="${path}"/></svg>`;
}
