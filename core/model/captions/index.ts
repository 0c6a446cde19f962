/** Captions: the cue table, its rules, and the ASS text that preview and export draw from. */
export { assStyleLine, assText, captionsToAss, type AssOptions } from './ass.ts';
export {
  CAPTION_RULES,
  CAPTION_RULE_NAMES,
  checkCaptions,
  isHint,
  type CaptionFinding,
  type CaptionRule,
  type CheckedCue,
} from './check.ts';
export { namesFrom, peopleIn, peopleOfArticle, speakersOf } from './names.ts';
export {
  CAPTION_FORMATS,
  MAX_CUE_ID,
  MAX_SPEAKER,
  captionTable,
  cue,
  cueStyle,
  type CaptionFormat,
  type CaptionTable,
  type Cue,
  type CueStyle,
} from './schema.ts';
export { cueText, readingTimeUs, textWidth } from './text.ts';
export { clockCs, clockMs, lyricsTime, rounded } from './time.ts';
