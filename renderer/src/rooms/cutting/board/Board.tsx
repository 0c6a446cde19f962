import { useEffect, useMemo, useRef, useState } from 'react';
import { soundEndUs, soundsOf } from '../../../../../core/model/timeline/sounds.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { ASSET_DRAG } from '../bin/BinCell.tsx';
import { draggedIsSound, takeDragged, useAddClip } from '../bin/use-add-clip.ts';
import type { SnapPoint } from '../time/snap.ts';
import { clipsBetween, cuesBetween, dropPlace, usOf, xOf } from '../time/view.ts';
import { useCut, useCutState } from '../use-cut.ts';
import { BoardBar } from './BoardBar.tsx';
import { ClipBlock } from './ClipBlock.tsx';
import { CueBlock } from './CueBlock.tsx';
import { Playhead } from './Playhead.tsx';
import { Ruler } from './Ruler.tsx';
import { filledTracks, SoundLanes, TRACK_ICONS } from './SoundLanes.tsx';
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

/** The timeline: ruler, storyline, captions, sounds. */
export function Board({ view }: { view: BoardView }) {
  const { t } = useText();
  const { player, session } = useCut();
  const { timeline, places, selection } = useCutState();
  const { zoom, seen, area } = view;
  const [dropAt, setDropAt] = useState<number | null>(null);
  const [caught, setCaught] = useState<SnapPoint | null>(null);
  const drop = useAssetDrop(view, setDropAt);
  useFitting(view, places.clips.length);
  const [fromUs, toUs] = [usOf(seen.left - 64, zoom), usOf(seen.left + seen.width, zoom)];
  const clips = useMemo(() => clipsBetween(places, fromUs, toUs), [places, fromUs, toUs]);
  const cues = useMemo(() => cuesBetween(timeline.captions.cues, fromUs, toUs), [timeline.captions.cues, fromUs, toUs]);
  const lastCueUs = timeline.captions.cues.reduce((last, { endUs }) => Math.max(last, endUs), 0);
  const lastSoundUs = soundsOf(timeline).reduce((last, { sound }) => Math.max(last, soundEndUs(sound)), 0);
  const width = stripWidth(Math.max(places.durationUs, lastCueUs, lastSoundUs), zoom);
  const dropX = dropAt === null ? null : xOf(places.clips[dropAt]?.startUs ?? places.durationUs, zoom);
  const marks = { setDropAt, setCaught };
  return (
    <section
      className="tl"
      data-sounds={filledTracks(timeline).length}
      data-region="work"
      aria-label={t('cutting.board.label')}
    >
      <BoardBar view={view} />
      <div className="lanes">
        <div className="heads" aria-hidden="true">
          <div className="head-clips">
            <Icon name="film" />
            {t('cutting.board.storyline')}
          </div>
          <div className="head-cues">
            <Icon name="cap" />
            {t('cutting.board.captions')}
          </div>
          {filledTracks(timeline).map((track) => (
            <div key={track} className="head-snd">
              <Icon name={TRACK_ICONS[track]} />
              {t(`cutting.sound.track.${track}`)}
            </div>
          ))}
        </div>
        <div className="area scroll" ref={area} {...drop}>
          <div
            className="strip"
            style={{ width }}
            onPointerDown={(e) => {
              if (e.target !== e.currentTarget && !(e.target as Element).classList.contains('lane')) return;
              session.select(null);
              player.seek(view.usAt(e.clientX));
            }}
          >
            <Ruler view={view} fromUs={fromUs} toUs={toUs} setCaught={setCaught} />
            <div
              className="lane lane-clips"
              {...(clips.length > 0
                ? { role: 'listbox', 'aria-label': t('cutting.board.storyline'), 'aria-orientation': 'horizontal' }
                : {})}
            >
              {clips.map((placed) => (
                <ClipBlock
                  key={placed.clip.id}
                  placed={placed}
                  view={view}
                  selected={selection?.kind === 'clip' && selection.id === placed.clip.id}
                  marks={marks}
                />
              ))}
              {places.clips.length === 0 ? <p className="lane-hint t3">{t('cutting.board.empty')}</p> : null}
            </div>
            <div
              className="lane lane-cues"
              {...(cues.length > 0 ? { role: 'listbox', 'aria-label': t('cutting.board.captions') } : {})}
            >
              {cues.map(({ cue, index }) => (
                <CueBlock
                  key={cue.id}
                  cue={cue}
                  index={index}
                  view={view}
                  selected={selection?.kind === 'cue' && selection.id === cue.id}
                  marks={marks}
                />
              ))}
            </div>
            <SoundLanes view={view} fromUs={fromUs} toUs={toUs} setCaught={setCaught} />
            {dropX === null ? null : <div className="drop-mark" style={{ left: dropX }} />}
            {caught ? (
              <div className="snap" style={{ left: xOf(caught.us, zoom) }}>
                <span>{t(`cutting.snap.${caught.kind}`)}</span>
              </div>
            ) : null}
            <Playhead view={view} />
          </div>
        </div>
      </div>
    </section>
  );
}
