/** The words that go with a picture, in every target alike. */
import { AI_LABEL } from '../article/labels.ts';
import type { ArticleNodeJson } from '../article/types.ts';
import type { Report } from './report.ts';
import type { TargetPicture } from './types.ts';

export interface PictureWords {
  alt: string;
  /** Caption, credit and the label of what an AI made, as far as there are any. */
  parts: string[];
  /** All of them in one line. */
  line: string;
  ai: boolean;
}

const wordOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

export function pictureWords(node: ArticleNodeJson): PictureWords {
  const { alt, caption, credit, ai } = node.attrs ?? {};
  const label = ai === true ? AI_LABEL : '';
  const parts = [wordOf(caption), wordOf(credit), label].filter((part) => part !== '');
  return { alt: wordOf(alt), parts, line: parts.join('　'), ai: ai === true };
}

/** The file of a picture node; null (and told) when there is none. */
export function pictureOf(
  node: ArticleNodeJson,
  images: ReadonlyMap<string, TargetPicture>,
  report: Report,
): TargetPicture | null {
  const id = node.attrs?.['assetId'];
  const found = typeof id === 'string' ? images.get(id) : undefined;
  if (found) return found;
  const words = pictureWords(node);
  report.lose('image', words.line === '' ? words.alt : words.line);
  return null;
}
