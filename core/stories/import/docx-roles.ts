/** What parts of a Word document are, by their styles and their content. */
import type { Line, Marks } from './builder.ts';
import type { WordElement, WordParagraph, WordRun } from './docx-types.ts';

type Role =
  { kind: 'heading'; level: number } | { kind: 'quote' | 'caption' | 'contents' | 'rule' | 'form' | 'paragraph' };

/**
 * What a paragraph is, by its style. Word and WPS store the names of built-in styles in English whatever the
 * language of the program; Chinese names are styles of that name that somebody made.
 */
export function roleOf({ styleId, styleName }: WordParagraph): Role {
  const name = (styleName ?? styleId ?? '').toLowerCase().trim();
  const heading = /^(?:heading|标题)\s*([1-9])$/.exec(name) ?? /^heading([1-9])$/i.exec(styleId ?? '');
  if (heading) return { kind: 'heading', level: Number(heading[1]) };
  if (/^(?:title|标题|heading|大标题|文章标题)$/.test(name)) return { kind: 'heading', level: 1 };
  if (/^(?:subtitle|副标题)$/.test(name)) return { kind: 'heading', level: 2 };
  if (/^(?:quote|intense quote|block text|block quote|blockquote|quotations|引用|明显引用|引文)$/.test(name))
    return { kind: 'quote' };
  if (/^(?:caption|image caption|figure caption|figure|题注|图注|图片说明)$/.test(name)) return { kind: 'caption' };
  if (name === 'horizontal line') return { kind: 'rule' };
  // The contribution form the studio writes before an article (core/platform/documents).
  if (name === '投稿表') return { kind: 'form' };
  if (/^toc\s*\d$/.test(name)) return { kind: 'contents' };
  return { kind: 'paragraph' };
}

/** The text below an element, numbers' marks included. */
export function plainText(element: WordElement): string {
  if (element.type === 'text') return element.value;
  return 'children' in element ? element.children.map(plainText).join('') : '';
}

export const hasImage = (element: WordElement): boolean =>
  element.type === 'image' || ('children' in element && element.children.some(hasImage));

/** Whether text below an element has a form of its own: marks, a link, a table. */
export const hasForm = (element: WordElement): boolean =>
  element.type === 'hyperlink' ||
  element.type === 'table' ||
  (element.type === 'run' && (element.isBold || element.isItalic || element.isUnderline || element.isStrikethrough)) ||
  ('children' in element && element.children.some(hasForm));

/** A row of the contribution form: nothing but paragraphs of its style. */
export const isFormRow = (row: WordElement): boolean =>
  row.type === 'tableRow' &&
  row.children.every(
    (cell) =>
      cell.type === 'tableCell' &&
      cell.children.every((child) => child.type === 'paragraph' && roleOf(child).kind === 'form'),
  );

/** Left and justified lines are the theme's matter, as in imported HTML. */
export function alignOf(alignment: string | null): Line['align'] {
  if (alignment === 'center') return 'center';
  return alignment === 'right' || alignment === 'end' ? 'right' : null;
}

export function runMarks(run: WordRun, outer: Marks): Marks {
  const style = (run.styleName ?? '').toLowerCase();
  return {
    ...outer,
    bold: run.isBold || style === 'strong' || outer.bold === true,
    italic: run.isItalic || style === 'emphasis' || outer.italic === true,
    underline: run.isUnderline || outer.underline === true,
    strike: run.isStrikethrough || outer.strike === true,
    script:
      run.verticalAlignment === 'subscript' || run.verticalAlignment === 'superscript'
        ? run.verticalAlignment
        : (outer.script ?? null),
  };
}
