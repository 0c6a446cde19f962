/**
 * Sets the clip behind a cut going before the cut comes, unseen and unheard: a decoder takes 60 to 150 ms to start (measured with two
 * cores), and the picture would stand still meanwhile. It starts before its in point, in what its source has there or in its
 * preview's lead-in, and is steered so that it reaches the in point when the other clip ends.
 */
import type { Clip } from '../../../../../core/model/timeline/timeline.ts';
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
/** It should be this much early, microseconds: what is late has to be waited for, in silence. */
const EARLY_US = 10_000;
/** Steered between these; a decoder hardly follows more. */
const [SLOWEST, FASTEST] = [0.5, 2];
/**
 * What a decoder takes to start at first, and at most, microseconds: the next ones are set going as much earlier as this one took.
 */
const [START_US, LONGEST_START_US] = [80_000, 200_000];
/** It runs when this much of it has run by, microseconds of the clock: then is seen how far it is off. */
const MOVED_US = 60_000;
/**
 * From here to the cut it runs at its own pace, microseconds: what a pace does is seen 70 ms later (measured in Chromium 130 and 150:
 * as much sound as that is waiting at the old one), so that steering close to the cut would go on behind it.
 */
const CALM_US = 150_000;
/** It is steered for this long at least, microseconds. */
const SHORTEST_STEERING_US = 40_000;

/** The clip that comes: where on its source it begins (microseconds), and source seconds a second of the clock. */
export interface Coming {
  entryUs: number;
  pace: number;
  /** What is heard of it behind the cut; null: nothing is. */
  heard: Clip | null;
}

export class HeadStart {
  /** How long before the cut it should run, microseconds of the clock; null: not decided for this cut yet. */
  #leadUs: number | null = null;
  /** How long before the cut its steering ends, microseconds of the clock; null: it is not known yet how far it is off. */
  #steersUntilUs: number | null = null;
  /** What the decoders took to start. */
  #startUs = START_US;

  /** Another clip stands in the slot, or the slot stands elsewhere. */
  reset(): void {
    this.#leadUs = null;
    this.#steersUntilUs = null;
  }

  /** To be called for every frame while the clip before the cut plays; `leftUs` until the cut, microseconds of the clock. */
  run(slot: Slot, coming: Coming, leftUs: number): void {
    const { entryUs, pace, heard } = coming;
    if (leftUs > LEAD_US + this.#startUs + FIND_US || slot.source?.kind !== 'video' || !slot.ready) return;
    const { video } = slot;
    if (this.#leadUs === null) {
      const room = Math.min(LEAD_US, leftUs - FIND_US - this.#startUs, (entryUs + slot.leadUs) / pace);
      this.#leadUs = room > SHORTEST_US ? room : 0;
      if (this.#leadUs > 0) slot.seek(entryUs - this.#leadUs * pace);
      return;
    }
    if (!video.paused) {
      if (this.#leadUs > 0) this.#steer(slot, coming, leftUs, this.#leadUs);
      return;
    }
    const creeps = this.#leadUs === 0;
    if (leftUs > (creeps ? CREEP_US : this.#leadUs + this.#startUs)) return;
    if (heard) slot.whisper(heard);
    video.playbackRate = creeps ? CREEP : pace;
    video.play().catch(() => {
      // Started again at the cut, where a refusal is dealt with.
    });
  }

  /** Once: what is steered again and again while nothing of it is seen yet goes too far. */
  #steer(slot: Slot, { entryUs, pace }: Coming, leftUs: number, leadUs: number): void {
    const { video } = slot;
    if (this.#steersUntilUs !== null) {
      if (leftUs <= this.#steersUntilUs && video.playbackRate !== pace) video.playbackRate = pace;
      return;
    }
    if (slot.sourceUs - entryUs < (MOVED_US - leadUs) * pace) return;
    const aheadUs = (slot.sourceUs - entryUs) / pace + leftUs - EARLY_US;
    // Half of what it was off by: one slow start does not make the next one early.
    this.#startUs = Math.min(LONGEST_START_US, Math.max(0, this.#startUs - aheadUs / 2));
    const forUs = Math.max(SHORTEST_STEERING_US, leftUs - CALM_US);
    this.#steersUntilUs = leftUs - forUs;
    if (Math.abs(aheadUs) < SLACK_US) return;
    video.playbackRate = pace * Math.min(FASTEST, Math.max(SLOWEST, 1 - aheadUs / forUs));
  }

  /** Whether the clip that runs towards its in point has not reached it: what it shows lies before the cut. */
  late(slot: Slot, { entryUs, pace }: Pick<Coming, 'entryUs' | 'pace'>): boolean {
    return !slot.video.paused && this.#isBefore(slot, { entryUs, pace });
  }

  /** Whether it stands where it should have been set going, and was not: its in point has to be found. */
  stranded(slot: Slot, coming: Pick<Coming, 'entryUs' | 'pace'>): boolean {
    return slot.video.paused && this.#isBefore(slot, coming);
  }

  #isBefore(slot: Slot, { entryUs, pace }: Pick<Coming, 'entryUs' | 'pace'>): boolean {
    return slot.sourceUs < entryUs - SLACK_US * pace;
  }
}
