import { describe, expect, it } from 'vitest';
import { levelOf } from '../../../../../../core/model/strips/index.ts';
import { columnAt, drawnPart, fadeAt, loudest, pyramidBytes, pyramidOf, sourceAt, tilesBetween } from './mapping.ts';

const S = 1_000_000;
const PLAIN = { gainDb: 0, fadeInUs: 0, fadeOutUs: 0 };
/** A minute, silent but for one hundredth of a second from 30.00 s on, at half of full scale. */
const minute = pyramidOf({
  perSecond: 100,
  levels: Uint8Array.from({ length: 6000 }, (_, i) => (i === 3000 ? levelOf(0.5) : 0)),
});

describe('the sound under a pixel', () => {
  it('is found at every zoom, and at no other pixel', () => {
    for (const zoom of [0.25, 1, 7, 40, 100]) {
      const piece = { inUs: 0, usPerPx: S / zoom, width: 60 * zoom };
      const hit = Math.floor(30 * zoom);
      const columns = Array.from({ length: Math.ceil(piece.width) }, (_, x) => columnAt(minute, piece, PLAIN, x, 1));
      expect(columns[hit]?.height, `zoom ${String(zoom)}`).toBeCloseTo(levelOf(0.5) / 255);
      // Coarser floors are used far out: a neighbour may show it too, nothing further away does.
      const far = columns.filter((_, x) => Math.abs(x - hit) > 1);
      expect(Math.max(...far.map(({ height }) => height))).toBe(0);
    }
  });

  it('goes over smoothly where a value is wider than a pixel', () => {
    const zoom = 480;
    const piece = { inUs: 29.9 * S, usPerPx: S / zoom, width: 96 };
    const heights = Array.from({ length: 96 }, (_, x) => columnAt(minute, piece, PLAIN, x, 1).height);
    const top = Math.max(...heights);
    expect(heights.indexOf(top)).toBeCloseTo(0.105 * zoom, -1);
    expect(Math.max(...heights.slice(1).map((h, i) => Math.abs(h - (heights[i] ?? 0))))).toBeLessThan(top / 3);
  });

  it('moves with the trim and the speed of the clip', () => {
    const piece = { inUs: 20 * S, usPerPx: (2 * S) / 40, width: 400 };
    expect(sourceAt(piece, 200)).toBe(30 * S);
    expect(columnAt(minute, piece, PLAIN, 200, 1).height).toBeGreaterThan(0.7);
    expect(columnAt(minute, piece, PLAIN, 190, 1).height).toBe(0);
  });

  it('runs the other way where the clip does, stands where it stands, and follows its loudness', () => {
    const backwards = { inUs: 40 * S, usPerPx: -S / 10, width: 200 };
    expect(columnAt(minute, backwards, PLAIN, 99, 2).height).toBeGreaterThan(0.7);
    expect(columnAt(minute, backwards, PLAIN, 80, 2).height).toBe(0);
    expect(sourceAt({ inUs: 7, usPerPx: 0, width: 9 }, 8)).toBe(7);
    const volume = [{ atUs: 29 * S, gainDb: -12 }];
    const quiet = columnAt(minute, { inUs: 20 * S, usPerPx: S / 10, width: 200 }, { ...PLAIN, volume }, 100, 1);
    expect(quiet.height).toBeCloseTo((levelOf(0.5) / 255) * 10 ** (-12 / 40));
  });

  it('is nothing beyond the ends of the source', () => {
    expect(loudest(minute, -5 * S, -4 * S)).toBe(0);
    expect(loudest(minute, 70 * S, 80 * S)).toBe(0);
    expect(loudest(minute, 70 * S, 70 * S + 100)).toBe(0);
  });

  it('is drawn from few values, in little memory', () => {
    expect(pyramidBytes(minute)).toBeLessThan(6000 * 1.34);
    expect(minute.floors.at(-1)?.length).toBeLessThanOrEqual(8);
  });
});

describe('loudness', () => {
  const flat = pyramidOf({ perSecond: 100, levels: new Uint8Array(1000).fill(levelOf(0.5)) });
  const piece = { inUs: 0, usPerPx: S / 100, width: 1000 };
  const at = (gain: Partial<typeof PLAIN>, x = 500) => columnAt(flat, piece, { ...PLAIN, ...gain }, x, 1);

  it('follows the gain', () => {
    expect(at({}).height).toBeCloseTo(Math.SQRT1_2, 2);
    expect(at({ gainDb: -20 }).height).toBeCloseTo(Math.sqrt(0.05), 2);
    expect(at({ gainDb: 5.9 })).toMatchObject({ clipped: false });
    expect(at({ gainDb: 6.1 })).toEqual({ height: 1, clipped: true });
    expect(at({ gainDb: -60 }).height).toBeLessThan(0.03);
  });

  it('comes in and goes out', () => {
    const gain = { ...PLAIN, fadeInUs: 2 * S, fadeOutUs: 4 * S };
    expect([0, 100, 200, 600, 800, 1000].map((x) => fadeAt(piece, gain, x))).toEqual([0, 0.5, 1, 1, 0.5, 0]);
    expect(at({ fadeInUs: 2 * S }, 50).height).toBeLessThan(at({}).height / 1.5);
  });
});

describe('the pictures of a block', () => {
  const index = { width: 160, height: 90, columns: 10, timesUs: [0, S, 2 * S, 3 * S, 4 * S, 5 * S] };

  it('stand side by side, each with the picture nearest to its middle', () => {
    const piece = { inUs: 100_000, usPerPx: S / 160, width: 800 };
    const tiles = tilesBetween(piece, index, 90, 0, 800);
    expect(tiles.map(({ x, picture }) => [x, picture])).toEqual([
      [0, 1],
      [160, 2],
      [320, 3],
      [480, 4],
      [640, 5],
    ]);
    // Trimmed by two seconds.
    expect(tilesBetween({ ...piece, inUs: 1.9 * S, width: 480 }, index, 90, 0, 480).map((t) => t.picture)).toEqual([
      2, 3, 4,
    ]);
    // Twice as fast.
    expect(tilesBetween({ ...piece, usPerPx: S / 80, width: 400 }, index, 90, 0, 400).map((t) => t.picture)).toEqual([
      1, 3, 5,
    ]);
  });

  it('are only those that are seen', () => {
    const piece = { inUs: -100_000, usPerPx: S / 160, width: 800 };
    expect(tilesBetween(piece, index, 90, 170, 330).map(({ picture }) => picture)).toEqual([1, 2]);
    expect(tilesBetween(piece, index, 45, 790, 900).map(({ x }) => x)).toEqual([720]);
  });

  it('are one in a narrow block: that of its middle', () => {
    expect(tilesBetween({ inUs: 0, usPerPx: S, width: 4 }, index, 90, 0, 4)).toMatchObject([{ picture: 2 }]);
  });
});

describe('the part that is drawn', () => {
  it('is the whole of a block in sight, however it is scrolled', () => {
    for (const left of [-500, -400, 0, 100]) expect(drawnPart(300, left, left + 1200)).toEqual({ from: 0, to: 300 });
  });

  it('covers what is seen of a long one, in steps', () => {
    const parts = new Set<string>();
    for (let left = 5000; left < 6024; left += 64) {
      const { from, to } = drawnPart(100_000, left, left + 1200);
      expect(from).toBeLessThanOrEqual(left - 256);
      expect(to).toBeGreaterThanOrEqual(left + 1456);
      expect(to - from).toBeLessThan(3000);
      parts.add(`${String(from)} ${String(to)}`);
    }
    expect(parts.size).toBeLessThanOrEqual(6);
  });

  it('ends where the block ends', () => {
    expect(drawnPart(1000, 600, 1800)).toEqual({ from: 0, to: 1000 });
    expect(drawnPart(1000, -3000, -1800).to).toBe(0);
  });
});
