import { Extension } from '@tiptap/core';
import { GapCursor } from '@tiptap/pm/gapcursor';
import type { Node as PmNode } from '@tiptap/pm/model';
import { NodeSelection, Selection } from '@tiptap/pm/state';

/** The end of the article: behind its last letter, or behind the picture or card it ends with, where one can type on. */
function endOf(doc: PmNode): Selection {
  const last = Selection.atEnd(doc);
  return last instanceof NodeSelection ? new GapCursor(doc.resolve(doc.content.size)) : last;
}

/**
 * Ctrl/Cmd+Home and End from a selected picture. The browser moves only a text caret; without this the next
 * keystroke would land beside the picture instead of at the end of the story.
 */
export const EndKeys = Extension.create({
  name: 'endKeys',
  addKeyboardShortcuts() {
    const go = (where: 'start' | 'end') => () =>
      this.editor.commands.command(({ state, tr, dispatch }) => {
        const target = where === 'end' ? endOf(state.doc) : Selection.atStart(state.doc);
        if (!(state.selection instanceof NodeSelection) && !(target instanceof GapCursor)) return false;
        dispatch?.(tr.setSelection(target).scrollIntoView());
        return true;
      });
    return { 'Mod-Home': go('start'), 'Mod-End': go('end') };
  },
});
