/**
 * Enter, Backspace and Ctrl/Cmd+Enter inside cards. The lines of a card are fixed, so Enter goes on to the next line, to a
 * new item, and, from an empty one, out of the card, as it does in lists.
 */
import { Extension } from '@tiptap/core';
import { SOURCE_ROLES } from '../../../../../../core/model/article/index.ts';
import type { Node as PmNode, ResolvedPos } from '@tiptap/pm/model';
import { NodeSelection, TextSelection, type EditorState, type Transaction } from '@tiptap/pm/state';

/** Items that repeat inside a card. */
const ITEMS = new Set(['dataItem', 'stepItem', 'qaItem', 'sourceItem']);

type Dispatch = ((tr: Transaction) => void) | undefined;

/** Depth of the card and of the item in it the position lies in; null outside cards. */
function cardDepths($pos: ResolvedPos): { card: number; item: number | null } | null {
  if ($pos.depth < 1 || !($pos.node(1).type.spec.group ?? '').split(' ').includes('card')) return null;
  for (let depth = 2; depth <= $pos.depth; depth += 1) {
    if (ITEMS.has($pos.node(depth).type.name)) return { card: 1, item: depth };
  }
  return { card: 1, item: null };
}

const isEmpty = (node: PmNode): boolean => node.textContent === '' && !hasLeaf(node);

function hasLeaf(node: PmNode): boolean {
  let found = false;
  node.descendants((child) => {
    if (child.isLeaf && !child.isText) found = true;
    return !found;
  });
  return found;
}

function cursorTo(tr: Transaction, pos: number): Transaction {
  return tr.setSelection(TextSelection.near(tr.doc.resolve(pos))).scrollIntoView();
}

/** A paragraph behind the card (an empty one that is there is used), the cursor in it. */
function leave(state: EditorState, tr: Transaction, cardPos: number): Transaction {
  const card = tr.doc.nodeAt(cardPos);
  const end = cardPos + (card?.nodeSize ?? 0);
  const next = tr.doc.nodeAt(end);
  const paragraph = state.schema.nodes['paragraph']?.create();
  if (!(next?.type.name === 'paragraph' && next.content.size === 0) && paragraph) tr.insert(end, paragraph);
  return cursorTo(tr, end + 1);
}

/** An empty item of the same kind; a line of sources gets the next role that is not named yet. */
function emptyItem(card: PmNode, item: PmNode): PmNode | null {
  if (item.type.name !== 'sourceItem') return item.type.createAndFill();
  const used = card.children.map((child) => String(child.attrs['role']));
  const from = SOURCE_ROLES.findIndex((role) => role === item.attrs['role']);
  const order = [...SOURCE_ROLES.slice(from + 1), ...SOURCE_ROLES.slice(0, from + 1)];
  return item.type.createAndFill({ role: order.find((role) => !used.includes(role)) ?? 'source' });
}

/** The next line of text after this one inside the item or card; null when this is the last. */
function nextLine($from: ResolvedPos, within: number): number | null {
  const end = $from.end(within);
  let found: number | null = null;
  $from.doc.nodesBetween($from.after(), end, (node, pos) => {
    if (found === null && node.isTextblock && pos >= $from.after()) found = pos + 1;
    return found === null;
  });
  return found;
}

/** Takes an empty item out, or, when it is the only one, the whole card; the cursor goes behind the card. */
function removeItem(state: EditorState, $from: ResolvedPos, item: number): Transaction {
  const { tr } = state;
  const card = $from.node(1);
  const cardPos = $from.before(1);
  if (card.childCount === 1) {
    const paragraph = state.schema.nodes['paragraph']?.create();
    if (paragraph) tr.replaceWith(cardPos, $from.after(1), paragraph);
    return cursorTo(tr, cardPos + 1);
  }
  tr.delete($from.before(item), $from.after(item));
  return leave(state, tr, cardPos);
}

function addItem(state: EditorState, $from: ResolvedPos, item: number, tr = state.tr): Transaction | null {
  const at = tr.mapping.map($from.after(item));
  // One that is already there and empty is meant.
  const next = tr.doc.nodeAt(at);
  if (next && next.type === $from.node(item).type && isEmpty(next)) return cursorTo(tr, at + 1);
  const fresh = emptyItem($from.node(1), $from.node(item));
  if (!fresh) return null;
  return cursorTo(tr.insert(at, fresh), at + 1);
}

/** Enter in a fixed line (title, note, entry of the sources). */
function enterInLine(state: EditorState, $from: ResolvedPos, item: number | null): Transaction | null {
  if (item !== null && isEmpty($from.node(item))) return removeItem(state, $from, item);
  const next = nextLine($from, item ?? 1);
  if (next !== null && item !== $from.depth) return cursorTo(state.tr, next);
  return item === null ? leave(state, state.tr, $from.before(1)) : addItem(state, $from, item);
}

/** Enter in an empty last paragraph: a new item, or out of the card. */
function enterInEmptyParagraph(state: EditorState, $from: ResolvedPos, item: number | null): Transaction | null {
  const holder = item ?? 1;
  if ($from.depth !== holder + 1 || $from.parent.content.size > 0) return null;
  const node = $from.node(holder);
  const rest = node.childCount - 1 - $from.index(holder);
  const onlyNoteBehind = rest === 1 && node.lastChild?.type.name === 'cardNote';
  if (rest > 0 && !onlyNoteBehind) return null;
  if (item !== null && isEmpty(node)) return removeItem(state, $from, item);
  const { tr } = state;
  const paragraphs = node.children.filter((child) => child.isBlock && !/^card(?:Title|Note)$/.test(child.type.name));
  if (paragraphs.length > 1) tr.delete($from.before(), $from.after());
  return item === null ? leave(state, tr, $from.before(1)) : addItem(state, $from, item, tr);
}

function onEnter(state: EditorState, dispatch: Dispatch): boolean {
  const { $from, empty } = state.selection;
  if (state.selection instanceof NodeSelection) {
    // A picture of a gallery, a film: Enter goes on behind the card, it does not take its place.
    const { node } = state.selection;
    const card = $from.depth === 0 ? (node.type.name === 'videoCard' ? state.selection.from : null) : $from.before(1);
    if (card === null || !state.doc.nodeAt(card)?.type.spec.group?.includes('card')) return false;
    dispatch?.(leave(state, state.tr, card));
    return true;
  }
  const depths = cardDepths($from);
  if (!empty || !depths) return false;
  const fixed = ['cardTitle', 'cardNote', 'sourceItem'].includes($from.parent.type.name);
  const tr = fixed ? enterInLine(state, $from, depths.item) : enterInEmptyParagraph(state, $from, depths.item);
  if (!tr) return false;
  dispatch?.(tr);
  return true;
}

/** Backspace at the very start of an empty item or card takes it away; with text in it, it is not swallowed either. */
function onBackspace(state: EditorState, dispatch: Dispatch): boolean {
  const { $from, empty } = state.selection;
  const depths = cardDepths($from);
  if (!empty || !depths || $from.parentOffset > 0) return false;
  const { item } = depths;
  const firstOfCard = $from.pos - $from.depth === $from.before(1);
  if (firstOfCard && isEmpty($from.node(1))) {
    const paragraph = state.schema.nodes['paragraph']?.create();
    if (!paragraph) return false;
    const at = $from.before(1);
    dispatch?.(cursorTo(state.tr.replaceWith(at, $from.after(1), paragraph), at + 1));
    return true;
  }
  if (item === null) return $from.parent.type.name.startsWith('card');
  const firstOfItem = $from.pos - ($from.depth - item + 1) === $from.before(item);
  if (!firstOfItem) return $from.parent.type.name.startsWith('card');
  if (!isEmpty($from.node(item)) || $from.node(1).childCount === 1) return true;
  const at = $from.before(item);
  const tr = state.tr.delete(at, $from.after(item));
  dispatch?.(tr.setSelection(TextSelection.near(tr.doc.resolve(at), -1)).scrollIntoView());
  return true;
}

export const CardKeys = Extension.create({
  name: 'cardKeys',
  // Before the paragraph's own Enter.
  priority: 1000,
  addKeyboardShortcuts() {
    const run = (act: (state: EditorState, dispatch: Dispatch) => boolean) => () =>
      act(this.editor.state, (tr) => this.editor.view.dispatch(tr));
    return {
      Enter: run(onEnter),
      Backspace: run(onBackspace),
      'Mod-Enter': run((state, dispatch) => {
        const { $from } = state.selection;
        if (!cardDepths($from)) return false;
        dispatch?.(leave(state, state.tr, $from.before(1)));
        return true;
      }),
    };
  },
});
