import { Extension, Mark } from '@tiptap/core';
import { Link } from '@tiptap/extension-link';
import { isAllowedHref } from '../../../../../core/model/article/describe.ts';

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    articleScripts: {
      toggleSubscript: () => ReturnType;
      toggleSuperscript: () => ReturnType;
    };
  }
}

export const Subscript = Mark.create({
  name: 'subscript',
  excludes: 'subscript superscript',
  parseHTML: () => [{ tag: 'sub' }, { style: 'vertical-align=sub' }],
  renderHTML: () => ['sub', 0],
  addCommands() {
    return {
      toggleSubscript:
        () =>
        ({ commands }) =>
          commands.toggleMark(this.name),
    };
  },
});

export const Superscript = Mark.create({
  name: 'superscript',
  excludes: 'subscript superscript',
  parseHTML: () => [{ tag: 'sup' }, { style: 'vertical-align=super' }],
  renderHTML: () => ['sup', 0],
  addCommands() {
    return {
      toggleSuperscript:
        () =>
        ({ commands }) =>
          commands.toggleMark(this.name),
    };
  },
});

/** TipTap's link with the one attribute an article keeps, and only the addresses it allows. */
export const ArticleLink = Link.extend({
  addAttributes: () => ({
    href: { default: null, parseHTML: (element: HTMLElement) => element.getAttribute('href') },
  }),
}).configure({
  autolink: false,
  openOnClick: false,
  linkOnPaste: true,
  isAllowedUri: (url) => isAllowedHref(url),
});

const ALIGNMENTS = ['left', 'center', 'right', 'justify'] as const;
export type Alignment = (typeof ALIGNMENTS)[number];

/** Alignment of paragraphs and headings: an attribute of the article, a style in the page. */
export const TextAlign = Extension.create({
  name: 'articleAlign',
  addGlobalAttributes: () => [
    {
      types: ['paragraph', 'heading'],
      attributes: {
        textAlign: {
          default: null,
          parseHTML: (element: HTMLElement) => ALIGNMENTS.find((a) => a === element.style.textAlign) ?? null,
          renderHTML: (attributes: Record<string, unknown>) => {
            const align = ALIGNMENTS.find((a) => a === attributes['textAlign']);
            return align ? { style: `text-align: ${align}` } : {};
          },
        },
      },
    },
  ],
});
