/** The ASS text of a timeline's captions: the one the export burns in. */
import { captionsToAss } from '../../../../../core/model/captions/index.ts';
import type { Timeline } from '../../../../../core/model/timeline/timeline.ts';

export const assOf = (timeline: Timeline): string => captionsToAss(timeline.captions.cues);
