/**
 * "/" at the start of a line or behind a space opens a menu of what can be put in; so does the Chinese enumeration
 * comma, which is what the same key writes under a Chinese input method, at the start of an empty line.
 */
import { Extension, type Editor, type Range } from '@tiptap/core';
import { PluginKey, type EditorState } from '@tiptap/pm/state';
import Suggestion, { exitSuggestion, type SuggestionKeyDownProps, type SuggestionProps } from '@tiptap/suggestion';
import { runCommand } from '../../../../commands/registry.ts';
import { findInsertables, insertCard, type Insertable, type InsertId } from '../cards/insertables.ts';
import { CLOSED, type SlashStore } from './slash-store.ts';

export interface SlashOptions {
  store: SlashStore;
  nameOf: (id: InsertId) => string;
}

export const SLASH_LIST_ID = 'slash-list';
export const slashItemId = (id: InsertId): string => `slash-${id}`;

function insert(editor: Editor, range: Range, item: Insertable): void {
  editor.chain().focus().deleteRange(range).run();
  if (item.command) runCommand(item.command);
  else if (item.content) insertCard(editor, item.content());
}

type Props = SuggestionProps<Insertable, Insertable>;

/** Tells a screen reader which entry is picked: the focus stays in the text. */
function announce(editor: Editor, item: Insertable | undefined): void {
  const { dom } = editor.view;
  if (item) {
    dom.setAttribute('aria-controls', SLASH_LIST_ID);
    dom.setAttribute('aria-activedescendant', slashItemId(item.id));
  } else {
    dom.removeAttribute('aria-controls');
    dom.removeAttribute('aria-activedescendant');
  }
}

function renderer(store: SlashStore, key: PluginKey) {
  let editor: Editor | null = null;
  const show = (props: Props) => {
    editor = props.editor;
    const { query, selected } = store.getState();
    const keep = query === props.query ? selected : 0;
    store.setState({
      open: true,
      query: props.query,
      items: props.items,
      selected: Math.min(keep, Math.max(0, props.items.length - 1)),
      rect: props.clientRect?.() ?? null,
      choose: (item) => props.command(item),
    });
    announce(props.editor, props.items[store.getState().selected]);
  };
  const move = (by: number): boolean => {
    const { items, selected } = store.getState();
    if (items.length === 0) return false;
    const next = (selected + by + items.length) % items.length;
    store.setState({ selected: next });
    if (editor) announce(editor, items[next]);
    return true;
  };
  return {
    onStart: show,
    onUpdate: show,
    onExit: () => {
      store.setState(CLOSED);
      if (editor) announce(editor, undefined);
    },
    onKeyDown: ({ event, view }: SuggestionKeyDownProps): boolean => {
      const { items, selected, choose } = store.getState();
      if (event.key === 'Escape') {
        exitSuggestion(view, key);
        return true;
      }
      if (event.isComposing) return false;
      if (event.key === 'ArrowDown') return move(1);
      if (event.key === 'ArrowUp') return move(-1);
      if (event.key !== 'Enter' && event.key !== 'Tab') return false;
      const item = items[selected];
      if (!item || !choose) return false;
      choose(item);
      return true;
    },
  };
}

/** What may stand before the sign: Chinese is written without spaces. */
const BEFORE = [' ', '\u00a0', '。', '！', '？', '；', '：', '，', '”', '）', '、'];

/** A line of text that is not inside a card's title, where a block cannot stand. */
function inParagraph(state: EditorState): boolean {
  return state.selection.$from.parent.type.name === 'paragraph';
}

export const SlashMenu = Extension.create<SlashOptions>({
  name: 'slashMenu',
  addProseMirrorPlugins() {
    const { store, nameOf } = this.options;
    const { editor } = this;
    const plugin = (name: string, char: string, onlyEmptyLine: boolean) => {
      const pluginKey = new PluginKey(name);
      return Suggestion<Insertable, Insertable>({
        editor,
        pluginKey,
        char,
        startOfLine: onlyEmptyLine,
        allowedPrefixes: BEFORE,
        decorationClass: 'slash-query',
        allow: ({ range, state }) => {
          // The state as it becomes: the editor's own is still the one before.
          if (!editor.isEditable || !inParagraph(state)) return false;
          if (!onlyEmptyLine) return true;
          // The comma opens it only where nothing else stands in the line.
          const { parent } = state.doc.resolve(range.from);
          return parent.content.size === range.to - range.from;
        },
        items: ({ query }) => findInsertables(query, nameOf),
        command: ({ editor: e, range, props }) => insert(e, range, props),
        render: () => renderer(store, pluginKey),
      });
    };
    return [plugin('slashMenu', '/', false), plugin('slashMenuComma', '、', true)];
  },
});
