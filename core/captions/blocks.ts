/** The frame of SRT and WebVTT: which lines are a cue's number, its times and its text. */
import type { RepairList } from './repairs.ts';
import { readTiming, type TimeRules, type Timing } from './timing.ts';

export interface Block {
  timing: Timing;
  /** The line above the times: WebVTT's name of a cue. SRT's numbers are not kept. */
  id: string | null;
  text: string;
}

export interface BlockRules {
  format: 'srt' | 'vtt';
  times: TimeRules;
}

interface Head {
  /** First line that belongs to the cue. */
  from: number;
  number: number | null;
  id: string | null;
}

const blank = (line: string | undefined): boolean => line === undefined || line.trim() === '';

/** The number a line consists of ("12", "12.", full-width digits), or null. */
function numberOf(line: string | undefined): number | null {
  if (line === undefined || line.length > 40) return null;
  const digits = /^#?(\d{1,9})[.:]?$/.exec(line.trim().normalize('NFKC'))?.[1];
  return digits === undefined ? null : Number(digits);
}

class Frame {
  readonly #lines: readonly string[];
  readonly #rules: BlockRules;
  readonly #repairs: RepairList;
  readonly #blocks: Block[] = [];
  /** Number of the cue before; null while cues come without. */
  #last: number | null = null;

  constructor(lines: readonly string[], rules: BlockRules, repairs: RepairList) {
    this.#lines = lines;
    this.#rules = rules;
    this.#repairs = repairs;
  }

  read(): Block[] {
    let current: { at: number; timing: Timing | 'broken'; id: string | null } | null = null;
    for (let at = 0; at < this.#lines.length; at++) {
      const timing = readTiming(this.#lines[at] ?? '', this.#rules.times);
      if (timing === null) continue;
      const head = this.#headOf(at, current?.at ?? -1);
      if (current) this.#cue(current, head.from);
      else this.#junk(head.from);
      this.#note(head, timing, current !== null);
      current = { at, timing, id: head.id };
    }
    if (current) this.#cue(current, this.#end(current.at));
    return this.#blocks;
  }

  #expects(number: number | null): boolean {
    return number !== null && this.#last !== null && number === this.#last + 1;
  }

  /** The head of the cue whose times stand at `at`; `previous` is the line of the times before, or -1. */
  #headOf(at: number, previous: number): Head {
    const none: Head = { from: at, number: null, id: null };
    const above = at - 1;
    if (above <= previous) return none;
    const line = this.#lines[above] ?? '';
    if (blank(line)) return this.#distantNumber(above, previous) ?? none;
    const number = numberOf(line);
    const parted = above - 1 > previous ? blank(this.#lines[above - 1]) : previous === -1;
    if (this.#rules.format === 'vtt') {
      const named = parted || this.#expects(number);
      return named ? { from: above, number, id: line.trim() } : none;
    }
    // A number right above the times may be a line of text: a year, a count, a score.
    const known = parted || this.#expects(number) || (this.#last !== null && above - 1 > previous);
    return number !== null && known ? { from: above, number, id: null } : none;
  }

  /** A number with blank lines between it and its times. */
  #distantNumber(below: number, previous: number): Head | null {
    if (this.#rules.format === 'vtt') return null;
    let above = below;
    while (above > previous && blank(this.#lines[above])) above -= 1;
    if (above <= previous) return null;
    const number = numberOf(this.#lines[above]);
    const first = previous === -1 && number !== null;
    const parted = above - 1 <= previous || blank(this.#lines[above - 1]);
    if (!parted || !(first || this.#expects(number))) return null;
    this.#repairs.add('blank_after_index');
    return { from: above, number, id: null };
  }

  #note(head: Head, timing: Timing | 'broken', follows: boolean): void {
    const number = head.number ?? (timing === 'broken' ? null : timing.index);
    if (follows && !blank(this.#lines[head.from - 1])) this.#repairs.add('missing_blank_line');
    if (this.#rules.format === 'srt') {
      if (number === null) this.#repairs.add('missing_index');
      else if (number !== (this.#last ?? 0) + 1 && (follows || number > 1)) this.#repairs.add('index_order');
    }
    this.#last = number ?? this.#last;
  }

  #junk(until: number): void {
    this.#repairs.add('text_before_first_cue', this.#lines.slice(0, until).filter((line) => !blank(line)).length);
  }

  /** Where the last cue's text ends: a number that no times follow is none of it. */
  #end(at: number): number {
    let last = this.#lines.length - 1;
    while (last > at && blank(this.#lines[last])) last -= 1;
    const alone = last - 1 > at && blank(this.#lines[last - 1]);
    if (this.#rules.format !== 'srt' || !alone || !this.#expects(numberOf(this.#lines[last]))) return last + 1;
    this.#repairs.add('index_without_times');
    return last;
  }

  #cue(current: { at: number; timing: Timing | 'broken'; id: string | null }, until: number): void {
    const { timing, id } = current;
    if (timing === 'broken') {
      this.#repairs.add('unreadable_time');
      return;
    }
    const region = this.#lines.slice(current.at + 1, until);
    while (blank(region.at(-1)) && region.length > 0) region.pop();
    const first = region.findIndex((line) => !blank(line));
    if (first >= 0 && region.slice(first).some(blank)) this.#repairs.add('blank_line_in_text');
    for (const code of timing.odd) this.#repairs.add(code);
    this.#blocks.push({ timing, id, text: region.join('\n') });
  }
}

/**
 * Cues of a file of times and text. A cue begins where a line has times; the line above is its number (SRT) or name
 * (WebVTT) when it looks like one. All oddities are noted.
 */
export function readBlocks(lines: readonly string[], rules: BlockRules, repairs: RepairList): Block[] {
  return new Frame(lines, rules, repairs).read();
}
