import { Extension } from '@tiptap/core';
import { NodeSelection, Selection } from '@tiptap/pm/state';

/**
 * Ctrl/Cmd+Home and End from a selected picture. The browser moves only a text caret; without this the next
 * keystroke would land beside the picture instead of at the end of the story.
 */
export const EndKeys = Extension.create({
  name: 'endKeys',
  addKeyboardShortcuts() {
    const go = (where: 'start' | 'end') => () =>
      this.editor.commands.command(({ state, tr, dispatch }) => {
        if (!(state.selection instanceof NodeSelection)) return false;
        const target = where === 'end' ? Selection.atEnd(state.doc) : Selection.atStart(state.doc);
        dispatch?.(tr.setSelection(target).scrollIntoView());
        return true;
      });
    return { 'Mod-Home': go('start'), 'Mod-End': go('end') };
  },
});
