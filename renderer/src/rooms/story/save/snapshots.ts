/** When the text is kept as a version before it changes much at once. */
import type { Editor } from '@tiptap/core';
import { useEffect } from 'react';
import type { SnapshotReason } from '../../../../../core/model/contract/index.ts';

/** What is about to happen: a paste over much text, a replace of all, another theme, a block taken back. */
export type SnapshotBefore = 'paste' | 'replace' | 'theme' | 'restore';

export const SNAPSHOT_REASONS: Readonly<Record<SnapshotBefore, SnapshotReason>> = {
  paste: 'beforePaste',
  replace: 'beforeReplace',
  theme: 'beforeTheme',
  restore: 'beforeRestore',
};

/** A paste over more characters than this, about two paragraphs, keeps what it replaces as a version first. */
export const PASTE_OVER_CHARS = 200;

/** Takes a snapshot before a paste that replaces much. Listens in the capture phase, before the editor changes anything. */
export function usePasteSnapshot(editor: Editor, snapshot: (before: SnapshotBefore) => Promise<boolean>): void {
  useEffect(() => {
    const { dom } = editor.view;
    const onPaste = () => {
      const { doc, selection } = editor.state;
      const { length } = doc.textBetween(selection.from, selection.to, '\n', ' ');
      if (editor.isEditable && length > PASTE_OVER_CHARS) void snapshot('paste');
    };
    dom.addEventListener('paste', onPaste, { capture: true });
    return () => dom.removeEventListener('paste', onPaste, { capture: true });
  }, [editor, snapshot]);
}
