import { memo } from 'react';
import { soundDurationUs, soundEndUs } from '../../../../../core/model/timeline/sounds.ts';
import {
  SOUND_TRACKS,
  type Sound,
  type SoundTrack,
  type Timeline,
} from '../../../../../core/model/timeline/timeline.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Icon, type IconName } from '../../../ui/Icon.tsx';
import { soundByDrag } from '../acts.ts';
import { SNAP_PX, snapPoints, snapSpan, snapTo, type SnapPoint } from '../time/snap.ts';
import { cueTime, seconds } from '../time/timecode.ts';
import { usOf, xOf } from '../time/view.ts';
import { useCut, useCutState } from '../use-cut.ts';
import { pointerDrag } from './pointer-drag.ts';
import type { BoardView } from './use-board-view.ts';

export const TRACK_ICONS: Record<SoundTrack, IconName> = { music: 'music', voice: 'person', effects: 'vol' };

/** The tracks that hold something: only those take room. */
export const filledTracks = (timeline: Timeline): SoundTrack[] =>
  SOUND_TRACKS.filter((track) => timeline[track].length > 0);

type SetCaught = (point: SnapPoint | null) => void;
type Part = 'start' | 'end' | 'whole';

/** Where a drag by `byUs` ends up once edges, cues and the playhead have caught it. */
function snapped(sound: Sound, part: Part, byUs: number, points: readonly SnapPoint[], reachUs: number) {
  if (part === 'whole') {
    const moved = { startUs: sound.startUs + byUs, endUs: soundEndUs(sound) + byUs };
    return snapSpan(moved, points, reachUs);
  }
  const us = (part === 'start' ? sound.startUs : soundEndUs(sound)) + byUs;
  const point = snapTo(us, points, reachUs);
  return { shiftUs: point ? point.us - us : 0, point };
}

interface BlockProps {
  sound: Sound;
  track: SoundTrack;
  view: BoardView;
  selected: boolean;
  setCaught: SetCaught;
}

/** One piece of sound: a click picks it, the middle moves it, edges trim. */
const SoundBlock = memo(function SoundBlock({ sound, track, view, selected, setCaught }: BlockProps) {
  const { t } = useText();
  const { session, player } = useCut();
  const asset = session.getState().timeline.assets.find(({ assetId }) => assetId === sound.assetId);
  const name = asset?.name ?? sound.assetId;
  const select = () => session.select({ kind: 'sound', id: sound.id });
  const press = (part: Part) => (event: React.PointerEvent) => {
    event.stopPropagation();
    select();
    if (!session.canEdit) return;
    const { timeline, places } = session.getState();
    const points = snapPoints(places, timeline.captions.cues, player.getTime());
    pointerDrag(event, {
      begin: () => session.startDrag(),
      move: (dx) => {
        const byUs = usOf(dx, view.zoom);
        const caught = view.snap ? snapped(sound, part, byUs, points, usOf(SNAP_PX, view.zoom)) : null;
        setCaught(caught?.point ?? null);
        session.drag([soundByDrag(sound, part, byUs + (caught?.shiftUs ?? 0), asset?.durationUs ?? sound.outUs)]);
      },
      end: (keep) => {
        setCaught(null);
        session.endDrag(keep);
      },
    });
  };
  const lasts = soundDurationUs(sound);
  return (
    <div
      role="option"
      tabIndex={0}
      aria-selected={selected}
      aria-label={t('cutting.sound.block', {
        ...{ name, track: t(`cutting.sound.track.${track}`) },
        ...{ time: cueTime(sound.startUs), seconds: seconds(lasts) },
      })}
      className={`snd${selected ? ' sel' : ''}${sound.muted ? ' off' : ''}`}
      style={{ left: xOf(sound.startUs, view.zoom), width: Math.max(3, xOf(lasts, view.zoom) - 1) }}
      title={name}
      onPointerDown={press('whole')}
      onDoubleClick={() => player.seek(sound.startUs)}
      onKeyDown={(e) => {
        if (e.key === 'Enter') select();
      }}
    >
      <span className="snd-text">
        {sound.muted ? <Icon name="volx" size={12} /> : null}
        <span className="cut">{name}</span>
      </span>
      <span className="edge in" onPointerDown={press('start')} />
      <span className="edge out" onPointerDown={press('end')} />
    </div>
  );
});

interface LanesProps {
  view: BoardView;
  fromUs: number;
  toUs: number;
  setCaught: SetCaught;
}

/** A lane for each track that holds something; only what is seen is drawn. */
export function SoundLanes({ view, fromUs, toUs, setCaught }: LanesProps) {
  const { t } = useText();
  const { timeline, selection } = useCutState();
  return filledTracks(timeline).map((track) => (
    <div key={track} className="lane lane-snd" role="listbox" aria-label={t(`cutting.sound.track.${track}`)}>
      {timeline[track]
        .filter((sound) => soundEndUs(sound) >= fromUs && sound.startUs <= toUs)
        .map((sound) => (
          <SoundBlock
            key={sound.id}
            sound={sound}
            track={track}
            view={view}
            selected={selection?.kind === 'sound' && selection.id === sound.id}
            setCaught={setCaught}
          />
        ))}
    </div>
  ));
}
