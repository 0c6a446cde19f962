/** The session and the player of an open video, and everything that must reach them from outside. */
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { toStudioError } from '../../../../core/model/contract/client.ts';
import type { StudioEvent } from '../../../../core/model/contract/index.ts';
import type { VideoProject } from '../../../../core/model/contract/video.ts';
import { useView } from '../../app/view.ts';
import { client, connection } from '../../client/client.ts';
import { beforeLeaving } from '../../client/leaving.ts';
import { useStudioEvent } from '../../client/jobs.ts';
import { inOneLine, useText } from '../../i18n/use-text.ts';
import { toast } from '../../ui/toast.tsx';
import { CutSession, type CutNews } from './cut-session.ts';
import { useFilm } from './player/FilmStage.tsx';
import { isAbout, shownFor, type StageEdit } from './picture/stage-edit.ts';
import { Player } from './player/player.ts';
import { inShape, type Shape } from './shapes.ts';
import type { Cut } from './use-cut.ts';

/** What a failed edit means for the queue. */
function judge(error: unknown): 'conflict' | 'retry' | 'refuse' {
  const e = toStudioError(error);
  if (e.code === 'conflict') return 'conflict';
  return e.retryable ? 'retry' : 'refuse';
}

/** Says what happened to the video in words. */
function useNews(): (news: CutNews) => void {
  const { t, explain, language } = useText();
  const say = useCallback(
    (news: CutNews) => {
      if (news.kind === 'refused') {
        toast(inOneLine(explain(news.error), language), { icon: 'alert' });
      } else if (news.kind === 'restored') {
        const text = t('cutting.news.restored', { count: news.kept });
        toast(news.lost > 0 ? `${text}${t('cutting.news.lost', { count: news.lost })}` : text, { icon: 'info' });
      } else {
        const text = t('cutting.news.changed', { name: news.name });
        const kept = news.kept > 0 ? t('cutting.news.again', { count: news.kept }) : '';
        const lost = news.lost > 0 ? t('cutting.news.lost', { count: news.lost }) : '';
        toast(`${text}${kept}${lost}`, { icon: news.lost > 0 ? 'alert' : 'info' });
      }
    },
    [t, explain, language],
  );
  const latest = useRef(say);
  useEffect(() => {
    latest.current = say;
  });
  return useCallback((news) => latest.current(news), []);
}

/** Ends when the queue has nothing left to send, or is stopped until a person decides. */
function settled(queue: CutSession['queue']): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      const { status } = queue.getState();
      if (queue.dirty && status !== 'conflict' && status !== 'refused') return;
      stop();
      resolve();
    };
    const stop = queue.subscribe(look);
    look();
  });
}

/** Saved state into the status bar, and the moments at which the queue must be told something. */
function useSaving(session: CutSession, projectId: string): void {
  const setView = useView((s) => s.set);
  const save = useSyncExternalStore(session.queue.subscribe, session.queue.getState);
  useEffect(() => {
    setView({ save: { state: save.status, at: save.savedAt } });
    if (save.status === 'conflict' || save.status === 'refused') void session.catchUp();
  }, [save, session, setView]);
  useEffect(() => {
    session.restore(projectId);
    const { queue } = session;
    const stopLeaving = beforeLeaving({ dirty: () => queue.dirty, flush: () => settled(queue) });
    const stop = connection.subscribe((line) => {
      if (line === 'open') session.queue.retryNow();
    });
    return () => {
      stopLeaving();
      stop();
      setView({ save: null });
    };
  }, [session, projectId, setView]);
  useStudioEvent(
    useCallback(
      (event: StudioEvent) => {
        const theirs = event.type === 'video.changed' && event.projectId === projectId && event.contentHash !== null;
        if (event.type === 'ready' || (theirs && event.contentHash !== session.queue.baseHash)) void session.catchUp();
      },
      [session, projectId],
    ),
  );
}

export function useCutRoom(first: VideoProject, canEdit: boolean): Cut {
  const { projectId, storyId } = first;
  const tell = useNews();
  const [session] = useState(
    () =>
      new CutSession(first, {
        fetch: () => client.videos.get({ projectId }),
        send: (input) => client.videos.edit({ projectId, ...input }),
        judge,
        tell,
        canEdit,
      }),
  );
  const [player] = useState(() => new Player(first.timeline));
  useSaving(session, projectId);
  const { timeline, selection } = useSyncExternalStore(session.subscribe, session.getState);
  const [wanted, setEdit] = useState<StageEdit | null>(null);
  // Something else was picked, or this is gone: there is nothing to set any more.
  const edit = wanted && isAbout(wanted, selection) ? wanted : null;
  const [shape, setShape] = useState<Shape | null>(null);
  const shown = useMemo(() => inShape(shownFor(timeline, edit), shape), [timeline, edit, shape]);
  const assets = useFilm(player, shown);

  return useMemo(
    () => ({ session, player, projectId, storyId, assets, edit, setEdit, shown, shape, setShape }),
    [session, player, projectId, storyId, assets, edit, shown, shape],
  );
}
