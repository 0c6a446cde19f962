import type { Asset } from '../../../../../core/model/contract/index.ts';
import type { PlacedClip } from '../../../../../core/model/timeline/layout.ts';
import { xOf } from '../time/view.ts';
import { useClipMarks } from './mark-store.ts';
import './marks.css';

interface ClipMarksProps {
  placed: PlacedClip;
  asset: Asset | undefined;
  zoom: number;
  /** The part of the block that is drawn, pixels from its left edge. */
  from: number;
  to: number;
}

/** Over a clip: thin lines where its source changes the shot, bands where nobody speaks. */
export function ClipMarks({ placed, asset, zoom, from, to }: ClipMarksProps) {
  const marks = useClipMarks(placed, asset);
  if (!marks) return null;
  const place = (us: number): number => xOf(us, zoom) - xOf(placed.startUs, zoom);
  const cuts = marks.cuts.map(place).filter((x) => x >= from && x <= to);
  const silences = marks.silences
    .map(({ startUs, endUs }) => ({ left: place(startUs), right: place(endUs) }))
    .filter(({ left, right }) => right >= from && left <= to);
  return (
    <span className="marks" aria-hidden="true" data-cuts={marks.cuts.length} data-silences={marks.silences.length}>
      {silences.map(({ left, right }) => (
        <span key={left} className="mark-silence" style={{ left, width: Math.max(2, right - left) }} />
      ))}
      {cuts.map((left) => (
        <span key={left} className="mark-cut" style={{ left }} />
      ))}
    </span>
  );
}
