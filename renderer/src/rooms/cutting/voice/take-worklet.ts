/** Runs beside the page, in the sound's own thread: hands every sample of the microphone to the page, a piece at a time. */

interface Port {
  postMessage(message: unknown, transfer: Transferable[]): void;
}
declare class AudioWorkletProcessor {
  readonly port: Port;
}
declare const currentFrame: number;
declare function registerProcessor(name: string, processor: typeof AudioWorkletProcessor): void;

/** Samples of a piece: about 21 ms, so that the meter moves and few messages are sent. */
const PIECE = 1024;

registerProcessor(
  'take',
  class extends AudioWorkletProcessor {
    #piece = new Float32Array(PIECE);
    #filled = 0;

    process(inputs: Float32Array[][]): boolean {
      const [channels = []] = inputs;
      const length = channels[0]?.length ?? 128;
      for (let i = 0; i < length; i += 1) {
        // A microphone that is gone or not there yet is silence: the count of samples must go on.
        let sum = 0;
        for (const channel of channels) sum += channel[i] ?? 0;
        this.#piece[this.#filled] = channels.length > 0 ? sum / channels.length : 0;
        this.#filled += 1;
        if (this.#filled === PIECE) this.#send(currentFrame + i + 1);
      }
      return true;
    }

    #send(endFrame: number): void {
      const samples = this.#piece;
      this.#piece = new Float32Array(PIECE);
      this.#filled = 0;
      this.port.postMessage({ samples, endFrame }, [samples.buffer]);
    }
  },
);
