import { Link } from '@tanstack/react-router';
import type { StorySummary } from '../../../../core/model/contract/index.ts';
import { formatWhen } from '../../format/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { Cover } from '../../ui/Cover.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { useNow } from '../../ui/use-now.ts';

/** The last changed stories of the office. */
export function RecentStories({ stories }: { stories: StorySummary[] }) {
  const { t, language } = useText();
  const now = useNow();
  return (
    <section aria-label={t('desk.recent.title')}>
      <div className="sec">
        <h2>{t('desk.recent.title')}</h2>
        <Link className="push row sec-link" to="/stories">
          {t('desk.recent.all')}
          <Icon name="right" size={14} />
        </Link>
      </div>
      {stories.length === 0 ? <p className="t3 desk-none">{t('desk.recent.empty')}</p> : null}
      <ul className="list desk-list">
        {stories.map((story) => (
          <li key={story.storyId} className="li">
            <Cover key={story.coverAssetId} assetId={story.coverAssetId} />
            <div className="tx">
              <div className="ti">
                <Link className="cut cover-link" to="/stories/$storyId" params={{ storyId: story.storyId }}>
                  {story.title || t('stories.untitled')}
                </Link>
                {story.state === 'writing' ? null : (
                  <span className={story.state === 'in_review' ? 'chip' : 'chip ok'}>
                    {t(`stories.state.${story.state}`)}
                  </span>
                )}
              </div>
              <div className="su cut">{story.excerpt || t('stories.noText')}</div>
            </div>
            <div className="due">
              <b>{formatWhen(story.updatedAt, now, language)}</b>
              <span className="cut">{story.updatedBy.name}</span>
            </div>
            <span className="row-act t3">
              <Icon name="right" />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
