import { describe, expect, it } from 'vitest';
import { QR_QUIET_ZONE, qrMatrix } from './qr.ts';

describe('qrMatrix', () => {
  const code = qrMatrix('https://example.org/guide');
  it('has the three finders and a white margin', () => {
    const { size } = code;
    expect((size - 2 * QR_QUIET_ZONE - 17) % 4).toBe(0);
    const corners = [
      [QR_QUIET_ZONE, QR_QUIET_ZONE],
      [size - QR_QUIET_ZONE - 7, QR_QUIET_ZONE],
      [QR_QUIET_ZONE, size - QR_QUIET_ZONE - 7],
    ] as const;
    for (const [x, y] of corners) {
      for (let i = 0; i < 7; i += 1) expect([code.dark(x + i, y), code.dark(x, y + i)]).toEqual([true, true]);
      expect([code.dark(x + 1, y + 1), code.dark(x + 3, y + 3)]).toEqual([false, true]);
    }
    for (let i = 0; i < size; i += 1) expect(code.dark(i, QR_QUIET_ZONE - 1)).toBe(false);
  });
  it('is the same every time, and another for another address', () => {
    expect(qrMatrix('https://example.org/guide').path).toBe(code.path);
    expect(qrMatrix('https://example.org/guidf').path).not.toBe(code.path);
  });
  it('refuses what no code can hold', () => {
    expect(() => qrMatrix('长'.repeat(2000))).toThrow(RangeError);
  });
});
