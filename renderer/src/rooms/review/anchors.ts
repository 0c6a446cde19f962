/**
 * Where a comment stands in an article: between a selection of the editor and the anchor the contract keeps.
 * Pure: works on the article's JSON. A block's text is what `articleText` says of it (core/model/article), so that the
 * core finds the same words.
 */
import { isLeaf, isLine, type ArticleDoc, type ArticleNodeJson } from '../../../../core/model/article/index.ts';
import type { Anchor } from '../../../../core/model/contract/review.ts';

export type TextAnchor = Extract<Anchor, { kind: 'text' }>;

/** Longest quote and longest text kept around it, UTF-16 units (as the contract has them). */
const MAX_QUOTE = 500;
const MAX_AROUND = 60;

/** A run of letters: `pos` is the editor's position of its first letter, from the start of the block. */
interface Piece {
  pos: number;
  offset: number;
  length: number;
}

interface BlockText {
  text: string;
  pieces: Piece[];
}

/** Length of a node in the editor's positions: a letter or a leaf is 1, a node around others 2 more than they. */
function sizeOf(node: ArticleNodeJson): number {
  if (node.type === 'text') return node.text?.length ?? 0;
  if (isLeaf(node.type)) return 1;
  return 2 + (node.content ?? []).reduce((sum, child) => sum + sizeOf(child), 0);
}

/** Has no letters in the editor, and a caption that belongs to the block's text. */
const isCaptioned = (node: ArticleNodeJson) => node.type === 'image' || node.type === 'videoCard';

/** Says nothing, not even an empty line: a picture without a caption, a divider, what holds only such. */
function isSilent(node: ArticleNodeJson): boolean {
  if (isLine(node.type) || node.type === 'tableRow') return false;
  if (isCaptioned(node)) return typeof node.attrs?.['caption'] !== 'string' || node.attrs['caption'] === '';
  return (node.content ?? []).every(isSilent);
}

/** Text of one top-level block, and which editor position each of its letters has. */
export function blockText(block: ArticleNodeJson): BlockText {
  const out: BlockText = { text: '', pieces: [] };
  const add = (text: string, pos: number) => {
    if (text !== '') out.pieces.push({ pos, offset: out.text.length, length: text.length });
    out.text += text;
  };
  const walk = (node: ArticleNodeJson, pos: number): void => {
    if (isCaptioned(node)) {
      const caption = node.attrs?.['caption'];
      if (typeof caption === 'string') out.text += caption;
      return;
    }
    let at = pos + 1;
    let first = true;
    for (const child of node.content ?? []) {
      if (isLine(node.type)) add(child.type === 'hardBreak' ? '\n' : (child.text ?? ''), at);
      else if (node.type === 'tableRow' || !isSilent(child)) {
        if (!first) out.text += node.type === 'tableRow' ? '\t' : '\n';
        first = false;
        walk(child, at);
      }
      at += sizeOf(child);
    }
  };
  walk(block, 0);
  return out;
}

/** Editor position of the letter at `offset`; `after`: the place behind the letter before it instead. */
function posAt({ pieces }: BlockText, offset: number, after: boolean): number | null {
  for (const piece of pieces) {
    const inside = offset - piece.offset;
    if (after ? inside > 0 && inside <= piece.length : inside >= 0 && inside < piece.length) return piece.pos + inside;
  }
  return null;
}

/** Offset in the block's text of what is at or behind an editor position. */
function offsetAt({ pieces }: BlockText, pos: number, end: boolean): number | null {
  if (end) {
    for (const piece of pieces.toReversed()) {
      if (piece.pos < pos) return piece.offset + Math.min(piece.length, pos - piece.pos);
    }
    return null;
  }
  for (const piece of pieces) {
    if (piece.pos + piece.length > pos) return piece.offset + Math.max(0, pos - piece.pos);
  }
  return null;
}

/** Top-level blocks with the editor position at which each begins. */
function placed(doc: ArticleDoc): { block: ArticleNodeJson; index: number; start: number }[] {
  let start = 0;
  return doc.content.map((block, index) => {
    const here = { block, index, start };
    start += sizeOf(block);
    return here;
  });
}

/**
 * The anchor of a selection, `from` and `to` as the editor counts. A selection over several blocks counts as its part in
 * the first one that has selected letters. Null when it holds no letters.
 */
export function anchorFrom(doc: ArticleDoc, from: number, to: number, versionHash: string): TextAnchor | null {
  for (const { block, index, start } of placed(doc)) {
    if (start + sizeOf(block) <= from || start >= to) continue;
    const text = blockText(block);
    const offset = offsetAt(text, from - start, false);
    const end = offsetAt(text, to - start, true);
    if (offset === null || end === null || end <= offset) continue;
    const length = Math.min(end - offset, MAX_QUOTE);
    const quote = text.text.slice(offset, offset + length);
    if (quote.trim() === '') continue;
    return {
      kind: 'text',
      versionHash,
      block: index,
      offset,
      length,
      quote,
      before: text.text.slice(Math.max(0, offset - MAX_AROUND), offset),
      after: text.text.slice(offset + length, offset + length + MAX_AROUND),
    };
  }
  return null;
}

/** How well the text around a hit agrees with what once stood around the quote. */
function agreement(text: string, at: number, anchor: TextAnchor): number {
  let same = 0;
  const end = at + anchor.quote.length;
  while (same < anchor.before.length && text[at - 1 - same] === anchor.before.at(-1 - same)) same += 1;
  let after = 0;
  while (after < anchor.after.length && text[end + after] === anchor.after[after]) after += 1;
  return same + after;
}

/** Where an anchor stands in this article, as the editor counts; null when its words are gone. */
export function rangeOf(doc: ArticleDoc, anchor: TextAnchor): { from: number; to: number } | null {
  let best: { from: number; to: number } | null = null;
  let score = -1;
  for (const { block, index, start } of placed(doc)) {
    const text = blockText(block);
    for (let at = text.text.indexOf(anchor.quote); at !== -1; at = text.text.indexOf(anchor.quote, at + 1)) {
      const from = posAt(text, at, false);
      const to = posAt(text, at + anchor.quote.length, true);
      if (from === null || to === null) continue;
      // The very place counts more than any likeness around it.
      const exact = index === anchor.block && at === anchor.offset ? 2 * MAX_AROUND + 1 : 0;
      const points = exact + agreement(text.text, at, anchor);
      if (points > score) {
        best = { from: start + from, to: start + to };
        score = points;
      }
    }
  }
  return best;
}
