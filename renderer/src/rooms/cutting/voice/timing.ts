/**
 * Which sample of a microphone belongs to which moment of the film. Two clocks are held against the page's own: the film's, read whenever
 * the playhead moves, and the sound card's, read whenever a piece of sound arrives. Pure; page times in milliseconds.
 */

/** Two clocks part by some 50 millionths: what was measured longer ago than this (once to twice) no longer counts. Milliseconds. */
const WINDOW_MS = 5000;

/**
 * What comes in late says nothing; of the last pieces the one that was on its way for the shortest time is the nearest to the truth.
 */
export class SoundClock {
  #windowMs = -Infinity;
  #beforeMs = Infinity;
  #nowMs = Infinity;

  /** A piece arrived whose last sample is number `endFrame`. */
  note(arrivedMs: number, endFrame: number, rate: number): void {
    if (arrivedMs - this.#windowMs > WINDOW_MS) {
      this.#windowMs = arrivedMs;
      this.#beforeMs = this.#nowMs;
      this.#nowMs = Infinity;
    }
    this.#nowMs = Math.min(this.#nowMs, arrivedMs - (endFrame / rate) * 1000);
  }

  /**
   * Number of the sample that was spoken at `ms`; `latencyMs`: how long sound is on its way from the air to the page. Null before
   * anything has arrived.
   */
  frameAt(ms: number, latencyMs: number, rate: number): number | null {
    const offsetMs = Math.min(this.#beforeMs, this.#nowMs);
    return offsetMs === Infinity ? null : Math.round(((ms + latencyMs - offsetMs) / 1000) * rate);
  }
}

/** A film's first moments of playing are not even; they do not count. */
const UNEVEN_US = 100_000;
/** Enough of an even run to tell where the film began, microseconds. */
const ENOUGH_US = 500_000;
const FEWEST = 8;
/** How many of the last readings say where the film is now. */
const LATEST = 20;

const middle = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** Where a film that plays at its own pace is, from readings of its playhead. */
export class FilmClock {
  readonly #atUs: number;
  /** For each reading, when the film would have begun. */
  readonly #began: number[] = [];
  #lastUs = 0;
  #firstMs: number | null = null;
  #settled: number | null = null;

  /** `atUs`: where it begins, microseconds of the film. */
  constructor(atUs: number) {
    this.#atUs = atUs;
    this.#lastUs = atUs;
  }

  note(ms: number, filmUs: number): void {
    this.#lastUs = Math.max(this.#lastUs, filmUs);
    const goneUs = filmUs - this.#atUs;
    this.#firstMs ??= ms - goneUs / 1000;
    if (goneUs < UNEVEN_US) return;
    this.#began.push(ms - goneUs / 1000);
    if (this.#settled === null && this.#began.length >= FEWEST && goneUs >= ENOUGH_US)
      this.#settled = middle(this.#began);
  }

  /** When the film began to play; null until that is known well. */
  get beganMs(): number | null {
    return this.#settled;
  }

  /** The best that can be said when there is no more to come; null: it never moved. */
  get beganAtBestMs(): number | null {
    return this.#settled ?? (this.#began.length > 0 ? middle(this.#began) : this.#firstMs);
  }

  /** How far the film has come, microseconds. */
  get lastUs(): number {
    return this.#lastUs;
  }

  /** How much later than an even run it is by now, milliseconds: the picture stood still, or hurried. */
  get slipMs(): number {
    return this.#settled === null ? 0 : middle(this.#began.slice(-LATEST)) - this.#settled;
  }
}
