import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { toStudioError } from '../../../../core/model/contract/client.ts';
import { api } from '../../client/client.ts';
import { TopBar } from '../../frame/TopBar.tsx';
import { useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { StoryDesk } from './StoryDesk.tsx';
import './story.css';
import './article.css';
import './cards.css';
import './editing.css';
import './preview/preview.css';
import './versions.css';

/** Reads a story, then opens its desk. What arrives later comes through the desk, not through this query. */
export function StoryRoom({ storyId }: { storyId: string }) {
  const { t } = useText();
  // Always read anew: an editor must not start from a text of some minutes ago.
  const story = useQuery(api.stories.get.queryOptions({ input: { storyId }, gcTime: 0, staleTime: 0 }));
  if (story.data) return <StoryDesk first={story.data} />;
  const gone = story.isError && toStudioError(story.error).code === 'unknown_id';
  return (
    <div className="room">
      <TopBar shortSearch>
        <Link className="crumb" to="/stories">
          {t('stories.title')}
        </Link>
      </TopBar>
      <main className="scroll" data-region="work">
        {story.isPending ? <Waiting /> : null}
        {story.isError && !gone ? (
          <div className="alone">
            <ErrorNote error={story.error}>
              <Btn size="sm" onClick={() => void story.refetch()}>
                {t('common.act.retry')}
              </Btn>
            </ErrorNote>
          </div>
        ) : null}
        {gone ? (
          <Empty small icon="story" title={t('story.missing')} text={t('stories.emptyRemoved.text')}>
            <Link className="link" to="/stories">
              {t('story.backToList')}
            </Link>
          </Empty>
        ) : null}
      </main>
    </div>
  );
}
