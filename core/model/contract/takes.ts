/** Spoken takes: sound that is recorded over a film, kept piece by piece, and imported once it is whole. */
import { z } from 'zod';
import { jobStarted, ok, query, self, startsJob } from './base.ts';
import { id } from './schemas.ts';

/** Longest piece of one call: ten seconds of sound. A page sends two a second. */
const MAX_PIECE = 10 * 48_000 * 3;
const takeId = z.object({ takeId: id });

export const take = z.object({
  takeId: id,
  projectId: id,
  name: z.string(),
  /** Where in the film it begins, microseconds. */
  atUs: z.number().int().nonnegative(),
  durationUs: z.number().int().nonnegative(),
  /** Milliseconds since 1970. */
  startedAt: z.number(),
  by: z.object({ userId: id, name: z.string() }),
  /** Somebody seems to be recording it now: something came in the last seconds. */
  live: z.boolean(),
});
export type Take = z.infer<typeof take>;

export const takes = {
  /** Those of one film that are not among the originals yet: being recorded, or left behind when a window or the core went away. */
  list: query('media.read')
    .input(z.object({ projectId: id }))
    .output(z.array(take)),
  /** A new take without sound. Errors: unknown_id, disk_full, not_writable. */
  begin: self('video.edit')
    .input(
      z.object({
        projectId: id,
        /** What people will call it, without an extension. */
        name: z.string().trim().min(1).max(200),
        atUs: z.number().int().nonnegative(),
      }),
    )
    .output(takeId),
  /**
   * The next piece of sound: mono, 48,000 samples a second, 24-bit little-endian, as base64; `offset` in bytes of sound. On the disk when
   * it is answered; sent again it changes nothing. Errors: unknown_id, bad_input (not the next piece), disk_full, too_large.
   */
  append: self('video.edit')
    .input(
      takeId.extend({
        offset: z.number().int().nonnegative(),
        data: z
          .base64()
          .min(4)
          .max(4 * Math.ceil(MAX_PIECE / 3)),
      }),
    )
    .output(z.object({ bytes: z.number().int().nonnegative() })),
  /**
   * Imports a take as it is now, under its name, for its story. It is kept until it is dropped, whatever becomes of the job. Job result: as
   * `media.import`. Errors: unknown_id, take_empty.
   */
  keep: startsJob('video.edit', 'take.keep').input(takeId).output(jobStarted),
  /** Removes a take (not what was imported of it); one that is gone is no error. */
  drop: self('video.edit').input(takeId).output(ok),
};
