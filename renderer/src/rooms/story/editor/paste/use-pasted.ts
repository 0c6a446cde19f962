import { NodeSelection } from '@tiptap/pm/state';
import type { Node as PmNode, Slice } from '@tiptap/pm/model';
import type { Editor } from '@tiptap/core';
import { useCallback, useMemo, useRef } from 'react';
import { useText } from '../../../../i18n/use-text.ts';
import { toast } from '../../../../ui/toast.tsx';
import { cleanPaste } from '../clean-paste.ts';
import { awaitingIn, isAwaiting, placesOf } from './pictures.ts';

interface Take {
  /** Imports files: at the cursor, or each as the file of the picture at its place. */
  fromFiles: (editor: Editor, files: File[], places?: number | readonly number[]) => void;
}

/** Takes pictures without a file out again, as one step of undo. */
function drop(editor: Editor, nodes: readonly PmNode[]): void {
  const { tr } = editor.state;
  tr.doc.descendants((node, pos) => {
    if (nodes.includes(node) && isAwaiting(node)) tr.delete(tr.mapping.map(pos), tr.mapping.map(pos + node.nodeSize));
  });
  editor.view.dispatch(tr);
}

/** Where a picture waits for its file and is selected: what is pasted now is that file. */
export function awaitingSelected({ state }: Editor): number | undefined {
  const { selection } = state;
  return selection instanceof NodeSelection && isAwaiting(selection.node) ? selection.from : undefined;
}

/** What becomes of the pictures of a pasted or dropped text: `clean` before it is read, `placed` before it is put in. */
export function usePasted({ fromFiles }: Take) {
  const { t } = useText();
  const waiting = useRef<(File | null)[]>([]);
  const finish = useCallback(
    (editor: Editor, pictures: readonly (File | null)[], nodes: readonly PmNode[]) => {
      // A place of the text that takes no pictures has let some of them go; then nobody knows which is which.
      const places = nodes.length === pictures.length ? placesOf(editor.state.doc, nodes) : null;
      const files = pictures.flatMap((file, i) => (file ? [{ file, place: places?.[i] }] : []));
      if (files.length > 0) {
        const at = files.flatMap(({ place }) => place ?? []);
        fromFiles(
          editor,
          files.map(({ file }) => file),
          places ? at : undefined,
        );
      }
      const left = nodes.filter((_, i) => !places || !pictures[i]);
      const count = pictures.length - files.length;
      if (count === 0) return;
      toast(t('story.image.remoteKept', { count }), {
        icon: 'info',
        action: { label: t('story.image.dropAwaiting'), run: () => drop(editor, left) },
      });
    },
    [fromFiles, t],
  );
  return useMemo(
    () => ({
      clean: (html: string): string => {
        const clean = cleanPaste(html);
        waiting.current = clean.pictures;
        return clean.html;
      },
      placed: (editor: Editor, slice: Slice): void => {
        const pictures = waiting.current;
        waiting.current = [];
        if (pictures.length === 0) return;
        const nodes = awaitingIn(slice.content);
        setTimeout(() => {
          if (!editor.isDestroyed) finish(editor, pictures, nodes);
        });
      },
    }),
    [finish],
  );
}
