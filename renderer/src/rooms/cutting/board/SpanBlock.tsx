import type { Operation } from '../../../../../core/model/timeline/operation.ts';
import { SNAP_PX, snapPoints, snapSpan, snapTo, type SnapPoint } from '../time/snap.ts';
import { usOf, xOf } from '../time/view.ts';
import { useCut } from '../use-cut.ts';
import type { Selection } from '../cut-session.ts';
import { shiftAll } from '../picked.ts';
import { pointerDrag } from './pointer-drag.ts';
import type { BoardView } from './use-board-view.ts';

export type SetCaught = (point: SnapPoint | null) => void;
export type Part = 'start' | 'end' | 'whole';

/** A lane is higher when what stands on it overlaps. */
export const laneClass = (rows: number): string => `lane lane-span${rows > 1 ? ' two' : ''}`;
export const headClass = (rows: number): string => `head-span${rows > 1 ? ' two' : ''}`;

interface Span {
  startUs: number;
  endUs: number;
}

/** Where a drag by `byUs` ends up once edges, cues and the playhead have caught it. */
function snapped(span: Span, part: Part, byUs: number, points: readonly SnapPoint[], reachUs: number) {
  if (part === 'whole') {
    return snapSpan({ startUs: span.startUs + byUs, endUs: span.endUs + byUs }, points, reachUs);
  }
  const us = (part === 'start' ? span.startUs : span.endUs) + byUs;
  const point = snapTo(us, points, reachUs);
  return { shiftUs: point ? point.us - us : 0, point };
}

interface SpanBlockProps {
  item: NonNullable<Selection>;
  span: Span;
  /** Read out. */
  label: string;
  title: string;
  className: string;
  view: BoardView;
  selected: boolean;
  setCaught: SetCaught;
  /** Row of the lane, from 0, and how many it has. */
  row: number;
  rows: number;
  /** What a drag of a part by so many microseconds does. */
  dragged: (part: Part, byUs: number) => Operation;
  children: React.ReactNode;
}

/** Something that stands at a time of its own on a lane: a click picks it, the middle moves it, edges change where it begins and ends. */
export function SpanBlock(props: SpanBlockProps) {
  const { item, span, label, title, className, view, selected, setCaught, row, rows, dragged, children } = props;
  const { session, player } = useCut();
  const select = () => session.select(item);
  const press = (part: Part) => (event: React.PointerEvent) => {
    event.stopPropagation();
    if (event.shiftKey) {
      session.toggle(item);
      return;
    }
    session.grasp(item);
    if (!session.canEdit) return;
    const { timeline, places, picked } = session.getState();
    const points = snapPoints(places, timeline, player.getTime());
    pointerDrag(event, {
      begin: () => session.startDrag(),
      click: select,
      move: (dx) => {
        const byUs = usOf(dx, view.zoom);
        const caught = view.snap ? snapped(span, part, byUs, points, usOf(SNAP_PX, view.zoom)) : null;
        setCaught(caught?.point ?? null);
        const by = byUs + (caught?.shiftUs ?? 0);
        const together = part === 'whole' && picked.length > 1;
        session.drag(together ? shiftAll(timeline, places, picked, by) : [dragged(part, by)]);
      },
      end: (keep) => {
        setCaught(null);
        session.endDrag(keep);
      },
    });
  };
  return (
    <div
      role="option"
      tabIndex={0}
      aria-selected={selected}
      aria-label={label}
      className={`span ${className}${selected ? ' sel' : ''}`}
      style={
        {
          '--row': row,
          '--rows': rows,
          left: xOf(span.startUs, view.zoom),
          width: Math.max(3, xOf(span.endUs - span.startUs, view.zoom) - 1),
        } as React.CSSProperties
      }
      title={title}
      onPointerDown={press('whole')}
      onDoubleClick={() => player.seek(span.startUs)}
      onKeyDown={(e) => {
        if (e.key !== 'Enter') return;
        if (e.shiftKey) session.toggle(item);
        else select();
      }}
    >
      {children}
      <span className="edge in" onPointerDown={press('start')} />
      <span className="edge out" onPointerDown={press('end')} />
    </div>
  );
}
