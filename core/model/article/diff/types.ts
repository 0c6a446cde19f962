/** What a comparison of two articles answers. */

/** How a block differs. `changed`: its text; `marks`, `attrs`: the text is the same, only its form is not. */
export const CHANGE_KINDS = ['inserted', 'deleted', 'changed', 'moved', 'marks', 'attrs'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** A piece of a block's plain text. `deleted` counts in `before`, `inserted` and `marks` in `after` (UTF-16 units). */
export interface TextRange {
  from: number;
  to: number;
  kind: 'inserted' | 'deleted' | 'marks';
}

/**
 * The same piece in ProseMirror positions, counted from just before the block: `fromA`–`toA` in the old block,
 * `fromB`–`toB` in the new one. `text`: words went, came, or both. `marks`: same words, other marks. `attrs`: same
 * words, other nodes around them or other attributes.
 */
export interface BlockEdit {
  fromA: number;
  toA: number;
  fromB: number;
  toB: number;
  kind: 'text' | 'marks' | 'attrs';
}

export interface ArticleChange {
  /**
   * `b4`: block 4 of the new article (inserted, moved, or there on both sides); `a3`: block 3 of the old one, which
   * the new one does not have; `title`. Blocks are those at the top level, counted from 0.
   */
  blockId: string;
  kind: ChangeKind;
  /** Plain text of the block, '' where it is not there: `blockText`. */
  before: string;
  after: string;
  ranges: TextRange[];
  /** Number of the block in the old article; null where it is not there, and for the title. */
  a: number | null;
  /** Number of the block in the new article. */
  b: number | null;
  /** Number of the block of the new article at which (deleted: before which) this stands. */
  at: number;
  edits: BlockEdit[];
}

export interface DiffStats {
  /** Changes in all; 0 for equal articles. */
  changes: number;
  /** UTF-16 units of plain text that came and went, title included. A moved block counts only what was edited in it. */
  insertedChars: number;
  deletedChars: number;
  /** Blocks (and the title) by kind. */
  kinds: Record<ChangeKind, number>;
}

/** Something of the whole article and of no block. Plain words: a theme's id, a cover's words; '' where there is none. */
export interface WholeChange {
  part: 'theme' | 'cover';
  before: string;
  after: string;
}

export interface ArticleDiff {
  /** Theme and cover, where they differ; not counted among the changes. */
  whole: WholeChange[];
  /** In the order of the new article; what was deleted stands where it was. */
  changes: ArticleChange[];
  stats: DiffStats;
}
