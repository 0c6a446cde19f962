import type { CoverLayout, CoverRatio, CropBox, Size } from '../../../../../core/model/cover/index.ts';
import { COVER_FAMILY } from './cover-font.ts';

const percent = (n: number): string => `${String(n * 100)}%`;

/** Words and shapes over the picture, as the file will have them. */
function Overlay({ layout, ratio, safe }: { layout: CoverLayout; ratio: CoverRatio; safe: boolean }) {
  const { width, height } = ratio;
  const fadeId = (i: number) => `cover-fade-${ratio.id}-${String(i)}`;
  return (
    <svg className="cover-over" viewBox={`0 0 ${String(width)} ${String(height)}`} aria-hidden="true">
      {layout.shapes.map(({ x, y, width: w, height: h, color, opacity, fade }, i) => (
        <g key={fadeId(i)}>
          {fade === null ? null : (
            <linearGradient id={fadeId(i)} x1="0" y1="0" x2="0" y2="1">
              <stop offset="0" stopColor={color} stopOpacity={fade === 'top' ? opacity : 0} />
              <stop offset="1" stopColor={color} stopOpacity={fade === 'top' ? 0 : opacity} />
            </linearGradient>
          )}
          <rect
            x={x}
            y={y}
            width={w}
            height={h}
            fill={fade === null ? color : `url(#${fadeId(i)})`}
            fillOpacity={fade === null ? opacity : 1}
          />
        </g>
      ))}
      {layout.lines.map((line) => (
        <text
          key={`${String(line.y)} ${line.text}`}
          x={line.x}
          y={line.y}
          fill={line.color}
          fontSize={line.size}
          fontFamily={`"${COVER_FAMILY}", sans-serif`}
          fontWeight={line.bold ? 700 : 400}
        >
          {line.text}
        </text>
      ))}
      {safe ? (
        <rect
          className="cover-safe"
          x={width * ratio.safe.left}
          y={height * ratio.safe.top}
          width={width * (1 - ratio.safe.left - ratio.safe.right)}
          height={height * (1 - ratio.safe.top - ratio.safe.bottom)}
        />
      ) : null}
    </svg>
  );
}

interface ShotProps {
  ratio: CoverRatio;
  picture: Size & { src: string };
  crop: CropBox;
  layout: CoverLayout;
  safe: boolean;
}

/** One frame of a cover as its file will be. It fills what it stands in, which has the frame's shape. */
export function CoverShot({ ratio, picture, crop, layout, safe }: ShotProps) {
  return (
    <>
      <img
        src={picture.src}
        alt=""
        draggable={false}
        style={{
          width: percent(picture.width / crop.width),
          height: percent(picture.height / crop.height),
          left: percent(-crop.left / crop.width),
          top: percent(-crop.top / crop.height),
        }}
      />
      <Overlay layout={layout} ratio={ratio} safe={safe} />
    </>
  );
}
