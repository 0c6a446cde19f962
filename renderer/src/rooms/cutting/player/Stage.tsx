import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { api } from '../../../client/client.ts';
import { formatPercent } from '../../../format/format.ts';
import { useText } from '../../../i18n/use-text.ts';
import { useDelayed } from '../../../ui/use-delayed.ts';
import { Btn } from '../../../ui/Btn.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { useCut, useCutState, usePlayState } from '../use-cut.ts';
import { assOf } from './ass-of.ts';
import { CaptionLayer } from './caption-layer.ts';
import { SafeArea } from './SafeArea.tsx';

/** Keeps the caption layer's text and time in step with the timeline and the playhead. */
function useCaptions(stage: React.RefObject<HTMLDivElement | null>): void {
  const { player, session } = useCut();
  const { timeline } = useCutState();
  const { width, height } = timeline.canvas;
  const layer = useRef<CaptionLayer | null>(null);
  useEffect(() => {
    if (!stage.current) return;
    const text = assOf(session.getState().timeline);
    const mine = new CaptionLayer(stage.current, { width, height }, text, player.getTime());
    layer.current = mine;
    const stop = player.onTime((us) => mine.render(us));
    return () => {
      stop();
      mine.destroy();
      layer.current = null;
    };
  }, [stage, player, session, width, height]);
  const { captions } = timeline;
  useEffect(() => {
    void layer.current?.setText(assOf(session.getState().timeline));
  }, [captions, session]);
}

/** How far the preview of an asset is, 0 to 1; null when nothing is being made. */
function useProxyProgress(name: string | undefined): number | null {
  const jobs = useQuery(api.jobs.list.queryOptions({ input: { limit: 50 } })).data ?? [];
  const job = jobs.find((j) => j.kind === 'media.proxy' && j.title === name && /^(?:queued|running)$/.test(j.state));
  return job ? job.progress : null;
}

/** What cannot be shown now, in words, with the way on. */
function StageNote() {
  const { t, language } = useText();
  const { waiting } = usePlayState();
  const { assets, player } = useCut();
  const name = waiting ? assets.get(waiting.assetId)?.name : undefined;
  const progress = useProxyProgress(waiting?.why === 'preparing' ? name : undefined);
  const patient = useDelayed(250);
  if (!waiting) return null;
  // Loading usually takes a few frames only: words for it would flicker.
  if (waiting.why === 'loading' && !patient) return null;
  const text =
    waiting.why === 'broken'
      ? t('cutting.player.broken', { name: name ?? '' })
      : waiting.why === 'loading'
        ? t('cutting.player.loading')
        : progress === null
          ? t('cutting.player.preparing', { name: name ?? '' })
          : t('cutting.player.preparingPercent', { name: name ?? '', percent: formatPercent(progress, language) });
  return (
    <div className="stage-note" role="status">
      <Icon name={waiting.why === 'broken' ? 'alert' : 'clock'} size={20} />
      <span className="wrap">{text}</span>
      {progress === null ? null : (
        <span className="bar">
          <i style={{ width: `${String(Math.round(progress * 100))}%` }} />
        </span>
      )}
      {waiting.why === 'broken' ? (
        <Btn size="sm" onClick={() => player.retry()}>
          {t('common.act.retry')}
        </Btn>
      ) : null}
    </div>
  );
}

/** The picture of the film at the playhead, in the shape of its canvas. */
export function Stage({ safeArea }: { safeArea: boolean }) {
  const { t } = useText();
  const { player } = useCut();
  const { timeline, places } = useCutState();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => (box.current ? player.attach(box.current) : undefined), [player]);
  useCaptions(box);
  const { waiting } = usePlayState();
  const { width, height } = timeline.canvas;
  const style = { '--w': width, '--h': height } as React.CSSProperties;
  return (
    <div className="stage" style={style}>
      <div className="vid" ref={box} data-testid="stage" role="img" aria-label={t('cutting.player.stage')}>
        {safeArea ? <SafeArea target={timeline.targets[0] ?? null} width={width} height={height} /> : null}
      </div>
      {places.clips.length === 0 ? (
        <div className="stage-note" role="status">
          <Icon name="film" size={28} />
          <b>{t('cutting.empty.title')}</b>
          <span>{t('cutting.empty.text')}</span>
        </div>
      ) : (
        <StageNote key={waiting ? `${waiting.assetId} ${waiting.why}` : 'fine'} />
      )}
    </div>
  );
}
