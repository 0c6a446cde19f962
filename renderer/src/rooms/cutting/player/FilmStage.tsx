import { useQueries, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import type { Asset } from '../../../../../core/model/contract/index.ts';
import { declaredAi, usedAssetIds } from '../../../../../core/model/timeline/asset.ts';
import type { SafeArea as SafeAreaOf } from '../../../../../core/model/timeline/safe-areas.ts';
import type { Timeline } from '../../../../../core/model/timeline/timeline.ts';
import { api } from '../../../client/client.ts';
import { mediaUrl } from '../../../client/media-url.ts';
import { useSafeArea } from '../../../client/platforms.ts';
import { formatPercent } from '../../../format/format.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Btn } from '../../../ui/Btn.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { useDelayed } from '../../../ui/use-delayed.ts';
import { saysAi } from '../says-ai.ts';
import { assOf } from './ass-of.ts';
import { CaptionLayer } from './caption-layer.ts';
import { OverlayDeck } from './overlay-deck.ts';
import type { Player } from './player.ts';
import { SafeArea } from './SafeArea.tsx';
import type { Source } from './slot.ts';
import { SoundDeck, type HeardFrom } from './sound-deck.ts';
import './film-stage.css';

/** What the library knows of a timeline's assets, by id; what is not there is being read or gone. */
export type FilmAssets = ReadonlyMap<string, Asset>;

/** Where the stage gets an asset's pictures; null while its proxy is not made. */
function sourceOf(asset: Asset | undefined): Source | null {
  if (!asset || asset.kind === 'audio') return null;
  if (asset.kind === 'image') {
    const [url, fallbackUrl] = [mediaUrl(asset.assetId, 'original'), mediaUrl(asset.assetId, 'poster')];
    return { kind: 'image', url, leadUs: 0, fallbackUrl: asset.poster ? fallbackUrl : null };
  }
  const { assetId, proxy, proxyLeadUs: leadUs } = asset;
  return proxy ? { kind: 'video', url: mediaUrl(assetId, 'proxy'), leadUs, fallbackUrl: null } : null;
}

/** Where a sound is heard from; null for what cannot be played yet. */
const heardFrom =
  (assets: FilmAssets) =>
  (assetId: string): HeardFrom | null => {
    const asset = assets.get(assetId);
    if (asset?.kind === 'audio') return { url: mediaUrl(assetId, 'original'), leadUs: 0 };
    if (asset?.kind !== 'video' || !asset.proxy) return null;
    return { url: mediaUrl(assetId, 'proxy'), leadUs: asset.proxyLeadUs };
  };

/** Stable, so that a new map comes only with new answers: the player looks for its sources anew for each. */
const byId = (answers: readonly { data: Asset | undefined }[]): FilmAssets =>
  new Map(answers.flatMap(({ data }) => (data ? [[data.assetId, data] as const] : [])));

/** Keeps a player in step with its timeline and with the previews that become ready. Answers the timeline's assets. */
export function useFilm(player: Player, timeline: Timeline): FilmAssets {
  useEffect(() => player.setTimeline(timeline), [player, timeline]);
  const assets = useQueries({
    queries: timeline.assets.map(({ assetId }) => api.media.get.queryOptions({ input: { assetId } })),
    combine: byId,
  });
  useEffect(() => player.setSources((assetId) => sourceOf(assets.get(assetId))), [player, assets]);
  return assets;
}

/** Keeps the caption layer's text and time in step with the timeline and the playhead. */
function useCaptions(
  stage: React.RefObject<HTMLDivElement | null>,
  player: Player,
  timeline: Timeline,
  { safe, aiMade }: { safe: SafeAreaOf; aiMade: boolean },
): void {
  const { width, height } = timeline.canvas;
  const layer = useRef<CaptionLayer | null>(null);
  const latest = useRef(() => assOf(timeline, safe, aiMade));
  useEffect(() => {
    latest.current = () => assOf(timeline, safe, aiMade);
  });
  useEffect(() => {
    if (!stage.current) return;
    const mine = new CaptionLayer(stage.current, { width, height }, latest.current(), player.getTime());
    layer.current = mine;
    const stop = player.onTime((us) => mine.render(us));
    return () => {
      stop();
      mine.destroy();
      layer.current = null;
    };
  }, [stage, player, width, height]);
  const { captions, titles } = timeline;
  useEffect(() => {
    void layer.current?.setText(latest.current());
  }, [captions, titles, safe, aiMade]);
}

/** Keeps what lies over the storyline in step with the timeline and the playhead. */
function useOverlays(
  stage: React.RefObject<HTMLDivElement | null>,
  player: Player,
  timeline: Timeline,
  assets: FilmAssets,
): void {
  const deck = useRef<OverlayDeck | null>(null);
  useEffect(() => {
    if (!stage.current) return;
    const mine = new OverlayDeck(stage.current, player);
    deck.current = mine;
    return () => {
      mine.destroy();
      deck.current = null;
    };
  }, [stage, player]);
  useEffect(() => deck.current?.setTimeline(timeline, (assetId) => sourceOf(assets.get(assetId))), [timeline, assets]);
}

/** Keeps music, voice and effects in step with the timeline and the playhead. */
function useSounds(
  stage: React.RefObject<HTMLDivElement | null>,
  player: Player,
  /** Null: nothing is heard. */
  timeline: Timeline | null,
  assets: FilmAssets,
): void {
  const deck = useRef<SoundDeck | null>(null);
  useEffect(() => {
    if (!stage.current) return;
    const mine = new SoundDeck(stage.current, player);
    deck.current = mine;
    return () => {
      mine.destroy();
      deck.current = null;
    };
  }, [stage, player]);
  useEffect(() => {
    if (timeline) deck.current?.setTimeline(timeline, heardFrom(assets));
  }, [timeline, assets]);
}

/** How far the preview of an asset is, 0 to 1; null when nothing is being made. */
function useProxyProgress(name: string | undefined): number | null {
  const jobs = useQuery(api.jobs.list.queryOptions({ input: { limit: 50 } })).data ?? [];
  const job = jobs.find((j) => j.kind === 'media.proxy' && j.title === name && /^(?:queued|running)$/.test(j.state));
  return job ? job.progress : null;
}

/** What cannot be shown now, in words, with the way on. */
function StageNote({ player, assets }: { player: Player; assets: FilmAssets }) {
  const { t, language } = useText();
  const { waiting } = useSyncExternalStore(player.subscribe, player.getState);
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

/** Whether the film is labelled: by declaration, or since a file it uses says so itself. */
function isAiMade(timeline: Timeline, assets: FilmAssets): boolean {
  return declaredAi(timeline) || usedAssetIds(timeline).some((id) => saysAi(assets.get(id)));
}

interface FilmStageProps {
  player: Player;
  timeline: Timeline;
  assets: FilmAssets;
  safeArea?: boolean;
  /** Nothing is heard of it: another stage beside it is. */
  silent?: boolean;
  /** What stands there while the film has no clips. */
  empty: React.ReactNode;
  /** Lies over the picture. */
  children?: React.ReactNode;
}

/** The picture of a film at the playhead, in the shape of its canvas: what the export will show. */
export function FilmStage(props: FilmStageProps) {
  const { player, timeline, assets, safeArea = false, silent = false, empty, children } = props;
  const { t } = useText();
  const box = useRef<HTMLDivElement>(null);
  const over = useRef<HTMLDivElement>(null);
  useEffect(() => (box.current ? player.attach(box.current) : undefined), [player]);
  const safe = useSafeArea(timeline);
  const aiMade = useMemo(() => isAiMade(timeline, assets), [timeline, assets]);
  useCaptions(box, player, timeline, { safe, aiMade });
  useSounds(box, player, silent ? null : timeline, assets);
  useOverlays(over, player, timeline, assets);
  const { waiting } = useSyncExternalStore(player.subscribe, player.getState);
  const { width, height } = timeline.canvas;
  const style = { '--w': width, '--h': height } as React.CSSProperties;
  return (
    <div className="stage" style={style}>
      <div className="vid" ref={box} data-testid="stage" role="img" aria-label={t('cutting.player.stage')}>
        <div className="overlays" ref={over} />
        {safeArea ? <SafeArea free={safe} width={width} height={height} /> : null}
      </div>
      {children ? <div className="over">{children}</div> : null}
      {timeline.storyline.length === 0 ? (
        empty
      ) : (
        <StageNote key={waiting ? `${waiting.assetId} ${waiting.why}` : 'fine'} player={player} assets={assets} />
      )}
    </div>
  );
}
