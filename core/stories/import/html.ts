/** Web pages: saved ones, exported ones, and articles saved from WeChat. */
import { defaultTreeAdapter, parse } from 'parse5';
import type { DefaultTreeAdapterMap, TreeAdapter } from 'parse5';
import { StudioError } from '../../model/errors.ts';
import { ArticleBuilder } from './builder.ts';
import { attr, descendants, isElement, textOf } from './html-dom.ts';
import type { HtmlElement, HtmlParent } from './html-dom.ts';
import { walkHtml } from './html-walk.ts';
import type { PictureList } from './pictures.ts';
import type { RepairList } from './repairs.ts';
import { takeTitle } from './title.ts';
import type { TitledArticle } from './title.ts';

/**
 * Deepest nesting that is parsed. The parser looks up the open elements for every tag, so its time grows with
 * depth × tags; real pages stay below 200.
 */
const MAX_NESTING = 25_000;

type Adapter = TreeAdapter<DefaultTreeAdapterMap>;

function parseGuarded(html: string, file: string): HtmlParent {
  const depths = new WeakMap<object, number>();
  const guard = (parent: object, child: object): void => {
    const depth = (depths.get(parent) ?? 0) + 1;
    if (depth > MAX_NESTING) throw new StudioError('not_a_document', { file });
    depths.set(child, depth);
  };
  const treeAdapter: Adapter = {
    ...defaultTreeAdapter,
    appendChild(parent, child) {
      guard(parent, child);
      defaultTreeAdapter.appendChild(parent, child);
    },
    insertBefore(parent, child, reference) {
      guard(parent, child);
      defaultTreeAdapter.insertBefore(parent, child, reference);
    },
  };
  // Without scripting, as here, `noscript` holds elements, which the walker leaves out.
  return parse(html, { treeAdapter, scriptingEnabled: false });
}

interface PageParts {
  root: HtmlParent;
  title: string | null;
}

/** Finds what the page says about itself; WeChat's own marks come first. */
function pageParts(document: HtmlParent): PageParts {
  const found: { wechatTitle?: string; ogTitle?: string; title?: string; h1?: string; content?: HtmlElement } = {};
  for (const node of descendants(document)) {
    if (!isElement(node)) continue;
    const id = attr(node, 'id');
    if (id === 'activity-name') found.wechatTitle ??= textOf(node);
    else if (id === 'js_content') found.content ??= node;
    else if (node.tagName === 'title') found.title ??= textOf(node);
    else if (node.tagName === 'h1') found.h1 ??= textOf(node);
    else if (node.tagName === 'meta' && attr(node, 'property') === 'og:title')
      found.ogTitle ??= attr(node, 'content')?.trim() ?? '';
  }
  // «标题_频道_网站名»: the heading on the page is the title without the site's tail.
  const tailed = found.h1 && found.title?.includes(found.h1) ? found.h1 : undefined;
  const title = [found.wechatTitle, found.ogTitle, tailed, found.title, found.h1].find((text) => text);
  return { root: found.content ?? document, title: title ?? null };
}

/** Article of an HTML text. Errors: too_large, not_a_document (nested beyond any real page). */
export function importHtml(html: string, file: string, pictures: PictureList, repairs: RepairList): TitledArticle {
  const { root, title } = pageParts(parseGuarded(html, file));
  const builder = new ArticleBuilder(repairs, file);
  walkHtml(root, { builder, pictures, repairs });
  return takeTitle(builder.finish(), { given: title, look: 'heading' }, repairs);
}

/** Article body of HTML made by the studio's own readers (Markdown), its title still inside. */
export function htmlBody(
  html: string,
  file: string,
  pictures: PictureList,
  repairs: RepairList,
): ReturnType<ArticleBuilder['finish']> {
  const builder = new ArticleBuilder(repairs, file);
  walkHtml(parseGuarded(html, file), { builder, pictures, repairs });
  return builder.finish();
}
