/** Colours as numbers: how light they are, how far apart two of them stand. */

/** Red, green, blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

const NAMED: Readonly<Record<string, string>> = {
  ...{
    white: '#fff',
    black: '#000',
    red: '#f00',
    gray: '#808080',
    grey: '#808080',
    silver: '#c0c0c0',
    green: '#008000',
  },
  ...{ blue: '#00f', yellow: '#ff0', orange: '#ffa500', purple: '#800080', windowtext: '#000' },
};

/** Reads `#rgb`, `#rrggbb`, `rgb(…)`, `rgba(…)` (its alpha is not looked at) and common names; null for others. */
export function readColour(text: string): Rgb | null {
  const value = NAMED[text.trim().toLowerCase()] ?? text.trim().toLowerCase();
  const short = /^#([\da-f])([\da-f])([\da-f])$/.exec(value);
  const long = short ? null : /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/.exec(value);
  const parts = short ? short.slice(1).map((c) => c + c) : long?.slice(1);
  if (parts) return parts.map((c) => Number.parseInt(c, 16)) as unknown as Rgb;
  const rgb = /^rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)/.exec(value);
  return rgb ? [Number(rgb[1]), Number(rgb[2]), Number(rgb[3])] : null;
}

/** The shortest way to write a colour: `#rgb` where that says the same. */
export function writeColour([r, g, b]: Rgb): string {
  const hex = [r, g, b].map((c) =>
    Math.round(Math.min(255, Math.max(0, c)))
      .toString(16)
      .padStart(2, '0'),
  );
  const short = hex.every((c) => c[0] === c[1]);
  return `#${short ? hex.map((c) => c[0]).join('') : hex.join('')}`;
}

/** Relative luminance, 0 to 1 (WCAG 2.2). */
export function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((c) => {
    const v = c / 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast of two colours, 1 to 21 (WCAG 2.2). */
export function contrast(a: Rgb, b: Rgb): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** Brightness as the eye weighs the three colours, 0 to 255 (W3C AERT). */
export function brightness([r, g, b]: Rgb): number {
  return (r * 299 + g * 587 + b * 114) / 1000;
}

/** Hue 0 to 360, saturation and lightness 0 to 100. */
export type Hsl = readonly [number, number, number];

export function toHsl(colour: Rgb): Hsl {
  const [r, g, b] = colour.map((c) => c / 255) as [number, number, number];
  const max = Math.max(r, g, b);
  const min = Math.min(r, g, b);
  const d = max - min;
  const l = (max + min) / 2;
  if (d === 0) return [0, 0, l * 100];
  const s = d / (l > 0.5 ? 2 - max - min : max + min);
  const h = max === r ? ((g - b) / d + 6) % 6 : max === g ? (b - r) / d + 2 : (r - g) / d + 4;
  return [h * 60, s * 100, l * 100];
}

export function fromHsl([h, s, l]: Hsl): Rgb {
  const a = (s / 100) * Math.min(l / 100, 1 - l / 100);
  const part = (n: number): number => {
    const k = (n + h / 30) % 12;
    return (l / 100 - a * Math.max(-1, Math.min(k - 3, 9 - k, 1))) * 255;
  };
  return [part(0), part(8), part(4)];
}
