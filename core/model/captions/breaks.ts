/** Line breaks that stand where no line should end, and the marks a caption does not need at its end. */
import { partsPiece } from '../timeline/breaking.ts';
import { MAX_WIDTH } from './limits.ts';
import { partedName } from './names.ts';
import { textWidth } from './text.ts';

/**
 * Marks that begin no line (GB/T 15834). Dots and dashes are left out: in captions they begin a line that goes on, or
 * the words of another speaker.
 */
const BEGINS_NO_LINE = /^[，。、；：？！）】》〉」』〕｝]/u;
const ENDS_NO_LINE = /[（【《〈「『〔｛“]$/u;
/** Two words, or two numbers: a break between them is a space. */
const WORDS_APART = /\p{Script=Latin}\n\p{Script=Latin}|\d\n\d/u;
/** Only behind one of these a piece can go on: a number, a title, a Latin word, a sign that belongs to what follows. */
const MAY_GO_ON = /[\d《]|[\p{Script=Latin}¥￥$#@第+−±-]$/u;

/** Whether the break between two lines stands inside a number with its unit, a word or a title, or beside a mark that sticks. */
export function isBadBreak(before: string, after: string): boolean {
  if (before === '' || after === '') return false;
  if (BEGINS_NO_LINE.test(after) || ENDS_NO_LINE.test(before)) return true;
  if (!MAY_GO_ON.test(before) || WORDS_APART.test(`${before.slice(-1)}\n${after.slice(0, 1)}`)) return false;
  // What ends with a mark of its own ("……", ")") sticks to nothing behind it; dots and quotes that begin a line may.
  if (/^[\p{P}\p{S}]/u.test(after) && !/^[-.,:/'’%％℃°‰]/u.test(after)) return false;
  return partsPiece(before, after, MAX_WIDTH, textWidth);
}

/** Places of the lines (from 0) that end at a bad break. */
export function badBreaks(text: string): number[] {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.slice(0, -1).flatMap((line, i) => (isBadBreak(line, lines[i + 1] ?? '') ? [i] : []));
}

/** The names that breaks of a text part. `names` as `namesFrom` gives them. */
export function partedNames(text: string, names: readonly string[]): string[] {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.slice(0, -1).flatMap((line, i) => partedName(line, lines[i + 1] ?? '', names)?.name ?? []);
}

/**
 * A text without the full stop or comma at its very end. Dots ("。。。"), and a mark that is all there is, stay.
 */
export function withoutFinalMark(text: string): string {
  return text.replace(/(?<=[^\s，。、])[，。](?=\s*$)/u, '').trimEnd();
}
