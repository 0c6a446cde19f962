/** Marks beyond bold and italic: palette colours, readings over characters, what an AI wrote. */
import { Mark, mergeAttributes, type Attributes } from '@tiptap/core';
import { AI_LABEL, markDescription, type MarkDescription } from '../../../../../../core/model/article/index.ts';

function describe(name: string): MarkDescription {
  const description = markDescription(name);
  if (!description) throw new Error(`${name} is no mark of an article`);
  return description;
}

function dataAttribute(name: string, attribute: string): Attributes {
  const attr = describe(name).attrs[attribute];
  if (!attr) throw new Error(`${name} has no ${attribute}`);
  return {
    [attribute]: {
      default: attr.default,
      parseHTML: (element: HTMLElement) => {
        const value = element.getAttribute(`data-${attribute}`);
        return attr.rule(value) === null ? value : attr.default;
      },
      renderHTML: (attributes: Record<string, unknown>) => ({ [`data-${attribute}`]: attributes[attribute] }),
    },
  };
}

const TextColor = Mark.create({
  name: 'textColor',
  addAttributes: () => dataAttribute('textColor', 'color'),
  parseHTML: () => [{ tag: 'span[data-mark="textColor"]' }],
  renderHTML: ({ HTMLAttributes }) => ['span', mergeAttributes(HTMLAttributes, { 'data-mark': 'textColor' }), 0],
});

const Highlight = Mark.create({
  name: 'highlight',
  addAttributes: () => dataAttribute('highlight', 'color'),
  parseHTML: () => [{ tag: 'mark' }],
  renderHTML: ({ HTMLAttributes }) => ['mark', mergeAttributes(HTMLAttributes), 0],
});

/**
 * The reading stands in an attribute and is drawn by the style sheet: a real `rt` element would be text of the
 * editor, with a cursor in it.
 */
const Ruby = Mark.create({
  name: 'ruby',
  // Typing behind a character with a reading does not lengthen the reading's base.
  inclusive: false,
  addAttributes: () => dataAttribute('ruby', 'reading'),
  parseHTML: () => [{ tag: 'span[data-mark="ruby"][data-reading]' }],
  renderHTML: ({ HTMLAttributes }) => ['span', mergeAttributes(HTMLAttributes, { 'data-mark': 'ruby' }), 0],
});

const AiMade = Mark.create({
  name: 'aiMade',
  parseHTML: () => [{ tag: 'span[data-mark="aiMade"]' }],
  renderHTML: ({ HTMLAttributes }) => [
    'span',
    mergeAttributes(HTMLAttributes, { 'data-mark': 'aiMade', 'data-label': AI_LABEL }),
    0,
  ],
});

export const paletteMarks = [TextColor, Highlight, Ruby, AiMade];
