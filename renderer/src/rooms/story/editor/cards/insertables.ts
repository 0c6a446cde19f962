/**
 * What can be put into an article: one list for the slash menu, the insert menu of the toolbar and the palette.
 * Pure data and functions on the editor; names and hints come from the catalogue (`editor.insert.<id>`).
 */
import type { Editor, JSONContent } from '@tiptap/core';
import { TextSelection } from '@tiptap/pm/state';
import type { CommandId } from '../../../../commands/definitions.ts';
import type { IconName } from '../../../../ui/Icon.tsx';

export interface Insertable {
  id: InsertId;
  icon: IconName;
  /** Initials of its pinyin and English words, to find it without an input method. */
  keys: string;
  group: 'common' | 'card' | 'text';
  /** A command that does it; without one, `content` is put in. */
  command?: CommandId;
  content?: () => JSONContent;
}

export type InsertId =
  | 'image'
  | 'gallery'
  | 'video'
  | 'person'
  | 'data'
  | 'steps'
  | 'qa'
  | 'notice'
  | 'pullQuote'
  | 'lead'
  | 'qr'
  | 'source'
  | 'table'
  | 'divider'
  | 'footnote'
  | 'heading1'
  | 'heading2'
  | 'heading3'
  | 'quote'
  | 'bullets'
  | 'numbers';

const node = (type: string, content: JSONContent[], attrs?: Record<string, unknown>): JSONContent => ({
  type,
  content,
  ...(attrs ? { attrs } : {}),
});
const empty = (type: string): JSONContent => ({ type });
const p = (): JSONContent => empty('paragraph');
const title = (): JSONContent => empty('cardTitle');
const note = (): JSONContent => empty('cardNote');
const repeat = (count: number, make: () => JSONContent): JSONContent[] => Array.from({ length: count }, make);

export const INSERTABLES: readonly Insertable[] = [
  { id: 'image', icon: 'image', keys: 'tp tupian image picture photo', group: 'common', command: 'edit.image' },
  {
    id: 'person',
    icon: 'person',
    keys: 'rwk renwu person',
    group: 'common',
    content: () => node('personCard', [title(), note(), p()]),
  },
  {
    id: 'data',
    icon: 'chart',
    keys: 'sjk shuju data figure number',
    group: 'common',
    content: () =>
      node(
        'dataCard',
        repeat(2, () => node('dataItem', [title(), note()])),
      ),
  },
  { id: 'video', icon: 'video', keys: 'spkp shipin video film', group: 'common', content: () => empty('videoCard') },
  {
    id: 'lead',
    icon: 'follow',
    keys: 'ydgz yindao guanzhu follow lead',
    group: 'common',
    content: () => node('leadGuide', [p()]),
  },
  { id: 'gallery', icon: 'images', keys: 'tz tuzu gallery pictures slider', group: 'card', command: 'edit.gallery' },
  {
    id: 'steps',
    icon: 'steps',
    keys: 'bz buzhou steps',
    group: 'card',
    content: () =>
      node(
        'stepList',
        repeat(2, () => node('stepItem', [title(), p()])),
      ),
  },
  {
    id: 'qa',
    icon: 'qa',
    keys: 'wd wenda question answer faq',
    group: 'card',
    content: () => node('qaList', [node('qaItem', [title(), p()])]),
  },
  {
    id: 'notice',
    icon: 'notice',
    keys: 'tsk tishi notice box',
    group: 'card',
    content: () => node('noticeBox', [title(), p()]),
  },
  {
    id: 'pullQuote',
    icon: 'pullq',
    keys: 'jj jinju pull quote',
    group: 'card',
    content: () => node('pullQuote', [p(), note()]),
  },
  { id: 'qr', icon: 'qr', keys: 'ewm erweima qr code', group: 'card', content: () => node('qrBlock', [note()]) },
  {
    id: 'source',
    icon: 'source',
    keys: 'ly laiyuan zuozhe bianji source author',
    group: 'card',
    content: () =>
      node(
        'sourceLine',
        ['source', 'author', 'editor'].map((role) => node('sourceItem', [], { role })),
      ),
  },
  { id: 'heading1', icon: 'text', keys: 'dbt dabiaoti heading h1', group: 'text', command: 'edit.heading1' },
  { id: 'heading2', icon: 'text', keys: 'xbt xiaobiaoti heading h2', group: 'text', command: 'edit.heading2' },
  { id: 'heading3', icon: 'text', keys: 'sjbt heading h3', group: 'text', command: 'edit.heading3' },
  { id: 'quote', icon: 'quote', keys: 'yw yinwen quote', group: 'text', command: 'edit.quote' },
  { id: 'bullets', icon: 'ul', keys: 'lb liebiao bullets list', group: 'text', command: 'edit.bullets' },
  { id: 'numbers', icon: 'ol', keys: 'bh bianhao numbers list', group: 'text', command: 'edit.numbers' },
  { id: 'table', icon: 'table', keys: 'bg biaoge table', group: 'text', command: 'edit.table' },
  { id: 'divider', icon: 'divider', keys: 'fgx fengexian divider rule', group: 'text', command: 'edit.divider' },
  { id: 'footnote', icon: 'foot', keys: 'jz jiaozhu footnote', group: 'text', command: 'edit.footnote' },
];

export const insertableOf = (id: InsertId): Insertable | undefined => INSERTABLES.find((item) => item.id === id);

/** Those whose name or keys contain the query; all when it is empty. `nameOf` is the name in the page's language. */
export function findInsertables(query: string, nameOf: (id: InsertId) => string): Insertable[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return [...INSERTABLES];
  return INSERTABLES.filter(
    (item) =>
      nameOf(item.id).toLowerCase().includes(wanted) || item.keys.split(' ').some((key) => key.startsWith(wanted)),
  );
}

/**
 * Puts a block behind the top-level block the cursor is in, or in place of that block when it is an empty paragraph,
 * and the cursor into its first line. A card at the very end gets a paragraph behind it to go on in.
 */
export function insertCard(editor: Editor, content: JSONContent): boolean {
  return editor
    .chain()
    .focus()
    .command(({ tr, state, dispatch }) => {
      const card = state.schema.nodeFromJSON(content);
      const { $from } = state.selection;
      const depth = $from.depth === 0 ? 0 : 1;
      const block = depth === 1 ? $from.node(1) : null;
      const replaces = block?.type.name === 'paragraph' && block.content.size === 0;
      const start = depth === 1 ? $from.before(1) : state.selection.from;
      const end = depth === 1 ? $from.after(1) : state.selection.to;
      if (!dispatch) return true;
      if (replaces) tr.replaceWith(start, end, card);
      else tr.insert(end, card);
      const at = replaces ? start : end;
      const behind = at + card.nodeSize;
      if (tr.doc.content.size <= behind) {
        const paragraph = state.schema.nodes['paragraph']?.create();
        if (paragraph) tr.insert(behind, paragraph);
      }
      tr.setSelection(TextSelection.near(tr.doc.resolve(at + 1))).scrollIntoView();
      return true;
    })
    .run();
}
