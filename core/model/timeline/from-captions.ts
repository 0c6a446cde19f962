/** From the table a caption file is read into to the cues a timeline holds, and back. */
import { cueText, type Cue as FileCue } from '../captions/index.ts';
import { durationUs } from './layout.ts';
import { MAX_CUE_TEXT, MAX_TIME_US, type Cue, type CueWish, type Timeline } from './timeline.ts';
import { stackedText } from './two-languages.ts';

/**
 * Where a cue of a file stands, if not at the bottom: `align` counts as the number block of a keyboard does, 4 to 6 in the
 * middle, 7 to 9 at the top. Whether left or right is left out: a timeline centres its cues.
 */
function positionOf(align: number | undefined): Pick<Cue, 'position'> {
  if (align === undefined || align < 4) return {};
  return { position: align < 7 ? 'middle' : 'top' };
}

/**
 * Cues of a caption file as a timeline holds them: times, lines, the speaker, and the place of one that is not at the
 * bottom. A timeline has one style for all cues, so the rest of a cue's own is left out; so are cues beyond the longest
 * time. Text is cut at {@link MAX_CUE_TEXT}.
 */
export function cuesFromFile(cues: readonly FileCue[]): CueWish[] {
  return cues
    .filter((cue) => cue.endUs <= MAX_TIME_US)
    .map(({ startUs, endUs, text, speaker, style }) => ({
      startUs,
      endUs,
      // Half a character at the cut would be refused.
      text: text.slice(0, MAX_CUE_TEXT).replace(/[\uD800-\uDBFF]$/, ''),
      ...(speaker === undefined ? {} : { speaker }),
      ...positionOf(style?.align),
    }));
}

/** `align` of a place, as the number block of a keyboard counts. */
const ALIGN = { bottom: 2, middle: 5, top: 8 } as const;

/**
 * A timeline's captions as a caption file has them, as they are heard and seen: nothing after the end of the film, both
 * languages as lines of one cue, none without words. The place is told where it is not that of all.
 */
export function cuesForFile(timeline: Timeline): FileCue[] {
  const end = durationUs(timeline);
  return timeline.captions.cues
    .map(({ position, ...cue }) => ({
      startUs: cue.startUs,
      endUs: Math.min(cue.endUs, end),
      text: cueText(stackedText(cue)),
      ...(cue.speaker === undefined ? {} : { speaker: cue.speaker }),
      ...(position === undefined ? {} : { style: { align: ALIGN[position] } }),
    }))
    .filter(({ startUs, endUs, text }) => startUs < endUs && text !== '')
    .sort((a, b) => a.startUs - b.startUs);
}
