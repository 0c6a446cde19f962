import type { Editor, JSONContent } from '@tiptap/core';
import { useEditor } from '@tiptap/react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { articleText, countWords, type ArticleDoc } from '../../../../core/model/article/index.ts';
import type { Story } from '../../../../core/model/contract/index.ts';
import type { ErrorData } from '../../../../core/model/errors.ts';
import { useView } from '../../app/view.ts';
import { chooseSources, extensionOf, IMAGE_EXTENSIONS, sourcesOf } from '../../client/sources.ts';
import { errorDataText, useText } from '../../i18n/use-text.ts';
import { toast } from '../../ui/toast.tsx';
import { REMOTE } from './editor/apply-remote.ts';
import type { CardActs } from './editor/cards/CardSettings.tsx';
import { articleExtensions, editingExtensions } from './editor/extensions.ts';
import { insertImages, namesOf } from './editor/insert-images.ts';
import { isAwaiting } from './editor/paste/pictures.ts';
import { awaitingSelected, usePasted } from './editor/paste/use-pasted.ts';
import { letChoose } from './editor/picture/image-node.ts';
import { createSlashStore } from './editor/slash/slash-store.ts';

const isImage = (file: File) => file.type.startsWith('image/') || IMAGE_EXTENSIONS.includes(extensionOf(file.name));

/** Counts at most this often: a long article takes a few milliseconds. */
const COUNT_MS = 300;

/** Keeps the status bar's word counts in step with the text and the selection. */
function useWordCount(editor: Editor): void {
  const setView = useView((s) => s.set);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const count = () => {
      timer = undefined;
      if (editor.isDestroyed) return;
      const { doc, selection } = editor.state;
      const picked = selection.empty ? '' : doc.textBetween(selection.from, selection.to, '\n', '\n');
      setView({
        words: countWords(articleText(doc.toJSON() as ArticleDoc)),
        selectedWords: picked === '' ? null : countWords(picked),
      });
    };
    const soon = () => (timer ??= setTimeout(count, COUNT_MS));
    count();
    editor.on('transaction', soon);
    return () => {
      clearTimeout(timer);
      editor.off('transaction', soon);
      setView({ words: null, selectedWords: null });
    };
  }, [editor, setView]);
}

/** The ways pictures come in: chosen, dropped, pasted, or inside pasted text. */
function usePictures(storyId: string) {
  const { t, language, explain } = useText();
  const onFailed = useCallback(
    (error: unknown) => {
      const data = typeof error === 'object' && error !== null && 'code' in error && 'params' in error;
      const { message } = data ? errorDataText(error as ErrorData, language) : explain(error);
      toast(t('story.image.failed', { message }), { icon: 'alert' });
    },
    [t, language, explain],
  );
  const importing = useCallback((name: string) => t('story.image.importing', { name }), [t]);

  const fromFiles = useCallback(
    (editor: Editor, files: File[], pos?: number | readonly number[], as: 'pictures' | 'card' = 'pictures') => {
      const pictures = files.filter(isImage);
      if (pictures.length < files.length) toast(t('story.image.onlyImages'), { icon: 'info' });
      if (pictures.length === 0) return;
      const names = pictures.map((f) => f.name);
      const sources = () => sourcesOf(pictures);
      void insertImages(editor, { storyId, sources, names, pos, as, importing, onFailed });
    },
    [storyId, importing, onFailed, t],
  );

  const choose = useCallback(
    (editor: Editor, as: 'pictures' | 'gallery' | 'card' = 'pictures', pos?: number) => {
      chooseSources({ extensions: IMAGE_EXTENSIONS, multiple: as !== 'card' })
        .then((sources) => {
          if (sources.length === 0) return undefined;
          const names = namesOf(sources);
          const given = () => Promise.resolve(sources);
          return insertImages(editor, { storyId, sources: given, names, as, pos, importing, onFailed });
        })
        .catch(onFailed);
    },
    [storyId, importing, onFailed],
  );
  return { fromFiles, choose };
}

interface StoryEditorOptions {
  story: Story;
  editable: boolean;
  /** The person (not an event from elsewhere) changed the text. */
  onChange: () => void;
}

/** The text editor of one story. */
export function useStoryEditor({ story, editable, onChange }: StoryEditorOptions) {
  const { t } = useText();
  const pictures = usePictures(story.storyId);
  const [slash] = useState(createSlashStore);
  const current = useRef<Editor | null>(null);
  const { fromFiles } = pictures;
  const filesOfText = useCallback(
    (into: Editor, files: File[], places?: number | readonly number[]) =>
      fromFiles(into, files, places, places === undefined ? 'pictures' : 'card'),
    [fromFiles],
  );
  const pasted = usePasted({ fromFiles: filesOfText });

  const editor = useEditor({
    extensions: [
      ...articleExtensions(),
      ...editingExtensions({
        placeholder: () => t('story.bodyPlaceholder'),
        slash: { store: slash, nameOf: (id) => t(`editor.insert.${id}`) },
      }),
    ],
    content: story.doc as JSONContent,
    editable,
    // A text the schema refuses must be seen as an error, not silently emptied.
    enableContentCheck: true,
    shouldRerenderOnTransaction: false,
    editorProps: {
      attributes: {
        class: 'article',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': t('story.bodyLabel'),
        'data-region-start': '',
        spellcheck: 'false',
      },
      transformPastedHTML: pasted.clean,
      handlePaste: (_view, event, slice) => {
        const files = [...(event.clipboardData?.files ?? [])];
        const text = event.clipboardData?.types.includes('text/html') ?? false;
        const into = current.current;
        // Word puts a picture of the text beside the text; the text wins.
        if (files.length > 0 && !text && into) {
          const place = awaitingSelected(into);
          if (place === undefined) fromFiles(into, files);
          else filesOfText(into, files.slice(0, 1), place);
          return true;
        }
        if (into) pasted.placed(into, slice);
        return false;
      },
      handleDrop: (view, event, slice, moved) => {
        const files = [...(event.dataTransfer?.files ?? [])];
        const into = current.current;
        if (moved || !into) return false;
        if (files.length === 0) {
          pasted.placed(into, slice);
          return false;
        }
        const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
        const place = at && isAwaiting(view.state.doc.nodeAt(at.inside)) ? at.inside : undefined;
        if (place === undefined) fromFiles(into, files, at?.pos);
        else filesOfText(into, files.slice(0, 1), place);
        event.preventDefault();
        return true;
      },
    },
    onUpdate: ({ transaction }) => {
      if (transaction.docChanged && transaction.getMeta(REMOTE) !== true) onChange();
    },
  });
  useEffect(() => {
    current.current = editor;
  }, [editor]);
  useEffect(() => {
    if (editor.isEditable !== editable) editor.setEditable(editable, false);
  }, [editor, editable]);
  useWordCount(editor);
  const { choose } = pictures;
  useEffect(() => {
    letChoose(editor, (pos) => choose(editor, 'card', pos));
  }, [choose, editor]);
  const chooseImages = useCallback(() => choose(editor), [choose, editor]);
  const chooseGallery = useCallback(() => choose(editor, 'gallery'), [choose, editor]);
  const { storyId } = story;
  const cardActs = useMemo<CardActs>(
    () => ({
      storyId,
      choosePicture: (pos) => choose(editor, 'card', pos),
      addPictures: (pos) => {
        const gallery = editor.state.doc.nodeAt(pos);
        if (gallery) choose(editor, 'pictures', pos + gallery.nodeSize - 1);
      },
    }),
    [choose, editor, storyId],
  );
  return { editor, slash, chooseImages, chooseGallery, cardActs };
}
