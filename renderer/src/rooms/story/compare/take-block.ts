/** Takes one block of an old version back into the draft. */
import type { Editor } from '@tiptap/core';
import { closeHistory } from '@tiptap/pm/history';
import { diffArticles } from '../../../../../core/model/article/diff/index.ts';
import type { ArticleDocJson } from '../../../../../core/model/contract/index.ts';
import { docNode } from '../editor/apply-remote.ts';

/**
 * Puts block `index` of `old` into the editor: over the block it became, or, where it was deleted, back where it stood.
 * One undo step. False when the draft has the block as it was (it may stand elsewhere).
 */
export function takeBlock(editor: Editor, old: ArticleDocJson, index: number): boolean {
  const draft = editor.getJSON() as ArticleDocJson;
  // The place is looked for in the draft as it is now: what was compared may be an older text.
  const { changes } = diffArticles({ title: '', doc: old }, { title: '', doc: draft });
  const change = changes.find(({ a }) => a === index);
  if (!change || (change.b !== null && change.edits.length === 0)) return false;
  const block = docNode(editor, old).child(index);
  const { doc, tr } = editor.state;
  let at = 0;
  for (let i = 0; i < change.at; i++) at += doc.child(i).nodeSize;
  const end = change.b === null ? at : at + doc.child(change.b).nodeSize;
  editor.view.dispatch(closeHistory(tr.replaceWith(at, end, block)));
  return true;
}
