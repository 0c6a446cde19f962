import { Editor, type JSONContent } from '@tiptap/core';
import { GapCursor } from '@tiptap/pm/gapcursor';
import { afterEach, describe, expect, it } from 'vitest';
import { leaf, node, note, para, title } from '../../../../../../tests/fixtures/article.ts';
import { parseArticle, type ArticleNodeJson } from '../../../../../../core/model/article/index.ts';
import { BlockMoves } from '../blocks/block-moves.ts';
import { EndKeys } from '../end-keys.ts';
import { articleExtensions } from '../extensions.ts';
import { CardKeys } from './card-keys.ts';
import { INSERTABLES, insertCard } from './insertables.ts';

let editor: Editor | null = null;
afterEach(() => editor?.destroy());

function open(...content: ArticleNodeJson[]): Editor {
  editor = new Editor({
    extensions: [...articleExtensions(), CardKeys, BlockMoves, EndKeys],
    content: { type: 'doc', content } as JSONContent,
  });
  return editor;
}

/** Presses a key as a person does. */
function press(e: Editor, key: string, mods: KeyboardEventInit = {}): boolean {
  const event = new KeyboardEvent('keydown', { key, ...mods });
  return e.view.someProp('handleKeyDown', (handle) => handle(e.view, event)) === true;
}
const type = (e: Editor, text: string) => e.commands.insertContent(text);
/** The cursor behind the first appearance of a text. */
function behind(e: Editor, text: string): void {
  let at = -1;
  e.state.doc.descendants((n, pos) => {
    if (at < 0 && n.isText && n.text?.includes(text)) at = pos + n.text.indexOf(text) + text.length;
  });
  e.commands.setTextSelection(at);
}
/** The article as an outline: `name(child child)`, text in quotes. */
function outline(e: Editor): string {
  const say = (n: ArticleNodeJson): string =>
    n.type === 'text' ? `“${n.text ?? ''}”` : `${n.type}(${(n.content ?? []).map(say).join(' ')})`;
  return parseArticle(e.getJSON()).content.map(say).join(' ');
}

describe('Enter in a card', () => {
  it('goes from the name to the note, to the text, and out', () => {
    const e = open(node('personCard', [title('林'), note(''), para()]));
    behind(e, '林');
    press(e, 'Enter');
    type(e, '茶农');
    press(e, 'Enter');
    type(e, '介绍');
    press(e, 'Enter');
    press(e, 'Enter');
    type(e, '后文');
    expect(outline(e)).toBe('personCard(cardTitle(“林”) cardNote(“茶农”) paragraph(“介绍”)) paragraph(“后文”)');
  });

  it('makes a new item from the last line of one, and leaves from an empty one', () => {
    const e = open(node('dataCard', [node('dataItem', [title('73'), note('岁')])]));
    behind(e, '岁');
    press(e, 'Enter');
    type(e, '126');
    press(e, 'Enter');
    type(e, '户');
    press(e, 'Enter');
    press(e, 'Enter');
    type(e, '后文');
    expect(outline(e)).toBe(
      'dataCard(dataItem(cardTitle(“73”) cardNote(“岁”)) dataItem(cardTitle(“126”) cardNote(“户”))) paragraph(“后文”)',
    );
  });

  it('goes to the next item of a line of sources, each with its own role', () => {
    const e = open(node('sourceLine', [node('sourceItem', [{ type: 'text', text: '县报' }], { role: 'source' })]));
    behind(e, '县报');
    press(e, 'Enter');
    type(e, '何静文');
    const roles = parseArticle(e.getJSON()).content[0]?.content?.map((item) => item.attrs?.['role']);
    expect(roles).toEqual(['source', 'author']);
    press(e, 'Enter');
    press(e, 'Enter');
    expect(outline(e)).toBe('sourceLine(sourceItem(“县报”) sourceItem(“何静文”)) paragraph()');
  });

  it('puts an empty card of one item away', () => {
    const e = open(node('stepList', [node('stepItem', [title(''), para()])]), para('后'));
    e.commands.setTextSelection(3);
    press(e, 'Enter');
    expect(outline(e)).toBe('paragraph() paragraph(“后”)');
  });

  it('parts a paragraph inside a card like any other', () => {
    const e = open(node('noticeBox', [title('题'), para('前后')]));
    behind(e, '前');
    press(e, 'Enter');
    expect(outline(e)).toBe('noticeBox(cardTitle(“题”) paragraph(“前”) paragraph(“后”))');
  });

  it('goes on behind a selected picture of a gallery, and keeps it', () => {
    const e = open(node('gallery', [leaf('image', { assetId: 'a' }), leaf('image', { assetId: 'b' })]));
    e.commands.setNodeSelection(2);
    press(e, 'Enter');
    type(e, '后文');
    expect(outline(e)).toBe('gallery(image() image()) paragraph(“后文”)');
  });
});

describe('Ctrl+Enter and Ctrl+End', () => {
  it('leave a card from anywhere, and use the empty paragraph behind it', () => {
    const e = open(node('qaList', [node('qaItem', [title('问'), para('答')])]), para());
    behind(e, '问');
    press(e, 'Enter', { ctrlKey: true });
    type(e, '后文');
    expect(outline(e)).toBe('qaList(qaItem(cardTitle(“问”) paragraph(“答”))) paragraph(“后文”)');
  });
  it('stand behind a gallery at the very end without changing the article', () => {
    const e = open(para('前'), node('gallery', [leaf('image', { assetId: 'a' })]));
    const before = outline(e);
    press(e, 'End', { ctrlKey: true });
    expect(e.state.selection).toBeInstanceOf(GapCursor);
    expect(outline(e)).toBe(before);
  });
});

describe('Backspace', () => {
  it('takes an empty card away, and an empty item, but no text', () => {
    const e = open(
      node('dataCard', [node('dataItem', [title('73'), note('')]), node('dataItem', [title(''), note('')])]),
    );
    e.commands.setTextSelection(e.state.doc.content.size - 5);
    press(e, 'Backspace');
    expect(outline(e)).toBe('dataCard(dataItem(cardTitle(“73”) cardNote()))');
    e.commands.setTextSelection(3);
    press(e, 'Backspace');
    expect(outline(e)).toBe('dataCard(dataItem(cardTitle(“73”) cardNote()))');
    editor?.destroy();
    const empty = open(node('leadGuide', [para()]));
    empty.commands.setTextSelection(2);
    press(empty, 'Backspace');
    expect(outline(empty)).toBe('paragraph()');
  });
});

describe('what can be put in', () => {
  it('is taken by the core, each in an empty line, after text, and inside another card', () => {
    for (const item of INSERTABLES) {
      if (!item.content) continue;
      for (const start of [[para()], [para('前文')], [node('noticeBox', [title('题'), para('文')])]]) {
        const e = open(...start);
        e.commands.setTextSelection(e.state.doc.content.size - 1);
        insertCard(e, item.content());
        expect(outline(e)).toContain(`${String(item.content().type)}(`);
        expect(outline(e).endsWith('paragraph()'), outline(e)).toBe(true);
        e.destroy();
      }
    }
  });
});

describe('blocks', () => {
  it('move, are copied and taken away as wholes, each one step of undo', () => {
    const e = open(para('一'), node('noticeBox', [title('题'), para('文')]), para('三'));
    behind(e, '文');
    press(e, 'ArrowUp', { altKey: true });
    expect(outline(e)).toBe('noticeBox(cardTitle(“题”) paragraph(“文”)) paragraph(“一”) paragraph(“三”)');
    expect(e.state.selection.$from.parent.textContent).toBe('文');
    press(e, 'ArrowUp', { altKey: true });
    e.commands.duplicateBlock();
    expect(e.state.doc.childCount).toBe(4);
    e.commands.deleteBlock();
    // The cursor is in what follows.
    e.commands.deleteBlock();
    expect(outline(e)).toBe('noticeBox(cardTitle(“题”) paragraph(“文”)) paragraph(“三”)');
    e.commands.deleteBlock();
    e.commands.deleteBlock();
    expect(outline(e)).toBe('paragraph()');
  });
});
