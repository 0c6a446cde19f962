/** The blurred copy of the picture behind a clip whose fit is `blur`, as the export makes it (core/video/plan/picture.ts). */
import type { SlotLook } from './slot-look.ts';

/** Shorter side in pixels: small, since it is blurred anyway, and drawing it costs next to nothing. */
const SIDE = 72;
/**
 * The export blurs twice by a box of 2 r + 1, r being a 27th of the shorter side: a standard deviation of
 * √(2 ((2 r + 1)² − 1) / 12), about 3.2 % of that side.
 */
const BLUR_PX = SIDE * 0.032;

export class Backdrop {
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
    this.element.hidden = true;
  }

  /** Draws what is seen of the picture, so that it covers the whole canvas. */
  draw(look: SlotLook, picture: CanvasImageSource, at: { sourceUs: number; share: number }): void {
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
