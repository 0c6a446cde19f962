/** Commands act where the cursor is, also when it moved a moment ago; and what is typed after one goes into the text. */
import { commands, Extension, type RawCommands } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';

/** ProseMirror's reader of the page's own selection; not part of its typed interface. */
interface Observed {
  domObserver?: { flush?: () => void };
}

/**
 * The browser moves the cursor at once and tells of it later, by an event. A command's key that comes in between would act on the
 * old place: on a slow machine End and then "footnote" put the note where the cursor had been. So before any key that is more than
 * a letter, the page's selection is read.
 *
 * TipTap's `focus` waits for the next picture of the screen; what is typed until then would go into the field that is just closing,
 * and be lost. Here the text has the focus at once.
 */
export const CursorFirst = Extension.create({
  name: 'cursorFirst',
  addCommands: (): Partial<RawCommands> => ({
    focus: (position, options) => (props) => {
      if (props.dispatch && position !== false) props.view.focus();
      return commands.focus(position, options)(props);
    },
  }),
  addProseMirrorPlugins: () => [
    new Plugin({
      props: {
        handleDOMEvents: {
          keydown: (view: EditorView, event) => {
            const command = event.ctrlKey || event.metaKey || event.altKey || event.key.length > 1;
            if (command && !event.isComposing && !view.composing) (view as unknown as Observed).domObserver?.flush?.();
            return false;
          },
        },
      },
    }),
  ],
});
