import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useText } from '../../../i18n/use-text.ts';
import { Btn, IconBtn } from '../../../ui/Btn.tsx';
import { useCut } from '../use-cut.ts';
import type { CueFind } from './use-cue-find.ts';

interface CueFindBarProps {
  find: CueFind;
  /** Raised each time the command is given again: the field is selected anew. */
  nonce: number;
  onClose: () => void;
}

/** Find and replace over the captions. Enter goes to the next, Shift+Enter to the one before; Escape closes. */
export function CueFindBar({ find, nonce, onClose }: CueFindBarProps) {
  const { t } = useText();
  const { session } = useCut();
  const [words, setWords] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, [nonce]);
  const keys = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      event.stopPropagation();
      onClose();
    } else if (event.key === 'Enter' && event.target === field.current) {
      event.preventDefault();
      find.move(event.shiftKey ? -1 : 1);
    }
  };
  const { hits, at, query } = find;
  const none = hits.length === 0;
  return (
    <div className="cue-find" role="search" aria-label={t('captions.find.label')} onKeyDown={keys}>
      <div className="find-row">
        <input
          ref={field}
          aria-label={t('editor.find.find')}
          placeholder={t('editor.find.find')}
          value={query}
          spellCheck={false}
          onChange={(e) => find.search({ query: e.currentTarget.value })}
        />
        <span className="find-count" role="status">
          {query === ''
            ? ''
            : none
              ? t('editor.find.none')
              : t('editor.find.count', { at: at + 1, total: hits.length })}
        </span>
        <IconBtn icon="up" size="sm" label={t('editor.find.previous')} disabled={none} onClick={() => find.move(-1)} />
        <IconBtn icon="down" size="sm" label={t('editor.find.next')} disabled={none} onClick={() => find.move(1)} />
        <IconBtn icon="x" size="sm" label={t('editor.find.close')} onClick={onClose} />
      </div>
      {session.canEdit ? (
        <div className="find-row">
          <input
            aria-label={t('editor.find.replace')}
            placeholder={t('editor.find.replace')}
            value={words}
            spellCheck={false}
            onChange={(e) => setWords(e.currentTarget.value.replace(/\p{Cc}/gu, ' '))}
            onKeyDown={(e) => {
              if (e.key !== 'Enter' || e.nativeEvent.isComposing) return;
              e.preventDefault();
              find.replaceOne(words);
            }}
          />
          <Btn size="xs" disabled={none} onClick={() => find.replaceOne(words)}>
            {t('editor.find.one')}
          </Btn>
          <Btn size="xs" disabled={none} onClick={() => find.replaceAll(words)}>
            {t('editor.find.all')}
          </Btn>
        </div>
      ) : null}
      <Btn
        size="xs"
        kind="quiet"
        aria-pressed={find.matchCase}
        onClick={() => find.search({ matchCase: !find.matchCase })}
      >
        {t('editor.find.case')}
      </Btn>
    </div>
  );
}
