import { useComputedColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { toStudioError } from '../../../../core/model/contract/client.ts';
import { api } from '../../client/client.ts';
import { TopBar } from '../../frame/TopBar.tsx';
import { useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { CuttingDesk } from './CuttingDesk.tsx';
import './cutting.css';
import './board.css';

/**
 * Dark while it is open, the frame around it too: pictures are judged before black. Whoever chooses another look here
 * gets it.
 */
function useDark(): void {
  const chosen = useComputedColorScheme('light');
  const latest = useRef(chosen);
  useEffect(() => {
    latest.current = chosen;
  });
  useLayoutEffect(() => {
    const root = document.documentElement;
    root.setAttribute(SCHEME, 'dark');
    return () => root.setAttribute(SCHEME, latest.current);
  }, []);
}

/** Where Mantine writes which look the page has. */
const SCHEME = 'data-mantine-color-scheme';

/** Reads a video, then opens its desk. */
export function CuttingRoom({ storyId, projectId }: { storyId: string; projectId: string }) {
  const { t } = useText();
  useDark();
  // Always read anew: edits start from what the core has now.
  const project = useQuery(api.videos.get.queryOptions({ input: { projectId }, gcTime: 0, staleTime: Infinity }));
  const gone = project.isError && toStudioError(project.error).code === 'unknown_id';
  return (
    <div className="room cut-dark">
      {project.data ? (
        <CuttingDesk first={project.data} />
      ) : (
        <>
          <TopBar shortSearch>
            <Link className="crumb" to="/stories/$storyId" params={{ storyId }}>
              {t('cutting.backToStory')}
            </Link>
          </TopBar>
          <main className="scroll" data-region="work">
            {project.isPending ? <Waiting /> : null}
            {project.isError && !gone ? (
              <div className="alone">
                <ErrorNote error={project.error}>
                  <Btn size="sm" onClick={() => void project.refetch()}>
                    {t('common.act.retry')}
                  </Btn>
                </ErrorNote>
              </div>
            ) : null}
            {gone ? (
              <Empty small icon="video" title={t('cutting.missing.title')} text={t('cutting.missing.text')}>
                <Link className="link" to="/stories/$storyId" params={{ storyId }}>
                  {t('cutting.backToStory')}
                </Link>
              </Empty>
            ) : null}
          </main>
        </>
      )}
    </div>
  );
}
