/**
 * Where somebody speaks, from peaks, and captions that are set to it. Pure; times in microseconds. It hears loudness only: loud music
 * or a machine counts as speech, which is why it only ever moves what a person asked it to move.
 */
import { levelOfDb, type Peaks } from '../strips/index.ts';

export interface SpeechSpan {
  startUs: number;
  /** Exclusive. */
  endUs: number;
}

/** Speech stands this far above the noise of its recording: half of the 20 dB that a usable recording has between them. */
export const ABOVE_NOISE_DB = 10;
/** The noise is what a tenth of the recording stays below: people who speak all the time still breathe that long. */
const NOISE_SHARE = 0.1;
/** Never less than this (peaks, dBFS): a film's loudness of −16 to −23 LUFS puts speech far above it. */
export const QUIETEST_DB = -42;
/** Never more: beyond that the noise is music, in which no edge of speech can be told. */
export const LOUDEST_DB = -26;
/** Shorter is a knock or a click; a syllable lasts 150 to 250 ms. */
export const SHORTEST_SPEECH_US = 100_000;
/** Shorter pauses lie inside a sentence: stops such as “p” and “t” are silent for up to 150 ms. */
export const SHORTEST_PAUSE_US = 200_000;
/** An edge of a caption goes no further: twice that is a word and its pause. */
export const SNAP_SPEECH_US = 500_000;

/** The level from which on a sound counts as speech, for the recording these peaks are of. */
export function speechLevel({ levels }: Peaks): number {
  const counts = new Uint32Array(256);
  for (const level of levels) counts[level] = (counts[level] ?? 0) + 1;
  let below = 0;
  let noise = 0;
  while (noise < 255 && below + (counts[noise] ?? 0) < levels.length * NOISE_SHARE) {
    below += counts[noise] ?? 0;
    noise += 1;
  }
  const above = noise * 10 ** (ABOVE_NOISE_DB / 40);
  return Math.min(levelOfDb(LOUDEST_DB), Math.max(levelOfDb(QUIETEST_DB), above));
}

/** Joins spans with less than a pause between them; `spans` in order of their start. */
function joined(spans: readonly SpeechSpan[], pauseUs: number): SpeechSpan[] {
  const list: SpeechSpan[] = [];
  for (const span of spans) {
    const last = list.at(-1);
    if (last && span.startUs - last.endUs < pauseUs) last.endUs = Math.max(last.endUs, span.endUs);
    else list.push({ ...span });
  }
  return list;
}

/** Where somebody speaks in a recording, on its own time base, to a hundredth of a second. */
export function speechIn(peaks: Peaks): SpeechSpan[] {
  const { levels, perSecond } = peaks;
  const least = speechLevel(peaks);
  const at = (n: number): number => Math.round((n * 1_000_000) / perSecond);
  const loud: SpeechSpan[] = [];
  let from = -1;
  for (let n = 0; n <= levels.length; n += 1) {
    const speaks = n < levels.length && (levels[n] ?? 0) >= least;
    if (speaks && from === -1) from = n;
    if (speaks || from === -1) continue;
    loud.push({ startUs: at(from), endUs: at(n) });
    from = -1;
  }
  return joined(loud, SHORTEST_PAUSE_US).filter(({ startUs, endUs }) => endUs - startUs >= SHORTEST_SPEECH_US);
}

/** A piece of a recording as it is heard in the film. */
export interface HeardPiece {
  /** Where somebody speaks in the whole recording. */
  speech: readonly SpeechSpan[];
  inUs: number;
  outUs: number;
  /** In the film. */
  startUs: number;
  /** Source time over film time. */
  speed: number;
}

/** Where somebody speaks in the film. A cut in the middle of a sentence is no edge; one that lets a sentence begin is. */
export function speechInFilm(pieces: readonly HeardPiece[]): SpeechSpan[] {
  const spans = pieces.flatMap(({ speech, inUs, outUs, startUs, speed }) => {
    const place = (us: number): number => startUs + Math.round((us - inUs) / speed);
    return speech
      .filter((span) => span.endUs > inUs && span.startUs < outUs)
      .map((span) => ({ startUs: place(Math.max(span.startUs, inUs)), endUs: place(Math.min(span.endUs, outUs)) }));
  });
  return joined(
    spans.sort((a, b) => a.startUs - b.startUs),
    SHORTEST_PAUSE_US,
  );
}

/** Of equally near ones the earlier; null: none within reach. */
function nearest(us: number, edges: readonly number[], reachUs: number): number | null {
  let best: number | null = null;
  for (const edge of edges) {
    const away = Math.abs(edge - us);
    if (away <= reachUs && (best === null || away < Math.abs(best - us))) best = edge;
  }
  return best;
}

/**
 * A caption's times set to speech: its start to the nearest beginning, its end to the nearest end, each within `reachUs`. Null where
 * nothing would move, or nothing would be left of it.
 */
export function snapToSpeech(
  cue: { startUs: number; endUs: number },
  speech: readonly SpeechSpan[],
  reachUs: number = SNAP_SPEECH_US,
): SpeechSpan | null {
  const begins = speech.map((span) => span.startUs);
  const ends = speech.map((span) => span.endUs);
  const startUs = nearest(cue.startUs, begins, reachUs) ?? cue.startUs;
  // An end before the new start would belong to the sentence before.
  const endUs =
    nearest(
      cue.endUs,
      ends.filter((us) => us > startUs),
      reachUs,
    ) ?? cue.endUs;
  if (startUs === cue.startUs && endUs === cue.endUs) return null;
  return endUs - startUs >= SHORTEST_SPEECH_US ? { startUs, endUs } : null;
}
