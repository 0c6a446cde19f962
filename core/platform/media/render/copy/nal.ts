/** NAL units (ITU-T H.264 and H.265, 7.3.1) as they stand in MP4 samples: each behind its length in four bytes. */

export type Codec = 'h264' | 'hevc';

export const nalType = (codec: Codec, nal: Buffer): number =>
  codec === 'h264' ? (nal[0] ?? 0) & 0x1f : ((nal[0] ?? 0) >> 1) & 0x3f;

/** Slices of pictures. */
export const isSlice = (codec: Codec, type: number): boolean => (codec === 'h264' ? type >= 1 && type <= 5 : type < 32);

/** Slices of a picture that decoding can begin at: IDR. An open group's key frame (recovery point, CRA) is none. */
export const isIdr = (codec: Codec, type: number): boolean =>
  codec === 'h264' ? type === 5 : type === 19 || type === 20;

/**
 * Whether other pictures may be predicted from the one that a NAL unit is a slice of: H.264's `nal_ref_idc` is not 0 (7.4.1). HEVC's mark says so of
 * its own temporal layer only; there every slice counts.
 */
export const isReference = (codec: Codec, nal: Buffer): boolean =>
  isSlice(codec, nalType(codec, nal)) && (codec === 'hevc' || ((nal[0] ?? 0) & 0x60) !== 0);

/** Sequence and picture parameter sets, and HEVC's video parameter set. */
export const isParameterSet = (codec: Codec, type: number): boolean =>
  codec === 'h264' ? type === 7 || type === 8 : type >= 32 && type <= 34;

/** The NAL units of a sample; null where their lengths do not add up to it. */
export function nalsOf(sample: Buffer): Buffer[] | null {
  const nals: Buffer[] = [];
  let at = 0;
  while (at + 4 < sample.length) {
    const length = sample.readUInt32BE(at);
    if (length === 0 || at + 4 + length > sample.length) return null;
    nals.push(sample.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return at === sample.length ? nals : null;
}

/** A sample of NAL units. */
export function sampleOf(nals: readonly Buffer[]): Buffer {
  return Buffer.concat(
    nals.flatMap((nal) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(nal.length);
      return [length, nal];
    }),
  );
}

/** Without the bytes that keep start codes out of the payload (7.4.2). */
export function unescaped(nal: Buffer): Buffer {
  const out = Buffer.alloc(nal.length);
  let [length, zeros] = [0, 0];
  for (const byte of nal) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    out[length] = byte;
    length += 1;
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return out.subarray(0, length);
}

/** With them again. */
export function escaped(payload: Buffer): Buffer {
  const out = Buffer.alloc(Math.ceil(payload.length * 1.5) + 1);
  let [length, zeros] = [0, 0];
  const put = (byte: number): void => {
    out[length] = byte;
    length += 1;
  };
  for (const byte of payload) {
    if (zeros >= 2 && byte <= 3) {
      put(3);
      zeros = 0;
    }
    put(byte);
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return out.subarray(0, length);
}

/** Bits of a short payload as text. */
export const bitsOf = (payload: Buffer): string =>
  [...payload].map((byte) => byte.toString(2).padStart(8, '0')).join('');

/** Text of bits as bytes; what is missing at the end is zeros. */
export const bytesOfBits = (bits: string): Buffer =>
  Buffer.from((bits.match(/.{1,8}/g) ?? []).map((byte) => parseInt(byte.padEnd(8, '0'), 2)));

/** An unsigned Exp-Golomb number (9.2) at a place, and the place behind it; null where there is none. */
export function readUe(bits: string, at: number): { value: number; end: number } | null {
  const zeros = bits.indexOf('1', at) - at;
  if (zeros < 0 || zeros > 31) return null;
  const end = at + 2 * zeros + 1;
  return { value: parseInt(bits.slice(at + zeros, end), 2) - 1, end };
}

/** A number as unsigned Exp-Golomb. */
export function ueBits(value: number): string {
  const bits = (value + 1).toString(2);
  return '0'.repeat(bits.length - 1) + bits;
}
