import { describe, expect, it } from 'vitest';
import {
  amplitudeOf,
  decodePeaks,
  encodePeaks,
  indexOf,
  levelOf,
  levelOfDb,
  stripAt,
  stripColumns,
  stripSize,
  stripStepUs,
  STRIP_MAX,
  withIndex,
} from './index.ts';

describe('peaks', () => {
  it('keep quiet and loud apart', () => {
    expect([levelOf(0), levelOf(1), levelOf(1.4)]).toEqual([0, 255, 255]);
    expect(levelOf(10 ** (-60 / 20))).toBe(8);
    expect(amplitudeOf(levelOf(0.25))).toBeCloseTo(0.25, 2);
    expect(levelOfDb(-20)).toBeCloseTo(255 * Math.sqrt(0.1), 6);
  });

  it('are read as they were written, and not when anything is missing', () => {
    const peaks = { perSecond: 100, levels: Uint8Array.of(0, 1, 128, 255) };
    const bytes = encodePeaks(peaks);
    expect(bytes.length).toBe(16);
    expect(decodePeaks(bytes)).toEqual(peaks);
    const within = new Uint8Array(20);
    within.set(bytes, 3);
    expect(decodePeaks(within.subarray(3, 19))).toEqual(peaks);
    expect(decodePeaks(bytes.subarray(0, 15))).toBeNull();
    expect(decodePeaks(bytes.subarray(0, 5))).toBeNull();
    const newer = bytes.slice();
    newer[4] = 2;
    expect(decodePeaks(newer)).toBeNull();
  });
});

describe('filmstrips', () => {
  const index = { width: 160, height: 90, columns: 2, timesUs: [0, 1_000_000, 2_500_000] };
  const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xda, 0, 2, 9, 9, 0xff, 0xd9);

  it('carry their index in the file', () => {
    const bytes = withIndex(jpeg, index);
    expect(indexOf(bytes)).toEqual(index);
    // Nothing of the picture is changed.
    expect([...bytes.subarray(bytes.length - jpeg.length + 2)]).toEqual([...jpeg.subarray(2)]);
  });

  it('are no filmstrips without it, or when it is damaged', () => {
    expect(indexOf(jpeg)).toBeNull();
    expect(indexOf(Uint8Array.of(0x89, 0x50))).toBeNull();
    expect(indexOf(withIndex(jpeg, index).subarray(0, 40))).toBeNull();
    for (const bad of [{ width: 0 }, { columns: 1.5 }, { timesUs: [] }, { timesUs: [2, 1] }]) {
      expect(indexOf(withIndex(jpeg, { ...index, ...bad }))).toBeNull();
    }
  });

  it('show the picture that is nearest to a time', () => {
    const at = (...times: number[]) => times.map((us) => stripAt(index, us));
    expect(at(-5, 0, 500_000, 500_001, 1_750_000, 1_750_001, 9_000_000)).toEqual([0, 0, 0, 1, 1, 2, 2]);
    expect(stripAt({ ...index, timesUs: [0] }, 5_000_000)).toBe(0);
  });

  it('stay small however long or wide the film is', () => {
    expect(stripSize(960, 540)).toEqual({ width: 160, height: 90 });
    expect(stripSize(540, 960)).toEqual({ width: 51, height: 90 });
    expect(stripSize(2160, 540)).toEqual({ width: 240, height: 60 });
    expect(stripSize(64, 48)).toEqual({ width: 64, height: 48 });
    expect(stripStepUs(60_000_000)).toBe(1_000_000);
    const hours = 5 * 3600 * 1_000_000;
    expect(Math.floor(hours / stripStepUs(hours)) + 1).toBeLessThanOrEqual(STRIP_MAX);
    expect(stripColumns(3, 160)).toBe(3);
    expect(stripColumns(240, 160)).toBe(25);
  });
});
