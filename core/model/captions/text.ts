/** The text of a cue: its normal form, its width, and how long it takes to read. */
import { MAX_CPS, MAX_LATIN_CHARS, MAX_LATIN_CPS, MAX_WIDTH } from './limits.ts';

/**
 * The normal form of a cue's text: lines parted by `\n`, none empty, none with white space around it, no tab,
 * no control character, no lone surrogate. Idempotent; the empty string when nothing is left.
 */
export function cueText(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/[\t\f]/g, ' ')
    .replace(/(?!\n)\p{Cc}/gu, '')
    .replace(/\p{Cs}/gu, '\uFFFD')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}

/**
 * Characters as wide as a Chinese one: East Asian Width W and F (UAX #11), and the punctuation that Chinese fonts
 * draw full width (— … “ ” ‘ ’ ·), and emoji.
 */
const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u2014\u2026\u2018-\u201D\u00B7\u3000]|[\u{16FE0}-\u{18DFF}\u{1AFF0}-\u{1B2FF}\u{1F000}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u;
const NO_WIDTH = /[\p{M}\p{Cf}\n]/u;

/** Width of a line in full-width characters: a Chinese character is 1, a Latin letter, digit or space 0.5. */
export function textWidth(line: string): number {
  let halves = 0;
  for (const char of line) {
    if (char >= '\u4E00' && char <= '\u9FFF') halves += 2;
    else if (char >= ' ' && char <= '~') halves += 1;
    else if (!NO_WIDTH.test(char)) halves += WIDE.test(char) ? 2 : 1;
  }
  return halves / 2;
}

/** A letter that is as wide as it is high. */
export const WIDE_LETTER = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** Whether most letters of a text are full width: it is measured as Chinese is. */
function isWide(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? [];
  return letters.filter((letter) => WIDE_LETTER.test(letter)).length * 2 > letters.length;
}

/** How a second language is measured: what counts, the most of it in a line and in a second, and what it is called. */
export interface Measure {
  widthOf: (text: string) => number;
  line: number;
  perSecond: number;
  unit: string;
}

const LATIN: Measure = {
  widthOf: (text) => [...text].length,
  line: MAX_LATIN_CHARS,
  perSecond: MAX_LATIN_CPS,
  unit: '个字符',
};
const WIDE_TEXT: Measure = {
  widthOf: (text) => textWidth(text.replace(/\s/g, '')),
  line: MAX_WIDTH,
  perSecond: MAX_CPS,
  unit: '个字',
};

/** The measure of a text by its letters; the caption's own text is always measured as Chinese. */
export const measureOf = (translation: string): Measure => (isWide(translation) ? WIDE_TEXT : LATIN);

/** Characters a second a person reads comfortably; used where a file gives no times. */
const EASY_READING = 4;
const SHORTEST_US = 1_000_000;

/** How long a text without times is shown, in microseconds: four full-width characters a second, at least one second. */
export function readingTimeUs(text: string): number {
  return Math.max(SHORTEST_US, Math.round((textWidth(text) / EASY_READING) * 1_000_000));
}
