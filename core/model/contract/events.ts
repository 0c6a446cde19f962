/** Typed events: what the core announces after a change is on disk. */
import { z } from 'zod';
import { id, job, sha256 } from './schemas.ts';

const base = { seq: z.number().int().nonnegative(), at: z.number().int().nonnegative() };

export const studioEvent = z.discriminatedUnion('type', [
  z.object({ ...base, type: z.literal('ready') }),
  z.object({ ...base, type: z.literal('workspace.changed') }),
  z.object({ ...base, type: z.literal('users.changed') }),
  z.object({ ...base, type: z.literal('key.changed') }),
  z.object({ ...base, type: z.literal('story.changed'), storyId: id, contentHash: sha256.nullable(), byUserId: id }),
  z.object({ ...base, type: z.literal('media.changed'), assetId: id }),
  z.object({
    ...base,
    type: z.literal('video.changed'),
    projectId: id,
    storyId: id,
    /** null: removed, brought back or renamed. */
    contentHash: sha256.nullable(),
    byUserId: id,
  }),
  z.object({ ...base, type: z.literal('review.changed'), storyId: id }),
  z.object({ ...base, type: z.literal('comments.changed'), storyId: id }),
  z.object({ ...base, type: z.literal('package.changed'), storyId: id }),
  z.object({ ...base, type: z.literal('themes.changed') }),
  z.object({ ...base, type: z.literal('platforms.changed') }),
  z.object({ ...base, type: z.literal('packs.changed') }),
  z.object({ ...base, type: z.literal('luts.changed') }),
  z.object({ ...base, type: z.literal('job.changed'), job }),
]);
export type StudioEvent = z.infer<typeof studioEvent>;

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** An event before the bus gives it its number and time. */
export type NewEvent = DistributiveOmit<StudioEvent, 'seq' | 'at'>;
