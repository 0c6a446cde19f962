/** The blurred copy of the picture behind a clip whose fit is `blur`, as the export makes it (core/video/plan/picture.ts). */
import { FrameCopy } from './frame-copy.ts';
import type { SlotLook } from './slot-look.ts';

/** Shorter side in pixels: small, since it is blurred anyway, and drawing it costs next to nothing. */
const SIDE = 72;
/**
 * The export blurs twice by a box of 2 r + 1, r being a 27th of the shorter side: a standard deviation of
 * √(2 ((2 r + 1)² − 1) / 12), about 3.2 % of that side.
 */
const BLUR_PX = SIDE * 0.032;

/** How often it follows a video that plays, milliseconds: blurred as it is, every second frame is seen as well as each. */
const EVERY_MS = 60;

interface Wanted {
  look: SlotLook;
  at: { sourceUs: number; share: number };
}

export class Backdrop {
  readonly #copy = new FrameCopy();
  /** What is to be drawn of the video as soon as its frame is copied. */
  #wanted: Wanted | null = null;
  #copying = false;
  /** Counted up by what makes a copy under way worth nothing. */
  #turn = 0;
  #copiedAt = -Infinity;
  #fresh = true;
  readonly element = document.createElement('canvas');
  readonly #context: CanvasRenderingContext2D | null;

  constructor() {
    this.element.className = 'backdrop';
    this.element.setAttribute('aria-hidden', 'true');
    this.#context = this.element.getContext('2d', { alpha: false });
  }

  /** Shape of the film, pixels. */
  resize(film: { width: number; height: number }): void {
    const scale = SIDE / Math.min(film.width, film.height);
    const [width, height] = [Math.round(film.width * scale), Math.round(film.height * scale)];
    // Setting a size, even the same, empties a canvas.
    if (this.element.width !== width) this.element.width = width;
    if (this.element.height !== height) this.element.height = height;
  }

  hide(): void {
    this.#drop();
    this.element.hidden = true;
  }

  /** Its slot comes on show: what stands on it is of another clip, and may not be seen until a frame is copied. */
  comes(): void {
    this.#fresh = true;
  }

  /** Draws what is seen of the picture, so that it covers the whole canvas: that of a video a few milliseconds later. */
  draw(look: SlotLook, picture: CanvasImageSource, at: { sourceUs: number; share: number }): void {
    if (!(picture instanceof HTMLVideoElement) || !this.#copy.usable || this.#fresh) {
      this.#drop();
      this.#fresh = false;
      this.#paint(picture, { look, at });
      return;
    }
    if (!picture.paused && performance.now() - this.#copiedAt < EVERY_MS) return;
    this.#wanted = { look, at };
    if (!this.#copying) void this.#follow(picture);
  }

  /** What was wanted is not any more; the next video is followed at once. */
  #drop(): void {
    this.#wanted = null;
    this.#copiedAt = -Infinity;
    this.#turn += 1;
  }

  /** Until nothing newer is wanted. */
  async #follow(video: HTMLVideoElement): Promise<void> {
    this.#copying = true;
    try {
      while (this.#wanted) {
        const wanted: Wanted = this.#wanted;
        this.#wanted = null;
        this.#copiedAt = performance.now();
        const turn = this.#turn;
        const picture = await this.#copy.of(video);
        if (turn === this.#turn) this.#paint(picture ?? video, wanted);
      }
    } finally {
      this.#copying = false;
    }
  }

  #paint(picture: CanvasImageSource, { look, at }: Wanted): void {
    const context = this.#context;
    if (!context) return;
    this.element.hidden = false;
    this.element.style.filter = look.filter;
    // First as it is: the blur fades at the edges, and there the picture itself must lie below, not black.
    for (const filter of ['none', `blur(${String(BLUR_PX)}px)`]) {
      context.filter = filter;
      look.cover(context, picture, at.share, at.sourceUs);
    }
  }
}
