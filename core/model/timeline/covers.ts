/** The film's cover: how it is set, which frame it shows, and how that frame stays the one that was chosen. */
import { refuse } from './check.ts';
import { coverLookOf } from './cover-looks.ts';
import { NO_CHANGE } from './cues.ts';
import { clipAt, layout, sourceTime, timelineTime } from './layout.ts';
import type { Layout, PlacedClip } from './layout.ts';
import type { OperationOf } from './operation.ts';
import type { Patch, Settings } from './patch.ts';
import { sameJson } from './same-json.ts';
import type { CoverFrame, FilmCover, PlatformFrame, Timeline } from './timeline.ts';

/** A cover that says something; null where it says what a film without one says. */
const said = (cover: FilmCover): FilmCover | null => (Object.keys(cover).length > 0 ? cover : null);

export function setCover(timeline: Timeline, op: OperationOf<'setCover'>): Patch {
  const cover = op.cover && said(op.cover);
  if (cover?.title && !coverLookOf(cover.title.look)) refuse(`cover: no look ${cover.title.look}`);
  return sameJson(timeline.cover ?? null, cover) ? NO_CHANGE : { ...NO_CHANGE, set: { cover } };
}

/** The clip of a moment; from the end of the film on, its last. */
const clipOf = (places: Layout, us: number): PlacedClip | null => clipAt(places, us) ?? places.clips.at(-1) ?? null;

/** Where the picture that a clip shows at `us` is now: the nearest that is left of it. */
function nowAt(placed: PlacedClip, us: number, now: PlacedClip): number {
  const { clip } = placed;
  const end = now.endUs - 1;
  const alike = clip.assetId === now.clip.assetId && clip.heldUs === undefined && now.clip.heldUs === undefined;
  // Of another source, or a frozen frame, the same moment of the clip.
  if (!alike) return Math.min(end, now.startUs + (us - placed.startUs));
  const source = Math.min(now.clip.outUs - 1, Math.max(now.clip.inUs, sourceTime(placed, us)));
  return Math.min(end, timelineTime(now, source) ?? now.startUs);
}

/**
 * What keeps the cover on its picture when the storyline goes from `before` to `after`; nothing where it need not move. When its
 * clip is gone, no frame is chosen any more. `split`: the clip was only cut in two.
 */
export function followCover(before: Timeline, after: Timeline, split: OperationOf<'splitClip'> | null): Settings {
  const { cover } = before;
  if (cover?.atUs === undefined || split) return {};
  const placed = clipOf(layout(before), cover.atUs);
  if (!placed) return {};
  const now = layout(after).byId.get(placed.clip.id);
  const { atUs, ...rest } = cover;
  if (!now) return { cover: said(rest) };
  const moved = nowAt(placed, Math.min(atUs, placed.endUs - 1), now);
  return moved === atUs ? {} : { cover: { ...cover, atUs: moved } };
}

/** Shares of a clip at which a frame is looked for, and how many clips are looked at. */
const [SHARES, CLIPS] = [[1 / 3, 2 / 3], 4];

/**
 * Moments, the likeliest first, one of which is taken where nobody chose a frame: a third into the first clip (what begins there has
 * begun, what ends has not), then further on.
 */
export function coverMoments(timeline: Timeline): number[] {
  return layout(timeline)
    .clips.slice(0, CLIPS)
    .flatMap(({ startUs, endUs }) => SHARES.map((share) => Math.floor(startUs + (endUs - startUs) * share)));
}

/** Which cover: of a shape for all who show it; `target`: for that platform. */
export interface CoverOf {
  shape: string;
  target?: string | undefined;
}

/** What one platform has on its cover of a shape otherwise than the others of that shape; undefined: nothing. */
export const platformFrameOf = (cover: FilmCover | undefined, { shape, target }: CoverOf): PlatformFrame | undefined =>
  target === undefined ? undefined : cover?.platforms?.[target]?.[shape];

/** Framing and place of the title: what the platform has of its own over what its shape has. */
export function coverFrameOf(cover: FilmCover | undefined, of: CoverOf): CoverFrame {
  const alike = cover?.frames?.[of.shape] ?? {};
  const own = platformFrameOf(cover, of);
  const fill = own?.fill === undefined ? alike.fill : own.fill;
  const at = own?.at ?? alike.at;
  return { ...(fill ? { fill } : {}), ...(at ? { at } : {}) };
}
