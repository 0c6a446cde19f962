import type { Editor } from '@tiptap/core';
import { useEditorState } from '@tiptap/react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useText } from '../../../../i18n/use-text.ts';
import { Btn, IconBtn } from '../../../../ui/Btn.tsx';
import { toast } from '../../../../ui/toast.tsx';
import { closeFind, findState, moveFind, replaceAll, replaceOne, setFind } from './find-plugin.ts';
import { MAX_FOUND } from './find.ts';

export type FindMode = 'find' | 'replace';

interface FindBarProps {
  editor: Editor;
  mode: FindMode;
  /** Raised each time the command is given again: the field is selected anew. */
  nonce: number;
  editable: boolean;
  onMode: (mode: FindMode) => void;
  onClose: () => void;
  /** Called before everything is replaced, so that there is a version to go back to. */
  beforeAll: () => Promise<unknown>;
}

/** What is selected goes into the field, if it is a few words of one line. */
function selectedWords(editor: Editor): string {
  const { from, to, empty, $from, $to } = editor.state.selection;
  if (empty || !$from.sameParent($to) || to - from > 100) return '';
  return editor.state.doc.textBetween(from, to);
}

function useQuery(editor: Editor, nonce: number) {
  const [query, setQuery] = useState(() => selectedWords(editor) || findState(editor).options.query);
  const [matchCase, setMatchCase] = useState(false);
  const [regex, setRegex] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => setFind(editor, { query, matchCase, regex }), [editor, query, matchCase, regex]);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, [nonce]);
  return { query, setQuery, matchCase, setMatchCase, regex, setRegex, field };
}

function useCountText(editor: Editor, query: string): { text: string; bad: boolean } {
  const { t } = useText();
  const state = useEditorState({
    editor,
    selector: () => {
      const { found, at, error } = findState(editor);
      return { count: found.length, at, error };
    },
  });
  if (state.error !== null) return { text: t('editor.find.bad', { message: state.error }), bad: true };
  if (query === '') return { text: '', bad: false };
  if (state.count === 0) return { text: t('editor.find.none'), bad: false };
  const count = state.count >= MAX_FOUND ? `${String(MAX_FOUND)}+` : String(state.count);
  return { text: t('editor.find.count', { at: state.at + 1, total: count }), bad: false };
}

/** Find and replace over the text; the hits are marked in it. */
export function FindBar({ editor, mode, nonce, editable, onMode, onClose, beforeAll }: FindBarProps) {
  const { t } = useText();
  const { query, setQuery, matchCase, setMatchCase, regex, setRegex, field } = useQuery(editor, nonce);
  const [replacement, setReplacement] = useState('');
  const count = useCountText(editor, query);
  useEffect(() => () => (editor.isDestroyed ? undefined : closeFind(editor)), [editor]);
  const close = () => {
    onClose();
    editor.commands.focus(null, { scrollIntoView: false });
  };
  const keys = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      event.stopPropagation();
      close();
    } else if (event.key === 'Enter' && event.target === field.current) {
      event.preventDefault();
      moveFind(editor, event.shiftKey ? -1 : 1);
    }
  };
  const all = async () => {
    await beforeAll();
    const done = replaceAll(editor, replacement);
    toast(t('editor.find.replaced', { count: done }));
  };
  const shown = mode === 'replace' && editable;
  return (
    <div className="find-host">
      <div className="find-bar" role="search" aria-label={t('editor.find.label')} onKeyDown={keys}>
        <div className="find-row">
          <input
            ref={field}
            className="tx-input"
            aria-label={t('editor.find.find')}
            placeholder={t('editor.find.find')}
            value={query}
            spellCheck={false}
            aria-invalid={count.bad || undefined}
            onChange={(e) => setQuery(e.currentTarget.value)}
          />
          <span className={count.bad ? 'find-count bad' : 'find-count'} role="status">
            {count.text}
          </span>
          <Btn size="xs" kind="quiet" aria-pressed={matchCase} onClick={() => setMatchCase(!matchCase)}>
            {t('editor.find.case')}
          </Btn>
          <IconBtn
            icon="regex"
            size="sm"
            label={t('editor.find.regex')}
            aria-pressed={regex}
            onClick={() => setRegex(!regex)}
          />
          <IconBtn icon="up" size="sm" label={t('editor.find.previous')} onClick={() => moveFind(editor, -1)} />
          <IconBtn icon="down" size="sm" label={t('editor.find.next')} onClick={() => moveFind(editor, 1)} />
          <IconBtn icon="x" size="sm" label={t('editor.find.close')} onClick={close} />
        </div>
        {shown ? (
          <div className="find-row">
            <input
              className="tx-input"
              aria-label={t('editor.find.replace')}
              placeholder={t('editor.find.replace')}
              value={replacement}
              spellCheck={false}
              onChange={(e) => setReplacement(e.currentTarget.value)}
              onKeyDown={(e) => {
                if (e.key !== 'Enter' || e.nativeEvent.isComposing) return;
                e.preventDefault();
                replaceOne(editor, replacement);
              }}
            />
            <Btn size="xs" onClick={() => replaceOne(editor, replacement)}>
              {t('editor.find.one')}
            </Btn>
            <Btn size="xs" onClick={() => void all()}>
              {t('editor.find.all')}
            </Btn>
          </div>
        ) : editable ? (
          <Btn size="xs" kind="quiet" icon="down" onClick={() => onMode('replace')}>
            {t('editor.find.more')}
          </Btn>
        ) : null}
      </div>
    </div>
  );
}
