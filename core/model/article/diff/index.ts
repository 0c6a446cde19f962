/**
 * Compares two articles: blocks first (`blocks.ts`), then the words and marks inside the blocks that are there on both
 * sides (`words.ts`).
 *
 * The comparison is made in one direction and turned round for the other, so that "what came" read backwards is exactly
 * "what went". The same articles always give the same answer.
 */
import type { Node } from 'prosemirror-model';
import { articleSchema } from '../schema.ts';
import type { ArticleDoc } from '../types.ts';
import { matchBlocks, unmatched, type Block, type Matching } from './blocks.ts';
import { blockText } from './tokens.ts';
import { CHANGE_KINDS } from './types.ts';
import type { ArticleChange, ArticleDiff, ChangeKind, DiffStats, TextRange } from './types.ts';
import { wholeChanges } from './whole.ts';
import { compareBlocks, turnComparison, type BlockComparison, type TextPiece } from './words.ts';

export { CHANGE_KINDS, type ArticleChange, type ArticleDiff, type BlockEdit, type ChangeKind } from './types.ts';
export type { DiffStats, TextRange, WholeChange } from './types.ts';
export { blockText } from './tokens.ts';
export { MAX_WORDS } from './words.ts';

/** An article to compare: any form `parseArticle` has checked, or the editor holds. */
export interface ComparedArticle {
  title: string;
  doc: { content?: readonly unknown[] | undefined } | ArticleDoc;
}

interface Side {
  node: Node;
  block: Block;
}

function shownBy(node: Node): string {
  const { assetId, projectId } = node.attrs as { assetId?: unknown; projectId?: unknown };
  const id = assetId ?? projectId;
  return node.isLeaf && typeof id === 'string' ? id : '';
}

function sidesOf({ doc }: ComparedArticle): Side[] {
  return (doc.content ?? []).map((json) => {
    const node = articleSchema.nodeFromJSON(json);
    const block = {
      print: JSON.stringify(node.toJSON()),
      text: blockText(node),
      type: node.type.name,
      shows: shownBy(node),
    };
    return { node, block };
  });
}

/** Every comparison of this run, made from the side whose content sorts first, read from the side that was asked for. */
class Comparer {
  readonly #backwards: boolean;

  constructor(a: string, b: string) {
    this.#backwards = a > b;
  }

  match(a: readonly Block[], b: readonly Block[]): Matching {
    if (!this.#backwards) return matchBlocks(a, b);
    const { pairs, moves } = matchBlocks(b, a);
    const turned = ({ a: mine, b: theirs }: { a: number; b: number }) => ({ a: theirs, b: mine });
    return { pairs: pairs.map(turned), moves: moves.map(turned) };
  }

  compare(a: Node, b: Node): BlockComparison {
    return this.#backwards ? turnComparison(compareBlocks(b, a)) : compareBlocks(a, b);
  }
}

function rangesOf(pieces: readonly TextPiece[]): TextRange[] {
  return pieces.flatMap(({ fromA, toA, fromB, toB, kind }): TextRange[] => {
    if (kind === 'marks') return [{ from: fromB, to: toB, kind }];
    return [
      ...(toA > fromA ? [{ from: fromA, to: toA, kind: 'deleted' as const }] : []),
      ...(toB > fromB ? [{ from: fromB, to: toB, kind: 'inserted' as const }] : []),
    ];
  });
}

function kindOf({ edits }: BlockComparison): ChangeKind {
  if (edits.some((edit) => edit.kind === 'text')) return 'changed';
  return edits.some((edit) => edit.kind === 'attrs') ? 'attrs' : 'marks';
}

function inserted({ node, block }: Side, index: number): ArticleChange {
  const { text } = block;
  const ranges: TextRange[] = text === '' ? [] : [{ from: 0, to: text.length, kind: 'inserted' }];
  const edits: ArticleChange['edits'] = [{ fromA: 0, toA: 0, fromB: 0, toB: node.nodeSize, kind: 'text' }];
  return {
    blockId: `b${index}`,
    kind: 'inserted',
    before: '',
    after: text,
    ranges,
    a: null,
    b: index,
    at: index,
    edits,
  };
}

function deleted({ node, block }: Side, index: number, at: number): ArticleChange {
  const { text } = block;
  const ranges: TextRange[] = text === '' ? [] : [{ from: 0, to: text.length, kind: 'deleted' }];
  const edits: ArticleChange['edits'] = [{ fromA: 0, toA: node.nodeSize, fromB: 0, toB: 0, kind: 'text' }];
  return { blockId: `a${index}`, kind: 'deleted', before: text, after: '', ranges, a: index, b: null, at, edits };
}

/** A title is compared as a paragraph of its words. */
function titleChange(before: string, after: string, comparer: Comparer): ArticleChange[] {
  if (before === after) return [];
  const line = (text: string): Node =>
    articleSchema.node('paragraph', null, text === '' ? [] : [articleSchema.text(text)]);
  const { pieces, edits } = comparer.compare(line(before), line(after));
  const ranges = rangesOf(pieces);
  return [{ blockId: 'title', kind: 'changed', before, after, ranges, a: null, b: null, at: 0, edits }];
}

function blockChanges(a: readonly Side[], b: readonly Side[], comparer: Comparer): ArticleChange[] {
  const blocks = (sides: readonly Side[]): Block[] => sides.map(({ block }) => block);
  const { pairs, moves } = comparer.match(blocks(a), blocks(b));
  const changes: ArticleChange[] = [];
  const both = (pair: { a: number; b: number }, moved: boolean): void => {
    const [old, now] = [a[pair.a], b[pair.b]];
    if (!old || !now || (!moved && old.block.print === now.block.print)) return;
    const found = comparer.compare(old.node, now.node);
    const { before, after, edits } = found;
    const kind = moved ? 'moved' : kindOf(found);
    const ranges = rangesOf(found.pieces);
    changes.push({ blockId: `b${pair.b}`, kind, before, after, ranges, a: pair.a, b: pair.b, at: pair.b, edits });
  };
  for (const pair of pairs) both(pair, false);
  for (const pair of moves) both(pair, true);
  const taken = [...pairs, ...moves];
  for (const i of unmatched(
    b.length,
    taken.map((pair) => pair.b),
  )) {
    const now = b[i];
    if (now) changes.push(inserted(now, i));
  }
  // What went stands behind the last block before it that stayed.
  let next = 0;
  for (const i of unmatched(
    a.length,
    taken.map((pair) => pair.a),
  )) {
    while (next < pairs.length && (pairs[next]?.a ?? 0) < i) next++;
    const old = a[i];
    if (old) changes.push(deleted(old, i, next === 0 ? 0 : (pairs[next - 1]?.b ?? 0) + 1));
  }
  const order = ({ at, b: here, a: there }: ArticleChange): number[] => [at, here === null ? 0 : 1, there ?? 0];
  return changes.sort((x, y) => {
    const [p, q] = [order(x), order(y)];
    return (p[0] ?? 0) - (q[0] ?? 0) || (p[1] ?? 0) - (q[1] ?? 0) || (p[2] ?? 0) - (q[2] ?? 0);
  });
}

function statsOf(changes: readonly ArticleChange[]): DiffStats {
  const sum = (kind: TextRange['kind']): number =>
    changes
      .flatMap((change) => change.ranges)
      .reduce((total, range) => total + (range.kind === kind ? range.to - range.from : 0), 0);
  const kinds = Object.fromEntries(CHANGE_KINDS.map((kind) => [kind, 0])) as DiffStats['kinds'];
  for (const { kind } of changes) kinds[kind]++;
  return { changes: changes.length, insertedChars: sum('inserted'), deletedChars: sum('deleted'), kinds };
}

/**
 * What changed from article `a` to article `b`. Equal articles: no changes.
 *
 * @throws RangeError for documents that do not fit the article schema.
 */
export function diffArticles(a: ComparedArticle, b: ComparedArticle): ArticleDiff {
  const [old, now] = [sidesOf(a), sidesOf(b)];
  const print = (title: string, sides: readonly Side[]): string =>
    [title, ...sides.map(({ block }) => block.print)].join('\n');
  const comparer = new Comparer(print(a.title, old), print(b.title, now));
  const changes = [...titleChange(a.title, b.title, comparer), ...blockChanges(old, now, comparer)];
  return { whole: wholeChanges(a.doc, b.doc), changes, stats: statsOf(changes) };
}
