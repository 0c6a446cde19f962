/** What a finished job left on the disk. */
import { renderedArticle } from './articles.ts';
import { madePackage } from './packages.ts';
import type { Job } from './schemas.ts';
import { renderResult, stillResult } from './video.ts';

/** Absolute path of the file or folder a finished job made for people; null for other jobs and unfinished ones. */
export function madePath(job: Pick<Job, 'kind' | 'state' | 'result'>): string | null {
  if (job.state !== 'done') return null;
  switch (job.kind) {
    case 'video.render':
      return renderResult.safeParse(job.result).data?.outputs[0]?.file ?? null;
    case 'video.still':
      return stillResult.safeParse(job.result).data?.file ?? null;
    case 'story.export':
      return renderedArticle.safeParse(job.result).data?.dir ?? null;
    case 'package.make':
      return madePackage.safeParse(job.result).data?.dir ?? null;
    default:
      return null;
  }
}
