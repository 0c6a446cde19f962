/** The nearest colour of the article's palette to one of a pasted page. */
import type { HIGHLIGHT_COLORS, TEXT_COLORS } from '../../../../../../core/model/article/index.ts';

type TextColor = (typeof TEXT_COLORS)[number];
type Highlight = (typeof HIGHLIGHT_COLORS)[number];

/** Colours people write by name in Word and old pages. */
const NAMED: Readonly<Record<string, readonly [number, number, number]>> = {
  red: [255, 0, 0],
  maroon: [128, 0, 0],
  orange: [255, 165, 0],
  yellow: [255, 255, 0],
  green: [0, 128, 0],
  lime: [0, 255, 0],
  teal: [0, 128, 128],
  blue: [0, 0, 255],
  navy: [0, 0, 128],
  aqua: [0, 255, 255],
  cyan: [0, 255, 255],
};

function rgb(text: string): readonly [number, number, number] | null {
  const value = text.trim().toLowerCase();
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/.exec(value)?.[1];
  if (hex !== undefined) {
    const full = hex.length === 3 ? [...hex].map((c) => c + c).join('') : hex;
    const at = (i: number) => Number.parseInt(full.slice(i, i + 2), 16);
    return [at(0), at(2), at(4)];
  }
  const numbers = /^rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)/.exec(value);
  if (numbers) return [Number(numbers[1]), Number(numbers[2]), Number(numbers[3])];
  return NAMED[value] ?? null;
}

/** Hue in degrees and saturation 0 to 1 (HSL); null where there is no colour to speak of. */
function hueOf(text: string, leastSaturation: number): number | null {
  const parts = rgb(text);
  if (!parts) return null;
  const [r, g, b] = parts.map((part) => part / 255) as [number, number, number];
  const max = Math.max(r, g, b);
  const min = Math.min(r, g, b);
  const spread = max - min;
  const light = (max + min) / 2;
  const saturation = spread === 0 ? 0 : spread / (1 - Math.abs(2 * light - 1));
  if (saturation < leastSaturation || spread < 0.08) return null;
  const hue = max === r ? ((g - b) / spread) % 6 : max === g ? (b - r) / spread + 2 : (r - g) / spread + 4;
  return (hue * 60 + 360) % 360;
}

/** Palette colour of coloured text; null for black, greys, white and what is no colour. */
export function paletteColour(css: string): TextColor | null {
  const hue = hueOf(css, 0.35);
  if (hue === null) return null;
  if (hue < 20 || hue >= 330) return 'red';
  if (hue < 65) return 'amber';
  if (hue < 170) return 'green';
  return hue < 270 ? 'blue' : 'red';
}

/** Palette colour of a ground behind words; null for white, greys and what is no colour. */
export function paletteHighlight(css: string): Highlight | null {
  const hue = hueOf(css, 0.2);
  if (hue === null) return null;
  if (hue < 20 || hue >= 330) return 'red';
  if (hue < 70) return 'yellow';
  if (hue < 170) return 'green';
  return hue < 270 ? 'blue' : 'red';
}
