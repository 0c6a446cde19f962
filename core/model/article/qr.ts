/** Codes to scan, as data: every target draws the same squares. */
import { encode } from 'uqr';

/** White margin around a code, in modules (ISO/IEC 18004 asks for 4). */
export const QR_QUIET_ZONE = 4;

export interface QrMatrix {
  /** Modules on a side, the margin included. */
  size: number;
  /** SVG path of the dark modules in a box of `size` units, each a square of 1. */
  path: string;
  dark(x: number, y: number): boolean;
}

/**
 * The code of an address, error correction M (15 %: survives a crease or a logo's shadow).
 *
 * @throws RangeError when the text is too long for a code (about 2,300 bytes).
 */
export function qrMatrix(text: string): QrMatrix {
  let data: boolean[][];
  try {
    ({ data } = encode(text, { ecc: 'M', border: QR_QUIET_ZONE }));
  } catch (error) {
    throw new RangeError('The address is too long for a code', { cause: error });
  }
  const path = data.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return { size: data.length, path, dark: (x, y) => data[y]?.[x] ?? false };
}
