import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay } from '../../app/session.ts';
import { api, client, queryClient } from '../../client/client.ts';
import { formatDuration, formatWhen } from '../../format/format.ts';
import { inOneLine, useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Cover } from '../../ui/Cover.tsx';
import { toast } from '../../ui/toast.tsx';
import { useNow } from '../../ui/use-now.ts';
import { Waiting } from '../../ui/Waiting.tsx';

/** The videos of a story; each opens the cutting room. `title`: of the story, for a new video. */
export function VideosTab({ storyId, title }: { storyId: string; title: string }) {
  const { t, language, explain } = useText();
  const now = useNow();
  const navigate = useNavigate();
  const mayEdit = useMay('video.edit');
  const [busy, setBusy] = useState(false);
  const videos = useQuery(api.videos.list.queryOptions({ input: { storyId, limit: 200 } }));
  const items = videos.data?.items ?? [];
  const create = async () => {
    setBusy(true);
    try {
      const { projectId } = await client.videos.create({ storyId, title });
      await queryClient.invalidateQueries({ queryKey: api.videos.list.key() });
      await navigate({ to: '/stories/$storyId/video/$projectId', params: { storyId, projectId } });
    } catch (error) {
      toast(inOneLine(explain(error), language), { icon: 'alert' });
      setBusy(false);
    }
  };
  const button = mayEdit ? (
    <Btn size="sm" icon="plus" disabled={busy} onClick={() => void create()}>
      {t('cutting.story.new')}
    </Btn>
  ) : null;
  if (videos.isPending) return <Waiting />;
  if (videos.isError) return <ErrorNote error={videos.error} />;
  if (items.length === 0) {
    return (
      <Empty small icon="video" title={t('cutting.story.emptyTitle')} text={t('cutting.story.emptyText')}>
        {button}
      </Empty>
    );
  }
  return (
    <>
      {button}
      <ul className="story-videos">
        {items.map((video) => (
          <li key={video.projectId}>
            <Link
              to="/stories/$storyId/video/$projectId"
              params={{ storyId, projectId: video.projectId }}
              className="story-video"
            >
              <Cover key={video.coverAssetId} assetId={video.coverAssetId} none="video" />
              <span className="col">
                <b className="cut">{video.title || t('cutting.untitled')}</b>
                <span className="t3 s12">
                  {t('cutting.story.facts', {
                    time: formatDuration(video.durationUs),
                    clips: video.clips,
                    cues: video.cues,
                  })}
                </span>
                <span className="t3 s12 cut">{`${video.updatedBy.name} · ${formatWhen(video.updatedAt, now, language)}`}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
