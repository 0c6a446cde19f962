/** Finds the title of an imported document. */
import { articleText } from '../../model/article/index.ts';
import type { ArticleDoc, ArticleNodeJson } from '../../model/article/index.ts';
import type { RepairList } from './repairs.ts';
import { emptyParagraph } from './table.ts';

export interface TitledArticle {
  /** Empty when the document holds no text; the caller takes the file's name. */
  title: string;
  doc: ArticleDoc;
}

/** Longest title taken as it stands, in characters; WeChat's own limit for a title is 64. */
const MAX_TITLE = 100;
/** A first line up to this long may be a title; a longer one is a paragraph. */
const MAX_TITLE_LINE = 64;

const textOf = (node: ArticleNodeJson): string =>
  articleText({ type: 'doc', content: [node] })
    .replace(/\s+/gu, ' ')
    .trim();

const cut = (text: string, max: number): string => {
  const characters = [...text];
  return characters.length > max ? `${characters.slice(0, max - 1).join('')}…` : text;
};

/** A short centred line at the top is how a title looks when nobody used styles. */
function looksLikeTitle(node: ArticleNodeJson): boolean {
  const text = textOf(node);
  return (
    node.type === 'paragraph' &&
    node.attrs?.['textAlign'] === 'center' &&
    text !== '' &&
    [...text].length <= MAX_TITLE_LINE &&
    !/[。；：，,;:]$/u.test(text)
  );
}

function titleNode(doc: ArticleDoc, look: 'heading1' | 'heading' | 'line'): ArticleNodeJson | undefined {
  const first = doc.content[0];
  if (look === 'heading1' && first && looksLikeTitle(first)) return first;
  const heading = doc.content.find(
    (node) => node.type === 'heading' && (look === 'heading' || node.attrs?.['level'] === 1),
  );
  if (heading && look !== 'line') return heading;
  return doc.content.find((node) => textOf(node) !== '');
}

/**
 * Takes the title: the one the document names (`given`), else the first heading of the kind `look` says, else
 * the first line with text. The block it was taken from leaves the body when it is the body's first block
 * (otherwise it stays, it has its place there). A first paragraph too long for a title stays too, and its
 * beginning stands as the title.
 */
export function takeTitle(
  doc: ArticleDoc,
  options: { given: string | null; look: 'heading1' | 'heading' | 'line' },
  repairs: RepairList,
): TitledArticle {
  const given = options.given?.replace(/\s+/gu, ' ').trim() ?? '';
  const first = doc.content[0];
  if (given !== '') {
    const repeated = first && (first.type === 'heading' || first.type === 'paragraph') && textOf(first) === given;
    return { title: cut(given, MAX_TITLE), doc: repeated ? withoutFirst(doc) : doc };
  }
  const node = titleNode(doc, options.look);
  if (!node) return { title: '', doc };
  const line = node.type === 'heading' || node.type === 'paragraph' ? textOf(node) : (textOfFirstLine(node) ?? '');
  const long = [...line].length > (node.type === 'heading' ? MAX_TITLE : MAX_TITLE_LINE);
  if (long) {
    repairs.add('title_shortened');
    return { title: cut(line, MAX_TITLE_LINE), doc };
  }
  return {
    title: line,
    doc: node === first && node.type !== 'image' && line === textOf(node) ? withoutFirst(doc) : doc,
  };
}

const textOfFirstLine = (node: ArticleNodeJson): string | undefined =>
  articleText({ type: 'doc', content: [node] })
    .split(/[\n\t]/)
    .map((line) => line.replace(/\s+/gu, ' ').trim())
    .find((line) => line !== '');

function withoutFirst(doc: ArticleDoc): ArticleDoc {
  const content = doc.content.slice(1);
  return { type: 'doc', content: content.length > 0 ? content : [emptyParagraph()] };
}
