import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../../client/client.ts';
import { useText } from '../../i18n/use-text.ts';
import { Icon } from '../../ui/Icon.tsx';

/** The stories an asset belongs to or is shown in. */
export function StoriesUsing({ storyIds }: { storyIds: string[] }) {
  const { t } = useText();
  const stories = useQueries({
    queries: storyIds.map((storyId) => api.stories.get.queryOptions({ input: { storyId }, staleTime: 0 })),
  });
  return (
    <section className="using">
      <h3 className="lbl">{t('media.detail.stories')}</h3>
      {storyIds.length === 0 ? <p className="t3">{t('media.detail.noStories')}</p> : null}
      <ul>
        {stories.map(({ data }, i) =>
          data ? (
            <li key={data.storyId}>
              <Link className="using-row" to="/stories/$storyId" params={{ storyId: data.storyId }}>
                <Icon name="story" />
                <span className="cut">{data.title || t('stories.untitled')}</span>
              </Link>
            </li>
          ) : (
            <li key={storyIds[i]} />
          ),
        )}
      </ul>
    </section>
  );
}
