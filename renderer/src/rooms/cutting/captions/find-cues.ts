/** Finding and replacing words in captions. Pure. */
import type { Operation } from '../../../../../core/model/timeline/operation.ts';
import { MAX_CUE_TEXT, type Cue } from '../../../../../core/model/timeline/timeline.ts';

export interface Hit {
  cueId: string;
  /** Place of the caption, from 0. */
  index: number;
  /** UTF-16 units of its text; `end` is exclusive. */
  start: number;
  end: number;
}

export interface FindOptions {
  query: string;
  matchCase: boolean;
}

/** Every place where the words stand, in order. They are looked for as they are written. */
export function findInCues(cues: readonly Cue[], { query, matchCase }: FindOptions): Hit[] {
  if (query === '') return [];
  const pattern = new RegExp(query.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'), matchCase ? 'gu' : 'giu');
  return cues.flatMap(({ id, text }, index) =>
    Array.from(text.matchAll(pattern), (found) => ({
      cueId: id,
      index,
      start: found.index,
      end: found.index + found[0].length,
    })),
  );
}

/** Where the search stands: behind this place the next hit is looked for. */
export interface FindPlace {
  index: number;
  offset: number;
}

/** The first hit at a place or behind it; after the last one the first again. -1 when there is none. */
export function hitFrom(hits: readonly Hit[], place: FindPlace): number {
  const next = hits.findIndex(
    ({ index, start }) => index > place.index || (index === place.index && start >= place.offset),
  );
  return next === -1 && hits.length > 0 ? 0 : next;
}

/**
 * Puts other words in the place of the hits, one operation a caption. Captions whose text would become too long to be
 * kept ({@link MAX_CUE_TEXT}) stay as they are; `count`: hits that were replaced.
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
    const text = list.reduceRight((so, { start, end }) => so.slice(0, start) + words + so.slice(end), cue.text);
    if (text.length > MAX_CUE_TEXT) continue;
    count += list.length;
    if (text !== cue.text) operations.push({ type: 'editCue', cueId: cue.id, text });
  }
  return { operations, count };
}
