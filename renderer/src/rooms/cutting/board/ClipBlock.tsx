import { memo, useState } from 'react';
import type { PlacedClip } from '../../../../../core/model/timeline/layout.ts';
import { shortestFrame } from '../../../../../core/model/timeline/rational.ts';
import { mediaUrl } from '../../../client/media-url.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { trimByDrag } from '../acts.ts';
import { SNAP_PX, snapPoints, snapTo, type SnapPoint } from '../time/snap.ts';
import { tempoOf } from '../player/schedule.ts';
import { rateOf, seconds } from '../time/timecode.ts';
import { dropPlace, usOf, xOf } from '../time/view.ts';
import { useCut } from '../use-cut.ts';
import { pointerDrag } from './pointer-drag.ts';
import type { BoardView } from './use-board-view.ts';

export interface Marks {
  /** Place (from 0) where what is dragged would stand; null: nothing is dragged. */
  setDropAt: (place: number | null) => void;
  setCaught: (point: SnapPoint | null) => void;
}

interface ClipBlockProps {
  placed: PlacedClip;
  view: BoardView;
  selected: boolean;
  marks: Marks;
}

/** Trims by an edge: shown as it goes, one step of undo, Escape leaves all as it was. */
function useTrim({ placed, view, marks }: ClipBlockProps) {
  const { session, player } = useCut();
  return (side: 'start' | 'end') => (press: React.PointerEvent) => {
    press.stopPropagation();
    session.select({ kind: 'clip', id: placed.clip.id });
    if (!session.canEdit) return;
    player.pause();
    const { timeline, places } = session.getState();
    const rate = rateOf(timeline.canvas.frameRate);
    const begunAt = player.getTime();
    const points = snapPoints(places, timeline.captions.cues, begunAt, placed.clip.id);
    const edge = side === 'start' ? placed.startUs : placed.endUs;
    pointerDrag(press, {
      begin: () => session.startDrag(),
      move: (dx) => {
        const us = edge + usOf(dx, view.zoom);
        const caught = view.snap ? snapTo(us, points, usOf(SNAP_PX, view.zoom)) : null;
        marks.setCaught(caught);
        session.drag([trimByDrag(timeline, placed, side, (caught?.us ?? us) - edge, rate)]);
        const now = session.getState().places.byId.get(placed.clip.id);
        // The picture at the edge is what the hand decides about.
        if (now) player.seek(side === 'start' ? now.startUs : now.endUs - shortestFrame(rate));
      },
      end: (keep) => {
        marks.setCaught(null);
        session.endDrag(keep);
        if (!keep) player.seek(begunAt);
      },
    });
  };
}

/** Moves the clip to another place of the storyline. */
function useReorder({ placed, view, marks }: ClipBlockProps) {
  const { session } = useCut();
  const [shift, setShift] = useState<number | null>(null);
  const press = (event: React.PointerEvent) => {
    event.stopPropagation();
    session.select({ kind: 'clip', id: placed.clip.id });
    if (!session.canEdit) return;
    let to = placed.index;
    pointerDrag(event, {
      move: (dx, { clientX }) => {
        setShift(dx);
        const place = dropPlace(session.getState().places, view.usAt(clientX));
        // Its own place is counted too: behind it everything is one further.
        to = place > placed.index ? place - 1 : place;
        marks.setDropAt(to === placed.index ? null : place);
      },
      end: (keep) => {
        setShift(null);
        marks.setDropAt(null);
        if (keep && to !== placed.index) {
          session.run({ type: 'moveClip', clipId: placed.clip.id, to, cues: 'follow' });
        }
      },
    });
  };
  return { shift, press };
}

/** One clip of the storyline: its name over its pictures; edges trim, the middle moves. */
export const ClipBlock = memo(function ClipBlock(props: ClipBlockProps) {
  const { placed, view, selected } = props;
  const { t } = useText();
  const { session, player, assets } = useCut();
  const { clip, startUs, endUs, index } = placed;
  const trim = useTrim(props);
  const { shift, press } = useReorder(props);
  const asset = assets.get(clip.assetId);
  const known = session.getState().timeline.assets.find(({ assetId }) => assetId === clip.assetId);
  const name = known?.name ?? clip.assetId;
  const tempo = tempoOf(placed);
  const label = tempo === 1 ? name : `${name} ${t('cutting.inspector.times', { n: Number(tempo.toFixed(2)) })}`;
  const width = Math.max(2, xOf(endUs, view.zoom) - xOf(startUs, view.zoom) - 1);
  const poster = asset?.poster ? `url("${mediaUrl(clip.assetId, 'poster')}")` : undefined;
  return (
    <div
      role="option"
      tabIndex={0}
      aria-selected={selected}
      aria-label={t('cutting.board.clip', { n: index + 1, name: label, time: seconds(endUs - startUs) })}
      className={`clip${selected ? ' sel' : ''}${shift === null ? '' : ' lifted'}`}
      data-clip={clip.id}
      style={{
        left: xOf(startUs, view.zoom),
        width,
        ...(shift === null ? {} : { transform: `translateX(${String(shift)}px)` }),
      }}
      title={name}
      onPointerDown={press}
      onDoubleClick={() => player.seek(startUs)}
      onKeyDown={(e) => {
        if (e.key === 'Enter') session.select({ kind: 'clip', id: clip.id });
      }}
    >
      <span className="fs" style={poster ? { backgroundImage: poster } : undefined} />
      {width > 36 ? (
        <span className="lb cut">
          {clip.muted ? <Icon name="volx" size={12} /> : null}
          {label}
        </span>
      ) : null}
      <span className="edge in" onPointerDown={trim('start')} data-testid="edge-in" />
      <span className="edge out" onPointerDown={trim('end')} data-testid="edge-out" />
    </div>
  );
});
