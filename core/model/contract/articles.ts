/** An article as the files of one target. Shapes and the procedure. */
import { z } from 'zod';
import { ARTICLE_TARGETS } from '../targets/names.ts';
import { jobStarted, startsJob, storyId } from './base.ts';
import { packageFile } from './packages.ts';

export const articleTarget = z.enum(ARTICLE_TARGETS);
const count = z.number().int().nonnegative();

/** Something a target has no place for: a node or mark of the article, and the beginning of the text where it was. */
export const lostPart = z.object({ what: z.string(), where: z.string() });

export const articleWarning = z.object({
  level: z.enum(['warn', 'stop']),
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});

/** Job result of `stories.export`. */
export const renderedArticle = z.object({
  /** Absolute folder the files lie in. */
  dir: z.string(),
  target: articleTarget,
  /** Paths relative to `dir`, with "/". */
  files: z.array(packageFile),
  /** UTF-16 units and UTF-8 bytes of what is pasted or sent; of a Word or PDF file its text and its own bytes. */
  chars: count,
  bytes: count,
  title: z.string(),
  digest: z.string(),
  lost: z.array(lostPart),
  warnings: z.array(articleWarning),
});
export type RenderedArticle = z.infer<typeof renderedArticle>;

/**
 * Writes the draft of a story as the files of one target. `dir`: an empty or absent folder (sessions that may name
 * paths); without it a new folder under the workspace's `exports/`. `theme`: of `wechat` only. Errors: unknown_id,
 * bad_input, out_not_empty. Job result: {@link renderedArticle}.
 */
export const exportStory = startsJob('package.make', 'story.export')
  .input(
    storyId.extend({
      target: articleTarget,
      theme: z.string().min(1).max(100).optional(),
      dir: z.string().min(1).optional(),
    }),
  )
  .output(jobStarted);
