/** How the timeline is looked at: zoom, what part is seen, whether things snap. */
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { TAIL_PX, clampZoom, fitZoom, usOf, zoomAt } from '../time/view.ts';
import { Seen, type Part, type Turn } from './seen.ts';

export interface BoardView {
  /** Pixels a second. */
  zoom: number;
  /** What is drawn; `useDrawn` tells of its changes. Apart from the rest: scrolling must not draw the whole room anew. */
  seen: Seen;
  snap: boolean;
  toggleSnap: () => void;
  setZoom: (zoom: number) => void;
  /** `x`: the point that stays, pixels from the left edge of the view; default its middle. */
  zoomBy: (factor: number, x?: number) => void;
  fitAll: () => void;
  /** The film became longer by a clip: it is fitted in again, unless somebody has zoomed. */
  refit: () => void;
  /** The scrolling element: a callback ref. */
  area: (element: HTMLDivElement | null) => void;
  scroller: () => HTMLDivElement | null;
  /** Time at a place of the window. */
  usAt: (clientX: number) => number;
}

/** What a lane draws: its part of the strip, and that part's times (microseconds). */
export interface Drawn {
  part: Part;
  fromUs: number;
  toUs: number;
}

/** What the lanes of `turn` draw; new when they have their turn after a scroll, or when the zoom changes. */
export function useDrawn({ seen, zoom }: BoardView, turn: Turn): Drawn {
  const subscribe = useCallback((listener: () => void) => seen.subscribe(turn, listener), [seen, turn]);
  const part = useSyncExternalStore(subscribe, () => seen.part(turn));
  return useMemo(
    () => ({ part, fromUs: usOf(part.left, zoom), toUs: usOf(part.left + part.width, zoom) }),
    [part, zoom],
  );
}

export function useBoardView(durationOf: () => number): BoardView {
  const [zoom, setZoomState] = useState(40);
  const [seen] = useState(() => new Seen());
  const [snap, setSnap] = useState(true);
  const element = useRef<HTMLDivElement | null>(null);
  const [mounted, setMounted] = useState<HTMLDivElement | null>(null);
  const zoomNow = useRef(zoom);
  const scrollTo = useRef<number | null>(null);
  /** Nobody has zoomed since the whole film was fitted in. */
  const fitted = useRef(true);

  const area = useCallback((next: HTMLDivElement | null) => {
    element.current = next;
    setMounted(next);
  }, []);

  useLayoutEffect(() => {
    zoomNow.current = zoom;
    if (element.current && scrollTo.current !== null) element.current.scrollLeft = scrollTo.current;
    scrollTo.current = null;
  }, [zoom]);

  const change = useCallback((next: number, scroll: number) => {
    scrollTo.current = scroll;
    setZoomState(clampZoom(next));
  }, []);

  const zoomBy = useCallback(
    (factor: number, x?: number) => {
      const at = element.current;
      if (!at) return;
      fitted.current = false;
      const next = zoomAt({ zoom: zoomNow.current, scroll: at.scrollLeft }, factor, x ?? at.clientWidth / 2);
      change(next.zoom, next.scroll);
    },
    [change],
  );
  const fitAll = useCallback(() => {
    if (!element.current) return;
    fitted.current = true;
    change(fitZoom(durationOf(), element.current.clientWidth), 0);
  }, [change, durationOf]);
  const refit = useCallback(() => {
    if (fitted.current) fitAll();
  }, [fitAll]);
  const setZoom = useCallback((next: number) => zoomBy(next / zoomNow.current), [zoomBy]);

  useEffect(() => {
    if (!mounted) return;
    const look = () => seen.look(mounted.scrollLeft, mounted.clientWidth);
    const onWheel = (event: WheelEvent) => {
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        zoomBy(Math.exp(-event.deltaY / 300), event.clientX - mounted.getBoundingClientRect().left);
      } else if (event.deltaX === 0 && !event.shiftKey) {
        // A plain wheel goes along the film: there is nowhere else to go.
        event.preventDefault();
        mounted.scrollLeft += event.deltaY;
      }
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(mounted);
    mounted.addEventListener('scroll', look);
    mounted.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      observer.disconnect();
      mounted.removeEventListener('scroll', look);
      mounted.removeEventListener('wheel', onWheel);
      seen.rest();
    };
  }, [mounted, zoomBy, zoom, seen]);

  const toggleSnap = useCallback(() => setSnap((on) => !on), []);
  const scroller = useCallback(() => element.current, []);
  const usAt = useCallback((clientX: number) => {
    const at = element.current;
    if (!at) return 0;
    return Math.max(0, usOf(clientX - at.getBoundingClientRect().left + at.scrollLeft, zoomNow.current));
  }, []);
  return useMemo(
    () => ({ zoom, seen, snap, toggleSnap, setZoom, zoomBy, fitAll, refit, area, scroller, usAt }),
    [zoom, seen, snap, toggleSnap, setZoom, zoomBy, fitAll, refit, area, scroller, usAt],
  );
}

/** Width of the whole strip, pixels. */
export const stripWidth = (durationUs: number, zoom: number): number =>
  Math.ceil((durationUs * zoom) / 1_000_000) + TAIL_PX;
