import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { overlayEndUs } from '../../../../../core/model/timeline/overlays.ts';
import { soundEndUs, soundsOf } from '../../../../../core/model/timeline/sounds.ts';
import type { SoundTrack, Timeline } from '../../../../../core/model/timeline/timeline.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Icon, type IconName } from '../../../ui/Icon.tsx';
import { ASSET_DRAG } from '../bin/BinCell.tsx';
import { draggedIsSound, takeDragged, useAddClip } from '../bin/use-add-clip.ts';
import type { SnapPoint } from '../time/snap.ts';
import { dropPlace, rowsOf, xOf } from '../time/view.ts';
import { useCut, useCutState } from '../use-cut.ts';
import { BoardBar } from './BoardBar.tsx';
import { ClipLane } from './ClipLane.tsx';
import { CueLane } from './CueLane.tsx';
import { MarkerFlags } from './MarkerFlags.tsx';
import { OverlayLane, overlayRows } from './OverlayLane.tsx';
import { Playhead } from './Playhead.tsx';
import { Ruler } from './Ruler.tsx';
import { filledTracks, rowsOfTrack, SoundLanes, TRACK_ICONS } from './SoundLanes.tsx';
import { headClass } from './SpanBlock.tsx';
import { usePrepare } from './strips/use-prepare.ts';
import { TitleLane } from './TitleLane.tsx';
import { useMarquee } from './use-marquee.ts';
import { stripWidth, type BoardView } from './use-board-view.ts';

/** Takes an asset dragged from the bin: where it would stand, and putting it there. */
function useAssetDrop(view: BoardView, setDropAt: (place: number | null) => void) {
  const { session } = useCut();
  const add = useAddClip();
  const carries = (event: React.DragEvent) => session.canEdit && event.dataTransfer.types.includes(ASSET_DRAG);
  const placeOf = (event: React.DragEvent) => dropPlace(session.getState().places, view.usAt(event.clientX));
  return {
    onDragOver: (event: React.DragEvent) => {
      if (!carries(event)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      // A sound stands where it is let go, not between two clips.
      setDropAt(draggedIsSound() ? null : placeOf(event));
    },
    onDragLeave: () => setDropAt(null),
    onDrop: (event: React.DragEvent) => {
      if (!carries(event)) return;
      event.preventDefault();
      setDropAt(null);
      const asset = takeDragged(event.dataTransfer.getData(ASSET_DRAG));
      if (asset) add(asset, placeOf(event), view.usAt(event.clientX));
    },
  };
}

/** The whole film is seen when the room opens and when a clip comes, until somebody zooms. */
function useFitting(view: BoardView, clips: number): void {
  const { refit } = view;
  const had = useRef(0);
  useEffect(() => {
    if (clips > had.current) refit();
    had.current = clips;
  }, [clips, refit]);
}

/** Where the last of what stands beside the storyline ends, microseconds. */
function lastOf(timeline: Timeline): number {
  const ends = [
    ...timeline.captions.cues.map(({ endUs }) => endUs),
    ...soundsOf(timeline).map(({ sound }) => soundEndUs(sound)),
    ...timeline.titles.map(({ endUs }) => endUs),
    ...timeline.overlays.map(overlayEndUs),
    ...(timeline.markers ?? []).map(({ atUs }) => atUs),
  ];
  return ends.reduce((last, end) => Math.max(last, end), 0);
}

interface LaneHead {
  id: 'titles' | 'overlays' | SoundTrack;
  icon: IconName;
  rows: number;
  /** Above the storyline. */
  over: boolean;
}

/** The lanes beside storyline and captions, from top to bottom: those that hold something. */
function lanesOf(timeline: Timeline): LaneHead[] {
  const titles: LaneHead = { id: 'titles', icon: 'text', rows: rowsOf(timeline.titles).count, over: true };
  const tracks = filledTracks(timeline).map((track): LaneHead => {
    return { id: track, icon: TRACK_ICONS[track], rows: rowsOfTrack(timeline, track).count, over: false };
  });
  const overlays: LaneHead = { id: 'overlays', icon: 'images', rows: overlayRows(timeline).count, over: true };
  return [
    ...(timeline.titles.length > 0 ? [titles] : []),
    ...(timeline.overlays.length > 0 ? [overlays] : []),
    ...tracks,
  ];
}

function HeadCell({ id, icon, rows, over }: LaneHead) {
  const { t } = useText();
  const name = id === 'titles' ? 'picture.title.lane' : id === 'overlays' ? 'picture.overlay.lane' : null;
  return (
    <div className={`${headClass(rows)}${over ? '' : ' sounds'}`}>
      <Icon name={icon} />
      {name === null ? t(`cutting.sound.track.${id as SoundTrack}`) : t(name)}
    </div>
  );
}

/** The timeline: ruler, storyline, captions, sounds. */
export function Board({ view }: { view: BoardView }) {
  const { t } = useText();
  const { player, session, assets } = useCut();
  usePrepare(assets);
  const { timeline, places } = useCutState();
  const { zoom, area } = view;
  const [dropAt, setDropAt] = useState<number | null>(null);
  const [caught, setCaught] = useState<SnapPoint | null>(null);
  const drop = useAssetDrop(view, setDropAt);
  const goTo = useCallback(
    (clientX: number) => {
      session.select(null);
      player.seek(view.usAt(clientX));
    },
    [session, player, view],
  );
  const marquee = useMarquee(view, goTo);
  useFitting(view, places.clips.length);
  const lastUs = useMemo(() => lastOf(timeline), [timeline]);
  const width = stripWidth(Math.max(places.durationUs, lastUs), zoom);
  const dropX = dropAt === null ? null : xOf(places.clips[dropAt]?.startUs ?? places.durationUs, zoom);
  const marks = useMemo(() => ({ setDropAt, setCaught }), []);
  const lanes = useMemo(() => lanesOf(timeline), [timeline]);
  // A lane is at most two rows high.
  const laneRows = lanes.reduce((sum, { rows }) => sum + Math.min(2, rows), 0);
  return (
    <section
      className="tl"
      data-lanes={laneRows}
      data-many={laneRows > 4}
      data-region="work"
      aria-label={t('cutting.board.label')}
    >
      <BoardBar view={view} />
      <div className="lanes">
        <div className="heads" aria-hidden="true">
          {lanes.flatMap((lane) => (lane.over ? <HeadCell key={lane.id} {...lane} /> : []))}
          <div className="head-clips">
            <Icon name="film" />
            {t('cutting.board.storyline')}
          </div>
          <div className="head-cues">
            <Icon name="cap" />
            {t('cutting.board.captions')}
          </div>
          {lanes.flatMap((lane) => (lane.over ? [] : <HeadCell key={lane.id} {...lane} />))}
        </div>
        <div className="area scroll" ref={area} {...drop}>
          <div
            className="strip"
            style={{ width }}
            onPointerDown={(e) => {
              if (e.target === e.currentTarget || (e.target as Element).classList.contains('lane')) marquee.press(e);
            }}
          >
            <Ruler view={view} setCaught={setCaught} />
            <MarkerFlags view={view} setCaught={setCaught} />
            <TitleLane view={view} setCaught={setCaught} />
            <OverlayLane view={view} setCaught={setCaught} />
            <ClipLane view={view} marks={marks} />
            <CueLane view={view} marks={marks} />
            <SoundLanes view={view} setCaught={setCaught} />
            {dropX === null ? null : <div className="drop-mark" style={{ left: dropX }} />}
            {caught ? (
              <div className="snap" style={{ left: xOf(caught.us, zoom) }}>
                <span>{t(`cutting.snap.${caught.kind}`)}</span>
              </div>
            ) : null}
            {marquee.drawn ? <div className="marquee" data-testid="marquee" style={marquee.drawn} /> : null}
            <Playhead view={view} />
          </div>
        </div>
      </div>
    </section>
  );
}
