import { Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type SyntheticEvent } from 'react';
import type { ReviewRound, ReviewStatus } from '../../../../core/model/contract/review.ts';
import { api } from '../../client/client.ts';
import { formatWhen } from '../../format/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { toast } from '../../ui/toast.tsx';
import { useNow } from '../../ui/use-now.ts';
import { Waiting } from '../../ui/Waiting.tsx';
import { lastText } from '../review/route-view.ts';
import { RouteBar } from '../review/RouteBar.tsx';
import { ThreadCard } from '../review/ThreadCard.tsx';
import { threadsOf } from '../review/threads.ts';
import { reviewActs, useAct } from '../review/use-review-acts.ts';
import { useDifferenceNames } from '../review/use-words.ts';
import '../review/review.css';

/** Longest reason, as the contract has it. */
const MAX_REASON = 2000;

/** A step back that needs a reason: withdraw, revoke. Asked for where the button is. */
function StepBack({ storyId, act }: { storyId: string; act: 'withdraw' | 'revoke' }) {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const { busy, run } = useAct<'back'>();
  const send = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (reason.trim() === '') return;
    if (!(await run('back', () => reviewActs[act](storyId, reason.trim())))) return;
    setOpen(false);
    toast(t(act === 'withdraw' ? 'review.story.withdrawn' : 'review.story.revoked'), { icon: 'undo' });
  };
  if (!open) {
    return (
      <Btn size="sm" icon="undo" onClick={() => setOpen(true)}>
        {t(`review.story.${act}`)}
      </Btn>
    );
  }
  return (
    <form className="write" onSubmit={(event) => void send(event)}>
      <Textarea
        label={t(`review.story.${act}Reason`)}
        value={reason}
        maxLength={MAX_REASON}
        autosize
        minRows={2}
        maxRows={6}
        autoFocus
        onChange={(e) => setReason(e.currentTarget.value)}
        onKeyDown={(e) => e.key === 'Escape' && setOpen(false)}
      />
      <div className="row">
        <Btn type="submit" size="sm" disabled={reason.trim() === '' || busy !== null}>
          {t(`review.story.${act}Do`)}
        </Btn>
        <Btn size="sm" kind="quiet" onClick={() => setOpen(false)}>
          {t('review.story.cancel')}
        </Btn>
      </div>
    </form>
  );
}

/** How the newest round stands, in one sentence that says what to do next. */
function Standing({ status, round }: { status: ReviewStatus; round: ReviewRound }) {
  const { t } = useText();
  const differences = useDifferenceNames();
  const changed = status.differences.length > 0;
  const names = differences(status.differences);
  if (round.state === 'approved' && changed) {
    return (
      <div className="notice need" role="alert">
        <Icon name="alert" />
        <p className="wrap">{t('review.story.differences', { names })}</p>
      </div>
    );
  }
  if (round.state === 'in_review' && changed) {
    return (
      <div className="notice">
        <Icon name="info" />
        <p className="wrap">{t('review.story.differencesNow', { names })}</p>
      </div>
    );
  }
  if (round.state === 'approved') {
    return (
      <div className="notice ok">
        <Icon name="okc" />
        <p>{t('review.sign.ended.approved')}</p>
      </div>
    );
  }
  if (round.state === 'in_review') return null;
  const kind = round.state === 'returned' ? 'return' : round.state === 'withdrawn' ? 'withdraw' : 'revoke';
  const said = lastText(round, kind);
  return (
    <div className={round.state === 'withdrawn' ? 'notice' : 'notice need'}>
      <Icon name="undo" />
      <div className="wrap">
        <b>{t(`review.state.${round.state}`)}</b>
        {said === '' ? null : <p>{said}</p>}
      </div>
    </div>
  );
}

function Earlier({ rounds }: { rounds: ReviewRound[] }) {
  const { t, language } = useText();
  const now = useNow();
  if (rounds.length === 0) return null;
  return (
    <section>
      <div className="sec">
        <h3>{t('review.story.earlier')}</h3>
        <span className="n">{rounds.length}</span>
      </div>
      <ul className="acts">
        {rounds.map((round) => {
          const last = round.acts.findLast((act) => act.kind !== 'submit');
          return (
            <li key={round.roundId}>
              <div className="row">
                <span>{t('review.round', { n: round.n })}</span>
                <span className="chip push">{t(`review.state.${round.state}`)}</span>
              </div>
              {last && last.text !== '' ? (
                <p className="wrap">{t('desk.said', { name: last.by.name, text: last.text })}</p>
              ) : null}
              <span className="t3 s12">{formatWhen(last?.at ?? round.submittedAt, now, language)}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function StoryComments({ storyId }: { storyId: string }) {
  const { t } = useText();
  const comments = useQuery(api.comments.list.queryOptions({ input: { storyId } }));
  const threads = threadsOf(comments.data ?? []);
  const open = threads.filter(({ comment }) => comment.resolvedAt === null);
  const done = threads.filter(({ comment }) => comment.resolvedAt !== null);
  if (comments.isError) return <ErrorNote error={comments.error} />;
  if (threads.length === 0) return null;
  return (
    <section className="col story-cms">
      <div className="sec">
        <h3>{t('review.story.comments')}</h3>
        {open.length > 0 ? <span className="t3 s12">{t('review.comments.open', { count: open.length })}</span> : null}
      </div>
      {[...open, ...done].map((thread) => (
        <ThreadCard key={thread.comment.commentId} thread={thread} lost={thread.comment.lost} />
      ))}
    </section>
  );
}

/** The review of a story beside its text: the whole route, what was said, what has changed since, the way on. */
export function ReviewTab({ storyId }: { storyId: string }) {
  const { t } = useText();
  const status = useQuery(api.review.status.queryOptions({ input: { storyId } }));
  if (status.isPending) return <Waiting />;
  if (status.isError) return <ErrorNote error={status.error} />;
  const { round, mine, earlier, state } = status.data;
  return (
    <div className="review-tab">
      {round ? (
        <>
          <Standing status={status.data} round={round} />
          <RouteBar round={round} tall />
          <div className="row review-ways">
            <Link className="link" to="/review/$storyId" params={{ storyId }}>
              {t('review.story.toReview')}
            </Link>
            {state === 'approved' ? (
              <Link className="link" to="/packages/$storyId" params={{ storyId }}>
                {t('review.story.toPackage')}
              </Link>
            ) : null}
          </div>
          {mine.withdraw ? <StepBack storyId={storyId} act="withdraw" /> : null}
          {mine.revoke ? <StepBack storyId={storyId} act="revoke" /> : null}
        </>
      ) : (
        <p className="t3 panel-empty">{t('review.story.empty')}</p>
      )}
      <StoryComments storyId={storyId} />
      <Earlier rounds={earlier} />
    </div>
  );
}
