import { describe, expect, it } from 'vitest';
import { NO_READING, SILENT_DB, peakOf, read, shareOf, toDb } from './level.ts';

describe('the level of a microphone', () => {
  it('is counted from full scale', () => {
    expect(peakOf(Float32Array.of(0.1, -0.5, 0.2))).toBe(0.5);
    expect(toDb(1)).toBeCloseTo(0);
    expect(toDb(0.5)).toBeCloseTo(-6.02, 2);
    expect(toDb(0)).toBe(SILENT_DB);
    expect(toDb(1e-9)).toBe(SILENT_DB);
    expect([shareOf(0), shareOf(-30), shareOf(-60), shareOf(-90)]).toEqual([1, 0.5, 0, 0]);
  });

  it('goes up at once and falls 20 dB in 1.7 s; the loudest moment stays marked', () => {
    const loud = read(NO_READING, 1, 1000);
    expect(loud).toMatchObject({ db: 0, heldDb: 0 });
    const later = read(loud, 0, 1850);
    expect(later.db).toBeCloseTo(-10);
    expect(later.heldDb).toBe(0);
    const last = read(read(later, 0, 2700), 0.01, 2800);
    expect(last.heldDb).toBeCloseTo(-40);
    expect(read(last, 0.5, 2900).db).toBeCloseTo(-6.02, 2);
  });
});
