/** From the table a caption file is read into to the cues a timeline holds. */
import type { Cue as FileCue } from '../captions/index.ts';
import { MAX_CUE_TEXT, MAX_TIME_US, type Cue } from './timeline.ts';

/** A cue that has no id yet. */
export type CueWish = Omit<Cue, 'id'>;

/**
 * Cues of a caption file as a timeline holds them: times, lines and the speaker. A timeline has one style for all cues,
 * so a cue's own is left out; so are cues beyond the longest time. Text is cut at {@link MAX_CUE_TEXT}.
 */
export function cuesFromFile(cues: readonly FileCue[]): CueWish[] {
  return cues
    .filter((cue) => cue.endUs <= MAX_TIME_US)
    .map(({ startUs, endUs, text, speaker }) => ({
      startUs,
      endUs,
      // Half a character at the cut would be refused.
      text: text.slice(0, MAX_CUE_TEXT).replace(/[\uD800-\uDBFF]$/, ''),
      ...(speaker === undefined ? {} : { speaker }),
    }));
}
