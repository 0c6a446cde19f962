import { describe, expect, it } from 'vitest';
import { Chance } from '../../../tests/fixtures/timeline.ts';
import {
  frameAt,
  frameTime,
  mulDivFloor,
  mulDivRound,
  nearestFrame,
  parseRational,
  shortestFrame,
  snapToFrame,
  snapToTimes,
} from './rational.ts';
import type { Rational } from './rational.ts';

const NTSC: Rational = { num: 30000, den: 1001 };
const RATES: readonly [Rational, ...Rational[]] = [
  NTSC,
  { num: 24000, den: 1001 },
  { num: 60000, den: 1001 },
  { num: 30, den: 1 },
  { num: 25, den: 2 },
  { num: 20, den: 1 },
  { num: 48_000_001, den: 2_000_003 },
];

/** The exact values in BigInt, written down another way than the code does it. */
const exactTime = (n: number, rate: Rational): number => {
  const twice = 2n * BigInt(n) * 1_000_000n * BigInt(rate.den);
  return Number((twice + BigInt(rate.num)) / (2n * BigInt(rate.num)));
};

describe('parseRational', () => {
  it('reads fractions and whole numbers', () => {
    expect(parseRational('30000/1001')).toEqual(NTSC);
    expect(parseRational('25')).toEqual({ num: 25, den: 1 });
  });
  it('refuses anything else', () => {
    for (const text of ['', '0', '0/1', '30/0', '29.97', '-30/1', '30/1/1', ' 30', '1e3', '030', '1234567890']) {
      expect(parseRational(text), text).toBeNull();
    }
  });
});

describe('mulDiv', () => {
  it('is exact beyond what a number holds, and below zero', () => {
    const chance = new Chance(7);
    for (let i = 0; i < 3000; i++) {
      const a = chance.below(2 ** 40) - 2 ** 39;
      const [b, c] = [1 + chance.below(2 ** (1 + chance.below(30))), 1 + chance.below(2 ** (1 + chance.below(30)))];
      const floor = mulDivFloor(a, b, c);
      if (!Number.isSafeInteger(floor)) continue; // beyond what the answer itself can be
      const rest = BigInt(a) * BigInt(b) - BigInt(floor) * BigInt(c);
      expect(rest >= 0n && rest < BigInt(c)).toBe(true);
      expect(mulDivRound(a, b, c)).toBe(2n * rest >= BigInt(c) ? floor + 1 : floor);
    }
  });
  it('rounds a half upwards', () => {
    expect([mulDivRound(1, 1, 2), mulDivRound(-1, 1, 2), mulDivRound(-3, 1, 2)]).toEqual([1, 0, -1]);
    expect(mulDivRound(2 ** 52 + 1, 3, 6)).toBe(2 ** 51 + 1);
  });
});

describe('frames', () => {
  it('does not drift over an hour at 30000/1001', () => {
    // 107 892 frames are 3 599.9964 s exactly; one by one at 33 367 microseconds they would be 36 ms late.
    expect(frameTime(107_892, NTSC)).toBe(3_599_996_400);
    for (let n = 0; n <= 107_892; n++) {
      const at = frameTime(n, NTSC);
      expect(at === exactTime(n, NTSC) && nearestFrame(at, NTSC) === n && frameAt(at, NTSC) === n).toBe(true);
    }
  });
  it('gives the nearest frame, whatever the rate and time', () => {
    const chance = new Chance(11);
    for (let i = 0; i < 5000; i++) {
      const rate = chance.one(RATES);
      const us = chance.below(100 * 3600 * 1_000_000);
      const snapped = snapToFrame(us, rate);
      expect(snapToFrame(snapped, rate)).toBe(snapped);
      expect(snapped).toBe(exactTime(nearestFrame(us, rate), rate));
      const n = nearestFrame(us, rate);
      const distances = [n - 1, n, n + 1].map((k) => Math.abs(exactTime(k, rate) - us));
      expect(Math.min(...distances)).toBeGreaterThanOrEqual(Math.abs(snapped - us) - 1);
    }
  });
  it('knows the frame on show, and how short a frame can be', () => {
    for (const rate of RATES) {
      for (let n = 1; n < 500; n++) {
        const [at, next] = [frameTime(n, rate), frameTime(n + 1, rate)];
        expect([frameAt(at, rate), frameAt(next - 1, rate), frameAt(at - 1, rate)]).toEqual([n, n, n - 1]);
        expect(next - at).toBeGreaterThanOrEqual(shortestFrame(rate));
        expect(next - at).toBeLessThanOrEqual(shortestFrame(rate) + 1);
      }
    }
  });
});

describe('snapToTimes', () => {
  it('takes the nearest of uneven times, halfway the later', () => {
    const times = [0, 40, 100, 101];
    expect([-5, 0, 19, 20, 69, 70, 100, 500].map((us) => snapToTimes(us, times))).toEqual([
      0, 0, 0, 40, 40, 100, 100, 101,
    ]);
    expect(snapToTimes(33, [])).toBe(33);
  });
});
