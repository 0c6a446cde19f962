/** The blurred copy of the picture behind a clip whose fit is `blur`, as the export makes it (core/video/plan/picture.ts). */
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

export class Backdrop {
  #turnAt = -Infinity;
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
    this.#turnAt = -Infinity;
    this.element.hidden = true;
  }

  /** Whether it is to be drawn anew beside a video that plays; counted from the last time that it was. */
  isDue(): boolean {
    const now = performance.now();
    if (now - this.#turnAt < EVERY_MS) return false;
    this.#turnAt = now;
    return true;
  }

  /** Draws what is seen of the picture, so that it covers the whole canvas. `share`: of the clip that is over. */
  paint(look: SlotLook, picture: CanvasImageSource, share: number): void {
    const context = this.#context;
    if (!context) return;
    this.element.hidden = false;
    this.element.style.filter = look.filter;
    // First as it is: the blur fades at the edges, and there the picture itself must lie below, not black.
    for (const filter of ['none', `blur(${String(BLUR_PX)}px)`]) {
      context.filter = filter;
      look.cover(context, picture, share);
    }
  }
}
