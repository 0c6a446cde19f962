/** Themes of the office for official accounts. The program's own are part of every client. */
import { z } from 'zod';
import { mutation, ok, query } from './base.ts';
import { id } from './schemas.ts';

/** A theme file's JSON; `readTheme` in core/model/wechat is its door. */
const themeJson = z.record(z.string(), z.unknown());

/** One revision of a theme. Revisions never change: `themeId` is named by the content, and articles name a revision. */
export const ownTheme = z.object({
  themeId: id,
  /** The same through all revisions of one theme. */
  lineage: id,
  /** Id of the newest revision; the same as `themeId` for the newest. */
  newest: id,
  removed: z.boolean(),
  theme: themeJson,
  by: z.object({ userId: id, name: z.string() }),
  createdAt: z.number().int(),
});
export type OwnTheme = z.infer<typeof ownTheme>;

export const themes = {
  /** The newest revision of each theme that is not removed, by name. */
  list: query('story.read').output(z.array(ownTheme)),
  /** How many drafts are set in each theme of the list, whichever revision. */
  uses: query('story.read').output(z.array(z.object({ lineage: id, stories: z.number().int().nonnegative() }))),
  /** Any revision, removed ones too. Error: unknown_id. */
  get: query('story.read')
    .input(z.object({ themeId: id }))
    .output(ownTheme),
  /**
   * Keeps a theme: a new one, or the next revision of `lineage`, whose newest is thought to be `base`. The `id` in the file is not
   * looked at. Errors: bad_input {what} with the place in the file, conflict, unknown_id.
   */
  save: mutation('story.edit', 'theme.save')
    .input(z.object({ theme: themeJson, lineage: id.optional(), base: id.optional() }))
    .output(ownTheme),
  /** Takes a theme out of the list, or puts it back. Articles set in it keep it. Error: unknown_id. */
  setRemoved: mutation('story.edit', null)
    .input(z.object({ lineage: id, removed: z.boolean() }))
    .output(ok),
  /** Writes a theme as a file below `exports/`, to be handed on. Error: unknown_id. */
  export: mutation('story.edit', 'theme.export')
    .input(z.object({ themeId: id }))
    .output(z.object({ file: z.string() })),
};
