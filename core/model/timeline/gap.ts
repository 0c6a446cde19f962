/** Gaps: pieces of the storyline in which nothing is shown or heard. */
import type { Clip, Timeline, TimelineAsset } from './timeline.ts';

/** What a gap says instead of the asset it does not have. */
export const GAP_ASSET_ID = 'gap';
/** Stands for the file that a gap does not have, where plans name files. */
export const GAP_SHA256 = '0'.repeat(64);

/** A gap as the picture it is shown as: black, of the canvas's shape, as long as is wanted. */
export const gapAsset = ({ canvas: { width, height } }: Pick<Timeline, 'canvas'>): TimelineAsset => ({
  ...{ assetId: GAP_ASSET_ID, sha256: GAP_SHA256, name: '', kind: 'image', durationUs: null, width, height },
  ...{ frameRate: null, variable: false, hasAudio: false },
});

/** A gap that lasts so long, microseconds. */
export const gapOf = (id: string, lengthUs: number): Clip => ({
  ...{ id, assetId: GAP_ASSET_ID, gap: true, inUs: 0, outUs: lengthUs },
  ...{ speed: '1/1', gainDb: 0, muted: false, fit: null },
});

/** What a clip shows, from the table; of a gap {@link gapAsset}. */
export const clipAsset = (timeline: Timeline, clip: Pick<Clip, 'assetId' | 'gap'>): TimelineAsset | undefined =>
  clip.gap ? gapAsset(timeline) : timeline.assets.find(({ assetId }) => assetId === clip.assetId);

/** Whether a gap has nothing but its length and how it comes in. */
export function isBareGap(gap: Clip): boolean {
  const { transition: _transition, ...rest } = gap;
  const bare: Record<string, unknown> = { ...gapOf(gap.id, 1), inUs: gap.inUs, outUs: gap.outUs };
  const keys = Object.keys(rest);
  return keys.length === Object.keys(bare).length && keys.every((key) => bare[key] === rest[key as keyof typeof rest]);
}
