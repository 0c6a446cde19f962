/** Articles as files of a target: by a job for a story, or for whoever brings an article along. */
export { makeCovers } from './covers.ts';
export { makeArticle, type MadeArticle } from './make.ts';
export type { ArticleOrder } from './order.ts';
export { articleJobs, startExport, type ArticleJobDeps } from './jobs.ts';
