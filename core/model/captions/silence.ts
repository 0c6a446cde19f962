/** Where nobody speaks in a recording, from its peaks. It hears loudness only: music and noise are no silence. */
import type { Peaks } from '../strips/index.ts';
import { speechIn, type SpeechSpan } from './speech.ts';

/** Shorter is a breath, or a pause that a sentence needs. */
export const SHORTEST_SILENCE_US = 800_000;
/** So much of it stays on either side: a voice needs to come and go, and the first consonants are quiet. */
export const KEPT_BESIDE_US = 150_000;

/** Silences of a recording, ascending, on its own time base; what stays beside speech is taken off already. */
export function silencesIn(peaks: Peaks): SpeechSpan[] {
  const endUs = Math.round((peaks.levels.length * 1_000_000) / peaks.perSecond);
  const speech = speechIn(peaks);
  const edges = [0, ...speech.flatMap((span) => [span.startUs, span.endUs]), endUs];
  const found: SpeechSpan[] = [];
  for (let i = 0; i + 1 < edges.length; i += 2) {
    const [from = 0, to = 0] = [edges[i], edges[i + 1]];
    if (to - from < SHORTEST_SILENCE_US) continue;
    found.push({
      startUs: from === 0 ? 0 : from + KEPT_BESIDE_US,
      endUs: to === endUs ? endUs : to - KEPT_BESIDE_US,
    });
  }
  return found;
}
