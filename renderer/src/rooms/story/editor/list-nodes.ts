import { mergeAttributes, Node, wrappingInputRule } from '@tiptap/core';

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    articleOrderedList: {
      toggleOrderedList: () => ReturnType;
    };
  }
}

/** TipTap's ordered list without its `type` attribute, which the article schema does not have. */
export const OrderedList = Node.create({
  name: 'orderedList',
  group: 'block list',
  content: 'listItem+',
  addAttributes: () => ({
    start: {
      default: 1,
      parseHTML: (element: HTMLElement) => {
        const value = Number.parseInt(element.getAttribute('start') ?? '1', 10);
        return Number.isInteger(value) && value >= 0 && value <= 999_999 ? value : 1;
      },
    },
  }),
  parseHTML: () => [{ tag: 'ol' }],
  renderHTML: ({ HTMLAttributes }) => {
    const { start, ...rest } = HTMLAttributes as { start?: number };
    return ['ol', mergeAttributes(rest, start === 1 || start === undefined ? {} : { start }), 0];
  },
  addCommands() {
    return {
      toggleOrderedList:
        () =>
        ({ commands }) =>
          commands.toggleList(this.name, 'listItem'),
    };
  },
  addKeyboardShortcuts() {
    return { 'Mod-Shift-7': () => this.editor.commands.toggleOrderedList() };
  },
  addInputRules() {
    return [
      wrappingInputRule({
        find: /^(\d{1,6})[.、]\s$/,
        type: this.type,
        getAttributes: (match) => ({ start: Number(match[1] ?? 1) }),
        joinPredicate: (match, node) => node.childCount + Number(node.attrs['start']) === Number(match[1] ?? 1),
      }),
    ];
  },
});
