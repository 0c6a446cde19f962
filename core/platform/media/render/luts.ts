/** Colour tables in a filter graph: each written beside it once, as strong as it is wanted. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cubeText, mixed, parseCube } from '../../../model/lut/index.ts';
import { writeError } from '../files.ts';
import type { RenderWork } from './work.ts';

const PLACE = /@lut:([0-9a-f]{64}):(\d+)@/g;

/** What was written for a render already, by file and strength: its filter. */
const written = new WeakMap<RenderWork, Map<string, Promise<string>>>();

async function filterOf(work: RenderWork, sha256: string, percent: number): Promise<string> {
  const { path: file } = work.source(sha256);
  const lut = parseCube(await readFile(file, 'utf8'), work.nameOf(sha256));
  const name = `${sha256}-${percent}.cube`;
  await writeFile(path.join(work.dir, name), cubeText(mixed(lut, percent / 100))).catch((cause: unknown) => {
    throw writeError(cause, work.dir);
  });
  // Tetrahedral keeps greys grey; it is what grading software does too.
  return lut.dimensions === 3 ? `lut3d=file=${name}:interp=tetrahedral` : `lut1d=file=${name}:interp=linear`;
}

/** The graph with filters where it names colour tables. Errors: those of `parseCube`; disk_full, not_writable. */
export async function withLuts(work: RenderWork, graph: string): Promise<string> {
  const known = written.get(work) ?? new Map<string, Promise<string>>();
  written.set(work, known);
  for (const [place, sha256 = '', percent] of graph.matchAll(PLACE)) {
    if (!known.has(place)) known.set(place, filterOf(work, sha256, Number(percent)));
  }
  const filters = new Map(await Promise.all([...known].map(async ([place, filter]) => [place, await filter] as const)));
  return graph.replace(PLACE, (place) => filters.get(place) ?? place);
}
