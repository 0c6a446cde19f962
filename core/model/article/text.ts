/** What an article says, without its form: text, excerpt, counts, pictures. */
import type { Cover } from '../cover/cover.ts';
import { isLine } from './describe.ts';
import type { ArticleDoc, ArticleNodeJson } from './types.ts';

/** Text of a line: its text pieces, hard breaks as line feeds. Footnotes are not in it: see `footnoteTexts`. */
export function inlineText(node: ArticleNodeJson): string {
  return (node.content ?? []).map((child) => (child.type === 'hardBreak' ? '\n' : (child.text ?? ''))).join('');
}

function linesOf(node: ArticleNodeJson, captions: boolean): string[] {
  if (isLine(node.type)) return [inlineText(node)];
  switch (node.type) {
    case 'image':
    case 'videoCard': {
      const caption = node.attrs?.['caption'];
      return captions && typeof caption === 'string' && caption !== '' ? [caption] : [];
    }
    case 'tableRow':
      return [(node.content ?? []).map((cell) => linesOf(cell, captions).join('\n')).join('\t')];
    default:
      return (node.content ?? []).flatMap((child) => linesOf(child, captions));
  }
}

/**
 * Plain text: one line a block, cells of a table row parted by tabs, captions of pictures as lines of their own,
 * footnotes as the last lines.
 */
export function articleText(doc: ArticleDoc): string {
  return [...doc.content.flatMap((node) => linesOf(node, true)), ...footnoteTexts(doc)].join('\n');
}

/** Texts of the footnotes, in order. */
export function footnoteTexts(doc: ArticleDoc): string[] {
  const texts: string[] = [];
  for (const node of walk(doc.content)) {
    if (node.type === 'footnote') texts.push(typeof node.attrs?.['text'] === 'string' ? node.attrs['text'] : '');
  }
  return texts;
}

/**
 * Text of each top-level block, in order: its lines joined by line feeds, captions of pictures included. Comments are
 * anchored by (number of the block, UTF-16 offset in this text).
 */
export function blockTexts(doc: ArticleDoc): string[] {
  return doc.content.map((node) => linesOf(node, true).join('\n'));
}

/**
 * Beginning of the article for a list: running text without captions, white space folded.
 *
 * @param maxChars at most so many characters as people see them (an emoji is one), the closing … included.
 */
export function excerptOf(doc: ArticleDoc, maxChars: number): string {
  let text = '';
  // Sixteen units hold the longest emoji in use; more text than this is never shown.
  for (const node of doc.content) {
    if (text.length > maxChars * 16) break;
    text += `${linesOf(node, false).join(' ')} `;
  }
  text = text.replace(/\s+/gu, ' ').trim();
  const graphemes: string[] = [];
  for (const { segment } of new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(text)) {
    graphemes.push(segment);
    if (graphemes.length > maxChars)
      return `${graphemes
        .slice(0, Math.max(maxChars - 1, 0))
        .join('')
        .trimEnd()}…`;
  }
  return text;
}

/** CJK letters, full-width forms and the punctuation Chinese shares with Latin type (— … · “ ” ‘ ’). */
const CJK =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\u3000-\u303F\u30FB\u30FC\uFE30-\uFE4F\uFF01-\uFFEE\u2014\u2026\u00B7\u2018\u2019\u201C\u201D]/u;
// A typographic apostrophe between Latin letters belongs to the word.
const OTHER = `(?:(?<=\\p{Script=Latin})\\u2019(?=\\p{Script=Latin})|[^\\s\\p{M}\\p{Cf}](?<!${CJK.source}))`;
const PIECE = new RegExp(`${OTHER}(?:${OTHER}|[\\p{M}\\p{Cf}])*|${CJK.source}`, 'gu');

/**
 * Counts 字数 the way Word and WPS show it (审阅 > 字数统计): every CJK character, Chinese punctuation
 * included, is one; every run of other characters between white space and CJK characters ("2024年" → 2,
 * "3.14" → 1, "e-mail" → 1) is one; white space is none.
 */
export function countWords(text: string): number {
  return text.replace(/\u3000/gu, ' ').match(PIECE)?.length ?? 0;
}

/** Every node below, outer ones first, in reading order. */
export function* walk(nodes: readonly ArticleNodeJson[]): Generator<ArticleNodeJson> {
  for (const node of nodes) {
    yield node;
    yield* walk(node.content ?? []);
  }
}

/** Ids of the pictures shown (portraits and codes among them), in order of first appearance, each once. */
export function imageIds(doc: ArticleDoc): string[] {
  const ids = new Set<string>();
  for (const node of walk(doc.content)) {
    const id = node.attrs?.['assetId'];
    if (typeof id === 'string') ids.add(id);
  }
  return [...ids];
}

/** Pictures whose file is still asked for: they came with a pasted text from elsewhere. */
export function awaitedPictures(doc: ArticleDoc): number {
  return [...walk(doc.content)].filter((node) => node.type === 'image' && (node.attrs?.['assetId'] ?? null) === null)
    .length;
}

/** Ids of every asset the article needs, each once: what it shows, and the picture of its cover. */
export function assetIds(doc: ArticleDoc): string[] {
  const cover = doc.attrs?.cover;
  return [...new Set([...imageIds(doc), ...(cover ? [cover.image] : [])])];
}

/** Ids of the pictures declared as made by an AI, each once. */
export function aiImageIds(doc: ArticleDoc): string[] {
  const ids = new Set<string>();
  for (const node of walk(doc.content)) {
    const id = node.attrs?.['assetId'];
    if (typeof id === 'string' && node.attrs?.['ai'] === true) ids.add(id);
  }
  return [...ids];
}

/**
 * The cover; null without one. A picture that the text declares as made by an AI is so on the cover too, whatever was said when it
 * was chosen.
 */
export function coverOfArticle(doc: ArticleDoc): Cover | null {
  const cover = doc.attrs?.cover;
  if (!cover) return null;
  return { ...cover, ai: cover.ai || aiImageIds(doc).includes(cover.image) };
}

/** Ids of the video projects shown, in order, each once. */
export function videoIds(doc: ArticleDoc): string[] {
  const ids = new Set<string>();
  for (const node of walk(doc.content)) {
    const id = node.attrs?.['projectId'];
    if (typeof id === 'string') ids.add(id);
  }
  return [...ids];
}

/** Id of the first picture of the text, for covers; null when there is none. Portraits and codes do not count. */
export function firstImage(doc: ArticleDoc): string | null {
  for (const node of walk(doc.content)) {
    const id = node.type === 'image' ? node.attrs?.['assetId'] : null;
    if (typeof id === 'string') return id;
  }
  return null;
}

/** Top-level blocks of the article. */
export function blockCount(doc: ArticleDoc): number {
  return doc.content.length;
}
