import { describe, expect, test } from 'vitest';
import { colourTransfer } from '../../../../../core/model/timeline/framing.ts';
import { applyTable } from './lut-pixels.ts';
import type { Table } from './lut-tables.ts';

/** Numbers by chance, the same in every run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
}

const cube = (size: number, at: (r: number, g: number, b: number) => number[]): Table => {
  const values: number[] = [];
  for (let b = 0; b < size; b += 1)
    for (let g = 0; g < size; g += 1)
      for (let r = 0; r < size; r += 1) values.push(...at(r / (size - 1), g / (size - 1), b / (size - 1)));
  return { dimensions: 3, size, values: Float32Array.from(values) };
};

/** Of a picture of one colour. */
function looked(rgb: number[], table: Table, strength = 1, colours?: Parameters<typeof colourTransfer>[0]): number[] {
  const pixels = Uint8ClampedArray.from([...rgb, 255]);
  applyTable(pixels, { table, strength, colours });
  return [...pixels.slice(0, 3)];
}

describe('a colour table by the processor', () => {
  test('that changes nothing changes nothing, and leaves what is open as open as it was', () => {
    const next = chance(1);
    const pixels = Uint8ClampedArray.from({ length: 4 * 500 }, () => Math.floor(next() * 256));
    const before = [...pixels];
    for (const size of [2, 17, 33]) {
      applyTable(pixels, { table: cube(size, (r, g, b) => [r, g, b]), strength: 1, colours: undefined });
      expect([...pixels]).toEqual(before);
    }
  });

  test('gives each node its own colour and each edge between two what lies between them', () => {
    const swap = cube(2, (r, g, b) => [b, g, r]);
    expect(looked([255, 0, 51], swap)).toEqual([51, 0, 255]);
    expect(looked([10, 20, 30], swap)).toEqual([30, 20, 10]);
    expect(looked([10, 20, 30], swap, 0.5)).toEqual([20, 20, 20]);
    expect(looked([10, 20, 30], swap, 0)).toEqual([10, 20, 30]);
  });

  test('goes between the nodes by the tetrahedron the colour lies in, whatever the order of its parts', () => {
    const next = chance(7);
    const size = 3;
    const table = cube(size, () => [next(), next(), next()]);
    const node = (at: readonly number[], n: number): number =>
      table.values[3 * ((at[0] ?? 0) + size * (at[1] ?? 0) + size * size * (at[2] ?? 0)) + n] ?? 0;
    for (let k = 0; k < 400; k += 1) {
      const rgb = [0, 1, 2].map(() => Math.floor(next() * 256));
      const places = rgb.map((value) => (value / 255) * (size - 1));
      const low = places.map((place) => Math.min(Math.floor(place), size - 2));
      const parts = places.map((place, axis) => place - (low[axis] ?? 0));
      const axes = [0, 1, 2].sort((a, b) => (parts[b] ?? 0) - (parts[a] ?? 0));
      const expected = [0, 1, 2].map((n) => {
        const at = [...low];
        let value = node(at, n);
        for (const axis of axes) {
          const before = node(at, n);
          at[axis] = (at[axis] ?? 0) + 1;
          value += (parts[axis] ?? 0) * (node(at, n) - before);
        }
        return 255 * value;
      });
      looked(rgb, table).forEach((value, n) => expect(Math.abs(value - (expected[n] ?? 0))).toBeLessThanOrEqual(0.51));
    }
  });

  test('has the colours set before it', () => {
    const colours = { exposure: 40, contrast: 25, saturation: -50, warmth: 30 };
    const { slope, intercept, matrix } = colourTransfer(colours);
    const rgb = [90, 140, 60];
    const seen = rgb.map((value, n) => Math.min(1, Math.max(0, (value / 255) * (slope[n] ?? 0) + intercept)));
    const expected = [0, 1, 2].map(
      (n) => seen.reduce((sum, value, m) => sum + value * (matrix[3 * n + m] ?? 0), 0) * 255,
    );
    const plain = cube(2, (r, g, b) => [r, g, b]);
    looked(rgb, plain, 1, colours).forEach((value, n) =>
      expect(Math.abs(value - (expected[n] ?? 0))).toBeLessThanOrEqual(0.51),
    );
  });

  test('a curve has a value for each channel of its own', () => {
    const table: Table = { dimensions: 1, size: 3, values: Float32Array.from([0, 1, 0, 0.2, 0.5, 0.5, 1, 0, 1]) };
    expect(looked([0, 0, 0], table)).toEqual([0, 255, 0]);
    expect(looked([255, 255, 255], table)).toEqual([255, 0, 255]);
    expect(looked([64, 64, 64], table)[0]).toBe(26);
  });
});
