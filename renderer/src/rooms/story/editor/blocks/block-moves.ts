/** Moving, copying and taking away a whole top-level block. Each is one step of undo and keeps the cursor in the block. */
import { Extension } from '@tiptap/core';
import type { Node as PmNode } from '@tiptap/pm/model';
import { NodeSelection, Selection, type EditorState, type Transaction } from '@tiptap/pm/state';

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    blockMoves: {
      /** Moves the top-level block of the cursor by one; false at the end it cannot pass. */
      moveBlock: (by: -1 | 1) => ReturnType;
      duplicateBlock: () => ReturnType;
      deleteBlock: () => ReturnType;
    };
  }
}

export interface TopBlock {
  node: PmNode;
  pos: number;
  index: number;
}

/** The top-level block the selection begins in; null in an empty place between blocks. */
export function topBlock(state: EditorState): TopBlock | null {
  const { selection, doc } = state;
  const index = selection.$from.index(0);
  const node = doc.maybeChild(index);
  if (!node) return null;
  const pos = selection.$from.depth === 0 ? selection.from : selection.$from.before(1);
  return { node, pos, index };
}

function moved(state: EditorState, tr: Transaction, by: -1 | 1): boolean {
  const block = topBlock(state);
  const neighbour = block && state.doc.maybeChild(block.index + by);
  if (!block || !neighbour) return false;
  const { node, pos } = block;
  const target = by < 0 ? pos - neighbour.nodeSize : pos + neighbour.nodeSize;
  const offset = state.selection.from - pos;
  tr.delete(pos, pos + node.nodeSize).insert(target, node);
  const at = tr.doc.resolve(target + offset);
  tr.setSelection(
    state.selection instanceof NodeSelection && offset === 0
      ? NodeSelection.create(tr.doc, target)
      : Selection.near(at),
  ).scrollIntoView();
  return true;
}

export const BlockMoves = Extension.create({
  name: 'blockMoves',
  addCommands() {
    return {
      moveBlock:
        (by) =>
        ({ state, tr }) =>
          moved(state, tr, by),
      duplicateBlock:
        () =>
        ({ state, tr }) => {
          const block = topBlock(state);
          if (!block) return false;
          const end = block.pos + block.node.nodeSize;
          tr.insert(end, block.node);
          tr.setSelection(Selection.near(tr.doc.resolve(end + (state.selection.from - block.pos)))).scrollIntoView();
          return true;
        },
      deleteBlock:
        () =>
        ({ state, tr }) => {
          const block = topBlock(state);
          if (!block) return false;
          const end = block.pos + block.node.nodeSize;
          if (state.doc.childCount === 1) {
            const paragraph = state.schema.nodes['paragraph']?.create();
            if (paragraph) tr.replaceWith(block.pos, end, paragraph);
          } else tr.delete(block.pos, end);
          tr.setSelection(Selection.near(tr.doc.resolve(Math.min(block.pos, tr.doc.content.size)))).scrollIntoView();
          return true;
        },
    };
  },
  addKeyboardShortcuts() {
    return {
      'Alt-ArrowUp': () => this.editor.commands.moveBlock(-1),
      'Alt-ArrowDown': () => this.editor.commands.moveBlock(1),
    };
  },
});
