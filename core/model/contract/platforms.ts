/** Platforms of films as this office has them. The program's own profiles are part of every client. */
import { z } from 'zod';
import { targetName } from '../timeline/timeline.ts';
import { mutation, ok, query } from './base.ts';
import { id } from './schemas.ts';

/** A profile file's JSON; `readOwnPlatform` in core/model/platforms is its door. */
const profileJson = z.record(z.string(), z.unknown());

/** One platform. `own`: added by the office; else one of the program's. */
export const officePlatform = z.object({
  target: targetName,
  own: z.boolean(),
  profile: profileJson,
  /** The revision that holds; null: as the program has it. */
  revision: id.nullable(),
  /** The program's own profile has changed since the office changed it. */
  outdated: z.boolean(),
  by: z.object({ userId: id, name: z.string() }).nullable(),
  changedAt: z.number().int().nullable(),
});
export type OfficePlatform = z.infer<typeof officePlatform>;

/** `base`: the `revision` somebody started from. */
const at = z.object({ target: targetName, base: id.nullable() });

export const platforms = {
  /** The program's own first, then those that were added, by name. */
  list: query('signed-in').output(z.array(officePlatform)),
  /**
   * Keeps a profile: of one of the program's own (`base` null where it was not changed yet), or of a platform that is added (`base`
   * null) or changed. Errors: bad_input {what} with the place (details: {problems: [{place, why, message}]}), conflict, unknown_id.
   */
  save: mutation('platform.manage', 'platform.save')
    .input(z.object({ profile: profileJson, base: id.nullable() }))
    .output(officePlatform),
  /** One of the program's own is again as the program has it. Errors: unknown_id (it is so already, or was added), conflict. */
  giveBack: mutation('platform.manage', 'platform.giveBack').input(at).output(officePlatform),
  /** Takes away a platform that was added. Errors: unknown_id, conflict. */
  remove: mutation('platform.manage', 'platform.remove').input(at).output(ok),
  /** Writes a profile as a file below `exports/`, to be handed on. Error: unknown_id. */
  export: mutation('platform.manage', 'platform.export')
    .input(z.object({ target: targetName }))
    .output(z.object({ file: z.string() })),
};
