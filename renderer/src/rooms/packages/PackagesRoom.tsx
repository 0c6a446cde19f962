import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { StorySummary } from '../../../../core/model/contract/index.ts';
import { api } from '../../client/client.ts';
import { formatWhen } from '../../format/format.ts';
import { TopBar } from '../../frame/TopBar.tsx';
import { useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { Cover } from '../../ui/Cover.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { useNow } from '../../ui/use-now.ts';
import { Waiting } from '../../ui/Waiting.tsx';
import { approvedStories } from './all-stories.ts';
import { MadePackage } from './MadePackage.tsx';
import '../stories/stories.css';
import '../desk/desk.css';
import './packages.css';

function ReadyRow({ story }: { story: StorySummary }) {
  const { t, language } = useText();
  const now = useNow();
  const navigate = useNavigate();
  const place = { to: '/packages/$storyId', params: { storyId: story.storyId } } as const;
  return (
    <li className="li">
      <Cover key={story.coverAssetId} assetId={story.coverAssetId} />
      <div className="tx">
        <div className="ti">
          <Link className="cut cover-link" {...place}>
            {story.title || t('stories.untitled')}
          </Link>
          <span className="chip ok">{t(`stories.state.${story.state}`)}</span>
        </div>
        <div className="su cut">{story.excerpt || t('stories.noText')}</div>
      </div>
      <div className="due">
        <b>{formatWhen(story.updatedAt, now, language)}</b>
        <span className="cut">{story.updatedBy.name}</span>
      </div>
      <Btn size="sm" className="row-act" onClick={() => void navigate(place)}>
        {t('packages.list.open')}
      </Btn>
    </li>
  );
}

/** What can go out, and what went out. */
export function PackagesRoom() {
  const { t } = useText();
  const navigate = useNavigate();
  // Under the stories' own key: what makes the list of stories old makes this one old.
  const ready = useQuery({ queryKey: [...api.stories.list.key(), 'approved'], queryFn: approvedStories });
  const made = useQuery(api.packages.list.queryOptions({ input: {} }));
  const bare = ready.data?.length === 0 && made.data?.length === 0;
  return (
    <div className="room">
      <TopBar>
        <h1>{t('packages.title')}</h1>
      </TopBar>
      <main className="work scroll" data-region="work" aria-label={t('packages.title')}>
        {ready.isPending || made.isPending ? <Waiting /> : null}
        {[ready, made].map((list, i) =>
          list.isError ? (
            <div key={i === 0 ? 'ready' : 'made'} className="alone">
              <ErrorNote error={list.error}>
                <Btn size="sm" onClick={() => void list.refetch()}>
                  {t('common.act.retry')}
                </Btn>
              </ErrorNote>
            </div>
          ) : null,
        )}
        {bare ? (
          <Empty icon="package" title={t('packages.list.emptyTitle')} text={t('packages.list.emptyText')}>
            <Btn onClick={() => void navigate({ to: '/review' })}>{t('packages.list.toReview')}</Btn>
          </Empty>
        ) : null}
        {ready.data && made.data && !bare ? (
          <div className="stories pkgs">
            <section aria-label={t('packages.list.ready')}>
              <div className="sec">
                <h2>{t('packages.list.ready')}</h2>
                {ready.data.length > 0 ? <span className="n">{ready.data.length}</span> : null}
              </div>
              {ready.data.length === 0 ? <p className="t3 desk-none">{t('packages.list.readyEmpty')}</p> : null}
              <ul className="list desk-list">
                {ready.data.map((story) => (
                  <ReadyRow key={story.storyId} story={story} />
                ))}
              </ul>
            </section>
            <section aria-label={t('packages.list.made')}>
              <div className="sec">
                <h2>{t('packages.list.made')}</h2>
                {made.data.length > 0 ? <span className="n">{made.data.length}</span> : null}
              </div>
              {made.data.length === 0 ? <p className="t3 desk-none">{t('packages.list.madeEmpty')}</p> : null}
              <ul className="mades">
                {made.data.map((one) => (
                  <MadePackage key={one.packageId} made={one} withTitle />
                ))}
              </ul>
            </section>
          </div>
        ) : null}
      </main>
    </div>
  );
}
