import { memo, useState } from 'react';
import type { Asset } from '../../../../../core/model/contract/index.ts';
import type { PlacedClip } from '../../../../../core/model/timeline/layout.ts';
import { shortestFrame } from '../../../../../core/model/timeline/rational.ts';
import { mediaUrl } from '../../../client/media-url.ts';
import { useText } from '../../../i18n/use-text.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { trimByDrag } from '../acts.ts';
import { rollCut, slideClip, slipClip } from '../edits.ts';
import { moveClips } from '../picked.ts';
import { SNAP_PX, snapPoints, snapTo, type SnapPoint } from '../time/snap.ts';
import { tempoOf } from '../player/schedule.ts';
import { rateOf, seconds } from '../time/timecode.ts';
import { dropPlace, usOf, xOf } from '../time/view.ts';
import { useCut } from '../use-cut.ts';
import { pointerDrag } from './pointer-drag.ts';
import { ClipMarks } from '../marks/ClipMarks.tsx';
import { useMarksShown } from '../marks/mark-store.ts';
import { StripCanvas } from './strips/StripCanvas.tsx';
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
  /** The part of it that is drawn, pixels from its left edge. */
  from: number;
  to: number;
}

/** Width of a clip's block, pixels: the last one is the gap to the next. */
export const clipWidth = ({ startUs, endUs }: PlacedClip, zoom: number): number =>
  Math.max(2, xOf(endUs, zoom) - xOf(startUs, zoom) - 1);

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
    const points = snapPoints(places, timeline, begunAt, placed.clip.id);
    const edge = side === 'start' ? placed.startUs : placed.endUs;
    // With Ctrl (⌘) the neighbour gives what this one takes.
    const rolls = press.ctrlKey || press.metaKey;
    pointerDrag(press, {
      begin: () => session.startDrag(),
      move: (dx) => {
        const us = edge + usOf(dx, view.zoom);
        const caught = view.snap ? snapTo(us, points, usOf(SNAP_PX, view.zoom)) : null;
        marks.setCaught(caught);
        const byUs = (caught?.us ?? us) - edge;
        session.drag(
          rolls
            ? rollCut(timeline, places, side === 'start' ? placed.index : placed.index + 1, byUs, rate)
            : [trimByDrag(timeline, placed, side, byUs, rate)],
        );
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

/** With Ctrl (⌘) the clip stays where it is: its source moves under it, with Shift it moves between its neighbours. */
function useShove({ placed, view }: ClipBlockProps) {
  const { session, player } = useCut();
  return (press: React.PointerEvent) => {
    player.pause();
    const { timeline, places } = session.getState();
    const rate = rateOf(timeline.canvas.frameRate);
    const begunAt = player.getTime();
    const slides = press.shiftKey;
    pointerDrag(press, {
      begin: () => session.startDrag(),
      move: (dx) => {
        const byUs = usOf(dx, view.zoom);
        // The film goes with the hand: to the right comes what was earlier.
        session.drag(slides ? slideClip(timeline, places, placed, byUs, rate) : slipClip(timeline, placed, -byUs));
        const now = session.getState().places.byId.get(placed.clip.id);
        if (now) player.seek(now.startUs);
      },
      end: (keep) => {
        session.endDrag(keep);
        player.seek(begunAt);
      },
    });
  };
}

/** Moves the clip to another place of the storyline. */
function useReorder(props: ClipBlockProps) {
  const { placed, view, marks } = props;
  const { session } = useCut();
  const [shift, setShift] = useState<number | null>(null);
  const shove = useShove(props);
  const press = (event: React.PointerEvent) => {
    event.stopPropagation();
    const item = { kind: 'clip', id: placed.clip.id } as const;
    if (event.shiftKey && !event.ctrlKey && !event.metaKey) {
      session.toggle(item);
      return;
    }
    session.grasp(item);
    if (!session.canEdit) return;
    if (event.ctrlKey || event.metaKey) {
      shove(event);
      return;
    }
    let to = placed.index;
    const { picked } = session.getState();
    pointerDrag(event, {
      click: () => session.select(item),
      move: (dx, { clientX }) => {
        setShift(dx);
        const place = dropPlace(session.getState().places, view.usAt(clientX));
        to = place;
        const stays = place === placed.index || place === placed.index + 1;
        marks.setDropAt(stays && picked.length === 1 ? null : place);
      },
      end: (keep) => {
        setShift(null);
        marks.setDropAt(null);
        const { timeline, places } = session.getState();
        const moves = keep ? moveClips(timeline, places, picked, to) : [];
        if (moves.length > 0) session.run(moves);
      },
    });
  };
  return { shift, press };
}

/** Its pictures and its sound as far as they are made; a still picture has neither. */
function ClipStrip({ placed, view, selected, from, to, asset }: ClipBlockProps & { asset: Asset | undefined }) {
  if (!asset || asset.kind === 'image') return null;
  const { clip } = placed;
  const held = clip.heldUs !== undefined;
  const usPerPx = (tempoOf(placed) * 1_000_000) / view.zoom;
  const along = clip.reversed ? { inUs: clip.outUs, usPerPx: -usPerPx } : { inUs: clip.inUs, usPerPx };
  return (
    <StripCanvas
      kind="clip"
      assetId={clip.assetId}
      hasStrip={asset.strip}
      hasPeaks={asset.peaks && !held}
      {...(held ? { inUs: clip.inUs, usPerPx: 0 } : along)}
      width={clipWidth(placed, view.zoom)}
      {...{ from, to }}
      gainDb={clip.gainDb}
      volume={clip.volume}
      muted={clip.muted}
      selected={selected}
      fadeInUs={0}
      fadeOutUs={0}
    />
  );
}

/** One clip of the storyline: its name over its pictures; edges trim, the middle moves. */
export const ClipBlock = memo(function ClipBlock(props: ClipBlockProps) {
  const { placed, view, selected } = props;
  const { t } = useText();
  const { session, player, assets } = useCut();
  const { clip, startUs, endUs, index } = placed;
  const trim = useTrim(props);
  const { shift, press } = useReorder(props);
  const marked = useMarksShown();
  const asset = assets.get(clip.assetId);
  const known = session.getState().timeline.assets.find(({ assetId }) => assetId === clip.assetId);
  const name = clip.gap ? t('cutting.gap.label') : (known?.name ?? clip.assetId);
  const tempo = tempoOf(placed);
  const { transition } = clip;
  const held = clip.heldUs !== undefined;
  const label = [
    // First what can be told by nothing else where the block is narrow.
    ...(held ? [t('cutting.pace.held')] : []),
    ...(clip.reversed && !held ? [t('cutting.pace.reversed')] : []),
    tempo === 1 || held ? name : `${name} ${t('cutting.inspector.times', { n: Number(tempo.toFixed(2)) })}`,
    ...(transition ? [t(`picture.transition.${transition.kind}`)] : []),
  ].join(' · ');
  const width = clipWidth(placed, view.zoom);
  const poster = asset?.poster ? `url("${mediaUrl(clip.assetId, 'poster')}")` : undefined;
  return (
    <div
      role="option"
      tabIndex={0}
      aria-selected={selected}
      aria-label={t('cutting.board.clip', { n: index + 1, name: label, time: seconds(endUs - startUs) })}
      className={`clip${clip.gap ? ' gap' : ''}${selected ? ' sel' : ''}${shift === null ? '' : ' lifted'}`}
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
        if (e.key !== 'Enter') return;
        if (e.shiftKey) session.toggle({ kind: 'clip', id: clip.id });
        else session.select({ kind: 'clip', id: clip.id });
      }}
    >
      <span className="fs" style={poster ? { backgroundImage: poster } : undefined} />
      <ClipStrip {...props} asset={asset} />
      {marked ? <ClipMarks placed={placed} asset={asset} zoom={view.zoom} from={props.from} to={props.to} /> : null}
      {width > 36 ? (
        <span className="lb">
          {clip.muted ? <Icon name="volx" size={12} /> : null}
          <span className="cut">{label}</span>
        </span>
      ) : null}
      {transition ? (
        <span className="turning" style={{ width: Math.min(width / 2, xOf(transition.lengthUs / 2, view.zoom)) }} />
      ) : null}
      <span className="edge in" onPointerDown={trim('start')} data-testid="edge-in" />
      <span className="edge out" onPointerDown={trim('end')} data-testid="edge-out" />
    </div>
  );
});
