import { memo, useLayoutEffect, useRef } from 'react';
import { xOf } from '../time/view.ts';
import { useCut } from '../use-cut.ts';
import type { BoardView } from './use-board-view.ts';

/** Where we are. Moved by hand on every frame, past React; while playing the strip turns over like a page. */
export const Playhead = memo(function Playhead({ view }: { view: BoardView }) {
  const { player } = useCut();
  const line = useRef<HTMLDivElement>(null);
  const { zoom, scroller } = view;
  useLayoutEffect(() => {
    const place = (us: number) => {
      const x = xOf(us, zoom);
      if (line.current) line.current.style.transform = `translateX(${String(x)}px)`;
      const area = scroller();
      if (!area) return;
      const { scrollLeft, clientWidth } = area;
      if (x > scrollLeft + clientWidth) area.scrollLeft = player.getState().playing ? x - 48 : x - clientWidth + 96;
      else if (x < scrollLeft) area.scrollLeft = Math.max(0, x - 96);
    };
    if (line.current) line.current.style.transform = `translateX(${String(xOf(player.getTime(), zoom))}px)`;
    return player.onTime(place);
  }, [player, zoom, scroller]);
  return <div className="phd" ref={line} data-testid="playhead" />;
});
