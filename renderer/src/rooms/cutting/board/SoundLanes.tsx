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
import { cueTime, seconds } from '../time/timecode.ts';
import { rowsOf, xOf } from '../time/view.ts';
import { useCut, useCutState } from '../use-cut.ts';
import { SpanBlock, type SetCaught } from './SpanBlock.tsx';
import { SpanLane } from './SpanLane.tsx';
import { partSeen } from './strips/mapping.ts';
import { StripCanvas } from './strips/StripCanvas.tsx';
import { useDrawn, type BoardView } from './use-board-view.ts';

export const TRACK_ICONS: Record<SoundTrack, IconName> = { music: 'music', voice: 'person', effects: 'vol' };

const soundSpan = (sound: Sound) => ({ startUs: sound.startUs, endUs: soundEndUs(sound) });

/** Rows of a track, and the row of each of its sounds. */
export const rowsOfTrack = (timeline: Timeline, track: SoundTrack): { rows: number[]; count: number } =>
  rowsOf(timeline[track].map(soundSpan));

/** The tracks that hold something: only those take room. */
export const filledTracks = (timeline: Timeline): SoundTrack[] =>
  SOUND_TRACKS.filter((track) => timeline[track].length > 0);

interface BlockProps {
  sound: Sound;
  track: SoundTrack;
  view: BoardView;
  selected: boolean;
  setCaught: SetCaught;
  row: number;
  rows: number;
  /** The part of it that is drawn, pixels from its left edge. */
  from: number;
  to: number;
}

/** Width of a sound's block, pixels. */
const soundWidth = (sound: Sound, zoom: number): number => Math.max(3, xOf(soundDurationUs(sound), zoom) - 1);

/** How loud it is, over the whole block. */
function SoundStrip({ sound, view, selected, from, to }: Omit<BlockProps, 'track' | 'setCaught' | 'row' | 'rows'>) {
  const { assets } = useCut();
  return (
    <StripCanvas
      kind="sound"
      assetId={sound.assetId}
      hasStrip={false}
      hasPeaks={assets.get(sound.assetId)?.peaks === true}
      inUs={sound.inUs}
      usPerPx={1_000_000 / view.zoom}
      width={soundWidth(sound, view.zoom)}
      {...{ from, to }}
      {...{ gainDb: sound.gainDb, volume: sound.volume, muted: sound.muted, selected }}
      {...{ fadeInUs: sound.fadeInUs, fadeOutUs: sound.fadeOutUs }}
    />
  );
}

/** One piece of sound. */
const SoundBlock = memo(function SoundBlock({
  sound,
  track,
  view,
  selected,
  setCaught,
  row,
  rows,
  from,
  to,
}: BlockProps) {
  const { t } = useText();
  const { session } = useCut();
  const asset = session.getState().timeline.assets.find(({ assetId }) => assetId === sound.assetId);
  const name = asset?.name ?? sound.assetId;
  return (
    <SpanBlock
      item={{ kind: 'sound', id: sound.id }}
      span={soundSpan(sound)}
      label={t('cutting.sound.block', {
        ...{ name, track: t(`cutting.sound.track.${track}`) },
        ...{ time: cueTime(sound.startUs), seconds: seconds(soundDurationUs(sound)) },
      })}
      title={name}
      className={`snd${sound.muted ? ' off' : ''}`}
      view={view}
      selected={selected}
      setCaught={setCaught}
      row={row}
      rows={rows}
      dragged={(part, byUs) => soundByDrag(sound, part, byUs, asset?.durationUs ?? sound.outUs)}
    >
      <SoundStrip {...{ sound, view, selected, from, to }} />
      <span className="span-text">
        {sound.muted ? <Icon name="volx" size={12} /> : null}
        <span className="cut">{name}</span>
      </span>
    </SpanBlock>
  );
});

interface LanesProps {
  view: BoardView;
  setCaught: SetCaught;
}

/** A lane for each track that holds something; only what is seen is drawn. */
export function SoundLanes({ view, setCaught }: LanesProps) {
  const { t } = useText();
  const { timeline } = useCutState();
  const { part: drawn, fromUs, toUs } = useDrawn(view, 'beside');
  return filledTracks(timeline).map((track) => (
    <SpanLane
      key={track}
      kind="sound"
      items={timeline[track]}
      spanOf={soundSpan}
      label={t(`cutting.sound.track.${track}`)}
      lane={track}
      sounds
      {...{ fromUs, toUs }}
      block={(sound, place) => {
        const part = partSeen(xOf(sound.startUs, view.zoom), soundWidth(sound, view.zoom), drawn);
        return <SoundBlock key={sound.id} {...{ sound, track, view, setCaught }} {...place} {...part} />;
      }}
    />
  ));
}
