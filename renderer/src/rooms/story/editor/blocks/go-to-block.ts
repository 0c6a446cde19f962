import type { Editor } from '@tiptap/core';

/** Selects the start of a top-level block by its number and brings it into view. */
export function goToBlock(editor: Editor, index: number): void {
  const { doc } = editor.state;
  if (index < 0 || index >= doc.childCount) return;
  let pos = 0;
  for (let i = 0; i < index; i += 1) pos += doc.child(i).nodeSize;
  editor
    .chain()
    .setTextSelection(pos + 1)
    .focus(null, { scrollIntoView: false })
    .run();
  const element = editor.view.nodeDOM(pos);
  if (element instanceof HTMLElement) element.scrollIntoView({ block: 'center' });
}
