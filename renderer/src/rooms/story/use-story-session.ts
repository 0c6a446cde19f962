/** One open story: its text, its saving, and what happens when it changes elsewhere. */
import { startTransition, useCallback, useEffect, useRef, useState } from 'react';
import type { Story, StudioEvent } from '../../../../core/model/contract/index.ts';
import { useMay, useSession } from '../../app/session.ts';
import { api, client, queryClient } from '../../client/client.ts';
import { useStudioEvent } from '../../client/jobs.ts';
import { useText } from '../../i18n/use-text.ts';
import { toast } from '../../ui/toast.tsx';
import { docNode, showDoc } from './editor/apply-remote.ts';
import type { Editor } from '@tiptap/core';
import { keptDraftOf, type KeptDraft } from './save/kept-draft.ts';
import { afterOwnSave } from './save/own-save.ts';
import { SNAPSHOT_REASONS, usePasteSnapshot, type SnapshotBefore } from './save/snapshots.ts';
import type { SideName } from './compare/side-name.ts';
import { useAutosave } from './use-autosave.ts';
import { useStoryEditor } from './use-story-editor.ts';

export type Viewing =
  | { kind: 'theirs'; story: Story }
  | { kind: 'version'; hash: string; n: number }
  | { kind: 'compare'; a: SideName; b: SideName }
  | null;

const fetchStory = (storyId: string) => client.stories.get({ storyId });

/** Text that was kept here and the core does not have; null when there is none. */
function unsavedText(story: Story, editor: Editor): KeptDraft | null {
  const kept = keptDraftOf(story.storyId);
  if (!kept) return null;
  try {
    const same = kept.title === story.title && docNode(editor, kept.doc).eq(docNode(editor, story.doc));
    return same ? null : kept;
  } catch {
    return null;
  }
}

export function useStorySession(story: Story) {
  const { t, explain } = useText();
  const { user } = useSession();
  const mayEdit = useMay('story.edit');
  const [title, setTitle] = useState(story.title);
  const [meta, setMeta] = useState(story);
  const canEdit = mayEdit && meta.removedAt === null;
  const [viewing, setViewing] = useState<Viewing>(null);
  const titleNow = useRef(story.title);
  const editorNow = useRef<Editor | null>(null);
  const autosave = useAutosave(story, () => {
    const editor = editorNow.current;
    if (!editor || editor.isDestroyed) return null;
    return { title: titleNow.current, doc: editor.getJSON() as Story['doc'] };
  });
  const { editor, ...parts } = useStoryEditor({ story, editable: canEdit, onChange: () => autosave.change() });
  const [kept, setKept] = useState(() => unsavedText(story, editor));
  const tell = useCallback((error: unknown) => toast(explain(error).message, { icon: 'alert' }), [explain]);

  useEffect(() => {
    editorNow.current = editor;
  }, [editor]);

  const changeTitle = useCallback(
    (next: string) => {
      titleNow.current = next;
      setTitle(next);
      autosave.change();
    },
    [autosave],
  );

  /** Shows what the core has. */
  const show = useCallback(
    (other: Story) => {
      titleNow.current = other.title;
      setTitle(other.title);
      setMeta(other);
      showDoc(editor, other.doc, { remote: true });
      autosave.adopt(other.contentHash, other.savedAt);
    },
    [autosave, editor],
  );

  const look = useCallback(async () => {
    const other = await fetchStory(story.storyId).catch(() => null);
    if (!other) return;
    startTransition(() => setMeta(other));
    if (autosave.dirty || other.contentHash === autosave.baseHash) return;
    show(other);
    toast(t('story.changedElsewhere', { name: other.updatedBy.name }), { icon: 'info' });
  }, [story.storyId, autosave, show, t]);

  useStudioEvent(
    useCallback(
      (event: StudioEvent) => {
        const changed = event.type === 'story.changed' && event.storyId === story.storyId;
        if (event.type !== 'ready' && !changed) return;
        // Our own save is announced too, often before it is answered: look once it is through.
        void autosave.idle().then(() => {
          const own = changed && event.byUserId === user.userId && event.contentHash === autosave.baseHash;
          // What the page just sent need not come back over the line with every pause in the writing.
          if (own)
            startTransition(() =>
              setMeta((before) => afterOwnSave(before, { user, at: event.at, versionNo: autosave.versionNo })),
            );
          else void look();
        });
      },
      [story.storyId, autosave, look, user],
    ),
  );

  const conflict = useConflict({ story, autosave, editor, show, setViewing, tell, title: () => titleNow.current });

  const takeKept = useCallback(async () => {
    if (!kept) return;
    try {
      // What the core has becomes a version before the kept text is put over it.
      if (kept.baseHash !== autosave.baseHash) await autosave.checkpoint();
      titleNow.current = kept.title;
      setTitle(kept.title);
      showDoc(editor, kept.doc, { remote: false });
      autosave.change();
      setKept(null);
      toast(t('story.kept.restored'));
    } catch (error) {
      tell(error);
    }
  }, [kept, autosave, editor, t, tell]);

  const dropKept = useCallback(() => {
    setKept(null);
    autosave.adopt(autosave.baseHash, autosave.getState().savedAt);
  }, [autosave]);

  const checkpoint = useCallback(async () => {
    const answer = await autosave.checkpoint();
    if (!answer) return;
    setMeta((before) => ({ ...before, versionNo: answer.versionNo }));
    toast(t('story.checkpointDone', { n: answer.versionNo }));
    await queryClient.invalidateQueries({ queryKey: api.stories.versions.key() });
  }, [autosave, t]);

  /**
   * Keeps the text as it is now as a version, before something changes much of it at once. Call it right before the
   * change, without waiting: the text is read at once. True when the version is (or already was) there.
   */
  const snapshot = useCallback(
    async (before: SnapshotBefore): Promise<boolean> => {
      const answer = await autosave.snapshot(SNAPSHOT_REASONS[before]);
      if (!answer) return false;
      setMeta((story) => ({ ...story, versionNo: answer.versionNo }));
      await queryClient.invalidateQueries({ queryKey: api.stories.versions.key() });
      return true;
    },
    [autosave],
  );
  usePasteSnapshot(editor, snapshot);

  return {
    snapshot,
    story: meta,
    title,
    changeTitle,
    editor,
    ...parts,
    autosave,
    canEdit,
    viewing,
    setViewing,
    kept,
    takeKept,
    dropKept,
    checkpoint,
    show,
    conflict,
  };
}

export type StorySession = ReturnType<typeof useStorySession>;

interface ConflictParts {
  story: Story;
  autosave: ReturnType<typeof useAutosave>;
  editor: Editor;
  show: (story: Story) => void;
  setViewing: (viewing: Viewing) => void;
  tell: (error: unknown) => void;
  title: () => string;
}

/** Two texts for one story: either may win, both stay in the versions. */
function useConflict({ story, autosave, editor, show, setViewing, tell, title }: ConflictParts) {
  const { t } = useText();
  const { storyId } = story;
  const [busy, setBusy] = useState(false);
  const run = (act: () => Promise<unknown>) => {
    setBusy(true);
    act()
      .catch(tell)
      .finally(() => setBusy(false));
  };
  const keepTheirs = async () => {
    const theirs = await fetchStory(storyId);
    const { contentHash } = await client.stories.save({
      storyId,
      baseHash: theirs.contentHash,
      title: theirs.title,
      doc: theirs.doc,
      checkpoint: true,
    });
    return { theirs, contentHash };
  };
  return {
    busy,
    look: () => run(async () => setViewing({ kind: 'theirs', story: await fetchStory(storyId) })),
    useMine: () =>
      run(async () => {
        const { contentHash } = await keepTheirs();
        if (!(await autosave.overwrite(contentHash))) return;
        setViewing(null);
        toast(t('story.conflict.doneMine'));
      }),
    useTheirs: () =>
      run(async () => {
        const { theirs, contentHash } = await keepTheirs();
        const mine = { title: title(), doc: editor.getJSON() as Story['doc'] };
        const kept = await client.stories.save({ storyId, baseHash: contentHash, ...mine, checkpoint: true });
        await client.stories.save({
          storyId,
          baseHash: kept.contentHash,
          title: theirs.title,
          doc: theirs.doc,
          checkpoint: true,
        });
        show(await fetchStory(storyId));
        setViewing(null);
        toast(t('story.conflict.doneTheirs'));
      }),
  };
}
