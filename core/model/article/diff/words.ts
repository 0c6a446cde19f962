/** What changed inside a block that is there on both sides: words by prosemirror-changeset, marks by comparing. */
import { Schema, type Node } from 'prosemirror-model';
import { ChangeSet, type TokenEncoder } from 'prosemirror-changeset';
import { matchBlocks, type Block } from './blocks.ts';
import type { BlockEdit } from './types.ts';
import { blockTokens, type BlockTokens, type Token } from './tokens.ts';

/**
 * Most tokens (words, punctuation, nodes) a side may have left, equal beginnings and ends taken off, to be compared
 * word by word. Myers' comparison takes O((n+m)·d): 2,000 tokens a side that share little take 50 to 120 ms where
 * docs/BENCHMARKS.md measures (500: 7 to 35 ms), and at 2,500 prosemirror-changeset 2.4.6 itself gives up
 * (MAX_DIFF_SIZE). A longer block is cut into its sentences, which are matched as blocks are; a sentence beyond the
 * limit counts as replaced as a whole.
 */
export const MAX_WORDS = 2000;

/** A run of tokens that was replaced, as indices into both rows. */
export interface TokenChange {
  fromA: number;
  toA: number;
  fromB: number;
  toB: number;
}

/** Rows of tokens are handed to the change set as texts with one "character" a token. */
const rows = new Schema({ nodes: { doc: { content: 'text*' }, text: {} } });

/** The characters are numbers of words and nodes already, so they are compared as they are. */
const encoder: TokenEncoder<number> = {
  encodeCharacter: (code) => code,
  encodeNodeStart: () => -1,
  encodeNodeEnd: () => -2,
  compareTokens: (a, b) => a === b,
};

type StepMaps = Parameters<ChangeSet['addSteps']>[1];

/** "Everything was replaced", as a step's map says it: the change set then finds what did not need to be. */
function replaceAll(lengthA: number, lengthB: number): StepMaps {
  const map = {
    forEach: (each: (fromA: number, toA: number, fromB: number, toB: number) => void) => each(0, lengthA, 0, lengthB),
  };
  // The change set asks a map for nothing else; prosemirror-transform stays out of the core for it.
  const maps: readonly unknown[] = [map];
  return maps as StepMaps;
}

const rowNode = (codes: readonly number[]): Node =>
  rows.node('doc', null, codes.length === 0 ? [] : [rows.text(String.fromCharCode(...codes))]);

/**
 * Changes between two rows. The change set joins changes that stand close together in a large replacement, which
 * keeps a rewritten paragraph from becoming a soup of small pieces; each joined piece is then compared by itself, with
 * the finer measure that its smaller size earns, until nothing new is found.
 */
function compareCodes(a: readonly number[], b: readonly number[]): TokenChange[] {
  const whole = { fromA: 0, toA: a.length, fromB: 0, toB: b.length };
  if (a.length === 0 && b.length === 0) return [];
  if (a.length === 0 || b.length === 0) return [whole];
  const set = ChangeSet.create<number>(rowNode(a), undefined, encoder);
  const { changes } = set.addSteps(rowNode(b), replaceAll(a.length, b.length), 0);
  return changes.flatMap(({ fromA, toA, fromB, toB }) => {
    const same = toA - fromA === a.length && toB - fromB === b.length;
    if (same || fromA === toA || fromB === toB) return [{ fromA, toA, fromB, toB }];
    return compareCodes(a.slice(fromA, toA), b.slice(fromB, toB)).map((inner) => shift(inner, fromA, fromB));
  });
}

/** Which tokens were replaced, as far as the limit lets words be compared. */
function compareWords(a: readonly Token[], b: readonly Token[]): TokenChange[] {
  const codes = new Map<string, number>();
  const code = (token: Token): number => {
    const known = codes.get(token.key);
    if (known !== undefined) return known;
    codes.set(token.key, codes.size + 1);
    return codes.size;
  };
  return compareCodes(a.map(code), b.map(code));
}

/** Where sentences begin: after their end, and with each node. The row's own end is the last number. */
function sentenceStarts(tokens: readonly Token[]): number[] {
  const starts = [0];
  for (let i = 1; i < tokens.length; i++) {
    const node = tokens[i]?.key.startsWith('<') === true && tokens[i - 1]?.key.startsWith('<') !== true;
    if (node || /[。！？；\n]$/u.test(tokens[i - 1]?.text ?? '')) starts.push(i);
  }
  return [...starts, tokens.length];
}

function sentenceBlocks(tokens: readonly Token[], starts: readonly number[]): Block[] {
  return starts.slice(0, -1).map((from, i) => {
    const piece = tokens.slice(from, starts[i + 1]);
    const text = piece.map((token) => token.text).join('');
    return { print: piece.map((token) => token.key).join('\0'), text, type: '', shows: '' };
  });
}

/** Rows too long for words: sentences are matched first. */
function compareSentences(a: readonly Token[], b: readonly Token[]): TokenChange[] {
  const [startsA, startsB] = [sentenceStarts(a), sentenceStarts(b)];
  const { pairs } = matchBlocks(sentenceBlocks(a, startsA), sentenceBlocks(b, startsB));
  const changes: TokenChange[] = [];
  let [fromA, fromB] = [0, 0];
  for (const pair of [...pairs, { a: startsA.length - 1, b: startsB.length - 1 }]) {
    const [toA, toB] = [startsA[pair.a] ?? a.length, startsB[pair.b] ?? b.length];
    if (toA > fromA || toB > fromB) changes.push({ fromA, toA, fromB, toB });
    const [endA, endB] = [startsA[pair.a + 1] ?? a.length, startsB[pair.b + 1] ?? b.length];
    const inner =
      Math.max(endA - toA, endB - toB) > MAX_WORDS ? null : compareTokens(a.slice(toA, endA), b.slice(toB, endB));
    if (inner) changes.push(...inner.map((change) => shift(change, toA, toB)));
    else changes.push({ fromA: toA, toA: endA, fromB: toB, toB: endB });
    [fromA, fromB] = [endA, endB];
  }
  return changes;
}

const shift = (change: TokenChange, a: number, b: number): TokenChange => ({
  fromA: change.fromA + a,
  toA: change.toA + a,
  fromB: change.fromB + b,
  toB: change.toB + b,
});

/** Which tokens were replaced. Equal rows give none. */
export function compareTokens(a: readonly Token[], b: readonly Token[]): TokenChange[] {
  let start = 0;
  while (start < a.length && start < b.length && a[start]?.key === b[start]?.key) start++;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a[endA - 1]?.key === b[endB - 1]?.key) {
    endA--;
    endB--;
  }
  if (endA === start && endB === start) return [];
  const [restA, restB] = [a.slice(start, endA), b.slice(start, endB)];
  const compare = Math.max(restA.length, restB.length) > MAX_WORDS ? compareSentences : compareWords;
  return compare(restA, restB).map((change) => shift(change, start, start));
}

/** Positions and text offsets of the tokens `from`–`to`; of nothing, the place where they would stand. */
function spanOf({ tokens, text }: BlockTokens, from: number, to: number) {
  const first = tokens[from];
  const last = tokens[to - 1];
  const end = tokens.at(-1);
  const pos = first?.pos ?? (end ? end.pos + end.size : 0);
  const at = first?.at ?? text.length;
  if (to <= from || !last) return { pos: [pos, pos] as const, text: [at, at] as const };
  return { pos: [pos, last.pos + last.size] as const, text: [at, last.at + last.text.length] as const };
}

/** A piece of plain text on both sides: of the old block `fromA`–`toA`, of the new one `fromB`–`toB`. */
export interface TextPiece {
  fromA: number;
  toA: number;
  fromB: number;
  toB: number;
  kind: 'text' | 'marks';
}

export interface BlockComparison {
  before: string;
  after: string;
  /** In ProseMirror positions. */
  edits: BlockEdit[];
  /** In offsets of the texts; only those with text. */
  pieces: TextPiece[];
}

class Comparison {
  readonly edits: BlockEdit[] = [];
  readonly pieces: TextPiece[] = [];
  readonly #a: BlockTokens;
  readonly #b: BlockTokens;

  constructor(a: BlockTokens, b: BlockTokens) {
    this.#a = a;
    this.#b = b;
  }

  replaced(change: TokenChange): void {
    const a = spanOf(this.#a, change.fromA, change.toA);
    const b = spanOf(this.#b, change.fromB, change.toB);
    const same = this.#a.text.slice(...a.text) === this.#b.text.slice(...b.text);
    const [fromA, toA] = a.pos;
    const [fromB, toB] = b.pos;
    if (!same) {
      this.pieces.push({ fromA: a.text[0], toA: a.text[1], fromB: b.text[0], toB: b.text[1], kind: 'text' });
    }
    this.edits.push({ fromA, toA, fromB, toB, kind: same ? 'attrs' : 'text' });
  }

  /** A word that stayed: its marks, and the line feed or tab before it, may not have. */
  kept(a: Token, b: Token): void {
    if (a.text !== b.text) {
      const [toA, toB] = [a.at + a.text.length, b.at + b.text.length];
      this.pieces.push({ fromA: a.at, toA, fromB: b.at, toB, kind: 'text' });
      this.edits.push({ fromA: a.pos, toA: a.pos, fromB: b.pos, toB: b.pos, kind: 'text' });
    }
    for (let from = 0; from < b.marks.length;) {
      let to = from;
      while (to < b.marks.length && a.marks[to] !== b.marks[to]) to++;
      if (to > from) this.#marked(a, b, from, to);
      from = to + 1;
    }
  }

  #marked(a: Token, b: Token, from: number, to: number): void {
    const piece = { fromA: a.at + from, toA: a.at + to, fromB: b.at + from, toB: b.at + to, kind: 'marks' as const };
    const edit = { fromA: a.pos + from, toA: a.pos + to, fromB: b.pos + from, toB: b.pos + to, kind: 'marks' as const };
    const lastEdit = this.edits.at(-1);
    const lastPiece = this.pieces.at(-1);
    const follows = lastEdit?.kind === 'marks' && lastEdit.toA === edit.fromA && lastEdit.toB === edit.fromB;
    if (follows && lastPiece?.kind === 'marks') {
      [lastEdit.toA, lastEdit.toB] = [edit.toA, edit.toB];
      [lastPiece.toA, lastPiece.toB] = [piece.toA, piece.toB];
      return;
    }
    this.edits.push(edit);
    this.pieces.push(piece);
  }
}

/** Compares two blocks, or two versions of one. */
export function compareBlocks(nodeA: Node, nodeB: Node): BlockComparison {
  const a = blockTokens(nodeA);
  const b = blockTokens(nodeB);
  const comparison = new Comparison(a, b);
  let i = 0;
  let j = 0;
  const keep = (until: number): void => {
    for (; i < until; i++, j++) {
      const [tokenA, tokenB] = [a.tokens[i], b.tokens[j]];
      if (tokenA && tokenB) comparison.kept(tokenA, tokenB);
    }
  };
  for (const change of compareTokens(a.tokens, b.tokens)) {
    keep(change.fromA);
    comparison.replaced(change);
    i = change.toA;
    j = change.toB;
  }
  keep(a.tokens.length);
  return { before: a.text, after: b.text, edits: comparison.edits, pieces: comparison.pieces };
}

const turn = <T extends { fromA: number; toA: number; fromB: number; toB: number }>(span: T): T => ({
  ...span,
  fromA: span.fromB,
  toA: span.toB,
  fromB: span.fromA,
  toB: span.toA,
});

/** The comparison read the other way. */
export function turnComparison({ before, after, edits, pieces }: BlockComparison): BlockComparison {
  return { before: after, after: before, edits: edits.map(turn), pieces: pieces.map(turn) };
}
