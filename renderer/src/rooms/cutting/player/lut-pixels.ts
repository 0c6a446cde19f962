/** A colour table applied to pixels by the processor: the same steps as the film's (core/video/plan/look.ts) and the graphics chip's (lut-glass.ts). */
import { colourTransfer } from '../../../../../core/model/timeline/framing.ts';
import { PLAIN, type Colours } from '../../../../../core/model/timeline/look.ts';
import type { Table } from './lut-tables.ts';

export interface TableLook {
  table: Table;
  /** 0 to 1. */
  strength: number;
  /** Applied before the table. */
  colours: Colours | undefined;
}

const clipped = (value: number): number => (value < 0 ? 0 : value > 1 ? 1 : value);

/** Each channel along its own curve, into `out`; `c`: red, green, blue, 0 to 1. */
function curved({ size, values }: Table, c: Float64Array, out: Float64Array): void {
  for (let channel = 0; channel < 3; channel += 1) {
    const at = (c[channel] ?? 0) * (size - 1);
    const low = Math.min(Math.trunc(at), size - 2);
    const from = values[3 * low + channel] ?? 0;
    out[channel] = from + ((values[3 * low + 3 + channel] ?? 0) - from) * (at - low);
  }
}

/**
 * Between the nodes of a cube by tetrahedra, into `out`; `c`: red, green, blue, 0 to 1. From the nearest node below to the one
 * above all three, an axis at a time, that with the largest part first.
 */
function cubed({ size, values }: Table, c: Float64Array, out: Float64Array): void {
  let low = 0;
  // Parts and steps of the axes, sorted.
  let [d1, d2, d3, s1, s2, s3] = [-1, -1, -1, 0, 0, 0];
  for (let axis = 0, step = 3; axis < 3; axis += 1, step *= size) {
    const at = (c[axis] ?? 0) * (size - 1);
    const node = Math.min(Math.trunc(at), size - 2);
    const part = at - node;
    low += node * step;
    if (part > d1) [d1, d2, d3, s1, s2, s3] = [part, d1, d2, step, s1, s2];
    else if (part > d2) [d2, d3, s2, s3] = [part, d2, step, s2];
    else [d3, s3] = [part, step];
  }
  const [one, two, high] = [low + s1, low + s1 + s2, low + s1 + s2 + s3];
  for (let n = 0; n < 3; n += 1) {
    const [a, b, e, f] = [values[low + n] ?? 0, values[one + n] ?? 0, values[two + n] ?? 0, values[high + n] ?? 0];
    out[n] = (1 - d1) * a + (d1 - d2) * b + (d2 - d3) * e + d3 * f;
  }
}

/** Changes `pixels` (red, green, blue, alpha of 0 to 255 each) in their place. */
export function applyTable(pixels: Uint8ClampedArray, { table, strength, colours }: TableLook): void {
  const { slope, intercept, matrix } = colourTransfer(colours ?? PLAIN);
  const looked = table.dimensions === 3 ? cubed : curved;
  const [seen, c, out] = [new Float64Array(3), new Float64Array(3), new Float64Array(3)];
  let last = -1;
  for (let i = 0; i + 3 < pixels.length; i += 4) {
    const [r, g, b] = [pixels[i] ?? 0, pixels[i + 1] ?? 0, pixels[i + 2] ?? 0];
    const colour = (r << 16) | (g << 8) | b;
    // Neighbours are often alike: the sky, a wall, bars.
    if (colour !== last) {
      last = colour;
      for (let n = 0; n < 3; n += 1) seen[n] = clipped(((pixels[i + n] ?? 0) / 255) * (slope[n] ?? 1) + intercept);
      for (let n = 0; n < 3; n += 1) {
        const mix = (m: number): number => (matrix[3 * n + m] ?? 0) * (seen[m] ?? 0);
        c[n] = clipped(mix(0) + mix(1) + mix(2));
      }
      looked(table, c, out);
    }
    for (let n = 0; n < 3; n += 1) pixels[i + n] = 255 * ((c[n] ?? 0) + ((out[n] ?? 0) - (c[n] ?? 0)) * strength);
  }
}
