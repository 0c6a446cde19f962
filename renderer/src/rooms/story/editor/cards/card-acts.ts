/** What the settings of a card do to the document. */
import type { Editor } from '@tiptap/core';
import { TextSelection } from '@tiptap/pm/state';
import { SOURCE_ROLES } from '../../../../../../core/model/article/index.ts';
import { itemAt } from './card-facts.ts';

/** Changes attributes of the node at `pos`, without moving the cursor or taking the focus. */
export function setAttrs(editor: Editor, pos: number, attrs: Record<string, unknown>): void {
  const node = editor.state.doc.nodeAt(pos);
  if (!node) return;
  const { tr } = editor.state;
  for (const [name, value] of Object.entries(attrs)) tr.setNodeAttribute(pos, name, value);
  editor.view.dispatch(tr);
}

/** Appends an empty item to the card at `pos` and puts the cursor into it. */
function append(editor: Editor, pos: number, attrs?: Record<string, unknown>): void {
  const card = editor.state.doc.nodeAt(pos);
  const item = card?.lastChild?.type.createAndFill(attrs);
  if (!card || !item) return;
  const at = pos + card.nodeSize - 1;
  const tr = editor.state.tr.insert(at, item);
  tr.setSelection(TextSelection.near(tr.doc.resolve(at + 1))).scrollIntoView();
  editor.view.dispatch(tr);
  editor.view.focus();
}

export const addItemTo = (editor: Editor, pos: number): void => append(editor, pos);

/** A line of sources gets the first role that is not named yet. */
export function addSourceTo(editor: Editor, pos: number): void {
  const used = editor.state.doc.nodeAt(pos)?.children.map((child) => String(child.attrs['role'])) ?? [];
  append(editor, pos, { role: SOURCE_ROLES.find((role) => !used.includes(role)) ?? 'source' });
}

/** Role of the entry of the sources the cursor is in. */
export function setRole(editor: Editor, role: string): void {
  const { $from } = editor.state.selection;
  const item = itemAt($from);
  if (item?.node.type.name === 'sourceItem') setAttrs(editor, $from.before(item.depth), { role });
}
