/** Plain shapes of an article as it is stored and sent: ProseMirror JSON in TipTap's spelling. */
import type { Cover } from '../cover/cover.ts';

export type ArticleMarkJson = { type: string; attrs?: Record<string, unknown> };

export type ArticleNodeJson = {
  type: string;
  attrs?: Record<string, unknown>;
  content?: ArticleNodeJson[];
  marks?: ArticleMarkJson[];
  text?: string;
};

/**
 * A whole article; assignable to the contract's `ArticleDocJson`. Its content is never empty. `attrs` stands only where
 * it says something.
 */
export type ArticleDoc = { type: 'doc'; attrs?: { theme?: string; cover?: Cover }; content: ArticleNodeJson[] };
