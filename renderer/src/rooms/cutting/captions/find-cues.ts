/** Finding and replacing words in captions. Pure. */
import type { Operation } from '../../../../../core/model/timeline/operation.ts';
import { MAX_CUE_TEXT, type Cue } from '../../../../../core/model/timeline/timeline.ts';
import type { CueField } from './typing.ts';

export interface Hit {
  cueId: string;
  /** Place of the caption, from 0. */
  index: number;
  field: CueField;
  /** UTF-16 units of that field; `end` is exclusive. */
  start: number;
  end: number;
}

export interface FindOptions {
  query: string;
  matchCase: boolean;
}

/** In the order they stand in. */
const FIELDS: readonly CueField[] = ['text', 'translation'];

/** Every place where the words stand, in order. They are looked for as they are written. */
export function findInCues(cues: readonly Cue[], { query, matchCase }: FindOptions): Hit[] {
  if (query === '') return [];
  const pattern = new RegExp(query.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'), matchCase ? 'gu' : 'giu');
  return cues.flatMap((cue, index) =>
    FIELDS.flatMap((field) =>
      Array.from((cue[field] ?? '').matchAll(pattern), (found) => ({
        ...{ cueId: cue.id, index, field },
        start: found.index,
        end: found.index + found[0].length,
      })),
    ),
  );
}

/** Where the search stands: behind this place the next hit is looked for. */
export interface FindPlace {
  index: number;
  field: CueField;
  offset: number;
}

/** The first hit at a place or behind it; after the last one the first again. -1 when there is none. */
export function hitFrom(hits: readonly Hit[], place: FindPlace): number {
  const next = hits.findIndex(({ index, field, start }) => {
    const steps = [index - place.index, FIELDS.indexOf(field) - FIELDS.indexOf(place.field), start - place.offset];
    return (steps.find((step) => step !== 0) ?? 0) >= 0;
  });
  return next === -1 && hits.length > 0 ? 0 : next;
}

/** What stands in a field once its hits are other words; null where it cannot be kept. */
function replaced(text: string, hits: readonly Hit[], words: string): string | null {
  const next = hits.reduceRight((so, { start, end }) => so.slice(0, start) + words + so.slice(end), text);
  return next.length > MAX_CUE_TEXT ? null : next;
}

/**
 * Puts other words in the place of the hits, one operation a caption. Texts that would become too long to be kept
 * ({@link MAX_CUE_TEXT}) stay as they are; `count`: hits that were replaced.
 */
export function replaceHits(
  cues: readonly Cue[],
  hits: readonly Hit[],
  words: string,
): { operations: Operation[]; count: number } {
  const byCue = new Map<number, Hit[]>();
  for (const hit of hits) byCue.set(hit.index, [...(byCue.get(hit.index) ?? []), hit]);
  const operations: Operation[] = [];
  let count = 0;
  for (const [index, list] of byCue) {
    const cue = cues[index];
    if (!cue) continue;
    const change: { text?: string; translation?: string | null } = {};
    for (const field of FIELDS) {
      const inField = list.filter((hit) => hit.field === field);
      const was = cue[field] ?? '';
      const text = replaced(was, inField, words);
      if (text === null || inField.length === 0) continue;
      count += inField.length;
      if (text === was) continue;
      if (field === 'text') change.text = text;
      else change.translation = text.trim() === '' ? null : text;
    }
    if (Object.keys(change).length > 0) operations.push({ type: 'editCue', cueId: cue.id, ...change });
  }
  return { operations, count };
}
