/** The blurred copy of the picture behind a clip whose fit is `blur`, as the export makes it (core/video/plan/picture.ts). */
import type { Slot } from './slot.ts';

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
    this.element.width = Math.round(film.width * scale);
    this.element.height = Math.round(film.height * scale);
  }

  hide(): void {
    this.element.hidden = true;
  }

  /** Draws what the slot shows, so that it covers the whole canvas. */
  draw(slot: Slot): void {
    const size = slot.size;
    const context = this.#context;
    if (!size || !context) return;
    this.element.hidden = false;
    const { width: W, height: H } = this.element;
    // The part of the source that has the film's shape.
    const width = Math.min(size.width, (size.height * W) / H);
    const height = Math.min(size.height, (size.width * H) / W);
    const [x, y] = [(size.width - width) / 2, (size.height - height) / 2];
    // First as it is: the blur fades at the edges, and there the picture itself must lie below, not black.
    for (const filter of ['none', `blur(${String(BLUR_PX)}px)`]) {
      context.filter = filter;
      context.drawImage(slot.picture, x, y, width, height, 0, 0, W, H);
    }
  }
}
