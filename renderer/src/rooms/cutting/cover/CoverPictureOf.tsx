import type { CoverPreview } from '../../../../../core/model/contract/video.ts';
import type { SafeArea } from '../../../../../core/model/timeline/safe-areas.ts';
import '../../story/cover/cover.css';

/** A made cover with what platforms lay nothing over; an empty frame until it is there. An ornament: its frame is named. */
export function CoverPictureOf({ made, safe }: { made: CoverPreview | undefined; safe: SafeArea | null }) {
  if (!made) return null;
  const [x, y] = [(safe?.left ?? 0) / 10, (safe?.top ?? 0) / 10];
  return (
    <>
      <img src={`data:image/jpeg;base64,${made.jpeg}`} alt="" draggable={false} />
      {safe ? (
        <svg className="cover-over" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          <rect
            className="cover-safe"
            x={x}
            y={y}
            width={100 - x - safe.right / 10}
            height={100 - y - safe.bottom / 10}
          />
        </svg>
      ) : null}
    </>
  );
}
