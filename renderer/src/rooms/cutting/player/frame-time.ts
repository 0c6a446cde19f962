/**
 * Between which times of its source the frame lies that a video shows, where the browser does not tell it (no VideoFrame). It is none
 * before the one that was presented last, as the browser says afterwards, and none behind the video's own time: just behind a seek
 * either may be on show.
 */

/** Nothing was presented yet: it may be any of the film's. */
const ANY_US = 24 * 3600 * 1_000_000;
/** A frame may be shown this much before its time while the video plays: one of 25 a second. */
const EARLY_US = 40_000;

export class FrameTime {
  #presentedUs: number | null = null;
  #leadUs = 0;
  readonly #video: HTMLVideoElement;

  /** `onFrame`: another frame was presented. */
  constructor(video: HTMLVideoElement, onFrame: () => void) {
    this.#video = video;
    if (typeof video.requestVideoFrameCallback !== 'function') return;
    const next = (_now: number, { mediaTime }: VideoFrameCallbackMetadata): void => {
      this.#presentedUs = this.#sourceTime(mediaTime);
      video.requestVideoFrameCallback(next);
      onFrame();
    };
    video.requestVideoFrameCallback(next);
  }

  /** Another source is loaded, in which the film begins at `leadUs`. */
  forget(leadUs = 0): void {
    this.#presentedUs = null;
    this.#leadUs = leadUs;
  }

  #sourceTime(videoS: number): number {
    return videoS * 1_000_000 - this.#leadUs;
  }

  /** The earliest time the frame may have, microseconds. */
  earliestUs(): number {
    const hereUs = this.#sourceTime(this.#video.currentTime);
    return this.#presentedUs === null ? Math.min(0, hereUs) : Math.min(hereUs, this.#presentedUs);
  }

  /**
   * The middle of the times the frame may have, and how far it may be off, microseconds. To be asked once the frame has been taken.
   * `heldMs`: how long the page has been at its present task; a video's time stands still for that long, its frames do not.
   */
  now(heldMs: number): { sourceUs: number; slackUs: number } {
    const { currentTime, paused, playbackRate } = this.#video;
    const hereUs = this.#sourceTime(currentTime);
    if (this.#presentedUs === null) return { sourceUs: hereUs, slackUs: ANY_US };
    const aheadUs = paused ? 0 : EARLY_US + heldMs * 1000 * playbackRate;
    const lastUs = Math.max(hereUs, this.#presentedUs) + aheadUs;
    const firstUs = this.earliestUs();
    return { sourceUs: (firstUs + lastUs) / 2, slackUs: (lastUs - firstUs) / 2 };
  }
}
