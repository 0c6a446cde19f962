/** How the timeline is looked at: zoom, what part is seen, whether things snap. */
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { TAIL_PX, clampZoom, fitZoom, usOf, zoomAt } from '../time/view.ts';

/** Left edge and width of what is seen, pixels of the whole strip. */
export interface SeenPart {
  left: number;
  width: number;
}

/** A store of what is seen. */
class Seen {
  #part: SeenPart = { left: 0, width: 1200 };
  readonly #listeners = new Set<() => void>();

  readonly get = (): SeenPart => this.#part;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  set(left: number, width: number): void {
    if (this.#part.left === left && this.#part.width === width) return;
    this.#part = { left, width };
    for (const listener of this.#listeners) listener();
  }
}

export const useSeen = ({ seen }: BoardView): SeenPart => useSyncExternalStore(seen.subscribe, seen.get);

export interface BoardView {
  /** Pixels a second. */
  zoom: number;
  /** What is seen; `useSeen` tells of its changes. Apart from the rest: scrolling must not draw the whole room anew. */
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
    // In steps, so that a smooth scroll does not draw the strip for every pixel.
    const look = () => seen.set(Math.floor(mounted.scrollLeft / 64) * 64, mounted.clientWidth + 128);
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
