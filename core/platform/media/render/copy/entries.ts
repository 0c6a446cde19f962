/** Which coded pictures decoding can begin at, by the NAL units they are made of. */
import type { FileHandle } from 'node:fs/promises';
import type { Config } from './config.ts';
import { isIdr, isParameterSet, isSlice, nalType } from './nal.ts';

/** A picture of a source as it is coded. */
export interface CodedPacket {
  /** Of the source, from its first presented one. */
  frame: number;
  offset: number;
  size: number;
  /** Decoding can begin here. */
  idr: boolean;
}

/** Most bytes of a block's header in front of its frame: track number (1 to 8), time (2), flags (1). */
const BLOCK_HEAD = 11;

/**
 * Matroska: where frames stand. ffprobe tells where their blocks begin (RFC 9559, 10: track number as a variable-size integer, time
 * in two bytes, flags, and without lacing then the frame). Null: a block holds several frames.
 */
export async function placesInBlocks<T extends CodedPacket>(
  handle: FileHandle,
  packets: readonly T[],
): Promise<T[] | null> {
  const head = Buffer.alloc(BLOCK_HEAD);
  const found: T[] = [];
  for (const packet of packets) {
    const { offset } = packet;
    if (!Number.isFinite(offset)) return null;
    const { bytesRead } = await handle.read(head, 0, BLOCK_HEAD, offset);
    // The number of leading zeros says how long the number is.
    const length = Math.clz32(head[0] ?? 0) - 24 + 1;
    const flags = head[length + 2] ?? 0;
    if (bytesRead < BLOCK_HEAD || length > 8 || (flags & 0x06) !== 0) return null;
    found.push({ ...packet, offset: offset + length + 3 });
  }
  return found;
}

/** The NAL units of a sample one after another, slices by their first bytes only; null: it is not made of them. */
async function headsOf(handle: FileHandle, { offset, size }: CodedPacket): Promise<Buffer[] | null> {
  const heads: Buffer[] = [];
  const head = Buffer.alloc(512);
  for (let at = 0; at < size;) {
    const { bytesRead } = await handle.read(head, 0, Math.min(head.length, size - at), offset + at);
    const length = bytesRead < 5 ? 0 : head.readUInt32BE(0);
    if (length === 0 || at + 4 + length > size) return null;
    heads.push(Buffer.from(head.subarray(4, Math.min(bytesRead, 4 + length))));
    at += 4 + length;
  }
  return heads;
}

/** Whether a key frame is one that decoding can begin at, with no other parameter sets than the track's. Null: it cannot be read. */
export async function isEntry(handle: FileHandle, packet: CodedPacket, config: Config): Promise<boolean | null> {
  const nals = await headsOf(handle, packet);
  if (nals === null) return null;
  const { codec, sets } = config;
  const of = (nal: Buffer): number => nalType(codec, nal);
  const foreign = nals.filter((nal) => isParameterSet(codec, of(nal)) && !sets.some((set) => set.equals(nal)));
  if (foreign.length > 0) return null;
  const slices = nals.map(of).filter((type) => isSlice(codec, type));
  return slices.length > 0 && slices.every((type) => isIdr(codec, type));
}
