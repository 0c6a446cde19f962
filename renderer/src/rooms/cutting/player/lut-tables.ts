/** The colour tables that the stage draws with, fetched once and kept within a bound of memory. */
import type { LutTable } from '../../../../../core/model/contract/index.ts';
import { client } from '../../../client/client.ts';

export interface Table {
  dimensions: 1 | 3;
  size: number;
  /** Red, green, blue of each node, red fastest. */
  values: Float32Array;
}

/** A table of 65³ takes 3 MB. */
const MOST = 12;
/** Entries of a curve the graphics card is given; between them it goes straight. */
const MOST_ENTRIES = 256;

const kept = new Map<string, Table>();
const asked = new Map<string, Promise<void>>();

/** Base64 of little-endian 32-bit floats. */
function floatsOf(base64: string): Float32Array {
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
}

/** Of a long curve as many entries as a texture takes, evenly; a cube as it is. */
export function drawable({ dimensions, size, values }: Table): Table {
  if (dimensions === 3 || size <= MOST_ENTRIES) return { dimensions, size, values };
  const short = new Float32Array(3 * MOST_ENTRIES);
  for (let i = 0; i < MOST_ENTRIES; i += 1) {
    const at = (i * (size - 1)) / (MOST_ENTRIES - 1);
    const [low, part] = [Math.min(size - 2, Math.floor(at)), at - Math.min(size - 2, Math.floor(at))];
    for (let channel = 0; channel < 3; channel += 1) {
      const [a, b] = [values[3 * low + channel] ?? 0, values[3 * low + 3 + channel] ?? 0];
      short[3 * i + channel] = a + (b - a) * part;
    }
  }
  return { dimensions, size: MOST_ENTRIES, values: short };
}

const tableFrom = ({ dimensions, size, values }: LutTable): Table =>
  drawable({ dimensions, size, values: floatsOf(values) });

export const tableOf = (sha256: string): Table | null => kept.get(sha256) ?? null;

/** Fetches a table that is not there; `done` when it is. One that cannot be had stays away until it is wanted again. */
export function wantTable(sha256: string, done: () => void): void {
  if (kept.has(sha256)) return;
  const asking =
    asked.get(sha256) ??
    client.luts.table({ sha256 }).then((table) => {
      kept.set(sha256, tableFrom(table));
      const [oldest] = kept.keys();
      if (kept.size > MOST && oldest !== undefined) kept.delete(oldest);
    });
  asked.set(sha256, asking);
  asking.then(done, () => undefined).finally(() => asked.delete(sha256));
}
