/** A frame drawn round things: pressed where nothing is, drawn over them, and all that it touches is picked as it goes. */
import { useCallback, useState } from 'react';
import { useCut } from '../use-cut.ts';
import { usOf } from '../time/view.ts';
import { pickedBy, touched, type LaneBox, type LaneName } from './marquee.ts';
import { pointerDrag } from './pointer-drag.ts';
import type { BoardView } from './use-board-view.ts';

/** So near an edge the board goes along, pixels; and this many of them a frame. */
const EDGE_PX = 24;
const STEP_PX = 12;
/** Width of a marker's flag without its words, pixels. */
const FLAG_PX = 20;

/** Pixels of the strip. */
export interface Drawn {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Where each lane lies in the strip. */
function lanesIn(strip: HTMLElement): LaneBox[] {
  const from = strip.getBoundingClientRect().top;
  return [...strip.querySelectorAll<HTMLElement>('[data-lane]')].map((element) => {
    const { top, height } = element.getBoundingClientRect();
    return { lane: element.dataset['lane'] as LaneName, top: top - from, height };
  });
}

/** How far to go along where the pointer is near or beyond an edge, pixels. */
function along(at: number, from: number, to: number): number {
  if (at < from + EDGE_PX) return -STEP_PX;
  return at > to - EDGE_PX ? STEP_PX : 0;
}

/** Goes along with a pointer at an edge: sideways the strip, up and down the lanes. Answers whether anything moved. */
function scrolled(area: HTMLElement, x: number, y: number): boolean {
  const lanes = area.parentElement;
  const [before, beforeY] = [area.scrollLeft, lanes?.scrollTop];
  const { left, right } = area.getBoundingClientRect();
  area.scrollLeft += along(x, left, right);
  if (lanes) {
    const { top, bottom } = lanes.getBoundingClientRect();
    lanes.scrollTop += along(y, top, bottom);
  }
  return area.scrollLeft !== before || lanes?.scrollTop !== beforeY;
}

/** The frame as it is drawn (null: none), and what begins one; `click`: it was let go where it was pressed. */
export function useMarquee(view: BoardView, click: (clientX: number) => void) {
  const { session } = useCut();
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  const press = useCallback(
    (event: React.PointerEvent<HTMLElement>) => {
      const [strip, area] = [event.currentTarget, view.scroller()];
      if (!area) return;
      const before = session.getState().picked;
      const kept = event.shiftKey ? before : [];
      const place = (x: number, y: number) => {
        const box = strip.getBoundingClientRect();
        const within = (value: number, most: number) => Math.min(most, Math.max(0, value));
        return { x: within(x - box.left, box.width), y: within(y - box.top, box.height) };
      };
      const from = place(event.clientX, event.clientY);
      let [x, y, raf] = [event.clientX, event.clientY, 0];
      const draw = () => {
        const to = place(x, y);
        const [left, top] = [Math.min(from.x, to.x), Math.min(from.y, to.y)];
        const [width, height] = [Math.abs(to.x - from.x), Math.abs(to.y - from.y)];
        setDrawn({ left, top, width, height });
        const { timeline, places } = session.getState();
        const times = {
          fromUs: usOf(left, view.zoom),
          toUs: usOf(left + width, view.zoom),
          flagUs: usOf(FLAG_PX, view.zoom),
        };
        const found = touched({ ...times, top, bottom: top + height }, lanesIn(strip), timeline, places);
        session.pick(pickedBy(found, kept, timeline));
      };
      const go = () => {
        if (scrolled(area, x, y)) draw();
        raf = requestAnimationFrame(go);
      };
      pointerDrag(
        event,
        {
          begin: () => (raf = requestAnimationFrame(go)),
          move: (_, moved) => {
            [x, y] = [moved.clientX, moved.clientY];
            draw();
          },
          click: () => click(x),
          end: (keep) => {
            cancelAnimationFrame(raf);
            setDrawn(null);
            if (!keep) session.pick(before);
          },
        },
        true,
      );
    },
    [session, view, click],
  );
  return { drawn, press };
}
