/** The ASS text of a timeline's captions: the one the export burns in. */
import { timelineToAss } from '../../../../../core/model/timeline/ass.ts';
import type { SafeArea } from '../../../../../core/model/timeline/safe-areas.ts';
import type { Timeline } from '../../../../../core/model/timeline/timeline.ts';

/** `safe`: what the platform it is seen for lays nothing over; `aiMade`: with the label on the opening. */
export function assOf(timeline: Timeline, safe: SafeArea, aiMade: boolean): string {
  const { width, height } = timeline.canvas;
  return timelineToAss(timeline, { width, height, safe, ...(aiMade ? { aiMade } : {}) }).ass;
}
