/** `article render`: a document file, or a story of the workspace, as the files of one target. */
import { stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { renderedArticle, type RenderedArticle } from '../../../core/model/contract/index.ts';
import {
  ARTICLE_TARGETS,
  isArticleTarget,
  partWords,
  warningWords,
  type ArticleTarget,
} from '../../../core/model/targets/index.ts';
import { withWorkspace } from '../connect.ts';
import { wrongArguments, type Context } from '../context.ts';
import type { Define } from '../define.ts';
import { namedFiles } from '../files.ts';
import { resolvePath } from '../io.ts';
import { runJob } from '../jobs.ts';

interface RenderOptions {
  target: string;
  theme?: string;
  out: string;
}

/** What names a document, whether or not there is one by that name. */
const LIKE_A_FILE = /[\\/]|\.[A-Za-z0-9]{1,8}$/;

/** A story's id has neither a dot nor a slash; a file that is really there is a file whatever its name. */
async function isFile(context: Context, given: string): Promise<boolean> {
  if (LIKE_A_FILE.test(given)) return true;
  return (await stat(resolvePath(context.io, given)).catch(() => null)) !== null;
}

async function ofFile(
  context: Context,
  given: string,
  target: ArticleTarget,
  options: RenderOptions,
): Promise<RenderedArticle> {
  const [file = ''] = await namedFiles(context.io, [given]);
  const { renderArticleFile, standaloneArticles } = await import('../../../core/index.ts');
  const stop = new AbortController();
  const forget = context.io.onInterrupt(() => stop.abort());
  try {
    const { article, repairs } = await renderArticleFile({
      ...{ file, target, theme: options.theme, outDir: resolvePath(context.io, options.out), signal: stop.signal },
      ...standaloneArticles(),
    });
    for (const { message } of repairs) context.io.stderr.write(`${message}\n`);
    return article;
  } finally {
    forget();
  }
}

async function ofStory(
  context: Context,
  storyId: string,
  target: ArticleTarget,
  options: RenderOptions,
): Promise<RenderedArticle> {
  const { theme } = options;
  const input = {
    storyId,
    target,
    dir: resolvePath(context.io, options.out),
    ...(theme === undefined ? {} : { theme }),
  };
  const result = await withWorkspace(context, (client) => runJob(context, client, () => client.stories.export(input)));
  return renderedArticle.parse(result);
}

function lines(context: Context, made: RenderedArticle): string[] {
  const { files, lost, warnings, dir } = made;
  return [
    context.say({ zh: `已写出 ${files.length} 个文件：${dir}`, en: `Wrote ${files.length} files: ${dir}` }),
    ...files.map((file) => `  ${file.path}`),
    ...lost.map(({ what, where }) =>
      context.say({
        zh: `没有带上${partWords(what, 'zh-CN')}：${where}`,
        en: `Left out ${partWords(what, 'en')}: ${where}`,
      }),
    ),
    ...warnings.map((warning) => warningWords(warning, context.language)),
  ];
}

async function render(context: Context, given: string, options: RenderOptions): Promise<number> {
  const { target } = options;
  if (!isArticleTarget(target)) throw wrongArguments(`--target ${target} (${ARTICLE_TARGETS.join(', ')})`);
  const make = (await isFile(context, given)) ? ofFile : ofStory;
  const made = await make(context, given, target, options);
  const { dir: _dir, target: _target, ...answer } = made;
  const warnings = made.warnings.map((w) => ({ ...w, message: warningWords(w, context.language) }));
  context.answer('article-render', { ...answer, warnings }, lines(context, made));
  return 0;
}

export function defineArticleRender(article: Command, define: Define): void {
  define(
    article
      .command('render')
      .argument('<FILE|STORY>', 'a docx, md, html or txt file (no workspace needed), or the id of a story')
      .requiredOption('--target <TARGET>', ARTICLE_TARGETS.join(' '))
      .option('--theme <NAME>', 'look of wechat')
      .requiredOption('--out <DIR>', 'an empty or absent folder for the files')
      .description('write an article as the files of one target'),
    (context, [given = ''], options) => render(context, given, options as RenderOptions),
  );
}
