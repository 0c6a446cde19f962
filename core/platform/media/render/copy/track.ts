/** The picture track of an MP4 that the studio encoded: where its samples lie (ISO/IEC 14496-12, 8.5 to 8.7). */
import { StudioError } from '../../../../model/errors.ts';
import { inside, indexOf } from '../boxes.ts';
import { readConfig } from './config.ts';
import type { Config } from './config.ts';
import type { Codec } from './nal.ts';

export interface TrackSample {
  offset: number;
  size: number;
  /** Place in the order of showing, from 0. */
  frame: number;
  key: boolean;
}

const broken = (what: string): StudioError => new StudioError('tool_failed', { tool: 'ffmpeg', what });

function table(stbl: Buffer, name: string): Buffer {
  const found = inside(stbl, [name]);
  if (!found) throw broken(`a segment without ${name}`);
  return found;
}

/** Runs of `[count, value]` as values. */
function spread(box: Buffer, count: number): number[] {
  const values: number[] = [];
  for (let i = 0; i < box.readUInt32BE(4); i += 1) {
    const value = box.readInt32BE(12 + 8 * i);
    for (let n = box.readUInt32BE(8 + 8 * i); n > 0 && values.length < count; n -= 1) values.push(value);
  }
  return values;
}

/** Where each sample begins: chunks, and how many samples each of them has. */
function offsetsOf(stbl: Buffer, sizes: readonly number[]): number[] {
  const long = inside(stbl, ['co64']);
  const chunks = long ?? table(stbl, 'stco');
  const runs = table(stbl, 'stsc');
  const offsets: number[] = [];
  let run = 0;
  for (let chunk = 0; chunk < chunks.readUInt32BE(4); chunk += 1) {
    while (run + 1 < runs.readUInt32BE(4) && runs.readUInt32BE(8 + 12 * (run + 1)) <= chunk + 1) run += 1;
    let at = long ? Number(long.readBigUInt64BE(8 + 8 * chunk)) : chunks.readUInt32BE(8 + 4 * chunk);
    for (let n = runs.readUInt32BE(12 + 12 * run); n > 0 && offsets.length < sizes.length; n -= 1) {
      offsets.push(at);
      at += sizes[offsets.length - 1] ?? 0;
    }
  }
  return offsets;
}

function sizesOf(stbl: Buffer): number[] {
  const stsz = table(stbl, 'stsz');
  const same = stsz.readUInt32BE(4);
  return Array.from({ length: stsz.readUInt32BE(8) }, (_, i) => same || stsz.readUInt32BE(12 + 4 * i));
}

/** Numbers in order for times that need not begin at 0. */
function ranks(times: readonly number[]): number[] {
  const order = times.map((time, i) => ({ time, i })).sort((a, b) => a.time - b.time);
  const found = new Array<number>(times.length).fill(0);
  order.forEach(({ i }, rank) => (found[i] = rank));
  return found;
}

/** Samples in coding order, and the sets. Error: tool_failed (no such track). */
export async function readTrack(file: string, codec: Codec): Promise<{ config: Config; samples: TrackSample[] }> {
  const index = await indexOf(file);
  const stbl = index && inside(index, ['trak', 'mdia', 'minf', 'stbl']);
  if (!stbl) throw broken('a segment without index');
  // Count and version, then the entry: its header, 78 bytes of a picture's, boxes.
  const boxes = table(stbl, 'stsd').subarray(8 + 8 + 78);
  const bytes = inside(boxes, [codec === 'h264' ? 'avcC' : 'hvcC']);
  const config = bytes && readConfig(codec, bytes);
  if (!config) throw broken('a segment without parameter sets');
  const sizes = sizesOf(stbl);
  const offsets = offsetsOf(stbl, sizes);
  const ctts = inside(stbl, ['ctts']);
  const shifts = ctts ? spread(ctts, sizes.length) : [];
  let time = 0;
  const steps = spread(table(stbl, 'stts'), sizes.length);
  const frames = ranks(sizes.map((_, i) => (time += steps[i] ?? 0) - (steps[i] ?? 0) + (shifts[i] ?? 0)));
  const stss = inside(stbl, ['stss']);
  const keys = new Set(
    stss ? Array.from({ length: stss.readUInt32BE(4) }, (_, i) => stss.readUInt32BE(8 + 4 * i) - 1) : sizes.keys(),
  );
  return {
    config,
    samples: sizes.map((size, i) => ({ offset: offsets[i] ?? 0, size, frame: frames[i] ?? 0, key: keys.has(i) })),
  };
}
