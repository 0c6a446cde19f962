import { Extension } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';
import { handleKey } from '../../../commands/registry.ts';
import { isMac } from '../../../commands/shortcut.ts';

/**
 * The studio's shortcuts before the text's own. Bold, italic and underline also answer to a capital letter (for Caps
 * Lock) and so to Shift: without this Ctrl+Shift+I would slant the words instead of asking for a picture.
 */
export const StudioKeys = Extension.create({
  name: 'studioKeys',
  priority: 1000,
  addProseMirrorPlugins: () => [new Plugin({ props: { handleKeyDown: (_view, event) => handleKey(event, isMac) } })],
});
