/** The worker that renders the open story: one request on its way, and of those that wait only the newest. */
import { drawWechat, type WechatRequest, type WechatView } from './wechat-draw.ts';

export class WechatRenderer {
  readonly #onView: (view: WechatView) => void;
  #worker: Worker | null;
  #asked: WechatRequest | null = null;
  #next: WechatRequest | null = null;

  constructor(onView: (view: WechatView) => void) {
    this.#onView = onView;
    this.#worker = new Worker(new URL('./wechat-worker.ts', import.meta.url), { type: 'module' });
    this.#worker.onmessage = ({ data }: MessageEvent<Omit<WechatView, 'doc'>>) => {
      const { doc } = this.#asked ?? {};
      this.#asked = null;
      if (doc) this.#onView({ doc, ...data });
      this.#send();
    };
    // Whatever hinders the worker, the person still gets their preview: slower, from the page itself.
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#worker?.terminate();
      this.#worker = null;
      this.#next ??= this.#asked;
      this.#asked = null;
      this.#send();
    };
  }

  /** The view of `request` comes to `onView`, unless a newer one is asked for before its turn. */
  ask(request: WechatRequest): void {
    this.#next = request;
    this.#send();
  }

  #send(): void {
    if (this.#asked || !this.#next) return;
    const request = this.#next;
    this.#next = null;
    if (!this.#worker) {
      this.#onView(drawWechat(request));
      return;
    }
    this.#asked = request;
    this.#worker.postMessage(request);
  }

  /** Nothing comes any more. */
  stop(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#next = null;
  }
}
