/** Which nodes are cards with settings, and the repeated item a position lies in. */
import type { Node as PmNode, ResolvedPos } from '@tiptap/pm/model';

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
