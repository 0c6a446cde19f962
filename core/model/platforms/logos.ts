/** Overlays that look like a logo to a platform's reviewers. */
import { durationUs, overlayEndUs } from '../timeline/index.ts';
import type { Timeline } from '../timeline/index.ts';

/** No wider than this, thousandths of the canvas. */
const WIDEST = 350;

/**
 * Ids of small still pictures that are on show for at least half of the film. A guess, good enough to ask a person: platforms do
 * not say how they find logos.
 */
export function logosIn(timeline: Timeline): string[] {
  const still = new Set(timeline.assets.filter(({ kind }) => kind === 'image').map(({ assetId }) => assetId));
  const film = durationUs(timeline);
  return timeline.overlays
    .filter((one) => still.has(one.assetId) && one.fit === undefined && one.width <= WIDEST && one.opacity > 0)
    .filter((one) => 2 * (Math.min(film, overlayEndUs(one)) - one.startUs) >= film)
    .map(({ id }) => id);
}
