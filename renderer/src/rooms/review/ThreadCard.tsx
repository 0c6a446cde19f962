import { Textarea } from '@mantine/core';
import { useId, useState, type SyntheticEvent } from 'react';
import type { Comment } from '../../../../core/model/contract/review.ts';
import { useMay } from '../../app/session.ts';
import { client } from '../../client/client.ts';
import { formatDuration, formatFull, formatWhen } from '../../format/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Btn } from '../../ui/Btn.tsx';
import { useNow } from '../../ui/use-now.ts';
import type { Thread } from './threads.ts';
import { useAct } from './use-review-acts.ts';

/** Longest comment, as the contract has it. */
export const MAX_COMMENT = 2000;

interface WriteFormProps {
  label: string;
  placeholder?: string;
  submit: string;
  busy: boolean;
  onSubmit: (text: string) => void;
  onCancel: () => void;
}

/** Words to be sent: Ctrl+Enter sends, Escape takes back. */
export function WriteForm({ label, placeholder, submit, busy, onSubmit, onCancel }: WriteFormProps) {
  const { t } = useText();
  const [text, setText] = useState('');
  const send = (event?: SyntheticEvent) => {
    event?.preventDefault();
    if (text.trim() !== '' && !busy) onSubmit(text.trim());
  };
  return (
    <form className="write" onSubmit={send}>
      <Textarea
        aria-label={label}
        placeholder={placeholder}
        value={text}
        maxLength={MAX_COMMENT}
        autosize
        minRows={2}
        maxRows={8}
        autoFocus
        onChange={(e) => setText(e.currentTarget.value)}
        onKeyDown={(e) => {
          if (e.key === 'Escape') onCancel();
          if (e.key === 'Enter' && (e.ctrlKey || e.metaKey) && !e.nativeEvent.isComposing) send();
        }}
      />
      <div className="row">
        <Btn type="submit" size="xs" disabled={text.trim() === ''} busy={busy && t('review.comments.saving')}>
          {submit}
        </Btn>
        <Btn size="xs" kind="quiet" onClick={onCancel}>
          {t('common.act.cancel')}
        </Btn>
      </div>
    </form>
  );
}

function Said({ comment, children }: { comment: Comment; children?: React.ReactNode }) {
  const { language } = useText();
  const now = useNow();
  return (
    <>
      <div className="cm-head">
        <Avatar name={comment.by.name} />
        <span className="cut" title={comment.by.name}>
          {comment.by.name}
        </span>
        <span className="t3 s12 nowrap" title={formatFull(comment.at, language)}>
          {formatWhen(comment.at, now, language)}
        </span>
        {children}
      </div>
      {comment.anchor.kind === 'text' && comment.parentId === null ? (
        <blockquote className="qt">{comment.anchor.quote}</blockquote>
      ) : null}
      <p className="wrap">{comment.text}</p>
    </>
  );
}

interface ThreadCardProps {
  thread: Thread;
  /** Number of its pin. */
  n?: number;
  active?: boolean;
  lost?: boolean;
  onActive?: () => void;
  /** A place in a video can be gone to. */
  onTime?: (timeUs: number) => void;
}

/** A comment with its answers: answer, resolve, open again. */
export function ThreadCard({ thread, n, active = false, lost = false, onActive, onTime }: ThreadCardProps) {
  const { t } = useText();
  const id = useId();
  const mayAct = useMay('review.act');
  const [answering, setAnswering] = useState(false);
  const { busy, run } = useAct<'answer' | 'resolve'>();
  const { comment, answers } = thread;
  const { anchor } = comment;
  const resolved = comment.resolvedAt !== null;
  const answer = async (text: string) => {
    const { storyId, commentId } = comment;
    // An answer stands where its comment stands.
    const done = await run('answer', () => client.comments.add({ storyId, anchor, text, parentId: commentId }));
    if (done) setAnswering(false);
  };
  const resolve = () =>
    void run('resolve', () => client.comments.resolve({ commentId: comment.commentId, resolved: !resolved }));
  return (
    <article
      className="card cm-card"
      data-active={active || undefined}
      data-thread={comment.commentId}
      aria-labelledby={id}
      onClick={onActive}
    >
      <span id={id} className="vh">
        {n === undefined ? t('review.comments.label') : t('review.comments.pin', { n })}
      </span>
      <Said comment={comment}>
        <span className="push row cm-tags">
          {lost ? <span className="chip warn">{t('review.comments.lost')}</span> : null}
          {anchor.kind === 'whole' ? <span className="chip">{t('review.comments.whole')}</span> : null}
          {anchor.kind === 'time' && onTime ? (
            <Btn size="xs" onClick={() => onTime(anchor.timeUs)}>
              {formatDuration(anchor.timeUs)}
            </Btn>
          ) : null}
          {anchor.kind === 'time' && !onTime ? (
            <span className="chip">{t('review.comments.video', { time: formatDuration(anchor.timeUs) })}</span>
          ) : null}
          {resolved ? <span className="chip ok">{t('review.comments.resolved')}</span> : null}
          {n === undefined ? null : (
            <span className="cm-n" aria-hidden="true">
              {n}
            </span>
          )}
        </span>
      </Said>
      {answers.map((reply) => (
        <div key={reply.commentId} className="re">
          <Said comment={reply} />
        </div>
      ))}
      {resolved && comment.resolvedBy ? (
        <p className="s12 t3">{t('review.comments.resolvedBy', { name: comment.resolvedBy.name })}</p>
      ) : null}
      {answering ? (
        <WriteForm
          label={t('review.comments.replyField', { name: comment.by.name })}
          submit={t('review.comments.replySave')}
          busy={busy === 'answer'}
          onSubmit={(text) => void answer(text)}
          onCancel={() => setAnswering(false)}
        />
      ) : null}
      {mayAct && !answering ? (
        <div className="row cm-acts">
          <Btn size="xs" kind="quiet" onClick={() => setAnswering(true)}>
            {t('review.comments.reply')}
          </Btn>
          <Btn size="xs" kind="quiet" className="push" disabled={busy !== null} onClick={resolve}>
            {t(resolved ? 'review.comments.reopen' : 'review.comments.resolve')}
          </Btn>
        </div>
      ) : null}
    </article>
  );
}
