import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { clipAt, layout, sourceTime, type PlacedClip, type Timeline } from '../../../../core/model/timeline/index.ts';
import { api } from '../../client/client.ts';
import { mediaUrl } from '../../client/media-url.ts';
import { formatDuration } from '../../format/format.ts';
import { useText } from '../../i18n/use-text.ts';
import { IconBtn } from '../../ui/Btn.tsx';

const SECOND_US = 1_000_000;
/** Steps of the position: a tenth of a second, a second with the page keys. */
const STEP_US = 100_000;

export interface PieceVideoProps {
  timeline: Timeline;
  title: string;
  /** Go there and stop; `at` tells one wish from the next. */
  seek?: { timeUs: number; at: number } | null;
  /** Where it stands, on the timeline. */
  onTime?: (timeUs: number) => void;
}

interface ClipViewProps {
  placed: PlacedClip;
  kind: Timeline['assets'][number]['kind'];
  label: string;
  playing: boolean;
  /** Timeline time to begin at. */
  startUs: number;
  onTime: (timeUs: number) => void;
  onEnd: () => void;
}

/** A picture of the storyline stands still for its length. */
function StillClip({ placed, label, playing, startUs, onTime, onEnd }: ClipViewProps) {
  const { clip, endUs } = placed;
  const report = useRef({ onTime, onEnd });
  useEffect(() => {
    report.current = { onTime, onEnd };
  });
  useEffect(() => {
    if (!playing) return;
    const began = performance.now();
    let frame = 0;
    const tick = () => {
      const us = Math.round(startUs + (performance.now() - began) * 1000);
      if (us >= endUs) report.current.onEnd();
      else {
        report.current.onTime(us);
        frame = requestAnimationFrame(tick);
      }
    };
    frame = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(frame);
    // Runs on from where it stood when playing began.
  }, [playing, startUs, endUs]);
  return <img src={mediaUrl(clip.assetId, 'original')} alt={label} />;
}

/** A moving clip, from its preview file. */
function MovingClip({ placed, label, playing, startUs, onTime, onEnd }: ClipViewProps) {
  const { clip } = placed;
  const video = useRef<HTMLVideoElement>(null);
  const [broken, setBroken] = useState(false);
  const { t } = useText();
  const beginS = sourceTime(placed, startUs) / SECOND_US;
  useEffect(() => {
    const element = video.current;
    if (!element) return;
    if (Math.abs(element.currentTime - beginS) > 0.05) element.currentTime = beginS;
  }, [beginS]);
  useEffect(() => {
    const element = video.current;
    if (!element) return;
    if (playing) void element.play().catch(() => undefined);
    else element.pause();
  }, [playing]);
  if (broken) return <p className="film-none">{t('review.piece.unplayable', { n: placed.index + 1 })}</p>;
  return (
    <video
      ref={video}
      src={mediaUrl(clip.assetId, 'proxy')}
      preload="auto"
      playsInline
      aria-label={label}
      onLoadedMetadata={(e) => (e.currentTarget.currentTime = beginS)}
      onTimeUpdate={(e) => {
        const us = Math.round(e.currentTarget.currentTime * SECOND_US);
        if (us >= clip.outUs) onEnd();
        else if (!e.currentTarget.paused) onTime(placed.startUs + Math.max(0, us - clip.inUs));
      }}
      onEnded={onEnd}
      onError={() => setBroken(true)}
    />
  );
}

/** One clip: waits in words until its preview is there. */
function ClipView(props: ClipViewProps) {
  const { t } = useText();
  const { placed, kind } = props;
  const asset = useQuery(api.media.get.queryOptions({ input: { assetId: placed.clip.assetId } }));
  if (kind === 'image') return <StillClip {...props} />;
  if (asset.isError) return <p className="film-none">{t('review.piece.unplayable', { n: placed.index + 1 })}</p>;
  if (!asset.data?.proxy) {
    return <p className="film-none">{asset.data ? t('review.piece.preparing', { n: placed.index + 1 }) : ''}</p>;
  }
  return <MovingClip {...props} />;
}

/** The video of a piece: its clips one after another from their previews, the captions below in words. */
export function PieceVideo({ timeline, title, seek = null, onTime }: PieceVideoProps) {
  const { t } = useText();
  const places = useMemo(() => layout(timeline), [timeline]);
  const [timeUs, setTimeUs] = useState(0);
  /** Where the present clip was begun: changes when the person goes somewhere or the next clip comes. */
  const [beginUs, setBeginUs] = useState(0);
  const [playing, setPlaying] = useState(false);
  const show = useCallback(
    (us: number) => {
      setTimeUs(us);
      onTime?.(us);
    },
    [onTime],
  );
  const go = useCallback(
    (us: number) => {
      const inside = Math.max(0, Math.min(us, places.durationUs - 1));
      setBeginUs(inside);
      show(inside);
    },
    [places, show],
  );
  const [answered, setAnswered] = useState(0);
  if (seek && seek.at !== answered) {
    setAnswered(seek.at);
    setPlaying(false);
    setBeginUs(Math.min(seek.timeUs, Math.max(0, places.durationUs - 1)));
    setTimeUs(Math.min(seek.timeUs, Math.max(0, places.durationUs - 1)));
  }
  const placed = clipAt(places, beginUs);
  if (!placed) return <p className="film-none film-empty">{t('review.piece.noClips')}</p>;
  const end = () => {
    const next = places.clips[placed.index + 1];
    if (next) go(next.startUs);
    else setPlaying(false);
  };
  const toggle = () => {
    if (!playing) go(timeUs >= places.durationUs - STEP_US ? 0 : timeUs);
    setPlaying(!playing);
  };
  const { width, height } = timeline.canvas;
  const said = timeline.captions.cues.filter((cue) => cue.startUs <= timeUs && timeUs < cue.endUs);
  const kind = timeline.assets.find((asset) => asset.assetId === placed.clip.assetId)?.kind ?? 'video';
  const place = t('review.piece.sequence', { n: placed.index + 1, total: places.clips.length });
  return (
    <section className="film" aria-label={t('review.piece.video', { title })}>
      <div className="film-screen" style={{ aspectRatio: `${String(width)} / ${String(height)}` }}>
        <ClipView
          key={placed.clip.id}
          placed={placed}
          kind={kind}
          label={`${title} · ${place}`}
          playing={playing}
          startUs={beginUs}
          onTime={show}
          onEnd={end}
        />
      </div>
      <p className="film-said" aria-live="off">
        {said.map((cue) => (
          <span key={cue.id}>{cue.text}</span>
        ))}
      </p>
      <div className="film-bar">
        <IconBtn
          icon={playing ? 'pause' : 'play'}
          label={t(playing ? 'review.piece.pause' : 'review.piece.play')}
          onClick={toggle}
        />
        <input
          type="range"
          min={0}
          max={places.durationUs}
          step={STEP_US}
          value={timeUs}
          aria-label={t('review.piece.position')}
          aria-valuetext={formatDuration(timeUs)}
          onChange={(e) => go(Number(e.currentTarget.value))}
        />
        <span className="s12 t2 nowrap">
          {formatDuration(timeUs)} / {formatDuration(places.durationUs)}
        </span>
      </div>
      <p className="s12 t3">{place}</p>
    </section>
  );
}
