import type { Editor } from '@tiptap/core';
import { NodeSelection } from '@tiptap/pm/state';
import { useEditorState } from '@tiptap/react';
import { BubbleMenu } from '@tiptap/react/menus';
import { useEffect, useRef, useState } from 'react';
import { MAX_CAPTION } from '../../../../../core/model/article/index.ts';
import { useText } from '../../../i18n/use-text.ts';
import { IconBtn } from '../../../ui/Btn.tsx';
import { setAttrs } from './cards/card-acts.ts';

function footnoteHere(editor: Editor): { pos: number; text: string } | null {
  const { selection } = editor.state;
  if (!(selection instanceof NodeSelection) || selection.node.type.name !== 'footnote') return null;
  return { pos: selection.from, text: String(selection.node.attrs['text'] ?? '') };
}

function NoteField({ editor, pos, text }: { editor: Editor; pos: number; text: string }) {
  const { t } = useText();
  const [typed, setTyped] = useState(text);
  const field = useRef<HTMLInputElement>(null);
  // A new footnote is written at once; one that is emptied while it is written keeps the cursor it has.
  const [fresh] = useState(text === '');
  useEffect(() => {
    if (fresh) field.current?.focus();
  }, [fresh]);
  const leave = () =>
    editor
      .chain()
      .focus()
      .setTextSelection(pos + 1)
      .run();
  return (
    <input
      ref={field}
      className="tx-input footnote-field"
      aria-label={t('editor.footnote.label')}
      placeholder={t('editor.footnote.hint')}
      value={typed}
      maxLength={MAX_CAPTION}
      onChange={(e) => {
        setTyped(e.currentTarget.value);
        setAttrs(editor, pos, { text: e.currentTarget.value });
      }}
      onKeyDown={(e) => {
        if (e.nativeEvent.isComposing || (e.key !== 'Enter' && e.key !== 'Escape')) return;
        e.preventDefault();
        e.stopPropagation();
        leave();
      }}
    />
  );
}

/** Under a selected footnote number: its text. */
export function FootnoteBubble({ editor }: { editor: Editor }) {
  const { t } = useText();
  const here = useEditorState({ editor, selector: () => footnoteHere(editor) });
  return (
    <BubbleMenu
      editor={editor}
      pluginKey="footnoteBubble"
      updateDelay={0}
      shouldShow={({ editor: e }) => e.isEditable && footnoteHere(e) !== null}
      options={{ placement: 'bottom-start', offset: 6, flip: true, shift: { padding: 8 } }}
    >
      {here ? (
        <div className="bubble-bar" role="group" aria-label={t('editor.footnote.edit')} data-overlay>
          <NoteField key={here.pos} editor={editor} pos={here.pos} text={here.text} />
          <IconBtn
            icon="trash"
            size="sm"
            label={t('editor.footnote.remove')}
            onClick={() => editor.chain().focus().deleteSelection().run()}
          />
        </div>
      ) : null}
    </BubbleMenu>
  );
}
