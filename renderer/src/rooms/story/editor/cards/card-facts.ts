/** Which nodes are cards with settings, and the repeated item a position lies in. */
import type { Editor } from '@tiptap/core';
import type { Node as PmNode, ResolvedPos } from '@tiptap/pm/model';
import { NodeSelection } from '@tiptap/pm/state';
import { topBlock } from '../blocks/block-moves.ts';

export const CARD_NAMES = [
  'image',
  'gallery',
  'videoCard',
  'personCard',
  'dataCard',
  'stepList',
  'qaList',
  'noticeBox',
  'pullQuote',
  'leadGuide',
  'qrBlock',
  'sourceLine',
] as const;
export type CardName = (typeof CARD_NAMES)[number];

/** Items that repeat inside a card, by the card. */
export const ITEM_OF = {
  dataCard: 'dataItem',
  stepList: 'stepItem',
  qaList: 'qaItem',
  sourceLine: 'sourceItem',
} as const;

const ITEMS: ReadonlySet<string> = new Set(Object.values(ITEM_OF));

/** The item around a position: its node and its depth. */
export function itemAt($pos: ResolvedPos): { node: PmNode; depth: number } | null {
  for (let depth = $pos.depth; depth >= 1; depth -= 1) {
    if (ITEMS.has($pos.node(depth).type.name)) return { node: $pos.node(depth), depth };
  }
  return null;
}

export interface CardHere {
  name: CardName;
  pos: number;
  attrs: Record<string, unknown>;
  /** Of the entry of a line of sources the cursor is in. */
  role: string | null;
  /** Kind of the repeated item at the cursor, if there is one. */
  item: string | null;
}

/** The card, or selected picture, the cursor is in. */
export function cardHere(editor: Editor): CardHere | null {
  const { state } = editor;
  const { selection } = state;
  if (selection instanceof NodeSelection && selection.node.type.name === 'image') {
    return { name: 'image', pos: selection.from, attrs: selection.node.attrs, role: null, item: null };
  }
  const block = topBlock(state);
  const name = CARD_NAMES.find((n) => n === block?.node.type.name);
  if (!block || !name) return null;
  const item = itemAt(selection.$from);
  const role: unknown = item?.node.attrs['role'];
  return {
    name,
    pos: block.pos,
    attrs: block.node.attrs,
    role: typeof role === 'string' ? role : null,
    item: item?.node.type.name ?? null,
  };
}
