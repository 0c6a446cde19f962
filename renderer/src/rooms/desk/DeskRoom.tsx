import { useQuery } from '@tanstack/react-query';
import { useSession } from '../../app/session.ts';
import { api } from '../../client/client.ts';
import { formatDay } from '../../format/format.ts';
import { TopBar } from '../../frame/TopBar.tsx';
import { useText } from '../../i18n/use-text.ts';
import { Btn } from '../../ui/Btn.tsx';
import { DropArea } from '../../ui/DropArea.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { useNow } from '../../ui/use-now.ts';
import { Waiting } from '../../ui/Waiting.tsx';
import { NoStories } from '../stories/NoStories.tsx';
import { useStartStory } from '../stories/use-start-story.ts';
import { dayPart } from './desk-view.ts';
import { DeskJobs } from './DeskJobs.tsx';
import { MonthPackages } from './MonthPackages.tsx';
import { MyList } from './MyList.tsx';
import { RecentStories } from './RecentStories.tsx';
import { Resume } from './Resume.tsx';
import '../stories/stories.css';
import './desk.css';

/** What waits for me, what I was writing, what the office made. The first page of the day. */
export function DeskRoom() {
  const { t, language } = useText();
  const { user } = useSession();
  const now = useNow();
  const start = useStartStory();
  const desk = useQuery(api.desk.get.queryOptions());
  const bare =
    desk.data !== undefined &&
    desk.data.recent.length + desk.data.waiting.length + desk.data.packages.length === 0 &&
    desk.data.resume === null;
  const count = desk.data?.waiting.length ?? 0;
  return (
    <div className="room">
      <TopBar
        actions={
          start.allowed && !bare ? (
            <Btn
              icon="plus"
              kind={desk.data?.resume ? 'plain' : 'primary'}
              onClick={start.create}
              busy={start.busy === 'create' && t('stories.creating')}
            >
              {t('stories.new')}
            </Btn>
          ) : null
        }
      >
        <h1>{t('desk.title')}</h1>
        <span className="t3 nowrap">{formatDay(now, language)}</span>
      </TopBar>
      <DropArea className="work scroll" enabled={start.allowed} hint={t('stories.drop')} onFiles={start.drop}>
        <main data-region="work" aria-label={t('desk.title')}>
          {desk.isPending ? <Waiting /> : null}
          {desk.isError ? (
            <div className="alone">
              <ErrorNote error={desk.error}>
                <Btn size="sm" onClick={() => void desk.refetch()}>
                  {t('common.act.retry')}
                </Btn>
              </ErrorNote>
            </div>
          ) : null}
          {bare ? <NoStories scope="all" q="" start={start} onAll={() => undefined} onClear={() => undefined} /> : null}
          {desk.data && !bare ? (
            <div className="desk">
              <div className="desk-left">
                <div className="hello">
                  <h2>{t(`desk.hello.${dayPart(now)}`, { name: user.name })}</h2>
                  <p>{count > 0 ? t('desk.waiting', { count }) : t('desk.nothingWaits')}</p>
                </div>
                {desk.data.resume ? <Resume story={desk.data.resume} /> : null}
                <MyList items={desk.data.waiting} />
                <RecentStories stories={desk.data.recent} />
              </div>
              <div className="desk-right">
                <MonthPackages packages={desk.data.packages} />
                <DeskJobs />
              </div>
            </div>
          ) : null}
        </main>
      </DropArea>
    </div>
  );
}
