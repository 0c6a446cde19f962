import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { toStudioError } from '../../../../core/model/contract/client.ts';
import type { Story } from '../../../../core/model/contract/index.ts';
import { useView } from '../../app/view.ts';
import { client, connection } from '../../client/client.ts';
import { Autosave, type AutosaveState, type Draft } from './save/autosave.ts';
import { beforeLeaving } from '../../client/leaving.ts';
import { keepDraft } from './save/kept-draft.ts';

/** What a failed save means for the autosave. */
function judge(error: unknown): 'conflict' | 'retry' | 'refuse' {
  const e = toStudioError(error);
  if (e.code === 'conflict') return 'conflict';
  return e.retryable ? 'retry' : 'refuse';
}

/** The autosave of an open story, and the moments at which everything must be saved. `read` is the text as it is now. */
export function useAutosave(story: Story, read: () => Draft | null) {
  const { storyId } = story;
  const [autosave] = useState(
    () =>
      new Autosave({
        baseHash: story.contentHash,
        savedAt: story.savedAt,
        read: () => ({ title: story.title, doc: story.doc }),
        send: (input) => client.stories.save({ storyId, ...input }),
        judge,
        keep: (kept, baseHash) => keepDraft(storyId, kept, baseHash),
      }),
  );
  const setView = useView((s) => s.set);

  // Straight to the status bar: the state changes several times a second, and the room is not to be drawn anew with it.
  useEffect(() => {
    const tell = () => {
      const { status, savedAt } = autosave.getState();
      setView({ save: { state: status, at: savedAt } });
    };
    let timer: ReturnType<typeof setTimeout> | undefined;
    // And after the keystroke that changed it, not in the middle of it.
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(tell);
    };
    tell();
    const stop = autosave.subscribe(soon);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [autosave, setView]);

  const reader = useRef(read);
  useEffect(() => {
    reader.current = read;
  });

  useEffect(() => {
    let last: Draft = { title: story.title, doc: story.doc };
    autosave.readFrom(() => {
      last = reader.current() ?? last;
      return last;
    });
    const flush = () => void autosave.flush();
    const onHide = () => {
      if (document.visibilityState === 'hidden') flush();
    };
    window.addEventListener('blur', flush);
    const stopLeaving = beforeLeaving({ dirty: () => autosave.dirty, flush: () => autosave.flush() });
    document.addEventListener('visibilitychange', onHide);
    const stop = connection.subscribe((line) => {
      if (line === 'open') autosave.retryNow();
    });
    return () => {
      window.removeEventListener('blur', flush);
      stopLeaving();
      document.removeEventListener('visibilitychange', onHide);
      stop();
      // The editor goes with the page; its last text is taken along for the saves still to come.
      const final = reader.current() ?? last;
      autosave.readFrom(() => final);
      flush();
      setView({ save: null });
    };
  }, [autosave, setView, story]);

  return autosave;
}

/** What stopped the saving and waits for a person; null while nothing does. */
export function useSaveTrouble(autosave: Autosave): AutosaveState | null {
  return useSyncExternalStore(autosave.subscribe, () => {
    const state = autosave.getState();
    return state.status === 'conflict' || state.status === 'refused' ? state : null;
  });
}

/** When the core last had everything, epoch milliseconds. */
export const useSavedAt = (autosave: Autosave): number =>
  useSyncExternalStore(autosave.subscribe, () => autosave.getState().savedAt);
