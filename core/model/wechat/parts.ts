/** What has to be made before an article is rendered. */
import { walk } from '../article/text.ts';
import type { ArticleDoc } from '../article/types.ts';

/** Addresses shown as codes to scan, in order, each once: those of blocks without a picture of their own. */
export function codeHrefs(doc: ArticleDoc): string[] {
  const found = new Set<string>();
  for (const node of walk(doc.content)) {
    const { assetId, href } = node.attrs ?? {};
    if (node.type === 'qrBlock' && typeof href === 'string' && typeof assetId !== 'string') found.add(href);
  }
  return [...found];
}
