/** Quotes that begin with `[!NOTE]` and the like (GitHub, Obsidian) are notices. */
import type { ArticleDoc, ArticleNodeJson } from '../../model/article/index.ts';
import { inlineText } from '../../model/article/text.ts';

const KINDS: Readonly<Record<string, string>> = {
  note: 'info',
  info: 'info',
  important: 'info',
  tip: 'tip',
  warning: 'warning',
  caution: 'warning',
};

const isBold = (node: ArticleNodeJson): boolean =>
  node.type === 'footnote' || (node.marks ?? []).some((mark) => mark.type === 'bold');

const lighter = (node: ArticleNodeJson): ArticleNodeJson => {
  const marks = (node.marks ?? []).filter((mark) => mark.type !== 'bold');
  const { marks: _old, ...rest } = node;
  return marks.length > 0 ? { ...rest, marks } : rest;
};

/** The notice a quote stands for; null when it begins otherwise or holds what a notice cannot. */
function noticeOf(quote: ArticleNodeJson): ArticleNodeJson | null {
  const [sign, ...rest] = quote.content ?? [];
  const name = sign?.type === 'paragraph' ? /^\[!(\w+)\]\s*$/.exec(inlineText(sign))?.[1]?.toLowerCase() : undefined;
  const kind = name === undefined ? undefined : KINDS[name];
  if (kind === undefined || rest.length === 0) return null;
  if (!rest.every(({ type }) => type === 'paragraph' || type === 'bulletList' || type === 'orderedList')) return null;
  const [first] = rest;
  const titled = rest.length > 1 && first?.type === 'paragraph' && (first.content ?? []).every(isBold);
  const title = { type: 'cardTitle', content: titled ? (first.content ?? []).map(lighter) : [] };
  return { type: 'noticeBox', attrs: { kind }, content: [title, ...rest.slice(titled ? 1 : 0)] };
}

/** Notices stand at the outermost level only; a quote inside something else stays one. */
export function withNotices(doc: ArticleDoc): ArticleDoc {
  const content = doc.content.map((node) => (node.type === 'blockquote' ? (noticeOf(node) ?? node) : node));
  return { type: 'doc', content };
}
