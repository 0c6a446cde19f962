import { describe, expect, it } from 'vitest';
import { decodeScenes, encodeScenes, sceneTimes } from './scenes.ts';

const cuts = [
  { atUs: 0, score: 1 },
  { atUs: 2_000_000, score: 0.42 },
  { atUs: 2_080_000, score: 0.61 },
  { atUs: 5_000_000, score: 0.25 },
  { atUs: 9_000_000, score: 0.3 },
];

describe('scenes', () => {
  it('are told where they are high enough; of a flash only the highest', () => {
    expect(sceneTimes(cuts)).toEqual([2_080_000, 9_000_000]);
    expect(sceneTimes(cuts, 0.2)).toEqual([2_080_000, 5_000_000, 9_000_000]);
  });

  it('are read as they were written, and not when anything else comes', () => {
    expect(decodeScenes(encodeScenes(cuts))).toEqual(cuts);
    for (const bad of [
      '',
      '{',
      'null',
      '[]',
      '{"format":"tongxin-scenes-1"}',
      '{"format":"tongxin-scenes-2","cuts":[]}',
    ]) {
      expect(decodeScenes(bad)).toBeNull();
    }
    expect(decodeScenes('{"format":"tongxin-scenes-1","cuts":[[1.5,0.4]]}')).toBeNull();
  });
});
