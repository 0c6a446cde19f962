/** A code to scan as bars, so that one drawing serves every target. */
import { encode } from 'uqr';

export interface QrBars {
  /** Modules on a side, the quiet zone included. */
  size: number;
  bars: { x: number; y: number; width: number }[];
}

/** Modules left white around a code, half of ISO/IEC 18004's four: the paper around it is white too. */
const QUIET = 2;

export function qrBars(text: string): QrBars {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET });
  const bars: QrBars['bars'] = [];
  data.forEach((row, y) => {
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

export function qrSvg(text: string): string {
  const { size, bars } = qrBars(text);
  const path = bars.map(({ x, y, width }) => `M${x} ${y}h${width}v1h-${width}z`).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><rect fill="#fff" width="${size}" height="${size}"/><path fill="#000" d="${path}"/></svg>`;
}
