/** Puts asset ids where an import left placeholders. */
import type { ArticleDoc, ArticleNodeJson } from '../../model/article/index.ts';
import type { Repair } from '../../model/contract/index.ts';
import { PLACEHOLDER_PREFIX } from './pictures.ts';
import { RepairList } from './repairs.ts';
import { emptyParagraph } from './table.ts';

/** What must not become empty keeps an empty paragraph; anything else goes with its last picture. */
const FILLED = new Set(['doc', 'tableCell', 'tableHeader', 'listItem']);

function replaced(
  node: ArticleNodeJson,
  map: ReadonlyMap<string, string | null>,
  repairs: RepairList,
): ArticleNodeJson | null {
  if (node.type === 'image') {
    const current = node.attrs?.['assetId'];
    if (typeof current !== 'string' || !(current.startsWith(PLACEHOLDER_PREFIX) || map.has(current))) return node;
    const assetId = map.get(current) ?? null;
    if (assetId !== null) return { ...node, attrs: { ...node.attrs, assetId } };
    repairs.add('picture_dropped');
    const caption = node.attrs?.['caption'];
    // The caption is the author's text and stays.
    return typeof caption === 'string' && caption !== ''
      ? { type: 'paragraph', attrs: { textAlign: 'center' }, content: [{ type: 'text', text: caption }] }
      : null;
  }
  if (!node.content || node.type === 'paragraph' || node.type === 'heading') return node;
  const content = node.content.flatMap((child) => replaced(child, map, repairs) ?? []);
  if (content.length > 0 || node.type === 'tableRow') return { ...node, content };
  return FILLED.has(node.type) ? { ...node, content: [emptyParagraph()] } : null;
}

/**
 * Replaces the placeholders of an imported article. A placeholder mapped to null, or not mapped at all, is
 * dropped with its picture and told in `repairs`; a caption stays as a centred paragraph. Ids that are not
 * placeholders stay. The article given is not changed.
 */
export function replaceImages(
  doc: ArticleDoc,
  map: ReadonlyMap<string, string | null>,
): { doc: ArticleDoc; repairs: Repair[] } {
  const repairs = new RepairList();
  const content = doc.content.flatMap((node) => replaced(node, map, repairs) ?? []);
  return {
    doc: { type: 'doc', content: content.length > 0 ? content : [emptyParagraph()] },
    repairs: repairs.toArray(),
  };
}
