/**
 * Peaks: how loud a sound is, a hundred times a second, in one byte each. What the timeline draws waveforms from and what finds
 * speech. The loudest sample of any channel counts (max-abs): a mono mix would hide what stands in one channel only and what is
 * in opposite phase, and a mirrored drawing needs no lower edge of its own.
 */

/** Values a second: one pixel or less at the deepest zoom but the last few steps, and 360 KB an hour. */
export const PEAKS_PER_SECOND = 100;

export interface Peaks {
  perSecond: number;
  /**
   * Value k is the loudest sample from k ÷ perSecond seconds on, as 255 × √amplitude (1 = full scale). The root keeps quiet
   * sounds apart: one step is −96 dBFS, where a straight byte would end at −48.
   */
  levels: Uint8Array;
}

/** Full scale as a level. A level this high was clipped, or stood less than 0.04 dB below it. */
export const FULL_LEVEL = 255;

/** The level of an amplitude from 0 to 1; more counts as 1. */
export const levelOf = (amplitude: number): number => Math.round(FULL_LEVEL * Math.sqrt(Math.min(1, amplitude)));
/** The amplitude, 0 to 1, of a level. */
export const amplitudeOf = (level: number): number => (level / FULL_LEVEL) ** 2;
/** The level of so many decibels below full scale, with fractions. */
export const levelOfDb = (dbfs: number): number => FULL_LEVEL * 10 ** (dbfs / 40);

const MAGIC = [0x54, 0x58, 0x50, 0x4b]; // "TXPK"
const VERSION = 1;
const HEADER = 12;

/** A peaks file: `TXPK`, version, 0, values a second (16 bits), number of values (32 bits), the values; little endian. */
export function encodePeaks({ perSecond, levels }: Peaks): Uint8Array {
  const bytes = new Uint8Array(HEADER + levels.length);
  bytes.set([...MAGIC, VERSION, 0]);
  const view = new DataView(bytes.buffer);
  view.setUint16(6, perSecond, true);
  view.setUint32(8, levels.length, true);
  bytes.set(levels, HEADER);
  return bytes;
}

/** What {@link encodePeaks} wrote; null for anything else, a file cut short included. */
export function decodePeaks(bytes: Uint8Array): Peaks | null {
  if (bytes.length < HEADER || MAGIC.some((byte, i) => bytes[i] !== byte) || bytes[4] !== VERSION) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const perSecond = view.getUint16(6, true);
  if (perSecond === 0 || view.getUint32(8, true) !== bytes.length - HEADER) return null;
  return { perSecond, levels: bytes.subarray(HEADER) };
}
