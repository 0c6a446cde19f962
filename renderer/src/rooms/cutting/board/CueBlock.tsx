import { memo } from 'react';
import type { Cue } from '../../../../../core/model/timeline/timeline.ts';
import { stackedText } from '../../../../../core/model/timeline/two-languages.ts';
import { useText } from '../../../i18n/use-text.ts';
import { cueByDrag } from '../acts.ts';
import { SNAP_PX, snapPoints, snapSpan, snapTo } from '../time/snap.ts';
import { cueTime } from '../time/timecode.ts';
import { usOf, xOf } from '../time/view.ts';
import { useCut } from '../use-cut.ts';
import { shiftAll } from '../picked.ts';
import type { Marks } from './ClipBlock.tsx';
import { pointerDrag } from './pointer-drag.ts';
import type { BoardView } from './use-board-view.ts';

interface CueBlockProps {
  cue: Cue;
  /** From 0. */
  index: number;
  view: BoardView;
  selected: boolean;
  marks: Marks;
}

/** How far from its ends a block is gripped by its end, pixels (`.cc::before` in board.css shows it). */
const GRIP_PX = 5;

type Part = 'start' | 'end' | 'whole';

/**
 * What a press grips. Worked out from its place: parts of their own for the two ends would be two more things in the page
 * for each caption that is scrolled past.
 */
function partAt({ clientX, currentTarget }: React.PointerEvent): Part {
  const { left, right, width } = currentTarget.getBoundingClientRect();
  const grip = Math.min(GRIP_PX, width / 2);
  if (clientX < left + grip) return 'start';
  return clientX > right - grip ? 'end' : 'whole';
}

/** One caption over the film's time: a click goes there, the middle moves it, edges change when it comes and goes. */
export const CueBlock = memo(function CueBlock({ cue, index, view, selected, marks }: CueBlockProps) {
  const { t } = useText();
  const { session, player } = useCut();
  const item = { kind: 'cue', id: cue.id } as const;
  const select = () => {
    session.select(item);
    player.seek(cue.startUs);
  };
  const press = (event: React.PointerEvent) => {
    event.stopPropagation();
    const part = partAt(event);
    if (!session.canEdit) {
      select();
      return;
    }
    if (event.shiftKey) {
      session.toggle(item);
      return;
    }
    session.grasp(item);
    const { timeline, places, picked } = session.getState();
    const points = snapPoints(places, timeline, player.getTime(), cue.id);
    pointerDrag(event, {
      begin: () => session.startDrag(),
      click: select,
      move: (dx) => {
        const [byUs, reach] = [usOf(dx, view.zoom), usOf(SNAP_PX, view.zoom)];
        let shift = 0;
        let caught = null;
        if (view.snap && part === 'whole') {
          const moved = { startUs: cue.startUs + byUs, endUs: cue.endUs + byUs };
          ({ shiftUs: shift, point: caught } = snapSpan(moved, points, reach));
        } else if (view.snap) {
          const us = (part === 'start' ? cue.startUs : cue.endUs) + byUs;
          caught = snapTo(us, points, reach);
          shift = caught ? caught.us - us : 0;
        }
        marks.setCaught(caught);
        const together = part === 'whole' && picked.length > 1;
        session.drag(
          together ? shiftAll(timeline, places, picked, byUs + shift) : [cueByDrag(cue, part, byUs + shift)],
        );
      },
      end: (keep) => {
        marks.setCaught(null);
        session.endDrag(keep);
      },
    });
  };
  return (
    <div
      role="option"
      tabIndex={0}
      aria-selected={selected}
      aria-label={t('cutting.board.cue', { n: index + 1, text: stackedText(cue), time: cueTime(cue.startUs) })}
      className={selected ? 'cc cut sel' : 'cc cut'}
      style={{ left: xOf(cue.startUs, view.zoom), width: Math.max(3, xOf(cue.endUs - cue.startUs, view.zoom) - 1) }}
      title={stackedText(cue)}
      onPointerDown={press}
      onKeyDown={(e) => {
        if (e.key !== 'Enter') return;
        if (e.shiftKey) session.toggle(item);
        else select();
      }}
    >
      {cue.text.replaceAll('\n', ' ')}
    </div>
  );
});
