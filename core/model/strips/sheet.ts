/**
 * A filmstrip: small pictures of a film on one JPEG sheet, row by row, with an index of their times. The index is the JPEG's
 * comment: sheet and index are one file, so they are never of two makings.
 */

/** Height of a picture, pixels: what a clip of the timeline has room for. */
export const STRIP_HEIGHT = 90;
/** Widest picture, pixels; a wider film is drawn lower. */
export const STRIP_MAX_WIDTH = 240;
/** A picture a second at most. */
export const STRIP_STEP_US = 1_000_000;
/** Pictures on a sheet at most: 14 MB of pixels for a film of 16 : 9, however long it is. */
export const STRIP_MAX = 240;
/** Widest sheet, pixels: what every graphics card takes as one texture. */
export const SHEET_MAX_WIDTH = 4096;

export interface StripIndex {
  /** Of one picture, pixels. */
  width: number;
  height: number;
  /** Pictures in a row of the sheet. */
  columns: number;
  /** When each picture is on show, microseconds on the source's time base, ascending. */
  timesUs: readonly number[];
}

/** Size of one picture of a film of so many pixels; never enlarged. */
export function stripSize(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, STRIP_HEIGHT / height, STRIP_MAX_WIDTH / width);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Least distance of two pictures of a film this long, microseconds. */
export const stripStepUs = (durationUs: number): number =>
  Math.max(STRIP_STEP_US, Math.ceil(durationUs / (STRIP_MAX - 1)));

/** Pictures in a row, for so many of this width. */
export const stripColumns = (count: number, width: number): number =>
  Math.max(1, Math.min(count, Math.floor(SHEET_MAX_WIDTH / width)));

/** The picture that stands for a time: the nearest one, of two the earlier. */
export function stripAt({ timesUs }: StripIndex, us: number): number {
  let [low, high] = [0, timesUs.length - 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const [before, after] = [timesUs[middle] ?? 0, timesUs[middle + 1] ?? 0];
    if (us - before <= after - us) high = middle;
    else low = middle + 1;
  }
  return low;
}

const [MARK, START, COMMENT, SCAN] = [0xff, 0xd8, 0xfe, 0xda];
const NAME = 'tongxin-strip-1 ';

/** A JPEG with the index as its comment (ITU-T T.81, B.2.4.5). */
export function withIndex(jpeg: Uint8Array, index: StripIndex): Uint8Array {
  const text = `${NAME}${JSON.stringify(index)}`;
  const length = text.length + 2;
  const bytes = new Uint8Array(jpeg.length + length + 2);
  bytes.set([MARK, START, MARK, COMMENT, length >> 8, length & 0xff]);
  for (let i = 0; i < text.length; i += 1) bytes[6 + i] = text.charCodeAt(i);
  bytes.set(jpeg.subarray(2), length + 4);
  return bytes;
}

const positive = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value > 0;

function checked(value: unknown): StripIndex | null {
  if (typeof value !== 'object' || value === null) return null;
  const { width, height, columns, timesUs } = value as Partial<StripIndex>;
  if (!positive(width) || !positive(height) || !positive(columns) || !Array.isArray(timesUs)) return null;
  const ascending = timesUs.every((us, i) => Number.isInteger(us) && (i === 0 || us > (timesUs[i - 1] as number)));
  return ascending && timesUs.length > 0 ? { width, height, columns, timesUs: timesUs as number[] } : null;
}

/** The index in a sheet's comment; null when the bytes are no filmstrip of this version. */
export function indexOf(jpeg: Uint8Array): StripIndex | null {
  if (jpeg[0] !== MARK || jpeg[1] !== START) return null;
  for (let at = 2; jpeg[at] === MARK && jpeg[at + 1] !== SCAN;) {
    const length = ((jpeg[at + 2] ?? 0) << 8) | (jpeg[at + 3] ?? 0);
    if (jpeg[at + 1] === COMMENT) {
      let text = '';
      for (let i = at + 4; i < at + 2 + length; i += 1) text += String.fromCharCode(jpeg[i] ?? 0);
      if (text.startsWith(NAME)) {
        try {
          return checked(JSON.parse(text.slice(NAME.length)));
        } catch {
          return null; // cut short
        }
      }
    }
    if (length < 2) return null;
    at += 2 + length;
  }
  return null;
}
