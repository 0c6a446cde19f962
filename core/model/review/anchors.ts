/** Where a comment stands, found again after the text has changed. */
import type { ArticleDoc } from '../article/types.ts';
import { blockTexts } from '../article/text.ts';
import type { Anchor } from '../contract/review.ts';

type TextAnchor = Extract<Anchor, { kind: 'text' }>;

/** Length of what two texts share at their ends (`back`) or beginnings. */
function shared(a: string, b: string, back: boolean): number {
  let n = 0;
  const most = Math.min(a.length, b.length);
  while (n < most && (back ? a.at(-1 - n) === b.at(-1 - n) : a[n] === b[n])) n += 1;
  return n;
}

function* placesOf(quote: string, text: string): Generator<number> {
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) yield at;
}

/** What is looked for: the quote, or for a comment between two letters what stood around it. */
function soughtOf(anchor: TextAnchor): { text: string; lead: number } {
  return anchor.quote === ''
    ? { text: anchor.before + anchor.after, lead: anchor.before.length }
    : { text: anchor.quote, lead: 0 };
}

/**
 * The anchor's place in `doc`, by its quote: where more than one place has it, the one whose surroundings are most
 * alike, then the nearest to where it was. `lost` (and the anchor as it was) when the quote is nowhere. `versionHash`
 * names `doc` and goes into the answer.
 */
export function placeAnchor(
  doc: ArticleDoc,
  versionHash: string,
  anchor: TextAnchor,
): { anchor: TextAnchor; lost: boolean } {
  const blocks = blockTexts(doc);
  const { text: sought, lead } = soughtOf(anchor);
  if (sought === '') return { anchor, lost: blocks[anchor.block] === undefined };
  let best: { block: number; offset: number; alike: number; far: number } | null = null;
  for (const [block, text] of blocks.entries()) {
    for (const at of placesOf(sought, text)) {
      const offset = at + lead;
      const alike =
        shared(text.slice(0, offset), anchor.before, true) +
        shared(text.slice(offset + anchor.quote.length), anchor.after, false);
      const far = Math.abs(block - anchor.block) * 100_000 + Math.abs(offset - anchor.offset);
      if (!best || alike > best.alike || (alike === best.alike && far < best.far)) best = { block, offset, alike, far };
    }
  }
  if (!best) return { anchor, lost: true };
  const { block, offset } = best;
  return { anchor: { ...anchor, versionHash, block, offset, length: anchor.quote.length }, lost: false };
}
