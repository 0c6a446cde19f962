/** Parameter sets of a track: `avcC` and `hvcC` (ISO/IEC 14496-15, 5.3.3 and 8.3.3), taken apart and put together. */
import { bitsOf, bytesOfBits, escaped, nalType, readUe, ueBits, unescaped } from './nal.ts';
import type { Codec } from './nal.ts';

export interface Config {
  codec: Codec;
  /** What stands before the sets: 4 bytes of `avcC`, 22 of `hvcC`. */
  head: Buffer;
  /** In the order of the file. */
  sets: Buffer[];
}

/** Sets in a row, each behind its length in two bytes; null where the bytes end too early. */
function readSets(bytes: Buffer, at: number, count: number): { sets: Buffer[]; end: number } | null {
  const sets: Buffer[] = [];
  for (let i = 0; i < count; i += 1) {
    if (at + 2 > bytes.length) return null;
    const length = bytes.readUInt16BE(at);
    if (length < 2 || at + 2 + length > bytes.length) return null;
    sets.push(bytes.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return { sets, end: at };
}

function readAvc(bytes: Buffer): Config | null {
  // Lengths of four bytes only: the last two bits of the fifth byte are 3.
  if (bytes[0] !== 1 || ((bytes[4] ?? 0) & 3) !== 3) return null;
  const sps = readSets(bytes, 6, (bytes[5] ?? 0) & 31);
  const pps = sps && readSets(bytes, sps.end + 1, bytes[sps.end] ?? 0);
  return pps && { codec: 'h264', head: bytes.subarray(0, 4), sets: [...sps.sets, ...pps.sets] };
}

function readHevc(bytes: Buffer): Config | null {
  if (bytes[0] !== 1 || bytes.length < 23 || ((bytes[21] ?? 0) & 3) !== 3) return null;
  const sets: Buffer[] = [];
  let at = 23;
  for (let arrays = bytes[22] ?? 0; arrays > 0; arrays -= 1) {
    if (at + 3 > bytes.length) return null;
    const found = readSets(bytes, at + 3, bytes.readUInt16BE(at + 1));
    if (!found) return null;
    // Messages (SEI) may stand there too; they are not needed to decode.
    sets.push(...found.sets.filter((nal) => nalType('hevc', nal) >= 32 && nalType('hevc', nal) <= 34));
    at = found.end;
  }
  return { codec: 'hevc', head: bytes.subarray(0, 22), sets };
}

/** The sets of an `avcC` or `hvcC`; null: not one, lengths of another size, or no set at all. */
export function readConfig(codec: Codec, bytes: Buffer): Config | null {
  const found = codec === 'h264' ? readAvc(bytes) : readHevc(bytes);
  return found && found.sets.length > 0 ? found : null;
}

/** Place of `sps_seq_parameter_set_id` in HEVC's sequence parameter set: behind profile, tier and level (7.3.3). */
function spsIdAt(bits: string): number {
  const layers = parseInt(bits.slice(20, 23), 2);
  let at = 16 + 8 + 96;
  if (layers === 0) return at;
  const flags = bits.slice(at, at + 16);
  at += 16;
  for (let i = 0; i < layers; i += 1) at += (flags[2 * i] === '1' ? 88 : 0) + (flags[2 * i + 1] === '1' ? 8 : 0);
  return at;
}

/** The number of a parameter set; null where it cannot be read. */
export function setId(codec: Codec, nal: Buffer): number | null {
  const bits = bitsOf(unescaped(nal.subarray(0, 200)));
  const type = nalType(codec, nal);
  if (codec === 'h264') return readUe(bits, type === 7 ? 32 : 8)?.value ?? null;
  if (type === 32) return parseInt(bits.slice(16, 20), 2);
  return readUe(bits, type === 33 ? spsIdAt(bits) : 16)?.value ?? null;
}

/** HEVC's number for sets of our own. As a picture parameter set's it takes 9 bits where 0 takes 1: see {@link renumberedSlice}. */
export const HEVC_OWN = 15;

/** A number for sets of our own that none of the source has; null: there is none. */
export function freeIdOf({ codec, sets }: Config): number | null {
  const used = new Set<number>();
  for (const nal of sets) {
    const id = setId(codec, nal);
    if (id === null) return null;
    used.add(id);
  }
  if (codec === 'hevc') return used.has(HEVC_OWN) ? null : HEVC_OWN;
  for (let id = 1; id <= 31; id += 1) if (!used.has(id)) return id;
  return null;
}

/** Bits with other ones in place of an Exp-Golomb 0. */
function replaced(bits: string, at: number, by: number): string {
  if (bits[at] !== '1') throw new Error('a parameter set with another number than 0');
  return bits.slice(0, at) + ueBits(by) + bits.slice(at + 1);
}

/** A parameter set of libx265 (all numbers are 0) under {@link HEVC_OWN}. */
export function renumberedSet(nal: Buffer): Buffer {
  let bits = bitsOf(unescaped(nal));
  const type = nalType('hevc', nal);
  const own = HEVC_OWN.toString(2).padStart(4, '0');
  if (type === 32) return escaped(bytesOfBits(bits.slice(0, 16) + own + bits.slice(20)));
  // Without its closing 1 and the zeros that fill its last byte.
  bits = bits.slice(0, bits.lastIndexOf('1'));
  if (type === 33) {
    bits = bits.slice(0, 16) + own + bits.slice(20);
    bits = replaced(bits, spsIdAt(bits), HEVC_OWN);
  } else {
    bits = replaced(bits, 16, HEVC_OWN);
    bits = replaced(bits, 16 + ueBits(HEVC_OWN).length, HEVC_OWN);
  }
  return escaped(bytesOfBits(`${bits}1`));
}

/**
 * A slice of libx265 that uses the sets of {@link HEVC_OWN}. The number takes eight bits more than 0, a whole byte: all behind it stays on
 * its place within bytes, as the coded data needs (7.3.6.1).
 */
export function renumberedSlice(nal: Buffer): Buffer {
  const type = nalType('hevc', nal);
  const payload = unescaped(nal);
  const at = 16 + 1 + (type >= 16 && type <= 23 ? 1 : 0);
  const first = bitsOf(payload.subarray(0, 4));
  return escaped(Buffer.concat([bytesOfBits(replaced(first, at, HEVC_OWN)), payload.subarray(4)]));
}

const u16 = (value: number): Buffer => Buffer.from([value >> 8, value & 255]);
const withLength = (nal: Buffer): Buffer[] => [u16(nal.length), nal];

/** Of the same kind, each once. */
function unique(sets: readonly Buffer[]): Buffer[] {
  return sets.filter((nal, i) => sets.findIndex((other) => other.equals(nal)) === i);
}

const HIGH = 100;

/**
 * One configuration for pictures of several: all their sets, the higher level. What H.264 Baseline (constrained) and Main decode,
 * High does too.
 */
export function joinedConfig(configs: readonly Config[]): Buffer {
  const [first] = configs;
  if (!first) throw new Error('no configuration');
  const { codec } = first;
  const sets = unique(configs.flatMap((config) => config.sets));
  const of = (type: number): Buffer[] => sets.filter((nal) => nalType(codec, nal) === type);
  if (codec === 'h264') {
    const [sps, pps] = [of(7), of(8)];
    const level = Math.max(...configs.map(({ head }) => head[3] ?? 0));
    const compatible = configs.reduce((all, { head }) => all & (head[2] ?? 0), 255);
    return Buffer.concat([
      Buffer.from([1, HIGH, compatible, level, 0xff, 0xe0 | sps.length]),
      ...sps.flatMap(withLength),
      Buffer.from([pps.length]),
      ...pps.flatMap(withLength),
      // 4:2:0, 8 bits, no extensions of sequence parameter sets.
      Buffer.from([0xfc | 1, 0xf8, 0xf8, 0]),
    ]);
  }
  const head = Buffer.from(first.head);
  head[12] = Math.max(...configs.map((config) => config.head[12] ?? 0));
  const arrays = [32, 33, 34].map((type) => {
    const nals = of(type);
    return Buffer.concat([Buffer.from([0x80 | type]), u16(nals.length), ...nals.flatMap(withLength)]);
  });
  return Buffer.concat([head, Buffer.from([arrays.length]), ...arrays]);
}
