import { Editor } from '@tiptap/core';
import { afterEach, expect, it } from 'vitest';
import { EndKeys } from './end-keys.ts';
import { articleExtensions } from './extensions.ts';

let editor: Editor | undefined;
afterEach(() => editor?.destroy());

const text = (words: string) => ({ type: 'paragraph', content: [{ type: 'text', text: words }] });

function open(): Editor {
  const image = { type: 'image', attrs: { assetId: 'a', alt: '', caption: '', credit: '', width: null } };
  editor = new Editor({
    extensions: [...articleExtensions(), EndKeys],
    content: { type: 'doc', content: [text('开头'), image, text('结尾')] },
  });
  return editor;
}

/** As the editor gets it from the browser; true when the editor took the key. */
function press(e: Editor, key: string): boolean {
  const event = new KeyboardEvent('keydown', { key, ctrlKey: true });
  return e.view.someProp('handleKeyDown', (handle) => handle(e.view, event)) ?? false;
}

it('goes from a selected picture to the end and to the start of the story', () => {
  const e = open();
  e.commands.setNodeSelection(4);
  press(e, 'End');
  expect(e.state.selection.from).toBe(e.state.doc.content.size - 1);
  e.commands.setNodeSelection(4);
  press(e, 'Home');
  expect(e.state.selection.from).toBe(1);
});

it('leaves the keys to the browser while there is a caret', () => {
  const e = open();
  e.commands.setTextSelection(2);
  expect(press(e, 'End')).toBe(false);
});
