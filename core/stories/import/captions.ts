/** What stands under a picture: its caption, who took it, whether an AI made it. */
import { AI_LABEL } from '../../model/article/index.ts';

export interface CaptionParts {
  caption: string;
  credit: string;
  ai: boolean;
}

/** A name and what the person did, as newspapers put it behind a wide space: 陈志远 摄. */
const CREDIT = /^\S.{0,40}?\s?(?:摄|摄影|供图|图|制图|绘|翻拍)$/u;

/**
 * Takes a line apart at its wide spaces. Only a last part that says who took the picture is a credit, and only the
 * studio's own label says that an AI made it; everything else is the caption.
 */
export function captionParts(line: string): CaptionParts {
  const parts = line
    .split('\u3000')
    .map((part) => part.replace(/\s+/gu, ' ').trim())
    .filter((part) => part !== '');
  const ai = parts.at(-1) === AI_LABEL;
  if (ai) parts.pop();
  const credit = parts.length > 1 && CREDIT.test(parts.at(-1) ?? '') ? (parts.pop() ?? '') : '';
  return { caption: parts.join(' '), credit, ai };
}
