/**
 * Whole numbers of microseconds against rates written as fractions. Nothing here is a float of seconds: frame n of a
 * rate num/den starts at n · 1 000 000 · den / num, rounded to the nearest microsecond, and is worked out from n each
 * time, so that an hour at 30000/1001 ends where it should.
 */

/** A positive fraction, as `parseRational` reads it. */
export interface Rational {
  readonly num: number;
  readonly den: number;
}

/** "num/den" or "num", both parts 1 to 999,999,999: the spelling of frame rates and speeds in a timeline. */
export const RATIONAL_PATTERN = /^[1-9]\d{0,8}(?:\/[1-9]\d{0,8})?$/;

const SECOND_US = 1_000_000;

/** Reads "30000/1001" or "30"; null for anything else. */
export function parseRational(text: string): Rational | null {
  if (!RATIONAL_PATTERN.test(text)) return null;
  const [num, den] = text.split('/');
  return { num: Number(num), den: Number(den ?? 1) };
}

/** Largest whole number not above a · b / c, exactly. `a` is a whole number, `b` and `c` are positive ones. */
export function mulDivFloor(a: number, b: number, c: number): number {
  const product = a * b;
  // A quotient of two integers below 2^53 cannot be rounded up to a whole number it does not reach.
  if (Number.isSafeInteger(product)) return Math.floor(product / c);
  const [whole, by] = [BigInt(a) * BigInt(b), BigInt(c)];
  const quotient = whole / by;
  return Number(whole % by < 0n ? quotient - 1n : quotient);
}

/** a · b / c to the nearest whole number, a half upwards, exactly. */
export function mulDivRound(a: number, b: number, c: number): number {
  const product = a * b;
  if (Number.isSafeInteger(product)) {
    const floor = Math.floor(product / c);
    return 2 * (product - floor * c) >= c ? floor + 1 : floor;
  }
  const [whole, by] = [BigInt(a) * BigInt(b), BigInt(c)];
  const half = 2n * whole + by;
  const quotient = half / (2n * by);
  return Number(half % (2n * by) < 0n ? quotient - 1n : quotient);
}

/** Start of frame `n` in microseconds, to the nearest one. */
export function frameTime(n: number, rate: Rational): number {
  return mulDivRound(n, SECOND_US * rate.den, rate.num);
}

/** Number of the frame whose start is nearest to `us`; halfway, the later one. */
export function nearestFrame(us: number, rate: Rational): number {
  return mulDivRound(us, rate.num, SECOND_US * rate.den);
}

/** Number of the frame that is on show at `us`. */
export function frameAt(us: number, rate: Rational): number {
  const n = mulDivFloor(us, rate.num, SECOND_US * rate.den);
  // Its successor's start may have been rounded down onto `us`.
  return frameTime(n + 1, rate) <= us ? n + 1 : n;
}

/** Nearest start of a frame, in microseconds. Snapping what is snapped changes nothing. */
export function snapToFrame(us: number, rate: Rational): number {
  return frameTime(nearestFrame(us, rate), rate);
}

/**
 * Shortest distance in microseconds between the starts of two neighbouring frames: their exact distance rounded down,
 * since rounding may bring them closer by less than a microsecond.
 */
export function shortestFrame(rate: Rational): number {
  return mulDivFloor(SECOND_US, rate.den, rate.num);
}

/**
 * Nearest of the given times (ascending, microseconds), halfway the later one: for sources of variable rate, whose
 * frame times only the file knows. `us` itself when the list is empty.
 */
export function snapToTimes(us: number, times: readonly number[]): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < us) low = middle + 1;
    else high = middle;
  }
  const [before, after] = [times[low - 1], times[low]];
  if (before === undefined) return after ?? us;
  if (after === undefined) return before;
  return us - before < after - us ? before : after;
}
