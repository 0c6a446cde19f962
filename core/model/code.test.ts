import { describe, expect, it } from 'vitest';
import { codeMatrix, codeSvg } from './code.ts';

const MARGIN = 4;

describe('codeMatrix', () => {
  const code = codeMatrix('https://example.org/guide') ?? [];
  const dark = (x: number, y: number): boolean | undefined => code[y]?.[x];
  it('has the three finders and a margin of four modules', () => {
    const size = code.length;
    expect((size - 2 * MARGIN - 17) % 4).toBe(0);
    const corners = [
      [MARGIN, MARGIN],
      [size - MARGIN - 7, MARGIN],
      [MARGIN, size - MARGIN - 7],
    ] as const;
    for (const [x, y] of corners) {
      for (let i = 0; i < 7; i += 1) expect([dark(x + i, y), dark(x, y + i)]).toEqual([true, true]);
      expect([dark(x + 1, y + 1), dark(x + 3, y + 3)]).toEqual([false, true]);
    }
    for (let i = 0; i < size; i += 1) expect(dark(i, MARGIN - 1)).toBe(false);
  });
  it('is the same every time, another for another address, and none for what no code can hold', () => {
    expect(codeSvg('https://example.org/guide')).toBe(codeSvg('https://example.org/guide'));
    expect(codeSvg('https://example.org/guidf')).not.toBe(codeSvg('https://example.org/guide'));
    expect(codeMatrix('长'.repeat(2000))).toBeNull();
  });
});
