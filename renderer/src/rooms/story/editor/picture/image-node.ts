import { mergeAttributes, Node, type Editor } from '@tiptap/core';
import { imageView } from './image-view.ts';

/** Who knows the story says how the file of a picture without one is asked for. */
export function letChoose(editor: Editor, choose: (pos: number) => void): void {
  editor.storage.image.choose = choose;
}

const fromData = (name: string) => ({
  default: '',
  parseHTML: (element: HTMLElement) => element.getAttribute(`data-${name}`) ?? '',
  renderHTML: (attributes: Record<string, unknown>) => ({ [`data-${name}`]: attributes[name] }),
});

declare module '@tiptap/core' {
  interface Storage {
    image: ImageStorage;
  }
}

interface ImageStorage {
  /** Asks for the file of the picture at `pos`. */
  choose: ((pos: number) => void) | null;
}

/**
 * A picture of this workspace, by asset id. Pictures with an address of their own never become this node:
 * only the marked-up form this editor itself puts on the clipboard is read.
 */
export const ArticleImage = Node.create<object, ImageStorage>({
  name: 'image',
  group: 'block',
  atom: true,
  draggable: true,
  addStorage: () => ({ choose: null }),
  addAttributes: () => ({
    assetId: {
      default: null,
      // Empty for a picture whose file is still asked for: without the attribute it would not be read as a picture.
      parseHTML: (element: HTMLElement) => element.getAttribute('data-asset-id') || null,
      renderHTML: (attributes: Record<string, unknown>) => ({ 'data-asset-id': attributes['assetId'] ?? '' }),
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
