import type { Editor } from '@tiptap/core';
import { Node as ProseMirrorNode } from '@tiptap/pm/model';
import type { ArticleDocJson } from '../../../../../core/model/contract/index.ts';

/** Marks a change that came from elsewhere: not the person's, so neither undone nor saved again. */
export const REMOTE = 'tongxinRemote';

/** The article as a node of the editor's schema. Throws RangeError when it does not fit. */
export function docNode(editor: Editor, doc: ArticleDocJson): ProseMirrorNode {
  return ProseMirrorNode.fromJSON(editor.schema, doc);
}

/**
 * Shows `doc` in the editor by replacing only what differs, so that the selection, the scroll position and
 * the person's own undo history stay where they are. False when nothing differs.
 */
export function showDoc(editor: Editor, doc: ArticleDocJson, options: { remote: boolean }): boolean {
  const next = docNode(editor, doc);
  const { state } = editor;
  const start = state.doc.content.findDiffStart(next.content);
  const ends = state.doc.content.findDiffEnd(next.content);
  // What belongs to the whole: theme and cover.
  const said = state.doc.hasMarkup(next.type, next.attrs) ? [] : Object.entries(next.attrs);
  if ((start === null || !ends) && said.length === 0) return false;
  const { tr } = state;
  if (start !== null && ends) {
    // Where equal text stands on both sides of the difference, the two searches overlap.
    const overlap = Math.max(0, start - Math.min(ends.a, ends.b));
    tr.replace(start, ends.a + overlap, next.slice(start, ends.b + overlap));
    // A replacement across levels may close nodes differently; then the whole is replaced.
    if (!tr.doc.content.eq(next.content)) tr.replaceWith(0, tr.doc.content.size, next.content);
  }
  for (const [name, value] of said) tr.setDocAttribute(name, value);
  if (options.remote) tr.setMeta(REMOTE, true).setMeta('addToHistory', false);
  editor.view.dispatch(tr);
  return true;
}
