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

/** The same as a drawing, for a preview; null as above. */
export function codeSvg(text: string): string | null {
  const dark = codeMatrix(text);
  if (!dark) return null;
  const size = String(dark.length);
  const path = dark.flatMap((row, y) => row.map((is, x) => (is ? `M${String(x)} ${String(y)}h1v1h-1z` : ''))).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><rect width="${size}" height="${size}" fill="#fff"/><path d="${path}" fill="#000"/></svg>`;
}
