/** Articles as files of a target: by a job for a story, or for whoever brings an article along. */
export { makeArticle, type ArticleOrder, type MadeArticle } from './make.ts';
export { articleJobs, startExport, type ArticleJobDeps } from './jobs.ts';
