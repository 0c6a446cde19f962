/** One finding mended by itself: what stands in the place of the cue, or of the one before it. Pure. */
import { breakBy } from '../timeline/breaking.ts';
import type { Cue } from '../timeline/timeline.ts';
import { wordEdgeAt } from '../timeline/two-languages.ts';
import { isBadBreak, withoutFinalMark } from './breaks.ts';
import type { CaptionRule } from './check.ts';
import { LONGEST_US, MAX_CPS, MAX_LINES, MAX_WIDTH, SHORTEST_US } from './limits.ts';
import { partedName } from './names.ts';
import { cueText, measureOf, readingTimeUs, textWidth } from './text.ts';

export interface MendOptions {
  /** Distance that is left to the next cue, microseconds: two frames of the film, {@link TWO_FRAMES_US} or more. */
  gapUs: number;
  /** Where the film ends: no cue is made to last beyond it. */
  filmUs: number;
  /** Of people, inside which no line is ended. */
  names: readonly string[];
  /** Gives the id of a cue that a split makes. */
  newId: () => string;
}

/** Cues by their place (from 0); each becomes one or more. The first keeps its id. */
export type Mend = ReadonlyMap<number, readonly Cue[]>;

type Mender = (cues: readonly Cue[], index: number, options: MendOptions) => Mend | null;

const PAUSE = /[，。、；：？！…—,;:?!]$/u;
/** Marks that part words by themselves, being as wide as a word. */
const PARTS = /[，。、；：？！…—（）《》「」『』“”]$/u;
/** Begins the words of another speaker. */
const SPEAKER = /^[-–—]/u;

/** Two lines as one. Words that only the break parted are parted by a space. */
const joinLines =
  (names: readonly string[]) =>
  (before: string, after: string): string => {
    const parted = partedName(before, after, names);
    if (parted) return `${before}${parted.joiner}${after}`;
    return isBadBreak(before, after) || PARTS.test(before) ? before + after : `${before} ${after}`;
  };

/** Whether no line must end between these two. */
const sticks = (before: string, after: string, names: readonly string[]): boolean =>
  isBadBreak(before, after) || partedName(before, after, names) !== null;

/**
 * Words of Chinese by the dictionary every JavaScript engine brings (ICU). Engines may differ: that is no harm here, for
 * what comes out is kept as text.
 */
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/** Joins pieces to whole words. */
function inWords(pieces: readonly string[]): string[] {
  const ends = new Set<number>();
  for (const { index, segment } of segmenter.segment(pieces.join(''))) ends.add(index + segment.length);
  const words: string[] = [];
  let word = '';
  let at = 0;
  for (const piece of pieces) {
    word += piece;
    at += piece.length;
    if (!ends.has(at)) continue;
    words.push(word);
    word = '';
  }
  return word === '' ? words : [...words, word];
}

/** Breaks a line at pauses, else between words; null when a piece of it fits no line. */
function broken(line: string, names: readonly string[]): string[] | null {
  const { lines, tooWide } = breakBy(line, textWidth, MAX_WIDTH, { words: inWords, names });
  return tooWide === null ? lines : null;
}

const linesOf = (cue: Cue): string[] => cueText(cue.text).split('\n');
const one = (index: number, cue: Cue): Mend => new Map([[index, [cue]]]);

/** Lines in groups of two at most, as few as can be: a group ends at a pause, or where a line ended before, if it can. */
function grouped(lines: readonly { text: string; ends: boolean }[]): string[][] {
  const count = Math.ceil(lines.length / MAX_LINES);
  const odd = lines.length % MAX_LINES === 1;
  let best: { score: number; groups: string[][] } = { score: -1, groups: [] };
  // Of an odd number one line stands alone; the last ones are tried first.
  for (let alone = odd ? count - 1 : 0; alone >= 0; alone -= 1) {
    const groups: string[][] = [];
    let score = 0;
    for (let at = 0; at < lines.length;) {
      const size = odd && groups.length === alone ? 1 : MAX_LINES;
      const group = lines.slice(at, at + size);
      at += size;
      groups.push(group.map(({ text }) => text));
      const last = group.at(-1);
      score += (last?.ends ? 2 : 0) + (PAUSE.test(last?.text ?? '') ? 1 : 0);
    }
    if (score > best.score) best = { score, groups };
  }
  return best.groups;
}

/** A translation in as many parts as there are shares (ends, 0 to 1), between words; empty where nothing is left for one. */
function sharedTranslation(translation: string, ends: readonly number[]): string[] {
  let from = 0;
  return ends.map((end, i) => {
    const to = i === ends.length - 1 ? translation.length : Math.max(from, wordEdgeAt(translation, end));
    const part = translation.slice(from, to).trim();
    from = to;
    return part;
  });
}

/** A cue for each text, in the time of the one, each as long as its share of the text. */
function shared(cue: Cue, texts: readonly string[], newId: () => string): Cue[] {
  const widths = texts.map((text) => Math.max(0.5, textWidth(text.replace(/\s/g, ''))));
  const whole = widths.reduce((sum, width) => sum + width, 0);
  let used = 0;
  const ends = widths.map((width) => (used += width) / whole);
  const { translation: said = '', ...plain } = cue;
  const translations = sharedTranslation(said, ends);
  let startUs = cue.startUs;
  return texts.map((text, i) => {
    const endUs =
      i === texts.length - 1 ? cue.endUs : cue.startUs + Math.round((cue.endUs - cue.startUs) * (ends[i] ?? 1));
    const translation = translations[i] ?? '';
    const part: Cue = {
      ...{ ...plain, ...(i === 0 ? {} : { id: newId() }), startUs, endUs, text },
      ...(translation === '' ? {} : { translation }),
    };
    startUs = endUs;
    return part;
  });
}

/** The lines broken again; more than two are shared out over cues, whose ends need no mark where they were no end before. */
const rebreak: Mender = (cues, index, { newId, names }) => {
  const cue = cues[index];
  if (!cue) return null;
  const lines: { text: string; ends: boolean }[] = [];
  for (const line of linesOf(cue)) {
    const parts = broken(line, names);
    if (!parts) return null;
    lines.push(...parts.map((text, i) => ({ text, ends: i === parts.length - 1 })));
  }
  if (lines.length <= MAX_LINES) return one(index, { ...cue, text: lines.map(({ text }) => text).join('\n') });
  const texts = grouped(lines).map((group, i, all) => {
    const text = group.join('\n');
    return i === all.length - 1 ? text : withoutFinalMark(text);
  });
  const parts = shared(cue, texts, newId);
  return parts.every(({ startUs, endUs }) => endUs > startUs) ? new Map([[index, parts]]) : null;
};

/** Short lines joined to two; where they are too long for that, the cue is split. */
const fewerLines: Mender = (cues, index, options) => {
  const cue = cues[index];
  if (!cue) return null;
  const { names } = options;
  const lines = linesOf(cue);
  if (lines.some((line) => SPEAKER.test(line))) return rebreak(cues, index, options);
  let best: { uneven: number; text: string } | null = null;
  for (let cut = 1; cut < lines.length; cut += 1) {
    const [first, second] = [lines.slice(0, cut), lines.slice(cut)].map((part) => part.reduce(joinLines(names))) as [
      string,
      string,
    ];
    const [a, b] = [textWidth(first), textWidth(second)];
    if (Math.max(a, b) > MAX_WIDTH || sticks(first, second, names)) continue;
    if (!best || Math.abs(a - b) < best.uneven) best = { uneven: Math.abs(a - b), text: `${first}\n${second}` };
  }
  return best ? one(index, { ...cue, text: best.text }) : rebreak(cues, index, options);
};

/** Lines that were parted in a wrong place are one again, and broken elsewhere where they are too long for one. */
const goodBreaks: Mender = (cues, index, { names }) => {
  const cue = cues[index];
  if (!cue) return null;
  const lines: string[] = [];
  for (const line of linesOf(cue)) {
    const before = lines.at(-1);
    const parted = before === undefined ? null : partedName(before, line, names);
    if (before !== undefined && (parted || isBadBreak(before, line)))
      lines[lines.length - 1] = `${before}${parted?.joiner ?? ''}${line}`;
    else lines.push(line);
  }
  const again = lines.map((line) => broken(line, names));
  return again.some((parts) => parts === null) ? null : one(index, { ...cue, text: again.flat().join('\n') });
};

/** The second language broken again, as one line where its own lines do not do; more than two lines it never has. */
const rebreakTranslation: Mender = (cues, index, { names }) => {
  const cue = cues[index];
  if (cue?.translation === undefined) return null;
  const { widthOf, line } = measureOf(cue.translation);
  const own = cueText(cue.translation).split('\n');
  for (const lines of [own, [own.join(' ')]]) {
    const parts = lines.map((each) => breakBy(each, widthOf, line, { names }));
    const again = parts.flatMap((part) => part.lines);
    if (again.length <= MAX_LINES && parts.every(({ tooWide }) => tooWide === null))
      return one(index, { ...cue, translation: again.join('\n') });
  }
  return null;
};

const noFinalMark: Mender = (cues, index) => {
  const cue = cues[index];
  return cue ? one(index, { ...cue, text: withoutFinalMark(cue.text) }) : null;
};

/** The cue before `index` that ends last; of those that end together the nearest. */
function lastToEnd(cues: readonly Cue[], index: number): number {
  let last = -1;
  for (let i = 0; i < index; i += 1) if (last < 0 || (cues[i]?.endUs ?? 0) >= (cues[last]?.endUs ?? 0)) last = i;
  return last;
}

/** The earlier cue ends two frames before; where that takes too much of it, it lasts until this one begins. */
const evenGap = (wayOut: 'gap' | 'join'): Mender => {
  return (cues, index, { gapUs }) => {
    const at = lastToEnd(cues, index);
    const [cue, earlier] = [cues[index], cues[at]];
    if (!cue || !earlier) return null;
    const endUs = wayOut === 'gap' ? cue.startUs - gapUs : cue.startUs;
    return endUs > earlier.startUs ? one(at, { ...earlier, endUs }) : null;
  };
};

/** Every cue that is still on ends when this one begins. Two that begin together are left to the person. */
const noOverlap: Mender = (cues, index) => {
  const cue = cues[index];
  if (!cue) return null;
  const mend = new Map<number, readonly Cue[]>();
  for (let i = 0; i < index; i += 1) {
    const earlier = cues[i];
    if (!earlier || earlier.endUs <= cue.startUs) continue;
    if (earlier.startUs === cue.startUs) return null;
    mend.set(i, [{ ...earlier, endUs: cue.startUs }]);
  }
  return mend.size > 0 ? mend : null;
};

/** Lasts as long as it must, into the free time behind it; two frames before the next cue at the latest. */
const longer: Mender = (cues, index, { gapUs, filmUs }) => {
  const cue = cues[index];
  if (!cue) return null;
  const width = textWidth(cue.text.replace(/\s/g, ''));
  const { translation = '' } = cue;
  const { widthOf, perSecond } = measureOf(translation);
  const seconds = Math.max(width / MAX_CPS, widthOf(translation.replaceAll('\n', ' ')) / perSecond);
  // Whole milliseconds, as files keep them.
  const neededUs = Math.ceil(Math.max(SHORTEST_US, seconds * 1_000_000) / 1000) * 1000;
  const endUs = cue.startUs + neededUs;
  const next = cues[index + 1];
  const free = endUs <= Math.min(filmUs, next ? next.startUs - gapUs : Infinity);
  return free && endUs > cue.endUs && neededUs <= LONGEST_US ? one(index, { ...cue, endUs }) : null;
};

/** Ends after seven seconds, if that is enough to read it at ease. */
const shorter: Mender = (cues, index) => {
  const cue = cues[index];
  if (!cue || readingTimeUs(cue.text) > LONGEST_US) return null;
  return one(index, { ...cue, endUs: cue.startUs + LONGEST_US });
};

/** Ways to mend a finding of each rule, the best first. */
export const MENDERS: Readonly<Record<CaptionRule, readonly Mender[]>> = {
  bad_break: [goodBreaks],
  line_too_long: [rebreak],
  too_many_lines: [fewerLines],
  final_punctuation: [noFinalMark],
  overlap: [noOverlap],
  gap_too_small: [evenGap('gap'), evenGap('join')],
  too_long: [shorter],
  too_short: [longer],
  too_fast: [longer],
  translation_line_too_long: [rebreakTranslation],
  translation_too_many_lines: [rebreakTranslation],
  translation_too_fast: [longer],
};
