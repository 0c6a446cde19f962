import { Textarea } from '@mantine/core';
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { Operation } from '../../../../../core/model/timeline/operation.ts';
import type { Cue } from '../../../../../core/model/timeline/timeline.ts';
import { wordEdgeAt } from '../../../../../core/model/timeline/two-languages.ts';
import { useText } from '../../../i18n/use-text.ts';
import { newId } from '../cut-session.ts';
import { useCut } from '../use-cut.ts';
import { takeCursor, wantCursor, type CueField } from './typing.ts';

/** Typing is sent and becomes a step of undo after this pause. */
const PAUSE_MS = 500;

/** What cannot be stored in a caption becomes a space; line breaks stay. */
const storable = (text: string): string => text.replace(/(?!\n)\p{Cc}/gu, ' ');

/** A field emptied: a text is empty then, a second language is gone. */
const edited = (cueId: string, field: CueField, text: string): Operation =>
  field === 'text'
    ? { type: 'editCue', cueId, text }
    : { type: 'editCue', cueId, translation: text.trim() === '' ? null : text };

/** The text as it is being written; kept after a pause, on leaving the field, and before anything else is done to it. */
function useDraft(cue: Cue, field: CueField) {
  const { session } = useCut();
  const was = cue[field] ?? '';
  const [draft, setDraft] = useState(was);
  const latest = useRef(was);
  /** Something was typed that the session has not got. */
  const typed = useRef(false);
  const [seen, setSeen] = useState(was);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  // Undo or somebody else changed it.
  if (was !== seen) {
    setSeen(was);
    setDraft(was);
  }
  const keep = useCallback(() => {
    clearTimeout(timer.current);
    if (!typed.current) return;
    typed.current = false;
    const text = latest.current;
    const now = session.getState().timeline.captions.cues.find(({ id }) => id === cue.id);
    if (now && (now[field] ?? '') !== text) session.run(edited(cue.id, field, text));
  }, [session, cue.id, field]);
  useEffect(() => {
    latest.current = was;
  }, [was]);
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
function useCueKeys(cue: Cue, field: CueField, keep: () => void) {
  const { session, player } = useCut();
  const cuesNow = () => session.getState().timeline.captions.cues;
  /** The other text is split where its share of it ends. */
  const split = (written: string, cursor: number) => {
    keep();
    const text = cuesNow().find(({ id }) => id === cue.id)?.text ?? '';
    const offset = field === 'text' ? cursor : wordEdgeAt(text, cursor / Math.max(1, written.length));
    // At either end of the text there is nothing to share the time out by: half each.
    const middle = Math.round((cue.startUs + cue.endUs) / 2);
    const inside = text.slice(0, offset).trim() !== '' && text.slice(offset).trim() !== '';
    const id = newId('q');
    const done = session.run({
      type: 'splitCue',
      cueId: cue.id,
      newId: id,
      offset,
      ...(field === 'text' ? {} : { translationOffset: cursor }),
      ...(inside ? {} : { atUs: middle }),
    });
    if (!done) return;
    wantCursor(id, 0, field);
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
  /** To the same field of a neighbour, its cursor at the end. */
  const go = (step: 1 | -1) => {
    keep();
    const next = cuesNow()[cuesNow().findIndex(({ id }) => id === cue.id) + step];
    if (!next) return;
    wantCursor(next.id, next[field]?.length ?? 0, field);
    session.select({ kind: 'cue', id: next.id });
    player.seek(next.startUs);
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
    const step = { ArrowDown: 1, ArrowUp: -1 }[e.key] as 1 | -1 | undefined;
    if (step !== undefined && e.altKey && !e.ctrlKey && !e.metaKey && !e.shiftKey) {
      e.preventDefault();
      go(step);
    }
    if (field !== 'text') return;
    if (e.key === 'Backspace' && plain && selectionStart === 0 && merge(-1)) e.preventDefault();
    if (e.key === 'Delete' && plain && selectionStart === value.length && merge(1)) e.preventDefault();
  };
}

/**
 * A text of the selected caption, written where it stands. Enter breaks the line, Ctrl+Enter splits the caption at the
 * cursor, Alt with an arrow up or down goes to the neighbour. Backspace at the start of the first text and Delete at its
 * end make one of the caption and its neighbour.
 */
export function CueText({ cue, index, field: name }: { cue: Cue; index: number; field: CueField }) {
  const { t } = useText();
  const { session } = useCut();
  const { draft, write, keep } = useDraft(cue, name);
  const onKeyDown = useCueKeys(cue, name, keep);
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const at = takeCursor(cue.id, name);
    if (at === null) return;
    field.current?.focus();
    field.current?.setSelectionRange(at, at);
  }, [cue.id, name, draft]);
  return (
    <Textarea
      ref={field}
      autosize
      minRows={1}
      maxRows={6}
      autoFocus={name === 'text' && cue.text === ''}
      classNames={{ input: name === 'text' ? 'cue-input' : 'cue-input second' }}
      aria-label={t(name === 'text' ? 'cutting.captions.text' : 'captions.second.text', { n: index + 1 })}
      placeholder={t(name === 'text' ? 'cutting.captions.placeholder' : 'captions.second.placeholder')}
      value={draft}
      maxLength={2000}
      readOnly={!session.canEdit}
      onChange={(e) => write(e.currentTarget.value)}
      onBlur={keep}
      onKeyDown={session.canEdit ? onKeyDown : undefined}
    />
  );
}
