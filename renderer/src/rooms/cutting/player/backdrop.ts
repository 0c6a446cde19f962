/** The blurred copy of the picture behind a clip whose fit is `blur`. */
import type { Slot } from './slot.ts';

/** Small, since it is blurred anyway: drawing it costs next to nothing. */
const WIDTH = 72;
const HEIGHT = 128;

export class Backdrop {
  readonly element = document.createElement('canvas');
  readonly #context: CanvasRenderingContext2D | null;

  constructor() {
    this.element.className = 'backdrop';
    this.element.width = WIDTH;
    this.element.height = HEIGHT;
    this.element.setAttribute('aria-hidden', 'true');
    this.#context = this.element.getContext('2d', { alpha: false });
  }

  hide(): void {
    this.element.hidden = true;
  }

  /** Draws what the slot shows, so that it covers the whole canvas. */
  draw(slot: Slot): void {
    const size = slot.size;
    if (!size || !this.#context) return;
    this.element.hidden = false;
    const box = this.element.getBoundingClientRect();
    const aspect = box.height > 0 ? box.width / box.height : WIDTH / HEIGHT;
    // The part of the source that has the stage's shape.
    const width = Math.min(size.width, size.height * aspect);
    const height = Math.min(size.height, size.width / aspect);
    const [x, y] = [(size.width - width) / 2, (size.height - height) / 2];
    this.#context.drawImage(slot.picture, x, y, width, height, 0, 0, WIDTH, HEIGHT);
  }
}
