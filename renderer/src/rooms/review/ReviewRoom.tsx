import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { InboxItem } from '../../../../core/model/contract/review.ts';
import { api } from '../../client/client.ts';
import { formatFull, formatWhen } from '../../format/format.ts';
import { TopBar } from '../../frame/TopBar.tsx';
import { useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { Cover } from '../../ui/Cover.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { useNow } from '../../ui/use-now.ts';
import { Waiting } from '../../ui/Waiting.tsx';
import { INBOX_GROUPS, STATE_TONE, useInboxWords, type InboxGroup } from './Inbox.tsx';
import '../stories/stories.css';
import '../desk/desk.css';
import './review.css';

function Row({ item, group }: { item: InboxItem; group: InboxGroup }) {
  const { t, language } = useText();
  const now = useNow();
  const navigate = useNavigate();
  const words = useInboxWords();
  const place = { to: '/review/$storyId', params: { storyId: item.storyId } } as const;
  return (
    <li className="li">
      <Cover key={item.coverAssetId} assetId={item.coverAssetId} />
      <div className="tx">
        <div className="ti">
          <Link className="cut cover-link" {...place}>
            {item.title || t('stories.untitled')}
          </Link>
          <span className={`s12 nowrap ${STATE_TONE[item.state] || 't3'}`}>{words(item, group)}</span>
        </div>
        <div className="su cut" title={item.text}>
          {item.text === ''
            ? t('desk.from.sign', { name: item.by.name })
            : t('desk.said', { name: item.by.name, text: item.text })}
        </div>
      </div>
      <div className="due">
        <b title={formatFull(item.at, language)}>{formatWhen(item.at, now, language)}</b>
      </div>
      {group === 'waiting' ? (
        <Btn size="sm" className="row-act" onClick={() => void navigate(place)}>
          {t('desk.act.sign')}
        </Btn>
      ) : (
        <span className="row-act t3">
          <Icon name="right" />
        </span>
      )}
    </li>
  );
}

/** Everything that waits for me, that I sent, that I have seen. */
export function ReviewRoom() {
  const { t } = useText();
  const navigate = useNavigate();
  const inbox = useQuery(api.review.inbox.queryOptions());
  const lists = inbox.data;
  const bare = lists !== undefined && INBOX_GROUPS.every((group) => lists[group].length === 0);
  return (
    <div className="room">
      <TopBar>
        <h1>{t('review.title')}</h1>
      </TopBar>
      <main className="work scroll" data-region="work" aria-label={t('review.inbox.label')}>
        {inbox.isPending ? <Waiting /> : null}
        {inbox.isError ? (
          <div className="alone">
            <ErrorNote error={inbox.error}>
              <Btn size="sm" onClick={() => void inbox.refetch()}>
                {t('common.act.retry')}
              </Btn>
            </ErrorNote>
          </div>
        ) : null}
        {bare ? (
          <Empty icon="review" title={t('review.empty.title')} text={t('review.empty.text')}>
            <Btn onClick={() => void navigate({ to: '/stories' })}>{t('review.empty.toStories')}</Btn>
          </Empty>
        ) : null}
        {lists && !bare ? (
          <div className="stories reviews">
            {INBOX_GROUPS.map((group) => (
              <section key={group} aria-label={t(`review.inbox.${group}`)}>
                <div className="sec">
                  <h2>{t(`review.inbox.${group}`)}</h2>
                  {lists[group].length > 0 ? <span className="n">{lists[group].length}</span> : null}
                </div>
                {lists[group].length === 0 ? (
                  <p className="t3 desk-none">{t(`review.inbox.${group}Empty`)}</p>
                ) : (
                  <ul className="list desk-list">
                    {lists[group].map((item) => (
                      <Row key={item.roundId} item={item} group={group} />
                    ))}
                  </ul>
                )}
              </section>
            ))}
          </div>
        ) : null}
      </main>
    </div>
  );
}
