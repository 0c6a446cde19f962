/** How one render shares the computer out between the programs it starts. */

/** Canvases encoded in one process and at one time: more would take more memory than an office computer gives away. */
export const MOST_CANVASES = 4;
/** A decoder with more threads holds more pictures (12 MB each at 4K) and is not what anything waits for. */
const DECODER_THREADS = 4;

/**
 * Places of the film encoded side by side on a computer of `cores`. A process that encodes `canvases` keeps about two cores and two
 * more for each canvas at work (its decoder and filters, and x264's three threads, which wait for them). Where places are `copied`, two in any case: what is
 * left to encode is short, and most of its time a start.
 */
export function placesAtOnce(cores: number, canvases: number, copied: boolean): number {
  const most = Math.floor(MOST_CANVASES / Math.max(1, canvases));
  const busy = Math.floor(cores / (2 + 2 * Math.max(1, canvases)));
  return Math.max(copied ? 2 : 1, Math.min(most, busy));
}

/** Options of a picture's decoder on a computer of `cores`: its own choice where that is few threads. */
export const decoderOptions = (cores: number): string[] =>
  cores > DECODER_THREADS ? ['-threads', String(DECODER_THREADS)] : [];
