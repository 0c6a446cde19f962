/**
 * What stands grey in an empty line until something is written: the first line of an empty article, and the lines of
 * cards, each saying what belongs there. Only cards are looked into, so a long article costs nothing.
 */
import { Extension } from '@tiptap/core';
import type { Node as PmNode } from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { i18n } from '../../../../i18n/index.ts';

type Line = 'title' | 'note' | 'paragraph';

const LINES: Readonly<Record<string, Partial<Record<Line, () => string>>>> = {
  personCard: {
    title: () => i18n.t('editor.line.personCard.title'),
    note: () => i18n.t('editor.line.personCard.note'),
    paragraph: () => i18n.t('editor.line.paragraph.personCard'),
  },
  dataItem: {
    title: () => i18n.t('editor.line.dataItem.title'),
    note: () => i18n.t('editor.line.dataItem.note'),
  },
  stepItem: {
    title: () => i18n.t('editor.line.stepItem.title'),
    paragraph: () => i18n.t('editor.line.paragraph.stepItem'),
  },
  qaItem: {
    title: () => i18n.t('editor.line.qaItem.title'),
    paragraph: () => i18n.t('editor.line.paragraph.qaItem'),
  },
  noticeBox: {
    title: () => i18n.t('editor.line.noticeBox.title'),
    paragraph: () => i18n.t('editor.line.paragraph.noticeBox'),
  },
  pullQuote: {
    note: () => i18n.t('editor.line.pullQuote.note'),
    paragraph: () => i18n.t('editor.line.paragraph.pullQuote'),
  },
  leadGuide: { paragraph: () => i18n.t('editor.line.paragraph.leadGuide') },
  qrBlock: { note: () => i18n.t('editor.line.qrBlock.note') },
};

const LINE_OF: Readonly<Record<string, Line>> = { cardTitle: 'title', cardNote: 'note', paragraph: 'paragraph' };

/** Grey words of an empty line in a card; '' for none. Only the first paragraph of a card has some. */
function words(node: PmNode, parent: PmNode): string {
  if (node.type.name === 'sourceItem') return i18n.t('editor.line.sourceItem');
  const line = LINE_OF[node.type.name];
  const text = line && LINES[parent.type.name]?.[line];
  if (!text) return '';
  if (line === 'paragraph' && parent.children.find((child) => child.type.name === 'paragraph') !== node) return '';
  return text();
}

function decorate(doc: PmNode, body: () => string): DecorationSet {
  const found: Decoration[] = [];
  const grey = (node: PmNode, pos: number, text: string) => {
    if (text !== '')
      found.push(Decoration.node(pos, pos + node.nodeSize, { class: 'is-empty', 'data-placeholder': text }));
  };
  const only = doc.childCount === 1 ? doc.firstChild : null;
  if (only?.type.name === 'paragraph' && only.content.size === 0) grey(only, 0, body());
  doc.forEach((block, start) => {
    if (!(block.type.spec.group ?? '').split(' ').includes('card')) return;
    block.descendants((node, pos, parent) => {
      if (node.isTextblock && node.content.size === 0) grey(node, start + 1 + pos, words(node, parent ?? block));
      return !node.isTextblock;
    });
  });
  return DecorationSet.create(doc, found);
}

/** `body`: grey words of an empty article. */
export const Placeholders = Extension.create<{ body: () => string }>({
  name: 'placeholders',
  addOptions: () => ({ body: () => '' }),
  addProseMirrorPlugins() {
    const { editor, options } = this;
    return [
      new Plugin({
        props: {
          decorations: (state) => (editor.isEditable ? decorate(state.doc, options.body) : DecorationSet.empty),
        },
      }),
    ];
  },
});
