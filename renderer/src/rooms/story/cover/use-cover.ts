import type { Editor } from '@tiptap/core';
import { useEditorState } from '@tiptap/react';
import { useEffect, useRef, useState } from 'react';
import { normalCover, type Cover } from '../../../../../core/model/cover/index.ts';

/** A row of small changes (keys held down, letters typed) becomes one step of undo after this pause. */
const PAUSE_MS = 500;

export interface CoverHandle {
  cover: Cover | null;
  /** Shows a change at once; it goes into the article at the end of the gesture (`settle`) or after a short pause. */
  change: (next: Cover, options?: { wait: boolean }) => void;
  /** Ends a gesture. */
  settle: () => void;
  /** Into the article at once. */
  set: (next: Cover | null) => void;
}

/** The cover of the article in the editor. It is an attribute of the document: undo, autosave and versions know it. */
export function useCover(editor: Editor): CoverHandle {
  const saved = useEditorState({ editor, selector: () => editor.state.doc.attrs['cover'] as Cover | null });
  const [moving, setMoving] = useState<Cover | null>(null);
  const pending = useRef<Cover | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const put = (next: Cover | null) => {
    if (editor.isDestroyed) return;
    editor.view.dispatch(editor.state.tr.setDocAttribute('cover', next && normalCover(next)));
  };
  const settle = () => {
    clearTimeout(timer.current);
    const kept = pending.current;
    pending.current = null;
    setMoving(null);
    if (kept !== null) put(kept);
  };
  // What waits is a gesture of its own: a step of undo before this one.
  const set = (next: Cover | null) => {
    settle();
    put(next);
  };
  const change = (next: Cover, options: { wait: boolean } = { wait: false }) => {
    pending.current = next;
    setMoving(next);
    clearTimeout(timer.current);
    if (!options.wait) timer.current = setTimeout(settle, PAUSE_MS);
  };
  const last = useRef(settle);
  useEffect(() => {
    last.current = settle;
  });
  // What was changed a moment before the panel closed is kept too.
  useEffect(() => () => last.current(), []);
  return { cover: moving ?? saved, change, settle, set };
}
