/** Prompts of a story template: sentences that say what is to be written, and are not to be printed. */
import { isLine } from './describe.ts';
import { inlineText, walk } from './text.ts';
import type { ArticleDoc } from './types.ts';

/** What a line begins with that is a prompt, and not yet text. */
export const PROMPT_MARK = '【写作提示】';

const isPrompt = (text: unknown): boolean => typeof text === 'string' && text.trimStart().startsWith(PROMPT_MARK);

/** Lines (paragraphs, lines of cards, captions of pictures) that still hold a prompt, in reading order. */
export function openPrompts(doc: ArticleDoc): string[] {
  const found: string[] = [];
  for (const node of walk(doc.content)) {
    const text = isLine(node.type) ? inlineText(node) : node.attrs?.['caption'];
    if (isPrompt(text)) found.push((text as string).trim().slice(PROMPT_MARK.length));
  }
  return found;
}
