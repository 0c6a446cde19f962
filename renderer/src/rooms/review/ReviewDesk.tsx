import { Popover, SegmentedControl } from '@mantine/core';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Suspense, lazy, useMemo, useState } from 'react';
import type { ArticleDoc } from '../../../../core/model/article/index.ts';
import type {
  Anchor,
  Comment,
  ReviewPiece,
  ReviewRound,
  ReviewStatus,
} from '../../../../core/model/contract/review.ts';
import { timelineSchema } from '../../../../core/model/timeline/index.ts';
import { useMay } from '../../app/session.ts';
import { api, client } from '../../client/client.ts';
import { formatDuration } from '../../format/format.ts';
import { TopBar } from '../../frame/TopBar.tsx';
import { useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { toast } from '../../ui/toast.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { Comments } from './Comments.tsx';
import { Inbox, type InboxLists } from './Inbox.tsx';
import { PhoneArticle } from './PhoneArticle.tsx';
import { openStage } from './route-view.ts';
import { RouteBar } from './RouteBar.tsx';
import { SignPanel } from './SignPanel.tsx';
import { placeThreads } from './threads.ts';
import { useStageName } from './use-words.ts';
import '../story/article.css';
import '../story/cards.css';
import './review.css';

const ARTICLE = 'article';
/** Brings the caption renderer with it, so only when a film is looked at. */
const PieceVideo = lazy(async () => ({ default: (await import('./PieceVideo.tsx')).PieceVideo }));

const FilmCovers = lazy(async () => ({ default: (await import('./FilmCovers.tsx')).FilmCovers }));

/** One video of the piece. What was signed is shown as it was frozen; a timeline of a later program is not guessed at. */
function Film({
  video,
  seek,
  onTime,
}: {
  video: ReviewPiece['videos'][number];
  seek: { timeUs: number; at: number } | null;
  onTime: (timeUs: number) => void;
}) {
  const { t } = useText();
  const timeline = useMemo(() => timelineSchema.safeParse(video.timeline), [video.timeline]);
  if (!timeline.success) return <p className="film-none film-empty">{t('review.piece.badVideo')}</p>;
  return (
    <Suspense fallback={<Waiting />}>
      <PieceVideo timeline={timeline.data} title={video.title} seek={seek} onTime={onTime}>
        <FilmCovers projectId={video.projectId} contentHash={video.sha256} timeline={timeline.data} />
      </PieceVideo>
    </Suspense>
  );
}

interface PieceProps {
  storyId: string;
  piece: ReviewPiece;
  comments: UseQueryResult<Comment[]>;
}

/** The frozen piece in the middle, its comments beside it. */
function Piece({ storyId, piece, comments }: PieceProps) {
  const { t } = useText();
  const mayAct = useMay('review.act');
  const [tab, setTab] = useState(ARTICLE);
  const [active, setActive] = useState<string | null>(null);
  const [draft, setDraft] = useState<Anchor | null>(null);
  const [timeUs, setTimeUs] = useState(0);
  const [seek, setSeek] = useState<{ timeUs: number; at: number } | null>(null);
  const threads = useMemo(() => placeThreads(comments.data ?? [], piece.doc as ArticleDoc), [comments.data, piece.doc]);
  const video = piece.videos.find(({ projectId }) => projectId === tab);
  const choose = (next: string) => {
    setTab(next);
    setDraft(null);
    setTimeUs(0);
    setSeek(null);
  };
  const goTo = (us: number) => {
    setTimeUs(us);
    setSeek((before) => ({ timeUs: us, at: (before?.at ?? 0) + 1 }));
  };
  return (
    <main className="piece" data-region="work" aria-label={t('review.piece.label')}>
      {piece.videos.length > 0 ? (
        <div className="piece-head">
          <SegmentedControl
            aria-label={t('review.piece.label')}
            value={video ? tab : ARTICLE}
            onChange={choose}
            data={[
              { value: ARTICLE, label: t('review.piece.article') },
              ...piece.videos.map(({ projectId, title }) => ({
                value: projectId,
                label: <span className="cut film-tab">{t('review.piece.video', { title })}</span>,
              })),
            ]}
          />
          {video ? <span className="t3 s12">{formatDuration(timeUs)}</span> : null}
        </div>
      ) : null}
      <div className="stagebox">
        {video ? (
          <Film key={video.projectId} video={video} seek={seek} onTime={setTimeUs} />
        ) : (
          <PhoneArticle
            key={piece.versionHash}
            piece={piece}
            placed={threads.placed}
            active={active}
            onActive={setActive}
            draft={draft}
            {...(mayAct ? { onComment: setDraft } : {})}
          />
        )}
        <Comments
          storyId={storyId}
          comments={comments}
          threads={threads}
          film={video ? { projectId: video.projectId, timeUs } : null}
          draft={draft}
          onDraft={setDraft}
          active={active}
          onActive={setActive}
          onTime={goTo}
        />
      </div>
    </main>
  );
}

/** The crumb back to all reviews; on narrow windows it also opens the lists that stand at the left on wide ones. */
function Crumb({ lists, storyId }: { lists: InboxLists | undefined; storyId: string }) {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Link className="crumb" to="/review">
        {t('review.title')}
      </Link>
      {lists ? (
        <Popover opened={open} onChange={setOpen} position="bottom-start" width={300} trapFocus>
          <Popover.Target>
            <button
              type="button"
              className="crumb only-narrow"
              aria-expanded={open}
              aria-label={t('review.inbox.open')}
              onClick={() => setOpen(!open)}
            >
              <Icon name="down" size={14} />
            </button>
          </Popover.Target>
          <Popover.Dropdown className="inbox inbox-pop scroll" aria-label={t('review.inbox.label')}>
            <Inbox lists={lists} open={storyId} onGo={() => setOpen(false)} />
          </Popover.Dropdown>
        </Popover>
      ) : null}
      <span className="sep" aria-hidden="true">
        /
      </span>
    </>
  );
}

function StateChip({ status, round }: { status: ReviewStatus; round: ReviewRound }) {
  const { t } = useText();
  const stageName = useStageName();
  const stage = openStage(round);
  if (stage) {
    const text = t(status.mine.sign ? 'review.yourTurn' : 'review.waitsFor', { stage: stageName(stage.name) });
    return (
      <span className="chip">
        <span className={status.mine.sign ? 'dot need' : 'dot'} />
        {text}
      </span>
    );
  }
  return (
    <span className={round.state === 'approved' ? 'chip ok' : 'chip'}>
      {round.state === 'approved' ? <Icon name="check" size={12} /> : null}
      {t(`review.state.${round.state}`)}
    </span>
  );
}

/** Says what was done and brings the next piece that waits. */
function useAfter(storyId: string) {
  const { t } = useText();
  const navigate = useNavigate();
  const stageName = useStageName();
  return async (before: ReviewRound, status: ReviewStatus, act: 'sign' | 'return') => {
    const title = status.title || t('stories.untitled');
    if (act === 'return') {
      toast(t('review.sign.returned', { title, name: before.submittedBy.name }), { icon: 'undo' });
    } else if (status.state === 'approved') toast(t('review.sign.approved', { title }));
    else toast(t('review.sign.signed', { title, stage: stageName(openStage(before)?.name ?? '') }));
    const { waiting } = await client.review.inbox();
    const next = waiting.find((item) => item.storyId !== storyId);
    if (next) void navigate({ to: '/review/$storyId', params: { storyId: next.storyId } });
  };
}

function Open({ status, round }: { status: ReviewStatus; round: ReviewRound }) {
  const { storyId } = status;
  const piece = useQuery(api.review.piece.queryOptions({ input: { roundId: round.roundId } }));
  const comments = useQuery(api.comments.list.queryOptions({ input: { storyId } }));
  const after = useAfter(storyId);
  if (piece.isError) {
    return (
      <div className="alone">
        <ErrorNote error={piece.error} />
      </div>
    );
  }
  if (!piece.data) return <Waiting />;
  return (
    <>
      <Piece storyId={storyId} piece={piece.data} comments={comments} />
      <SignPanel
        status={status}
        round={round}
        piece={piece.data}
        onDone={(now, act) => void after(round, now, act).catch(() => undefined)}
      />
    </>
  );
}

/** One piece under review: the route on top, the piece as it will be seen, comments, the signature. */
export function ReviewDesk({ storyId }: { storyId: string }) {
  const { t } = useText();
  const navigate = useNavigate();
  const status = useQuery(api.review.status.queryOptions({ input: { storyId } }));
  const lists = useQuery(api.review.inbox.queryOptions()).data;
  const round = status.data?.round ?? null;
  const title = status.data ? status.data.title || t('stories.untitled') : '';
  const toStory = () => void navigate({ to: '/stories/$storyId', params: { storyId }, search: { panel: 'review' } });
  return (
    <div className="room">
      <TopBar shortSearch actions={status.data ? <Btn onClick={toStory}>{t('review.openStory')}</Btn> : null}>
        <Crumb lists={lists} storyId={storyId} />
        <h1 className="cut" title={title}>
          {title}
        </h1>
        {status.data && round ? <StateChip status={status.data} round={round} /> : null}
      </TopBar>
      {status.isPending ? <Waiting /> : null}
      {status.isError ? (
        <main className="alone" data-region="work">
          <ErrorNote error={status.error}>
            <Btn size="sm" onClick={() => void status.refetch()}>
              {t('common.act.retry')}
            </Btn>
          </ErrorNote>
        </main>
      ) : null}
      {status.data && !round ? (
        <main className="scroll" data-region="work">
          <Empty icon="review" title={t('review.missing.title')} text={t('review.missing.text')}>
            <Btn onClick={toStory}>{t('review.missing.open')}</Btn>
          </Empty>
        </main>
      ) : null}
      {status.data && round ? (
        <div className="rev">
          <RouteBar round={round} />
          <nav className="inbox scroll only-wide" data-region="list" aria-label={t('review.inbox.label')}>
            {lists ? <Inbox lists={lists} open={storyId} /> : null}
          </nav>
          <Open key={round.roundId} status={status.data} round={round} />
        </div>
      ) : null}
    </div>
  );
}
