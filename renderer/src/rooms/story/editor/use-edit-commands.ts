import type { Editor } from '@tiptap/core';
import { useCommand } from '../../../commands/registry.ts';
import { insertCard, insertableOf, type InsertId } from './cards/insertables.ts';
import { CARD_BAR_ID } from './cards/CardBar.tsx';

interface EditActs {
  images: () => void;
  gallery: () => void;
  link: () => void;
  ruby: () => void;
  find: () => void;
  replace: () => void;
}

/** A footnote at the cursor, selected, so that its text can be written. */
function addFootnote(editor: Editor): void {
  const at = editor.state.selection.to;
  editor.chain().focus().insertContentAt(at, { type: 'footnote' }).setNodeSelection(at).run();
}

function useMarkCommands(editor: Editor, enabled: boolean, acts: EditActs): void {
  const run = () => editor.chain().focus();
  useCommand('edit.bold', () => void run().toggleBold().run(), enabled);
  useCommand('edit.italic', () => void run().toggleItalic().run(), enabled);
  useCommand('edit.underline', () => void run().toggleUnderline().run(), enabled);
  useCommand('edit.strike', () => void run().toggleStrike().run(), enabled);
  useCommand('edit.subscript', () => void run().toggleSubscript().run(), enabled);
  useCommand('edit.superscript', () => void run().toggleSuperscript().run(), enabled);
  useCommand('edit.aiMade', () => void run().toggleMark('aiMade').run(), enabled);
  useCommand('edit.clear', () => void run().unsetAllMarks().run(), enabled);
  useCommand('edit.ruby', acts.ruby, enabled);
  useCommand('edit.link', acts.link, enabled);
}

function useBlockCommands(editor: Editor, enabled: boolean, acts: EditActs): void {
  const run = () => editor.chain().focus();
  useCommand('edit.paragraph', () => void run().setParagraph().run(), enabled);
  useCommand('edit.heading1', () => void run().setHeading({ level: 1 }).run(), enabled);
  useCommand('edit.heading2', () => void run().setHeading({ level: 2 }).run(), enabled);
  useCommand('edit.heading3', () => void run().setHeading({ level: 3 }).run(), enabled);
  useCommand('edit.quote', () => void run().toggleBlockquote().run(), enabled);
  useCommand('edit.bullets', () => void run().toggleBulletList().run(), enabled);
  useCommand('edit.numbers', () => void run().toggleOrderedList().run(), enabled);
  useCommand('edit.table', () => void run().insertTable({ rows: 3, columns: 3 }).run(), enabled);
  useCommand('edit.divider', () => void run().setHorizontalRule().run(), enabled);
  useCommand('edit.image', acts.images, enabled);
  useCommand('edit.gallery', acts.gallery, enabled);
  useCommand('edit.footnote', () => addFootnote(editor), enabled);
  useCommand('edit.moveUp', () => void run().moveBlock(-1).run(), enabled);
  useCommand('edit.moveDown', () => void run().moveBlock(1).run(), enabled);
  useCommand('edit.duplicate', () => void run().duplicateBlock().run(), enabled);
  useCommand('edit.deleteBlock', () => void run().deleteBlock().run(), enabled);
}

function useCardCommands(editor: Editor, enabled: boolean): void {
  const put = (id: InsertId) => () => {
    const content = insertableOf(id)?.content;
    if (content) insertCard(editor, content());
  };
  useCommand('edit.person', put('person'), enabled);
  useCommand('edit.data', put('data'), enabled);
  useCommand('edit.video', put('video'), enabled);
  useCommand('edit.steps', put('steps'), enabled);
  useCommand('edit.qa', put('qa'), enabled);
  useCommand('edit.notice', put('notice'), enabled);
  useCommand('edit.pullQuote', put('pullQuote'), enabled);
  useCommand('edit.lead', put('lead'), enabled);
  useCommand('edit.qr', put('qr'), enabled);
  useCommand('edit.source', put('source'), enabled);
  // The bar is drawn a moment after the cursor came into the card.
  useCommand(
    'edit.cardBar',
    () => document.getElementById(CARD_BAR_ID)?.querySelector<HTMLElement>('button, input')?.focus(),
    enabled,
  );
}

/** Makes the editor's acts available to the palette, the menu and the shortcuts. */
export function useEditCommands(editor: Editor, enabled: boolean, acts: EditActs): void {
  const run = () => editor.chain().focus();
  useCommand('edit.undo', () => void run().undo().run(), enabled);
  useCommand('edit.redo', () => void run().redo().run(), enabled);
  useMarkCommands(editor, enabled, acts);
  useBlockCommands(editor, enabled, acts);
  useCardCommands(editor, enabled);
  useCommand('edit.find', acts.find);
  useCommand('edit.replace', acts.replace);
}
