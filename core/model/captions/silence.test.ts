import { describe, expect, it } from 'vitest';
import { levelOf, type Peaks } from '../strips/index.ts';
import { KEPT_BESIDE_US, silencesIn } from './silence.ts';

const S = 1_000_000;

/** Speech in the given spans (seconds), quiet noise elsewhere. */
const heard = (seconds: number, ...speech: [number, number][]): Peaks => ({
  perSecond: 100,
  levels: Uint8Array.from({ length: seconds * 100 }, (_, i) =>
    speech.some(([from, to]) => i >= from * 100 && i < to * 100) ? levelOf(0.2) : levelOf(0.001),
  ),
});

describe('silences', () => {
  it('lie between speech, and leave it room', () => {
    expect(silencesIn(heard(10, [1, 3], [5, 8]))).toEqual([
      { startUs: 0, endUs: S - KEPT_BESIDE_US },
      { startUs: 3 * S + KEPT_BESIDE_US, endUs: 5 * S - KEPT_BESIDE_US },
      { startUs: 8 * S + KEPT_BESIDE_US, endUs: 10 * S },
    ]);
  });

  it('are no pauses of a sentence', () => {
    expect(silencesIn(heard(6, [0, 2], [2.7, 6]))).toEqual([]);
    expect(silencesIn(heard(6, [0, 2], [2.9, 6]))).toHaveLength(1);
  });

  it('are all of a recording in which nobody speaks, and none of an empty one', () => {
    expect(silencesIn(heard(4))).toEqual([{ startUs: 0, endUs: 4 * S }]);
    expect(silencesIn({ perSecond: 100, levels: new Uint8Array(0) })).toEqual([]);
  });
});
