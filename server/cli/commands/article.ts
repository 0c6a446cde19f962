/** `article …`: what is done with an article outside the editor. One file a subcommand. */
import type { Command } from 'commander';
import type { Define } from '../define.ts';
import { defineArticleDiff } from './article-diff.ts';
import { defineArticleRender } from './article-render.ts';

export function defineArticle(program: Command, define: Define): void {
  const article = program.command('article').description('articles: files and stories');
  defineArticleDiff(article, define);
  defineArticleRender(article, define);
}
