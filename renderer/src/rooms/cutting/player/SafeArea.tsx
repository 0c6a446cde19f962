/**
 * Where a vertical platform lays its own buttons and words over the picture, in thousandths of the canvas: above its
 * tabs, at the right the column of buttons, below the name and the words. Drawn in ../shared/ui for Douyin.
 */
const VERTICAL = { left: 46, top: 88, right: 872, bottom: 778 };
/** Other shapes: the classic title-safe tenth. */
const OTHER = { left: 50, top: 50, right: 950, bottom: 950 };

/** The part of the picture that stays free of the platform's own controls. An ornament. */
export function SafeArea({ width, height }: { width: number; height: number }) {
  const { left, top, right, bottom } = height > width ? VERTICAL : OTHER;
  const [x, y] = [(left * width) / 1000, (top * height) / 1000];
  const [w, h] = [((right - left) * width) / 1000, ((bottom - top) * height) / 1000];
  return (
    <svg className="safe" viewBox={`0 0 ${String(width)} ${String(height)}`} aria-hidden="true">
      <path
        className="safe-out"
        fillRule="evenodd"
        d={`M0 0H${String(width)}V${String(height)}H0ZM${String(x)} ${String(y)}v${String(h)}h${String(w)}v${String(-h)}Z`}
      />
      <rect className="safe-line" x={x} y={y} width={w} height={h} />
    </svg>
  );
}
