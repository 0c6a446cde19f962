/** MP4 boxes (ISO/IEC 14496-12, 4.2), read without a decoder. */
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

/** An index is some bytes a frame; one larger than this is none. */
const MOST_INDEX_BYTES = 64 * 1024 ** 2;

export interface Box {
  name: string;
  /** Of its content. */
  start: number;
  end: number;
}

async function* boxesOf(handle: FileHandle, size: number): AsyncGenerator<Box> {
  const head = Buffer.alloc(16);
  for (let at = 0; at + 8 <= size;) {
    const { bytesRead } = await handle.read(head, 0, 16, at);
    if (bytesRead < 8) return;
    const short = head.readUInt32BE(0);
    const long = short === 1 && bytesRead === 16;
    // 0 means the rest of the file; less than its own header is no box.
    const length = long ? Number(head.readBigUInt64BE(8)) : short === 0 ? size - at : short;
    if (length < 8) return;
    yield { name: head.toString('latin1', 4, 8), start: at + (long ? 16 : 8), end: at + length };
    at += length;
  }
}

/** Top-level boxes of a file, in order; ends where there are none any more. */
export async function topBoxes(file: string): Promise<Box[]> {
  const handle = await open(file, 'r');
  try {
    const boxes: Box[] = [];
    for await (const box of boxesOf(handle, (await handle.stat()).size)) boxes.push(box);
    return boxes;
  } finally {
    await handle.close();
  }
}

/** The content of the first box at the end of a road of names inside `bytes`. */
export function inside(bytes: Buffer, road: readonly string[]): Buffer | null {
  const [name, ...rest] = road;
  if (name === undefined) return bytes;
  for (let at = 0; at + 8 <= bytes.length;) {
    const length = bytes.readUInt32BE(at);
    if (length < 8 || at + length > bytes.length) return null;
    if (bytes.toString('latin1', at + 4, at + 8) === name) return inside(bytes.subarray(at + 8, at + length), rest);
    at += length;
  }
  return null;
}

/** The index (`moov`) of an MP4 that is whole; null for what is not (cut short, not there, no MP4). */
export async function indexOf(file: string): Promise<Buffer | null> {
  const handle = await open(file, 'r').catch(() => null);
  if (handle === null) return null;
  try {
    const { size } = await handle.stat();
    let index: Buffer | null = null;
    for await (const { name, start, end } of boxesOf(handle, size)) {
      if (end > size) return null;
      if (name !== 'moov' || end - start > MOST_INDEX_BYTES) continue;
      index = Buffer.alloc(end - start);
      await handle.read(index, 0, index.length, start);
    }
    return index;
  } finally {
    await handle.close();
  }
}

/** Samples of the first track of an MP4 that is whole; null for what is not. */
export async function samplesOf(file: string): Promise<number | null> {
  const index = await indexOf(file);
  // `stsz`: version and flags, a size that all have or 0, how many.
  const sizes = index && inside(index, ['trak', 'mdia', 'minf', 'stbl', 'stsz']);
  return sizes && sizes.length >= 12 ? sizes.readUInt32BE(8) : null;
}
