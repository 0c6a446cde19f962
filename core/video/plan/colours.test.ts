import { describe, expect, it } from 'vitest';
import { assForBt601, drawnByBt601 } from './colours.ts';

type Rgb = [number, number, number];

/** Y′CbCr of a colour and back, written out from the two standards. */
const toYcc = ([r, g, b]: Rgb, kr: number, kb: number): Rgb => {
  const y = kr * r + (1 - kr - kb) * g + kb * b;
  return [y, (b - y) / (2 * (1 - kb)), (r - y) / (2 * (1 - kr))];
};
const toRgb = ([y, cb, cr]: Rgb, kr: number, kb: number): Rgb => {
  const r = y + 2 * (1 - kr) * cr;
  const b = y + 2 * (1 - kb) * cb;
  return [r, (y - kr * r - kb * b) / (1 - kr - kb), b];
};

describe('colours for a tool that draws by BT.601', () => {
  it('come out as they were written', () => {
    for (const wanted of [
      [192, 54, 44],
      [255, 255, 255],
      [0, 0, 0],
      [20, 16, 12],
      [245, 208, 66],
      [36, 90, 160],
    ] as Rgb[]) {
      const drawn = drawnByBt601(wanted);
      const seen = toRgb(toYcc(drawn, 0.299, 0.114), 0.2126, 0.0722);
      for (const [i, value] of seen.entries())
        expect(Math.abs(value - wanted[i]!), `${wanted.join()} ${i}`).toBeLessThan(1.5);
    }
  });

  it('change styles and overrides, and no word', () => {
    const script = [
      'Style: Caption,Noto Sans SC,86.88,&H00FFFFFF,&H00FFFFFF,&H00000000,&H80000000,-1,0,0',
      'Dialogue: 0,0:00:00.00,0:00:04.98,Caption,,43,94,422,,{\\an7\\1c&H2C36C0&\\1a&H47&}&H2C36C0& \\{\\1c&H2C36C0&\\}',
    ].join('\n');
    const [style, line] = assForBt601(script).split('\n');
    expect(style).toBe(script.split('\n')[0]);
    const [r, g, b] = drawnByBt601([192, 54, 44]).map((value) => value.toString(16).toUpperCase().padStart(2, '0'));
    expect(line).toBe(script.split('\n')[1]!.replace('\\1c&H2C36C0&', `\\1c&H${b!}${g!}${r!}&`));
  });
});
