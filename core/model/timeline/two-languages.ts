/** Captions in two languages: the text, and the same words in another language below it. Pure. */
import { WIDE_LETTER } from '../captions/text.ts';
import type { Operation } from './operation.ts';
import { MAX_CUE_TEXT, type Cue, type CueWish } from './timeline.ts';

/** One letter may be a unit or a name ("5G", "A 区"): words have two. */
const WORD = new RegExp(`(?!${WIDE_LETTER.source})\\p{L}{2}`, 'u');
/** A space, or the place before or behind a character that stands for a word. */
const EDGES = new RegExp(`\\s+|(?<=${WIDE_LETTER.source})|(?=${WIDE_LETTER.source})`, 'gu');

/** All lines of a cue as a file or a reader gets them: the text, below it the translation. */
export const stackedText = ({ text, translation }: Pick<Cue, 'text' | 'translation'>): string =>
  translation === undefined ? text : text === '' ? translation : `${text}\n${translation}`;

/** The place between two words that is nearest to a share (0 to 1) of a text, UTF-16 units; one of its ends where it is one word. */
export function wordEdgeAt(text: string, share: number): number {
  const wanted = text.length * Math.max(0, Math.min(1, share));
  const edges = [0, ...Array.from(text.matchAll(EDGES), ({ index }) => index), text.length];
  return edges.reduce((best, edge) => (Math.abs(edge - wanted) <= Math.abs(best - wanted) ? edge : best), 0);
}

type Language = 'wide' | 'other' | null;
const languageOf = (line: string): Language => (WIDE_LETTER.test(line) ? 'wide' : WORD.test(line) ? 'other' : null);

/**
 * A text whose lines are Chinese first and another language then, or the other way round, in two. Lines without words
 * (numbers, marks) go with those above. Null: it is in one language, or they are mixed.
 */
export function splitLanguages(text: string): { text: string; translation: string } | null {
  const lines = text.split('\n');
  const first = lines.map(languageOf).find((language) => language !== null);
  const cut = lines.findIndex((line) => ![null, first].includes(languageOf(line)));
  if (cut === -1) return null;
  const [above, below] = [lines.slice(0, cut), lines.slice(cut)];
  if (below.some((line) => languageOf(line) === first)) return null;
  const [wide, other] = first === 'wide' ? [above, below] : [below, above];
  return { text: wide.join('\n'), translation: other.join('\n') };
}

/** Files round times in their own ways: this near they are the same, microseconds. */
const SAME_US = 50_000;
/** As many of the captions, of all that say something, make a file one in two languages. */
const MOSTLY = 0.5;

/** Two captions that are on at the same time, one in Chinese and one in another language. */
function pairOf(one: CueWish, other: CueWish | undefined): CueWish | null {
  if (!other) return null;
  const same = Math.abs(one.startUs - other.startUs) <= SAME_US && Math.abs(one.endUs - other.endUs) <= SAME_US;
  const words = same ? splitLanguages(`${one.text}\n${other.text}`) : null;
  if (!words || ![one.text, other.text].includes(words.text)) return null;
  return { ...(words.text === one.text ? one : other), ...words };
}

/**
 * The captions of a file whose lines are in two languages, or that has each caption twice, once in each: one cue with
 * both. `count`: cues that have both. Null where that is so for few of them or none; the file is in one language then.
 */
export function asTwoLanguages(cues: readonly CueWish[]): { cues: CueWish[]; count: number } | null {
  const told: CueWish[] = [];
  let count = 0;
  for (let i = 0; i < cues.length; i += 1) {
    const cue = cues[i];
    if (!cue) continue;
    const words = cue.translation === undefined ? splitLanguages(cue.text) : null;
    const pair = words ? null : pairOf(cue, cues[i + 1]);
    if (pair) i += 1;
    if (words || pair) count += 1;
    told.push(pair ?? (words ? { ...cue, ...words } : cue));
  }
  const speaking = told.filter(({ text }) => languageOf(text) !== null).length;
  return count > 0 && count >= speaking * MOSTLY ? { cues: told, count } : null;
}

/** Less of the shorter of two captions than this share in common is chance. */
const ENOUGH = 1 / 3;

function bestMatch(cues: readonly Cue[], { startUs, endUs }: CueWish): Cue | null {
  let best: { cue: Cue; commonUs: number } | null = null;
  for (const cue of cues) {
    if (cue.startUs >= endUs) break;
    const commonUs = Math.min(endUs, cue.endUs) - Math.max(startUs, cue.startUs);
    const enough = commonUs > ENOUGH * Math.min(endUs - startUs, cue.endUs - cue.startUs);
    if (enough && commonUs > (best?.commonUs ?? 0)) best = { cue, commonUs };
  }
  return best?.cue ?? null;
}

export interface Matched {
  /** One list, one step: the translations of the cues that got one. */
  operations: Operation[];
  /** Captions of the file that found no cue of their time. */
  left: CueWish[];
}

/**
 * Brings the captions of a second file below those that are there, each to the cue it has most time in common with;
 * several to one cue in their order. A cue that gets none keeps what it has. `cues` stand by their start.
 */
export function matchTranslations(cues: readonly Cue[], second: readonly CueWish[]): Matched {
  const texts = new Map<string, string[]>();
  const left: CueWish[] = [];
  for (const wish of second) {
    const cue = bestMatch(cues, wish);
    if (cue) texts.set(cue.id, [...(texts.get(cue.id) ?? []), wish.text]);
    else left.push(wish);
  }
  const operations = [...texts].map(([cueId, parts]): Operation => {
    const translation = parts
      .join(' ')
      .slice(0, MAX_CUE_TEXT)
      .replace(/[\uD800-\uDBFF]$/, '');
    return { type: 'editCue', cueId, translation };
  });
  return { operations, left };
}
