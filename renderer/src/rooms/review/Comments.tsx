import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Anchor, Comment } from '../../../../core/model/contract/review.ts';
import { useMay } from '../../app/session.ts';
import { client } from '../../client/client.ts';
import { formatDuration } from '../../format/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { ThreadCard, WriteForm } from './ThreadCard.tsx';
import type { Thread, Threads } from './threads.ts';
import { useAct } from './use-review-acts.ts';

/** The comment that is being written, with the words or the time it is about. */
function Compose({ storyId, anchor, onDone }: { storyId: string; anchor: Anchor; onDone: () => void }) {
  const { t } = useText();
  const { busy, run } = useAct<'add'>();
  const add = async (text: string) => {
    if (await run('add', () => client.comments.add({ storyId, anchor, text }))) onDone();
  };
  return (
    <section className="card cm-card" data-active aria-label={t('review.comments.add')}>
      {anchor.kind === 'text' ? <blockquote className="qt">{anchor.quote}</blockquote> : null}
      {anchor.kind === 'whole' ? <span className="chip">{t('review.comments.whole')}</span> : null}
      {anchor.kind === 'time' ? (
        <span className="chip">{t('review.comments.video', { time: formatDuration(anchor.timeUs) })}</span>
      ) : null}
      <WriteForm
        label={t('review.comments.field')}
        placeholder={t('review.comments.placeholder')}
        submit={t('review.comments.save')}
        busy={busy !== null}
        onSubmit={(text) => void add(text)}
        onCancel={onDone}
      />
    </section>
  );
}

interface CommentsProps {
  storyId: string;
  comments: UseQueryResult<Comment[]>;
  threads: Threads;
  /** The video that is shown, and where it stands; null: the article is shown. */
  film: { projectId: string; timeUs: number } | null;
  draft: Anchor | null;
  onDraft: (anchor: Anchor | null) => void;
  active: string | null;
  onActive: (commentId: string) => void;
  onTime: (timeUs: number) => void;
}

/** What is shown beside the article, or beside one video. */
function shownThreads(threads: Threads, film: CommentsProps['film']): Thread[] {
  if (!film) return [...threads.placed, ...threads.whole];
  const mine = threads.times.filter(
    ({ comment: { anchor } }) => anchor.kind === 'time' && anchor.projectId === film.projectId,
  );
  return [...mine, ...threads.whole];
}

/** The comments beside the piece. */
export function Comments(props: CommentsProps) {
  const { t } = useText();
  const { storyId, comments, threads, film, draft, onDraft, active, onActive, onTime } = props;
  const mayAct = useMay('review.act');
  const list = useRef<HTMLDivElement>(null);
  const shown = shownThreads(threads, film);
  const lost = film ? [] : threads.lost;
  useEffect(() => {
    if (active === null) return;
    list.current?.querySelector(`[data-thread="${CSS.escape(active)}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  const begin = () => onDraft(film ? { kind: 'time', ...film, region: null } : { kind: 'whole' });
  return (
    <div className="cms scroll" ref={list} tabIndex={-1} role="group" aria-label={t('review.comments.title')}>
      {mayAct ? (
        <div className="row cms-head">
          <Btn size="sm" icon="note" onClick={begin} disabled={draft !== null}>
            {film ? t('review.comments.addHere', { time: formatDuration(film.timeUs) }) : t('review.comments.addWhole')}
          </Btn>
        </div>
      ) : null}
      {draft ? <Compose storyId={storyId} anchor={draft} onDone={() => onDraft(null)} /> : null}
      {comments.isError ? <ErrorNote error={comments.error} /> : null}
      {comments.isSuccess && shown.length + lost.length === 0 && !draft ? (
        <p className="t3 cms-none">
          {t('review.comments.empty')} {film || !mayAct ? '' : t('review.comments.hint')}
        </p>
      ) : null}
      {shown.map((thread) => (
        <ThreadCard
          key={thread.comment.commentId}
          thread={thread}
          active={thread.comment.commentId === active}
          onActive={() => onActive(thread.comment.commentId)}
          onTime={onTime}
          {...('n' in thread && typeof thread.n === 'number' ? { n: thread.n } : {})}
        />
      ))}
      {lost.length > 0 ? (
        <div className="row s12 t2 cms-lost">
          <Icon name="info" size={14} />
          <span>
            <b>{t('review.comments.lostTitle', { count: lost.length })}</b> {t('review.comments.lostHint')}
          </span>
        </div>
      ) : null}
      {lost.map((thread) => (
        <ThreadCard key={thread.comment.commentId} thread={thread} lost />
      ))}
    </div>
  );
}
