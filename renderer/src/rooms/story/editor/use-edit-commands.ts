import type { Editor } from '@tiptap/core';
import { useCommand } from '../../../commands/registry.ts';

/** Makes the editor's acts available to the palette, the menu and the shortcuts. */
export function useEditCommands(
  editor: Editor,
  enabled: boolean,
  acts: { images: () => void; link: () => void },
): void {
  const run = () => editor.chain().focus();
  useCommand('edit.undo', () => void run().undo().run(), enabled);
  useCommand('edit.redo', () => void run().redo().run(), enabled);
  useCommand('edit.paragraph', () => void run().setParagraph().run(), enabled);
  useCommand('edit.heading1', () => void run().setHeading({ level: 1 }).run(), enabled);
  useCommand('edit.heading2', () => void run().setHeading({ level: 2 }).run(), enabled);
  useCommand('edit.heading3', () => void run().setHeading({ level: 3 }).run(), enabled);
  useCommand('edit.bold', () => void run().toggleBold().run(), enabled);
  useCommand('edit.italic', () => void run().toggleItalic().run(), enabled);
  useCommand('edit.underline', () => void run().toggleUnderline().run(), enabled);
  useCommand('edit.strike', () => void run().toggleStrike().run(), enabled);
  useCommand('edit.link', acts.link, enabled);
  useCommand('edit.quote', () => void run().toggleBlockquote().run(), enabled);
  useCommand('edit.bullets', () => void run().toggleBulletList().run(), enabled);
  useCommand('edit.numbers', () => void run().toggleOrderedList().run(), enabled);
  useCommand('edit.table', () => void run().insertTable({ rows: 3, columns: 3 }).run(), enabled);
  useCommand('edit.image', acts.images, enabled);
  useCommand('edit.divider', () => void run().setHorizontalRule().run(), enabled);
}
