/** The sound of a take: mono WAV of 24-bit whole numbers, 48,000 a second (RIFF/WAVE, PCM). Pure. */

/** Samples a second: what cameras and platforms use for film sound. */
export const TAKE_RATE = 48_000;
export const BYTES_PER_SAMPLE = 3;
/** RIFF, fmt and the head of data. */
export const WAV_HEADER_BYTES = 44;
/** RIFF counts bytes in 32 bits; a take ends before that. */
export const MAX_TAKE_BYTES = 0xffff_ffff - WAV_HEADER_BYTES - (0xffff_ffff % BYTES_PER_SAMPLE);

/** Length of `bytes` of sound, microseconds. */
export const takeDurationUs = (bytes: number): number =>
  Math.floor((Math.floor(bytes / BYTES_PER_SAMPLE) * 1_000_000) / TAKE_RATE);

/** The head of a file that holds `dataBytes` of sound. */
export function wavHeader(dataBytes: number): Uint8Array {
  const head = new DataView(new ArrayBuffer(WAV_HEADER_BYTES));
  const word = (at: number, text: string): void => [...text].forEach((c, i) => head.setUint8(at + i, c.charCodeAt(0)));
  word(0, 'RIFF');
  head.setUint32(4, WAV_HEADER_BYTES - 8 + dataBytes, true);
  word(8, 'WAVEfmt ');
  head.setUint32(16, 16, true);
  head.setUint16(20, 1, true); // PCM
  head.setUint16(22, 1, true); // one channel
  head.setUint32(24, TAKE_RATE, true);
  head.setUint32(28, TAKE_RATE * BYTES_PER_SAMPLE, true);
  head.setUint16(32, BYTES_PER_SAMPLE, true);
  head.setUint16(34, 8 * BYTES_PER_SAMPLE, true);
  word(36, 'data');
  head.setUint32(40, dataBytes, true);
  return new Uint8Array(head.buffer);
}

const FULL_SCALE = 2 ** 23;

/** Samples from −1 to 1 as 24-bit little-endian whole numbers; louder ones are cut off at full scale. */
export function toPcm24(samples: Float32Array): Uint8Array {
  const bytes = new Uint8Array(samples.length * BYTES_PER_SAMPLE);
  for (let i = 0, at = 0; i < samples.length; i += 1, at += BYTES_PER_SAMPLE) {
    const value = Math.max(-FULL_SCALE, Math.min(FULL_SCALE - 1, Math.round((samples[i] ?? 0) * FULL_SCALE)));
    bytes[at] = value & 0xff;
    bytes[at + 1] = (value >> 8) & 0xff;
    bytes[at + 2] = (value >> 16) & 0xff;
  }
  return bytes;
}
