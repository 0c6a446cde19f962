/** The ASS text of a timeline's captions: the one the export burns in. */
import { timelineToAss } from '../../../../../core/model/timeline/ass.ts';
import type { Timeline } from '../../../../../core/model/timeline/timeline.ts';

/** `aiMade`: with the label on the opening. */
export function assOf(timeline: Timeline, aiMade: boolean): string {
  const { width, height } = timeline.canvas;
  return timelineToAss(timeline, { width, height, ...(aiMade ? { aiMade } : {}) }).ass;
}
