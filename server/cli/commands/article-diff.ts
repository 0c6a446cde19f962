/** `article diff`: what changed between two articles, each a file or a story. */
import type { Command } from 'commander';
import { diffArticles, type ArticleChange } from '../../../core/model/article/diff/index.ts';
import type { ArticleDoc, ArticleNodeJson } from '../../../core/model/article/index.ts';
import { imageIds } from '../../../core/model/article/index.ts';
import type { StudioClient } from '../../../core/model/contract/client.ts';
import { StudioError } from '../../../core/model/errors.ts';
import { withWorkspace } from '../connect.ts';
import type { Context } from '../context.ts';
import type { Define } from '../define.ts';
import { namedFiles } from '../files.ts';

interface Article {
  title: string;
  doc: ArticleDoc;
}

/** `STORY`, `STORY@4` or `STORY@3fa9…`. Ids of stories are UUIDs; anything else is the name of a file. */
const STORY = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:@(.+))?$/i;
/** Fewer digits of a hash could be the number of a version. */
const MIN_HASH = 7;

async function versionOf(client: StudioClient, storyId: string, wanted: string): Promise<Article> {
  const versions = await client.stories.versions({ storyId });
  const byNumber = versions.filter((version) => String(version.n) === wanted);
  const isHash = wanted.length >= MIN_HASH && /^[0-9a-f]+$/i.test(wanted);
  const byHash = isHash ? versions.filter(({ hash }) => hash.startsWith(wanted.toLowerCase())) : [];
  const found = byNumber[0] ?? byHash[0];
  const several = new Set(byHash.map(({ hash }) => hash)).size > 1;
  if (!found || (byNumber.length === 0 && several)) throw new StudioError('unknown_id', { id: `${storyId}@${wanted}` });
  const { title, doc } = await client.stories.version({ storyId, hash: found.hash });
  return { title, doc: doc as ArticleDoc };
}

/** Pictures of a story are named as those of a file are: by the SHA-256 of their bytes. */
async function withHashes(client: StudioClient, { title, doc }: Article): Promise<Article> {
  const hashes = new Map<unknown, string>();
  for (const assetId of imageIds(doc)) {
    const asset = await client.media.get({ assetId }).catch(() => null);
    if (asset) hashes.set(assetId, asset.sha256);
  }
  const named = (node: ArticleNodeJson): ArticleNodeJson => {
    const hash = hashes.get(node.attrs?.['assetId']);
    return {
      ...node,
      ...(hash === undefined ? {} : { attrs: { ...node.attrs, assetId: hash } }),
      ...(node.content ? { content: node.content.map(named) } : {}),
    };
  };
  return { title, doc: { ...doc, content: doc.content.map(named) } };
}

async function storyArticle(client: StudioClient, storyId: string, version: string | undefined): Promise<Article> {
  if (version !== undefined) return withHashes(client, await versionOf(client, storyId, version));
  const { title, doc } = await client.stories.get({ storyId });
  return withHashes(client, { title, doc: doc as ArticleDoc });
}

/** Both articles, in order. Files are looked for before a workspace is opened. */
async function readBoth(context: Context, given: readonly string[]): Promise<Article[]> {
  const { readDocument } = await import('../../../core/index.ts');
  const names = given.filter((name) => !STORY.test(name));
  const paths = await namedFiles(context.io, names);
  const files = new Map<string, Article>();
  for (const [i, name] of names.entries()) files.set(name, await readDocument(paths[i] ?? name, name));
  const read = async (client: StudioClient | null): Promise<Article[]> => {
    const articles: Article[] = [];
    for (const name of given) {
      const [, storyId = '', version] = STORY.exec(name) ?? [];
      const article =
        files.get(name) ?? (client ? await storyArticle(client, storyId.toLowerCase(), version) : undefined);
      if (article) articles.push(article);
    }
    return articles;
  };
  return names.length === given.length ? read(null) : withWorkspace(context, read);
}

const MARK: Record<ArticleChange['kind'], string> = {
  inserted: '+',
  deleted: '-',
  changed: '~',
  moved: '>',
  marks: '*',
  attrs: '*',
};

async function diff(context: Context, given: readonly string[]): Promise<number> {
  const [a, b] = await readBoth(context, given);
  if (!a || !b) throw new StudioError('internal');
  const { whole, changes } = diffArticles(a, b);
  const all = [...whole.map(({ part, ...sides }) => ({ blockId: part, kind: 'attrs' as const, ...sides })), ...changes];
  const lines = all.flatMap(({ blockId, kind, before, after }) => [
    `${MARK[kind]} ${blockId} ${kind}`,
    ...(before === '' ? [] : [`  - ${before.replaceAll('\n', '\n    ')}`]),
    ...(after === '' || after === before ? [] : [`  + ${after.replaceAll('\n', '\n    ')}`]),
  ]);
  const none = context.say({ zh: '没有不同。', en: 'No differences.' });
  context.answer(
    'article-diff',
    all.map(({ blockId, kind, before, after }) => ({ blockId, kind, before, after })),
    lines.length > 0 ? lines : [none],
  );
  return 0;
}

export function defineArticleDiff(article: Command, define: Define): void {
  define(
    article
      .command('diff')
      .argument('<A>', 'a file (docx, md, html, txt), STORY (its draft), STORY@N (version N) or STORY@HASH')
      .argument('<B>', 'the same')
      .description('what changed from A to B, block by block; exit 0 also with differences'),
    (context, given) => diff(context, given),
  );
}
