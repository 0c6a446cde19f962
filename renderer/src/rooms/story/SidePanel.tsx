import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Suspense, lazy, useRef } from 'react';
import { STORY_PANELS } from '../../app/search.ts';
import { useView } from '../../app/view.ts';
import { api } from '../../client/client.ts';
import { useCommand } from '../../commands/registry.ts';
import { useText } from '../../i18n/use-text.ts';
import { IconBtn } from '../../ui/Btn.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { ReviewTab } from './ReviewTab.tsx';
import { SaveAsTemplate } from './SaveAsTemplate.tsx';
import type { StorySession } from './use-story-session.ts';
import { Versions } from './Versions.tsx';
import { VideosTab } from './VideosTab.tsx';

/** With the measures of the covers' font: read when it is opened. */
const CoverTab = lazy(async () => ({ default: (await import('./cover/CoverTab.tsx')).CoverTab }));

/** What the import of this story changed, until somebody has read it. */
function Repairs({ storyId }: { storyId: string }) {
  const { t } = useText();
  const repairs = useView((s) => s.repairs[storyId]);
  const setRepairs = useView((s) => s.setRepairs);
  if (!repairs) return null;
  const count = repairs.reduce((sum, r) => sum + r.count, 0);
  return (
    <section className={count === 0 ? 'notice ok repairs' : 'notice warn repairs'}>
      <Icon name={count === 0 ? 'okc' : 'alert'} />
      <div>
        <div className="row">
          <b className="grow">{count === 0 ? t('story.repairs.clean') : t('story.repairs.title', { count })}</b>
          <IconBtn icon="x" size="sm" label={t('story.repairs.dismiss')} onClick={() => setRepairs(storyId, null)} />
        </div>
        <ul>
          {repairs.map((r) => (
            <li key={`${r.code} ${r.message}`}>
              {r.message}
              {r.count > 1 ? <span className="t2"> {t('story.repairs.times', { count: r.count })}</span> : null}
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

/** At the right of a story: its versions, its cover, its videos, its review. Which of them is open stands in the address. */
export function SidePanel({ session }: { session: StorySession }) {
  const { t } = useText();
  const { storyId } = session.story;
  const navigate = useNavigate();
  const tabs = useRef<HTMLDivElement>(null);
  const panel = useSearch({ from: '/stories/$storyId' }).panel ?? 'versions';
  const open = (value: string | null) => {
    const next = STORY_PANELS.find((name) => name === value) ?? 'versions';
    void navigate({ to: '/stories/$storyId', params: { storyId }, search: { panel: next }, replace: true });
  };
  useCommand('story.cover', () => {
    open('cover');
    tabs.current?.querySelector<HTMLElement>('[role="tab"][data-panel="cover"]')?.focus();
  });
  const versions = useQuery(api.stories.versions.queryOptions({ input: { storyId } }));
  return (
    <aside className="sp panel" data-region="side" aria-label={t('story.side.label')}>
      <SaveAsTemplate session={session} />
      <Tabs ref={tabs} value={panel} onChange={open} className="sp-tabs">
        <Tabs.List>
          <Tabs.Tab
            value="versions"
            rightSection={versions.data ? <span className="n">{versions.data.length}</span> : null}
          >
            {t('story.side.versions')}
          </Tabs.Tab>
          <Tabs.Tab value="cover" data-panel="cover">
            {t('cover.tab')}
          </Tabs.Tab>
          <Tabs.Tab value="videos">{t('cutting.story.tab')}</Tabs.Tab>
          <Tabs.Tab value="review">{t('story.side.review')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="versions" className="sp-body scroll">
          <Repairs storyId={storyId} />
          <Versions session={session} versions={versions} />
        </Tabs.Panel>
        <Tabs.Panel value="cover" className="sp-body scroll">
          {panel === 'cover' ? (
            <Suspense fallback={<Waiting />}>
              <CoverTab session={session} />
            </Suspense>
          ) : null}
        </Tabs.Panel>
        <Tabs.Panel value="videos" className="sp-body scroll">
          {panel === 'videos' ? <VideosTab storyId={storyId} title={session.title} /> : null}
        </Tabs.Panel>
        <Tabs.Panel value="review" className="sp-body scroll">
          <ReviewTab storyId={storyId} />
        </Tabs.Panel>
      </Tabs>
    </aside>
  );
}
