/** Sends a take to the core as it is spoken: about two pieces a second, one after another, each again until it is there. */
import { toStudioError } from '../../../../../core/model/contract/client.ts';
import type { StudioError } from '../../../../../core/model/errors.ts';
import { isLineLost } from '../../../client/connection.ts';
import { BYTES_PER_SAMPLE, TAKE_RATE, toPcm24 } from '../../../../../core/model/sound/wav.ts';

/** Samples of a piece. */
const PIECE = TAKE_RATE / 2;
/** After a broken line, before the next try, milliseconds. */
const AGAIN_MS = 1000;
/** How often a core that answers is asked again; one that is away is waited for. */
const TRIES = 5;

type Send = (piece: { offset: number; data: string }) => Promise<unknown>;

/** Bytes as base64, in steps that an argument list can hold. */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

export class TakeStream {
  readonly #send: Send;
  readonly #failed: (error: StudioError) => void;
  #waiting: Float32Array[] = [];
  #samples = 0;
  #offset = 0;
  #running: Promise<void> | null = null;
  #ended = false;
  #broken: StudioError | null = null;

  /** `failed` is called once, when the core refuses a piece for good. */
  constructor(send: Send, failed: (error: StudioError) => void) {
    this.#send = send;
    this.#failed = failed;
  }

  /** Samples that the core has on its disk. */
  get kept(): number {
    return this.#offset / BYTES_PER_SAMPLE;
  }

  push(samples: Float32Array): void {
    if (this.#ended || this.#broken || samples.length === 0) return;
    this.#waiting.push(samples);
    this.#samples += samples.length;
    if (this.#samples >= PIECE) this.#running ??= this.#run();
  }

  /** Sends what is left; ends when the core has it all, or has refused. */
  async end(): Promise<void> {
    this.#ended = true;
    while (this.#samples > 0 && !this.#broken) await (this.#running ??= this.#run());
    await this.#running;
  }

  #take(): Float32Array {
    const all = new Float32Array(this.#samples);
    let at = 0;
    for (const samples of this.#waiting) {
      all.set(samples, at);
      at += samples.length;
    }
    const piece = all.subarray(0, Math.min(all.length, 4 * PIECE));
    const rest = all.subarray(piece.length);
    this.#waiting = rest.length > 0 ? [rest] : [];
    this.#samples = rest.length;
    return piece;
  }

  async #run(): Promise<void> {
    while (!this.#broken && (this.#ended ? this.#samples > 0 : this.#samples >= PIECE)) {
      const bytes = toPcm24(this.#take());
      await this.#deliver(bytes);
    }
    this.#running = null;
  }

  async #deliver(bytes: Uint8Array): Promise<void> {
    for (let left = TRIES; ;) {
      try {
        await this.#send({ offset: this.#offset, data: toBase64(bytes) });
        this.#offset += bytes.length;
        return;
      } catch (thrown) {
        const error = toStudioError(thrown);
        if (!isLineLost(error)) left -= 1;
        // A full disk may be tried again, but not while somebody goes on speaking for nothing.
        if (!error.retryable || error.code === 'disk_full' || left === 0) {
          this.#broken = error;
          this.#failed(error);
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    }
  }
}
