import { Textarea } from '@mantine/core';
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { Cue } from '../../../../../core/model/timeline/timeline.ts';
import { useText } from '../../../i18n/use-text.ts';
import { newId } from '../cut-session.ts';
import { useCut } from '../use-cut.ts';
import { takeCursor, wantCursor } from './typing.ts';

/** Typing is sent and becomes a step of undo after this pause. */
const PAUSE_MS = 500;

/** What cannot be stored in a caption becomes a space; line breaks stay. */
const storable = (text: string): string => text.replace(/(?!\n)\p{Cc}/gu, ' ');

/** The text as it is being written; kept after a pause, on leaving the field, and before anything else is done to it. */
function useDraft(cue: Cue) {
  const { session } = useCut();
  const [draft, setDraft] = useState(cue.text);
  const latest = useRef(cue.text);
  /** Something was typed that the session has not got. */
  const typed = useRef(false);
  const [seen, setSeen] = useState(cue.text);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  // Undo or somebody else changed it.
  if (cue.text !== seen) {
    setSeen(cue.text);
    setDraft(cue.text);
  }
  const keep = useCallback(() => {
    clearTimeout(timer.current);
    if (!typed.current) return;
    typed.current = false;
    const text = latest.current;
    const now = session.getState().timeline.captions.cues.find(({ id }) => id === cue.id);
    if (now && now.text !== text) session.run({ type: 'editCue', cueId: cue.id, text });
  }, [session, cue.id]);
  useEffect(() => {
    latest.current = cue.text;
  }, [cue.text]);
  useEffect(() => keep, [keep]);
  const write = (text: string) => {
    latest.current = storable(text);
    typed.current = true;
    setDraft(latest.current);
    clearTimeout(timer.current);
    timer.current = setTimeout(keep, PAUSE_MS);
  };
  return { draft, write, keep };
}

/** What keys do to the captions from inside a text. */
function useCueKeys(cue: Cue, keep: () => void) {
  const { session } = useCut();
  const cuesNow = () => session.getState().timeline.captions.cues;
  const split = (text: string, offset: number) => {
    keep();
    // At either end of the text there is nothing to share the time out by: half each.
    const middle = Math.round((cue.startUs + cue.endUs) / 2);
    const inside = text.slice(0, offset).trim() !== '' && text.slice(offset).trim() !== '';
    const id = newId('q');
    const done = session.run({
      type: 'splitCue',
      cueId: cue.id,
      newId: id,
      offset,
      ...(inside ? {} : { atUs: middle }),
    });
    if (!done) return;
    wantCursor(id, 0);
    session.select({ kind: 'cue', id });
  };
  /** Makes one of this and its neighbour; the cursor stays where the two meet. False: there is no neighbour. */
  const merge = (step: 1 | -1): boolean => {
    keep();
    const cues = cuesNow();
    const at = cues.findIndex(({ id }) => id === cue.id);
    const [first, second] = [cues[step === 1 ? at : at - 1], cues[step === 1 ? at + 1 : at]];
    if (at === -1 || !first || !second) return false;
    wantCursor(first.id, first.text === '' ? 0 : first.text.length + (second.text === '' ? 0 : 1));
    if (session.run({ type: 'mergeCues', cueIds: [first.id, second.id] }))
      session.select({ kind: 'cue', id: first.id });
    return true;
  };
  return (e: KeyboardEvent<HTMLTextAreaElement>) => {
    if (e.nativeEvent.isComposing) return;
    const { selectionStart, selectionEnd, value } = e.currentTarget;
    const plain = selectionStart === selectionEnd && !e.repeat && !e.shiftKey && !e.ctrlKey && !e.metaKey && !e.altKey;
    if (e.key === 'Escape') e.currentTarget.blur();
    if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) {
      e.preventDefault();
      split(value, selectionStart);
    }
    if (e.key === 'Backspace' && plain && selectionStart === 0 && merge(-1)) e.preventDefault();
    if (e.key === 'Delete' && plain && selectionStart === value.length && merge(1)) e.preventDefault();
  };
}

/**
 * The text of the selected caption, written where it stands. Enter breaks the line, Ctrl+Enter splits the caption at the
 * cursor, Backspace at its start and Delete at its end make one of it and its neighbour.
 */
export function CueText({ cue, index }: { cue: Cue; index: number }) {
  const { t } = useText();
  const { session } = useCut();
  const { draft, write, keep } = useDraft(cue);
  const onKeyDown = useCueKeys(cue, keep);
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const at = takeCursor(cue.id);
    if (at === null) return;
    field.current?.focus();
    field.current?.setSelectionRange(at, at);
  }, [cue.id, draft]);
  return (
    <Textarea
      ref={field}
      autosize
      minRows={1}
      maxRows={6}
      autoFocus={cue.text === ''}
      classNames={{ input: 'cue-input' }}
      aria-label={t('cutting.captions.text', { n: index + 1 })}
      placeholder={t('cutting.captions.placeholder')}
      value={draft}
      maxLength={2000}
      readOnly={!session.canEdit}
      onChange={(e) => write(e.currentTarget.value)}
      onBlur={keep}
      onKeyDown={session.canEdit ? onKeyDown : undefined}
    />
  );
}
