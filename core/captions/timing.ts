/** Times and timing lines as people and programs really write them. */
import type { RepairCode } from './repairs.ts';

/** What a format asks of its times; anything else is read too, and noted. */
export interface TimeRules {
  mark: ',' | '.';
  /** Fewest digits of the hours; 0: hours may be left out. */
  hours: 0 | 1 | 2;
  /** Digits of the fraction; null: any. */
  fraction: 3 | null;
}

export const SRT_TIME: TimeRules = { mark: ',', hours: 2, fraction: 3 };
export const VTT_TIME: TimeRules = { mark: '.', hours: 0, fraction: 3 };
export const ASS_TIME: TimeRules = { mark: '.', hours: 1, fraction: null };

export interface ReadTime {
  us: number;
  /** What was odd about it; the caller counts each kind once a cue. */
  odd: RepairCode[];
}

// Six digits: more would leave exact integers, and no recording is that long.
const TIME = /^(-)?(\d{1,6})( ?: ?)(\d{1,6})(?:( ?: ?)(\d{1,6}))?(?:( ?[.,:;。] ?)(\d{1,9}))?(?![\d:.,;])/;
/** Frames a second where a time ends in frames and the file does not say how many: the Chinese television rate. */
const FRAME_RATE = 25;

function fractionUs(digits: string, mark: string): number {
  // `00:00:01:12` counts frames; with three digits people mean milliseconds.
  if (mark === ':' && digits.length <= 2) return Math.round((Number(digits) * 1_000_000) / FRAME_RATE);
  return Number(digits.slice(0, 6).padEnd(6, '0'));
}

function oddities(rules: TimeRules, part: { hours: string | null; minutes: string; seconds: string }): RepairCode[] {
  const odd: RepairCode[] = [];
  if (part.hours === null && rules.hours > 0) odd.push('hours_missing');
  const shortHours = part.hours !== null && part.hours.length < Math.max(2, rules.hours) && rules.hours !== 1;
  if (shortHours || part.minutes.length < 2 || part.seconds.length < 2) odd.push('short_digits');
  if (Number(part.seconds) > 59 || (part.hours !== null && Number(part.minutes) > 59)) odd.push('time_out_of_range');
  return odd;
}

function fractionOddity(rules: TimeRules, digits: string | undefined, mark: string): RepairCode | null {
  if (digits === undefined) return rules.fraction === null ? null : 'milliseconds';
  if (mark === ':' && digits.length <= 2) return 'frames_in_time';
  if (mark !== rules.mark) return 'time_separator';
  return rules.fraction !== null && digits.length !== rules.fraction ? 'milliseconds' : null;
}

/** Reads a time at the beginning of `text` (half-width already); null where there is none. */
function timeAt(text: string, rules: TimeRules): (ReadTime & { length: number }) | null {
  const found = TIME.exec(text);
  if (!found) return null;
  const [whole, minus, first = '', colon1 = '', second = '', colon2 = '', third, rawMark = '', digits] = found;
  const part =
    third === undefined
      ? { hours: null, minutes: first, seconds: second }
      : { hours: first, minutes: second, seconds: third };
  const mark = rawMark.trim();
  const odd = oddities(rules, part);
  const fraction = fractionOddity(rules, digits, mark);
  if (fraction) odd.push(fraction);
  // A comma and no or two digits: both are told.
  if (fraction === 'time_separator' && rules.fraction !== null && digits?.length !== rules.fraction)
    odd.push('milliseconds');
  if (/ /.test(colon1 + colon2 + rawMark)) odd.push('spaces_in_time');
  const seconds = Number(part.hours ?? 0) * 3600 + Number(part.minutes) * 60 + Number(part.seconds);
  const us = seconds * 1_000_000 + (digits === undefined ? 0 : fractionUs(digits, mark));
  return { us: minus === undefined || us === 0 ? us : -us, odd, length: whole.length };
}

/** Full-width digits and punctuation as half-width ones. */
function halfWidth(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? text : text.normalize('NFKC').replace(/[−﹣‐‑]/g, '-');
}

/** A time that stands alone, as in ASS. */
export function readTime(raw: string, rules: TimeRules): ReadTime | null {
  const text = raw.length > 100 ? '' : halfWidth(raw).trim();
  const time = timeAt(text, rules);
  return time?.length === text.length ? { us: time.us, odd: time.odd } : null;
}

export interface Timing {
  startUs: number;
  endUs: number;
  odd: ReadonlySet<RepairCode>;
  /** What follows the times: coordinates, cue settings. */
  rest: string;
  /** A number that stands before the times on the same line. */
  index: number | null;
}

/** Longer lines are text. */
const MAX_LINE = 400;
const ARROW = /-{1,4} ?>|[—–―]{1,2} ?>|[→⟶⇒]/;
const LOOKS_LIKE_TIME = /^-?\d[\d ]*[:.,]/;

function readEnd(right: string, rules: TimeRules): (ReadTime & { rest: string }) | null {
  const time = timeAt(right, rules);
  if (!time) return null;
  const rest = right.slice(time.length);
  return rest === '' || rest.startsWith(' ') ? { us: time.us, odd: time.odd, rest: rest.trim() } : null;
}

function readStart(left: string, rules: TimeRules): (ReadTime & { index: number | null }) | null {
  const time = timeAt(left, rules);
  if (time?.length === left.length) return { us: time.us, odd: time.odd, index: null };
  const numbered = /^(\d{1,9})[.)]? +(?=\S)/.exec(left);
  if (!numbered) return null;
  const behind = left.slice(numbered[0].length);
  const later = timeAt(behind, rules);
  return later?.length === behind.length ? { us: later.us, odd: later.odd, index: Number(numbered[1]) } : null;
}

/**
 * A line with the times of a cue; 'broken' for a line that is meant to be one but whose times cannot be read; null for
 * text, also text with an arrow in it.
 */
export function readTiming(line: string, rules: TimeRules): Timing | 'broken' | null {
  if (line.length > MAX_LINE || !/[>＞→⟶⇒]/.test(line) || !/\d/u.test(line.normalize('NFKC'))) return null;
  const text = halfWidth(line);
  const arrow = ARROW.exec(text);
  if (!arrow) return null;
  const left = text.slice(0, arrow.index).trim();
  const right = text.slice(arrow.index + arrow[0].length).trim();
  const start = readStart(left, rules);
  const end = readEnd(right, rules);
  if (!start || !end) {
    const meant = arrow[0].endsWith('>') && LOOKS_LIKE_TIME.test(left) && (end !== null || LOOKS_LIKE_TIME.test(right));
    const meantToo = arrow[0].endsWith('>') && end !== null && /^-?\d/.test(left);
    return meant || meantToo ? 'broken' : null;
  }
  const odd = new Set<RepairCode>([...start.odd, ...end.odd]);
  if (text !== line && text.trim() !== line.trim()) odd.add('full_width_time');
  if (arrow[0] !== '-->') odd.add('arrow');
  if (start.index !== null) odd.add('index_on_time_line');
  return { startUs: start.us, endUs: end.us, odd, rest: end.rest, index: start.index };
}
