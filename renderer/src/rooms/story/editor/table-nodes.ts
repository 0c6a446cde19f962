/** Table nodes of the article schema (core/model/article/describe.ts) over prosemirror-tables. */
import { Extension, mergeAttributes, Node } from '@tiptap/core';
import { nodeDescription } from '../../../../../core/model/article/describe.ts';
import { TextSelection } from '@tiptap/pm/state';
import {
  addColumnAfter,
  addRowAfter,
  deleteColumn,
  deleteRow,
  deleteTable,
  fixTables,
  goToNextCell,
  tableEditing,
  toggleHeaderRow,
} from '@tiptap/pm/tables';

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    articleTable: {
      /** Inserts an empty table, its first row a header, and puts the cursor into the first cell. */
      insertTable: (size: { rows: number; columns: number }) => ReturnType;
      addTableRow: () => ReturnType;
      addTableColumn: () => ReturnType;
      deleteTableRow: () => ReturnType;
      deleteTableColumn: () => ReturnType;
      toggleTableHeader: () => ReturnType;
      removeTable: () => ReturnType;
    };
  }
}

const positive = (element: HTMLElement, name: string, most: number) => {
  const value = Number.parseInt(element.getAttribute(name) ?? '1', 10);
  return Number.isInteger(value) && value >= 1 ? Math.min(value, most) : 1;
};

/** Same attributes and limits as the core's schema. */
const cellAttributes = () => ({
  colspan: { default: 1, parseHTML: (e: HTMLElement) => positive(e, 'colspan', 100) },
  rowspan: { default: 1, parseHTML: (e: HTMLElement) => positive(e, 'rowspan', 1000) },
  // Column widths are kept when an article has them; the editor itself sets none.
  colwidth: { default: null, parseHTML: () => null, renderHTML: () => ({}) },
});

const Table = Node.create({
  name: 'table',
  group: 'block',
  content: 'tableRow+',
  isolating: true,
  parseHTML: () => [{ tag: 'table' }],
  renderHTML: ({ HTMLAttributes }) => ['table', mergeAttributes(HTMLAttributes), ['tbody', 0]],
});

const TableRow = Node.create({
  name: 'tableRow',
  content: '(tableCell | tableHeader)*',
  parseHTML: () => [{ tag: 'tr' }],
  renderHTML: ({ HTMLAttributes }) => ['tr', mergeAttributes(HTMLAttributes), 0],
});

const TableCell = Node.create({
  name: 'tableCell',
  content: 'block+',
  isolating: true,
  addAttributes: cellAttributes,
  parseHTML: () => [{ tag: 'td' }],
  renderHTML: ({ HTMLAttributes }) => ['td', mergeAttributes(HTMLAttributes), 0],
});

const TableHeader = Node.create({
  name: 'tableHeader',
  content: 'block+',
  isolating: true,
  addAttributes: cellAttributes,
  parseHTML: () => [{ tag: 'th' }],
  renderHTML: ({ HTMLAttributes }) => ['th', mergeAttributes(HTMLAttributes), 0],
});

/** Commands, keys and the plugin; and the role that tells prosemirror-tables which node is which. */
const TableBehaviour = Extension.create({
  name: 'articleTable',
  priority: 200,
  extendNodeSchema: ({ name }) => {
    const role = nodeDescription(name)?.tableRole;
    return role ? { tableRole: role } : {};
  },
  addCommands() {
    return {
      insertTable:
        ({ rows, columns }) =>
        ({ tr, dispatch, state }) => {
          const { table, tableRow, tableCell, tableHeader } = state.schema.nodes;
          if (!table || !tableRow || !tableCell || !tableHeader) return false;
          const made = Array.from({ length: rows }, (_, r) =>
            tableRow.create(
              null,
              Array.from({ length: columns }, () => (r === 0 ? tableHeader : tableCell).createAndFill()).flatMap(
                (c) => c ?? [],
              ),
            ),
          );
          if (dispatch) {
            const at = tr.selection.from;
            tr.replaceSelectionWith(table.create(null, made)).scrollIntoView();
            tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min(at + 1, tr.doc.content.size))));
          }
          return true;
        },
      addTableRow:
        () =>
        ({ state, dispatch }) =>
          addRowAfter(state, dispatch),
      addTableColumn:
        () =>
        ({ state, dispatch }) =>
          addColumnAfter(state, dispatch),
      deleteTableRow:
        () =>
        ({ state, dispatch }) =>
          deleteRow(state, dispatch),
      deleteTableColumn:
        () =>
        ({ state, dispatch }) =>
          deleteColumn(state, dispatch),
      toggleTableHeader:
        () =>
        ({ state, dispatch }) =>
          toggleHeaderRow(state, dispatch),
      removeTable:
        () =>
        ({ state, dispatch }) =>
          deleteTable(state, dispatch),
    };
  },
  addKeyboardShortcuts() {
    const step = (by: 1 | -1) => () => goToNextCell(by)(this.editor.state, this.editor.view.dispatch);
    return {
      Tab: () => step(1)() || (this.editor.isActive('table') && this.editor.chain().addTableRow().run() && step(1)()),
      'Shift-Tab': step(-1),
    };
  },
  addProseMirrorPlugins() {
    return [tableEditing()];
  },
  onCreate() {
    const repaired = fixTables(this.editor.state);
    if (repaired) this.editor.view.dispatch(repaired.setMeta('addToHistory', false));
  },
});

export const tableExtensions = [Table, TableRow, TableCell, TableHeader, TableBehaviour];
