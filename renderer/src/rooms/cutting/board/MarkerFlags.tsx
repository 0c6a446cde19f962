import { useText } from '../../../i18n/use-text.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { onFrame } from '../acts.ts';
import { SNAP_PX, snapPoints, snapTo, type SnapPoint } from '../time/snap.ts';
import { cueTime, rateOf } from '../time/timecode.ts';
import { usOf, xOf } from '../time/view.ts';
import { useCut, useCutState } from '../use-cut.ts';
import { pointerDrag } from './pointer-drag.ts';
import { useDrawn, type BoardView } from './use-board-view.ts';

interface Props {
  view: BoardView;
  setCaught: (point: SnapPoint | null) => void;
}

/** The markers on the ruler: a press picks one and goes there, a drag moves it. */
export function MarkerFlags({ view, setCaught }: Props) {
  const { t } = useText();
  const { session, player } = useCut();
  const { timeline, picked } = useCutState();
  const { fromUs, toUs } = useDrawn(view, 'beside');
  const seen = (timeline.markers ?? []).filter(({ atUs }) => atUs >= fromUs && atUs <= toUs);
  if (seen.length === 0) return null;
  const isPicked = (id: string): boolean => picked.some((item) => item.kind === 'marker' && item.id === id);
  const pick = (id: string, atUs: number) => {
    player.pause();
    session.select({ kind: 'marker', id });
    player.seek(atUs);
  };
  const press = (id: string, atUs: number) => (event: React.PointerEvent) => {
    event.stopPropagation();
    pick(id, atUs);
    if (!session.canEdit) return;
    const { timeline: before, places } = session.getState();
    const points = snapPoints(places, before, null, id);
    pointerDrag(event, {
      begin: () => session.startDrag(),
      move: (dx) => {
        const us = Math.max(0, atUs + usOf(dx, view.zoom));
        const caught = view.snap ? snapTo(us, points, usOf(SNAP_PX, view.zoom)) : null;
        setCaught(caught);
        const to = caught?.us ?? onFrame(us, rateOf(before.canvas.frameRate), Math.max(places.durationUs, atUs));
        session.drag([{ type: 'editMarker', markerId: id, atUs: to }]);
      },
      end: (keep) => {
        setCaught(null);
        session.endDrag(keep);
      },
    });
  };
  return (
    <div className="flags" role="group" aria-label={t('cutting.marker.lane')}>
      {seen.map(({ id, atUs, text }) => (
        <button
          key={id}
          type="button"
          className={isPicked(id) ? 'flag sel' : 'flag'}
          style={{ left: xOf(atUs, view.zoom) }}
          aria-label={t('cutting.marker.nth', { time: cueTime(atUs), text })}
          aria-pressed={isPicked(id)}
          title={text || cueTime(atUs)}
          onPointerDown={press(id, atUs)}
          onClick={() => pick(id, atUs)}
        >
          <Icon name="flag" size={12} />
          {text === '' ? null : <span className="flag-text cut">{text}</span>}
        </button>
      ))}
    </div>
  );
}
