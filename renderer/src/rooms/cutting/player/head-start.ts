/**
 * Sets the clip behind a cut going before the cut comes, unseen and unheard: a decoder takes 60 to 150 ms to start (measured with two
 * cores), and the picture would stand still meanwhile. It starts before its in point, where its source has something there, and is
 * steered so that it reaches the in point when the other clip ends.
 */
import type { Slot } from './slot.ts';

/** How long before the cut the next clip starts to run, microseconds of the clock: long enough to start and to be steered. */
const LEAD_US = 400_000;
/** Time for finding the place where it starts. */
const FIND_US = 250_000;
/** With less than this before the in point, microseconds of the clock, it stands in its in point and creeps. */
const SHORTEST_US = 70_000;
/**
 * So slowly, and so long before the cut (microseconds of the clock): less than a frame of it runs by, and the decoder is awake. Started at
 * its pace 70 ms before the cut, it lost its first frames and then stood still (104 to 139 ms without a picture); a quarter of the
 * pace did the same, a sixteenth sometimes did not start at all.
 */
const [CREEP, CREEP_US] = [0.125, 250_000];
/** Off by less than this it is not steered, nor called late: half a frame. */
const SLACK_US = 16_000;
/** Steered between these; more would sound odd if it went on beyond the cut, less would not arrive. */
const [SLOWEST, FASTEST] = [0.5, 2];

/** The clip that comes: where on its source it begins (microseconds), and source seconds a second of the clock. */
export interface Coming {
  entryUs: number;
  pace: number;
}

export class HeadStart {
  /** How long before the cut it runs, microseconds of the clock; null: not decided for this cut yet. */
  #leadUs: number | null = null;

  /** Another clip stands in the slot, or the slot stands elsewhere. */
  reset(): void {
    this.#leadUs = null;
  }

  /** To be called for every frame while the clip before the cut plays; `leftUs` until the cut, microseconds of the clock. */
  run(slot: Slot, { entryUs, pace }: Coming, leftUs: number): void {
    if (leftUs > LEAD_US + FIND_US || slot.source?.kind !== 'video' || !slot.ready) return;
    const { video } = slot;
    if (this.#leadUs === null) {
      const room = Math.min(LEAD_US, leftUs - FIND_US, entryUs / pace);
      this.#leadUs = room > SHORTEST_US ? room : 0;
      if (this.#leadUs > 0) slot.seek(entryUs - this.#leadUs * pace);
      return;
    }
    if (!video.paused) {
      this.#steer(slot, { entryUs, pace }, leftUs);
      return;
    }
    const creeps = this.#leadUs === 0;
    if (leftUs > (creeps ? CREEP_US : this.#leadUs)) return;
    video.playbackRate = creeps ? CREEP : pace;
    video.play().catch(() => {
      // Started again at the cut, where a refusal is dealt with.
    });
  }

  #steer(slot: Slot, { entryUs, pace }: Coming, leftUs: number): void {
    if (this.#leadUs === 0) return;
    const aheadUs = (slot.sourceUs - entryUs) / pace + leftUs;
    const share = Math.abs(aheadUs) < SLACK_US ? 1 : 1 - aheadUs / Math.max(leftUs, SLACK_US);
    const rate = pace * Math.min(FASTEST, Math.max(SLOWEST, share));
    if (Math.abs(slot.video.playbackRate - rate) > 0.05 * pace) slot.video.playbackRate = rate;
  }

  /** Whether the clip that runs towards its in point has not reached it: what it shows lies before the cut. */
  late(slot: Slot, { entryUs, pace }: Coming): boolean {
    return !slot.video.paused && slot.sourceUs < entryUs - SLACK_US * pace;
  }
}
