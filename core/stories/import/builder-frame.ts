/** The containers an article builder has open, and what they become when they close. */
import { ARTICLE_NODES } from '../../model/article/index.ts';
import type { ArticleNodeJson } from '../../model/article/index.ts';
import { emptyParagraph, rectangular } from './table.ts';

export type Container =
  'blockquote' | 'bulletList' | 'orderedList' | 'listItem' | 'table' | 'tableRow' | 'tableCell' | 'tableHeader';

export const isList = (type: string): boolean => type === 'bulletList' || type === 'orderedList';
export const isCell = (type: string): boolean => type === 'tableCell' || type === 'tableHeader';

export class Frame {
  /** `pass` is a container that could not stand where it was: its content goes to `target`. */
  readonly type: 'doc' | 'pass' | Container;
  readonly depth: number;
  readonly attrs: Record<string, unknown>;
  readonly content: ArticleNodeJson[] = [];
  /** The nearest frame around this one that takes content; null for the document. */
  readonly outer: Frame | null;
  /** The frame that takes what is added here. */
  readonly target: Frame;
  readonly inCell: boolean;

  constructor(type: Frame['type'], depth: number, attrs: Record<string, unknown>, outer: Frame | null) {
    this.type = type;
    this.depth = depth;
    this.attrs = attrs;
    this.outer = outer;
    this.target = type === 'pass' && outer ? outer : this;
    this.inCell = isCell(type) || (outer?.inCell ?? false);
  }
}

/** Whether a container may hold a child of this type; lists make an item for what is none. */
export function holds(type: Frame['type'], child: string): boolean {
  if (type === 'table') return child === 'tableRow';
  return type !== 'tableRow' || isCell(child);
}

/** The finished node of a container, or null when nothing is left to hold. */
export function closed(
  type: Container,
  from: { content: ArticleNodeJson[]; attrs: Record<string, unknown> },
): ArticleNodeJson | null {
  let { content } = from;
  if (type === 'table') content = rectangular(content);
  if (isCell(type) && content.length === 0) content = [emptyParagraph()];
  if (content.length === 0 && type !== 'tableRow') return null;
  if (type === 'listItem') content = startingWithParagraph(content);
  const known = ARTICLE_NODES[type].attrs;
  const attrs = {
    ...Object.fromEntries(Object.entries(known).map(([name, attr]) => [name, attr.default])),
    ...from.attrs,
  };
  return { type, ...(Object.keys(attrs).length > 0 ? { attrs } : {}), content };
}

function startingWithParagraph(content: ArticleNodeJson[]): ArticleNodeJson[] {
  const [first, ...rest] = content;
  if (first?.type === 'paragraph') return content;
  if (first?.type === 'heading') {
    return [{ type: 'paragraph', attrs: { textAlign: null }, content: first.content ?? [] }, ...rest];
  }
  return [emptyParagraph(), ...content];
}
