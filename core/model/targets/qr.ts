/** A code to scan as bars, so that one drawing serves every target. */
import { codeMatrix } from '../code.ts';

export interface QrBars {
  /** Modules on a side, the quiet zone included. */
  size: number;
  bars: { x: number; y: number; width: number }[];
}

/** Null for an address that is too long for any code. */
export function qrBars(text: string): QrBars | null {
  const dark = codeMatrix(text);
  if (!dark) return null;
  const size = dark.length;
  const bars: QrBars['bars'] = [];
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
export function qrSvg(text: string): string | null {
  const code = qrBars(text);
  if (!code) return null;
  const { size, bars } = code;
  const path = bars.map(({ x, y, width }) => `M${x} ${y}h${width}v1h-${width}z`).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><rect fill="#fff" width="${size}" height="${size}"/><path fill="#000" d="${path}"/></svg>`;
}
