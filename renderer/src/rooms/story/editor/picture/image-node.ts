import { mergeAttributes, Node } from '@tiptap/core';
import { imageView } from './image-view.ts';

const fromData = (name: string) => ({
  default: '',
  parseHTML: (element: HTMLElement) => element.getAttribute(`data-${name}`) ?? '',
  renderHTML: (attributes: Record<string, unknown>) => ({ [`data-${name}`]: attributes[name] }),
});

/**
 * A picture of this workspace, by asset id. Pictures with an address of their own never become this node:
 * only the marked-up form this editor itself puts on the clipboard is read.
 */
export const ArticleImage = Node.create({
  name: 'image',
  group: 'block',
  atom: true,
  draggable: true,
  addAttributes: () => ({
    assetId: {
      default: null,
      parseHTML: (element: HTMLElement) => element.getAttribute('data-asset-id'),
      renderHTML: (attributes: Record<string, unknown>) => ({ 'data-asset-id': attributes['assetId'] }),
    },
    alt: fromData('alt'),
    caption: fromData('caption'),
    credit: fromData('credit'),
    width: {
      default: null,
      parseHTML: (element: HTMLElement) => {
        const value = Number(element.getAttribute('data-width'));
        return Number.isInteger(value) && value >= 1 && value <= 100 ? value : null;
      },
      renderHTML: (attributes: Record<string, unknown>) =>
        attributes['width'] === null ? {} : { 'data-width': attributes['width'] },
    },
    ai: {
      default: false,
      parseHTML: (element: HTMLElement) => element.getAttribute('data-ai') === 'true',
      renderHTML: (attributes: Record<string, unknown>) => (attributes['ai'] === true ? { 'data-ai': 'true' } : {}),
    },
  }),
  parseHTML: () => [{ tag: 'figure[data-asset-id]' }],
  renderHTML: ({ HTMLAttributes }) => ['figure', mergeAttributes(HTMLAttributes)],
  addNodeView: () => imageView,
});
