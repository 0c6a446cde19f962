/**
 * The picture a video shows, as a canvas, past Chromium's store of decoded pictures. Without a graphics chip every frame that is drawn
 * straight from a video stays in that store: 370 MB after five seconds of playing (measured in Electron 33, PSS of the window); a
 * copy leaves nothing behind.
 */

import { FrameTime } from './frame-time.ts';

/** The video's frame as it is now, or null where the browser has no such thing or the video no frame. */
function frameOf(video: HTMLVideoElement): VideoFrame | null {
  if (typeof VideoFrame !== 'function' || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null;
  try {
    return new VideoFrame(video);
  } catch {
    return null;
  }
}

/** How long the page may have been at its present task, milliseconds: at most since the last picture of the screen. */
const heldMs = (): number =>
  Math.max(0, performance.now() - Number(document.timeline.currentTime ?? performance.now()));

/** What is done with a frame; times are its own on the source, microseconds. */
interface Use {
  /** Whether it may come onto the canvas at all. */
  wants?: (sourceUs: number) => boolean;
  /** Told once the canvas holds it. `slackUs`: how far its time may be off, either way. */
  done: (sourceUs: number, slackUs: number) => void;
}

export class FrameCopy {
  /** The frame that was copied last. */
  readonly canvas = document.createElement('canvas');
  readonly #context = this.canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  #pixels = new Uint8ClampedArray(0);
  #usable = typeof VideoFrame === 'function';
  /** Time of the frame on the canvas; null: none of this video. */
  #heldUs: number | null = null;
  /** Where the film begins in the video, microseconds. */
  #leadUs = 0;
  #wanted: { video: HTMLVideoElement; elseUs: number; use: Use } | null = null;
  #copying = false;
  /** Counted up by what makes a copy under way worth nothing. */
  #turn = 0;
  /** Where frames do not tell their time. */
  #time: FrameTime | null = null;
  /** What was drawn straight from the video last, and may have to be drawn again. */
  #last: { video: HTMLVideoElement; elseUs: number; use: Use } | null = null;

  /** To be told of the one video it will be asked about, where its frames do not tell their time. */
  watch(video: HTMLVideoElement): void {
    if (this.#usable) return;
    this.#time = new FrameTime(video, () => {
      const last = this.#last;
      // While it plays it is drawn for every picture of the screen anyway.
      if (last && video.paused) this.straight(last.video, last.elseUs, last.use);
    });
  }

  /** Whether the canvas holds a frame of the video it was last asked about. */
  get holds(): boolean {
    return this.#heldUs !== null;
  }

  /** Whether the canvas holds a frame that lies this near to a moment of the source, microseconds. */
  isNear(sourceUs: number, withinUs: number): boolean {
    return this.#heldUs !== null && Math.abs(this.#heldUs - sourceUs) <= withinUs;
  }

  /** What was asked for is not wanted any more. */
  cancel(): void {
    this.#wanted = null;
    this.#last = null;
    this.#turn += 1;
  }

  /** Another video: what stands on the canvas stays there, and counts for nothing. `leadUs`: where the film begins in it. */
  drop(leadUs: number): void {
    this.cancel();
    this.#heldUs = null;
    this.#leadUs = leadUs;
    this.#time?.forget(leadUs);
  }

  #timeOf(frame: VideoFrame): number {
    return frame.timestamp - this.#leadUs;
  }

  /**
   * Brings the frame that is shown now onto the canvas: at once if it is there already, a few milliseconds later if not. Of many
   * asked for while one is copied only the last is done. `elseUs` where the frame does not tell its time.
   */
  follow(video: HTMLVideoElement, elseUs: number, use: Use): void {
    if (!this.#usable) {
      this.straight(video, elseUs, use);
      return;
    }
    this.#wanted = { video, elseUs, use };
    if (!this.#copying) void this.#work();
  }

  /** Draws the frame at once, straight from the video: what must not wait. */
  straight(video: HTMLVideoElement, elseUs: number, use: Use): void {
    this.cancel();
    const frame = frameOf(video);
    if (use.wants?.(frame ? this.#timeOf(frame) : (this.#time?.earliestUs() ?? elseUs)) === false) {
      frame?.close();
      return;
    }
    this.#resize(video.videoWidth, video.videoHeight);
    // The very frame that tells its time: the video may be at the next one by now.
    this.#context?.drawImage(frame ?? video, 0, 0, this.canvas.width, this.canvas.height);
    const told = frame ? null : this.#time?.now(heldMs());
    const heldUs = frame ? this.#timeOf(frame) : (told?.sourceUs ?? elseUs);
    frame?.close();
    this.#heldUs = heldUs;
    this.#last = { video, elseUs, use };
    use.done(heldUs, told?.slackUs ?? 0);
  }

  async #work(): Promise<void> {
    this.#copying = true;
    try {
      while (this.#wanted) {
        const { video, elseUs, use } = this.#wanted;
        this.#wanted = null;
        const turn = this.#turn;
        if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) continue;
        const frame = frameOf(video);
        if (frame && use.wants?.(this.#timeOf(frame)) === false) {
          frame.close();
          continue;
        }
        const brought = this.#bring(frame, turn);
        // Not awaited where nothing is to be waited for: then what goes with the frame is drawn at once.
        const copied = typeof brought === 'boolean' ? brought : await brought;
        if (turn !== this.#turn) continue;
        if (copied) use.done(this.#heldUs ?? elseUs, 0);
        else this.straight(video, elseUs, use);
      }
    } finally {
      this.#copying = false;
    }
  }

  /** Has the frame on the canvas, if it is not there yet; false where it cannot be had. */
  #bring(frame: VideoFrame | null, turn: number): Promise<boolean> | boolean {
    if (frame && this.#timeOf(frame) !== this.#heldUs) return this.#copy(frame, turn);
    frame?.close();
    return frame !== null;
  }

  /** False where it cannot be copied: a decoder that keeps its frames to itself is never asked again. */
  async #copy(frame: VideoFrame, turn: number): Promise<boolean> {
    try {
      const { x, y, width, height } = frame.visibleRect ?? { x: 0, y: 0, width: 0, height: 0 };
      const bytes = width * height * 4;
      if (this.#pixels.length !== bytes) this.#pixels = new Uint8ClampedArray(bytes);
      const to: VideoFrameCopyToOptions & { format: 'RGBA'; colorSpace: PredefinedColorSpace } = {
        ...{ format: 'RGBA', colorSpace: 'srgb', rect: { x, y, width, height } },
      };
      await frame.copyTo(this.#pixels, to);
      if (turn !== this.#turn) return true;
      this.#resize(width, height);
      this.#context?.putImageData(new ImageData(this.#pixels, width, height), 0, 0);
      this.#heldUs = this.#timeOf(frame);
      return true;
    } catch (error) {
      if (error instanceof DOMException && error.name === 'NotSupportedError') this.#usable = false;
      return false;
    } finally {
      frame.close();
    }
  }

  /** Setting a size, even the same, empties a canvas. */
  #resize(width: number, height: number): void {
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
  }
}
