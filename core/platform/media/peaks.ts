/** Peaks of a file's sound: decoded once, reduced as it comes, never held. */
import { rm, writeFile } from 'node:fs/promises';
import { StudioError } from '../../model/errors.ts';
import { encodePeaks, levelOf, PEAKS_PER_SECOND } from '../../model/strips/index.ts';
import { throwIfCancelled, writeError } from './files.ts';
import { firstFrameUs } from './frame-times.ts';
import { readHeader } from './header.ts';
import type { AudioStream } from './header.ts';
import type { MadeFromFile } from './making.ts';
import { pipeFfmpeg } from './pipe.ts';
import { soundFilter } from './proxy.ts';

export interface PeaksJob extends MadeFromFile {
  onProgress: ((fraction: number) => void) | undefined;
}

/** As the film hears it: what proxies and renders use. A slower clock would smooth the peaks away. */
const RATE = 48_000;
const SAMPLES_PER_VALUE = RATE / PEAKS_PER_SECOND;
/** Each of a stereo pair counts by itself; more are mixed down as in the film. Mono stays mono: spread, it would lose 3 dB. */
const CHANNELS = 2;
const FULL_SCALE = 32_767;
/** Sound may end a little before its header says; this much earlier, and with complaints of the decoder, it is cut short. */
const MISSING_US = 1_000_000;

/** Level of every 16-bit value, worked out once. */
const LEVELS = Uint8Array.from({ length: FULL_SCALE + 2 }, (_, value) => levelOf(value / FULL_SCALE));

/** Takes 16-bit samples (interleaved, little endian) in pieces of any size and keeps the loudest of each hundredth of a second. */
export class PeakReducer {
  readonly levels: Uint8Array;
  readonly #perValue: number;
  #value = 0;
  #left: number;
  #loudest = 0;
  /** First half of a sample whose second half has not come. */
  #half = -1;

  /** `count`: values wanted; what comes after them is let go. `channels`: interleaved ones. */
  constructor(count: number, channels: number) {
    this.levels = new Uint8Array(count);
    this.#perValue = SAMPLES_PER_VALUE * channels;
    this.#left = this.#perValue;
  }

  /** Values that hold at least one sample. */
  get reached(): number {
    return this.#value + (this.#left < this.#perValue ? 1 : 0);
  }

  add(bytes: Uint8Array): void {
    let at = 0;
    if (this.#half >= 0 && bytes.length > 0) {
      this.#take(this.#half | ((bytes[0] ?? 0) << 8));
      this.#half = -1;
      at = 1;
    }
    for (; at + 1 < bytes.length; at += 2) this.#take((bytes[at] as number) | ((bytes[at + 1] as number) << 8));
    if (at < bytes.length) this.#half = bytes[at] as number;
  }

  #take(unsigned: number): void {
    const loud = unsigned < 0x8000 ? unsigned : 0x1_0000 - unsigned;
    if (loud > this.#loudest) this.#loudest = loud;
    this.#left -= 1;
    if (this.#left === 0) this.end();
  }

  /** Closes the value that is being filled. */
  end(): void {
    if (this.#left === this.#perValue) return;
    if (this.#value < this.levels.length) this.levels[this.#value] = LEVELS[this.#loudest] as number;
    this.#value += 1;
    this.#left = this.#perValue;
    this.#loudest = 0;
  }
}

async function reduce(job: PeaksJob, sound: AudioStream, leading: number, durationUs: number): Promise<Uint8Array> {
  const { file: input, signal, log } = job;
  const startUs = await firstFrameUs((await job.ffprobe()).path, input, leading, signal);
  const channels = sound.channels === 1 ? 1 : CHANNELS;
  const reducer = new PeakReducer(Math.ceil((durationUs * PEAKS_PER_SECOND) / 1_000_000), channels);
  const raw = ['-ac', String(channels), '-ar', String(RATE), '-c:a', 'pcm_s16le', '-f', 's16le'];
  const complaints = await pipeFfmpeg({
    program: (await job.ffmpeg()).path,
    ...{ input, signal, log },
    inputOptions: ['-copyts', '-max_error_rate', '1'],
    outputOptions: ['-map', `0:${sound.index}`, '-vn', '-sn', '-dn', '-af', soundFilter(startUs, durationUs), ...raw],
    onBytes: (bytes) => {
      reducer.add(bytes);
      job.onProgress?.(Math.min(0.99, reducer.reached / reducer.levels.length));
    },
  });
  reducer.end();
  const reachedUs = (reducer.reached * 1_000_000) / PEAKS_PER_SECOND;
  const expectedUs = Math.min(durationUs, sound.declaredUs ?? 0);
  const known = job.facts.problems.some(({ code }) => code === 'truncated' || code === 'damaged');
  const cutShort = complaints.length > 0 && !known && reachedUs + MISSING_US < expectedUs;
  if (reducer.reached === 0 || cutShort) {
    throw new StudioError('tool_failed', { tool: 'ffmpeg', what: complaints.at(-1)?.slice(0, 200) ?? 'no sound came' });
  }
  return reducer.levels;
}

/**
 * Writes the peaks of the first sound track to `out` (`core/model/strips/peaks.ts`), on the source's time base: value 0 begins with
 * the first frame, or of a sound with its first sample; there is a value for every hundredth of a second of `facts.durationUs`, 0
 * where no sound is. One pass; memory is the values alone (360 KB an hour).
 * Errors: bad_input (nothing to hear), missing_tool, cancelled, disk_full, not_writable, tool_failed (cut short since it was
 * imported, too). Nothing is left at `out` on failure.
 */
export async function makePeaks(job: PeaksJob): Promise<void> {
  throwIfCancelled(job.signal);
  const { durationUs } = job.facts;
  if (job.facts.audioTracks === 0 || durationUs === null) throw new StudioError('bad_input', { what: 'no sound' });
  const { header } = await readHeader((await job.ffprobe()).path, job.file, job.signal);
  const sound = header?.audio[0];
  if (!sound) throw new StudioError('tool_failed', { tool: 'ffprobe', what: 'the sound cannot be opened' });
  const leading = job.facts.kind === 'video' ? (header.video ?? sound) : sound;
  const levels = await reduce(job, sound, leading.index, durationUs);
  throwIfCancelled(job.signal);
  try {
    await writeFile(job.out, encodePeaks({ perSecond: PEAKS_PER_SECOND, levels }));
  } catch (cause) {
    await rm(job.out, { force: true });
    throw writeError(cause, job.out);
  }
  job.onProgress?.(1);
}
