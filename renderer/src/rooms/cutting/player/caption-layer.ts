/**
 * Captions over the stage, drawn by libass (jassub) from the text the export burns in, with the font that ships with
 * the studio and no other: nothing is asked of the system or of the network.
 */
import regular from '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf?url';
import bold from '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf?url';
import JASSUB from 'jassub';

const absolute = (url: string): string => new URL(url, document.baseURI).href;

export class CaptionLayer {
  readonly #canvas = document.createElement('canvas');
  readonly #jassub: JASSUB;
  readonly #size: { width: number; height: number };
  #timeUs: number;
  #alive = true;
  #started = false;
  /** Drawings under way. */
  #drawing = 0;
  /** The text that is drawn, and the one that waits for the renderer. */
  #text: string;

  /** `size`: of the film in pixels. While the canvas shows what was asked for last it says so (`data-ready`). */
  constructor(stage: HTMLElement, size: { width: number; height: number }, text: string, timeUs: number) {
    this.#size = size;
    this.#text = text;
    this.#timeUs = timeUs;
    this.#canvas.className = 'captions-canvas';
    this.#canvas.setAttribute('aria-hidden', 'true');
    stage.append(this.#canvas);
    this.#jassub = new JASSUB({
      canvas: this.#canvas,
      subContent: text,
      fonts: [absolute(bold), absolute(regular)],
      defaultFont: 'noto sans sc',
      queryFonts: false,
    });
    void this.#start();
  }

  async #start(): Promise<void> {
    await this.#jassub.ready;
    if (!this.#alive) return;
    await this.#draw(true);
    this.#started = true;
  }

  /** The time of the timeline that is shown, microseconds. */
  render(us: number): void {
    this.#timeUs = us;
    if (this.#started) void this.#draw(false);
  }

  /** Replaces the captions. What is drawn stays until the new one is. */
  async setText(text: string): Promise<void> {
    if (text === this.#text) return;
    this.#text = text;
    await this.#jassub.ready;
    if (!this.#alive) return;
    await this.#jassub.renderer.setTrack(text);
    await this.#draw(true);
  }

  async #draw(repaint: boolean): Promise<void> {
    if (!this.#alive) return;
    const frame = { expectedDisplayTime: performance.now(), ...this.#size, mediaTime: this.#timeUs / 1_000_000 };
    this.#drawing += 1;
    this.#canvas.dataset['ready'] = 'false';
    await this.#jassub.manualRender(frame, repaint);
    this.#drawing -= 1;
    if (this.#drawing === 0) this.#canvas.dataset['ready'] = 'true';
  }

  destroy(): void {
    this.#alive = false;
    void this.#jassub.destroy();
  }
}
