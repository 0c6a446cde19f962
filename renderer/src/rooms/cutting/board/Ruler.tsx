import { memo } from 'react';
import { onFrame } from '../acts.ts';
import { SNAP_PX, snapPoints, snapTo, type SnapPoint } from '../time/snap.ts';
import { rateOf, rulerTime } from '../time/timecode.ts';
import { ticks, usOf, xOf } from '../time/view.ts';
import { useCut } from '../use-cut.ts';
import { pointerDrag } from './pointer-drag.ts';
import { useDrawn, type BoardView } from './use-board-view.ts';

const Ticks = memo(function Ticks({ fromUs, toUs, zoom }: { fromUs: number; toUs: number; zoom: number }) {
  return ticks(fromUs, toUs, zoom).map(({ us, major }) => (
    <span key={us} className={major ? 'tick major' : 'tick'} style={{ left: xOf(us, zoom) }}>
      {major ? rulerTime(us) : null}
    </span>
  ));
});

function TicksDrawn({ view }: { view: BoardView }) {
  const { fromUs, toUs } = useDrawn(view, 'beside');
  return <Ticks fromUs={fromUs} toUs={toUs} zoom={view.zoom} />;
}

interface RulerProps {
  view: BoardView;
  setCaught: (point: SnapPoint | null) => void;
}

/** Times along the film. A press goes there, a drag scrubs; keys have their own commands. */
export function Ruler({ view, setCaught }: RulerProps) {
  const { player, session } = useCut();
  const go = (clientX: number, snapping: boolean) => {
    const { timeline, places } = session.getState();
    const us = view.usAt(clientX);
    const points = snapping && view.snap ? snapPoints(places, timeline, null) : [];
    const caught = snapTo(us, points, usOf(SNAP_PX, view.zoom));
    setCaught(caught);
    player.seek(caught?.us ?? onFrame(us, rateOf(timeline.canvas.frameRate), places.durationUs));
  };
  return (
    <div
      className="ruler"
      data-testid="ruler"
      data-lane="markers"
      aria-hidden="true"
      onPointerDown={(press) => {
        player.pause();
        go(press.clientX, false);
        pointerDrag(press, { move: (_dx, event) => go(event.clientX, true), end: () => setCaught(null) });
      }}
    >
      <TicksDrawn view={view} />
    </div>
  );
}
