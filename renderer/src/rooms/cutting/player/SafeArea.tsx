import type { SafeArea as SafeAreaOf } from '../../../../../core/model/timeline/safe-areas.ts';

interface SafeAreaProps {
  /** Of the platform it is drawn for, thousandths. */
  free: SafeAreaOf;
  width: number;
  height: number;
}

/** The part of the picture that stays free of the platform's own buttons and words. An ornament. */
export function SafeArea({ free, width, height }: SafeAreaProps) {
  const [x, y] = [(free.left * width) / 1000, (free.top * height) / 1000];
  const w = width - x - (free.right * width) / 1000;
  const h = height - y - (free.bottom * height) / 1000;
  const outer = `M0 0H${String(width)}V${String(height)}H0Z`;
  return (
    <svg className="safe" viewBox={`0 0 ${String(width)} ${String(height)}`} aria-hidden="true">
      <path
        className="safe-out"
        fillRule="evenodd"
        d={`${outer}M${String(x)} ${String(y)}v${String(h)}h${String(w)}v${String(-h)}Z`}
      />
      <rect className="safe-line" x={x} y={y} width={w} height={h} />
    </svg>
  );
}
