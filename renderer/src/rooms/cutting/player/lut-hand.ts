/** Draws a picture through a colour table where there is no WebGL 2: pixel by pixel, on an ordinary canvas. */
import { applyTable, type TableLook } from './lut-pixels.ts';

/** Longest side of what is drawn, pixels: as large as a proxy where the picture stands; while it plays a quarter of the work. */
const [STANDING, PLAYING] = [960, 480];

export class LutByHand {
  readonly canvas = document.createElement('canvas');
  readonly #context = this.canvas.getContext('2d', { alpha: false, willReadFrequently: true });

  /** The still picture that was drawn last, and how. */
  #drawn: { picture: HTMLImageElement; src: string; look: TableLook } | null = null;

  constructor() {
    this.canvas.className = 'glass';
    this.canvas.setAttribute('aria-hidden', 'true');
  }

  /** As `LutGlass.draw`. */
  draw(
    picture: HTMLVideoElement | HTMLImageElement | HTMLCanvasElement,
    size: { width: number; height: number },
    look: TableLook & { plays: boolean },
  ): boolean {
    const [context, { canvas }] = [this.#context, this];
    if (!context) return false;
    const still = picture instanceof HTMLImageElement ? picture : null;
    if (still && this.#holds(still, look)) return true;
    this.#drawn = still && { picture: still, src: still.currentSrc, look };
    const by = Math.min(1, (look.plays && !still ? PLAYING : STANDING) / Math.max(size.width, size.height));
    const [width, height] = [Math.max(1, Math.round(size.width * by)), Math.max(1, Math.round(size.height * by))];
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    try {
      context.drawImage(picture, 0, 0, width, height);
      const image = context.getImageData(0, 0, width, height);
      applyTable(image.data, look);
      context.putImageData(image, 0, 0);
    } catch {
      // A picture the page may show but not read.
      this.#drawn = null;
      return false;
    }
    return true;
  }

  /** A still picture is drawn once, however long it is seen. */
  #holds(picture: HTMLImageElement, { table, strength, colours }: TableLook): boolean {
    const { src, look } = this.#drawn ?? {};
    if (this.#drawn?.picture !== picture || src !== picture.currentSrc || !look) return false;
    return look.table === table && look.strength === strength && look.colours === colours;
  }

  destroy(): void {
    this.canvas.remove();
  }
}
