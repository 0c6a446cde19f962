/** Find and replace as an editor extension: hits are decorations, replacing is one step of undo. */
import { Extension, type Editor } from '@tiptap/core';
import { Plugin, PluginKey, TextSelection, type Transaction } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { findAll, nearest, patternOf, replacementOf, type FindOptions, type Found } from './find.ts';

export interface FindState {
  options: FindOptions;
  found: Found[];
  /** Index of the hit one is at; -1 for none. */
  at: number;
  /** Why the expression is not one. */
  error: string | null;
  decorations: DecorationSet;
}

const NOTHING: FindState = {
  options: { query: '', matchCase: false, regex: false },
  found: [],
  at: -1,
  error: null,
  decorations: DecorationSet.empty,
};

type Action = { options: FindOptions; near: number } | { at: number } | { close: true };

const key = new PluginKey<FindState>('find');

function decorate(doc: Transaction['doc'], found: readonly Found[], at: number): DecorationSet {
  return DecorationSet.create(
    doc,
    found.map(({ from, to }, i) => Decoration.inline(from, to, { class: i === at ? 'find-hit on' : 'find-hit' })),
  );
}

function search(doc: Transaction['doc'], options: FindOptions, near: number): FindState {
  let pattern;
  try {
    pattern = patternOf(options);
  } catch (error) {
    return { ...NOTHING, options, error: error instanceof Error ? error.message : String(error) };
  }
  const found = findAll(doc, pattern);
  const at = nearest(found, near);
  return { options, found, at, error: null, decorations: decorate(doc, found, at) };
}

function next(tr: Transaction, before: FindState): FindState {
  const action = tr.getMeta(key) as Action | undefined;
  if (action && 'close' in action) return NOTHING;
  if (action && 'options' in action) return search(tr.doc, action.options, action.near);
  if (action) return { ...before, at: action.at, decorations: decorate(tr.doc, before.found, action.at) };
  if (!tr.docChanged || before.options.query === '') return before;
  const here = before.found[before.at];
  return search(tr.doc, before.options, here ? tr.mapping.map(here.from) : 0);
}

export const Find = Extension.create({
  name: 'find',
  addProseMirrorPlugins: () => [
    new Plugin<FindState>({
      key,
      state: { init: () => NOTHING, apply: next },
      props: { decorations: (state) => key.getState(state)?.decorations },
    }),
  ],
});

export const findState = (editor: Editor): FindState => key.getState(editor.state) ?? NOTHING;

/** Brings the hit one is at into view, without taking the focus from the field. */
function showHit(editor: Editor): void {
  const { found, at } = findState(editor);
  const hit = found[at];
  if (!hit) return;
  const dom = editor.view.domAtPos(hit.from).node;
  const element = dom instanceof HTMLElement ? dom : dom.parentElement;
  element?.scrollIntoView({ block: 'nearest' });
}

/** Searches anew, from the cursor on. */
export function setFind(editor: Editor, options: FindOptions): void {
  editor.view.dispatch(editor.state.tr.setMeta(key, { options, near: editor.state.selection.from } satisfies Action));
  showHit(editor);
}

export function closeFind(editor: Editor): void {
  const { found, at } = findState(editor);
  const hit = found[at];
  const { tr } = editor.state;
  // The cursor is left where the search ended, as everywhere.
  if (hit) tr.setSelection(TextSelection.create(tr.doc, hit.from, hit.to));
  editor.view.dispatch(tr.setMeta(key, { close: true } satisfies Action));
}

export function moveFind(editor: Editor, by: -1 | 1): void {
  const { found, at } = findState(editor);
  if (found.length === 0) return;
  const to = (at + by + found.length) % found.length;
  editor.view.dispatch(editor.state.tr.setMeta(key, { at: to } satisfies Action));
  showHit(editor);
}

/** Puts text in place of a hit; it takes the marks of the hit's first letter. */
function put(editor: Editor, tr: Transaction, hit: Found, text: string): void {
  const from = tr.mapping.map(hit.from);
  const to = tr.mapping.map(hit.to, -1);
  if (text === '') {
    tr.delete(from, to);
    return;
  }
  const marks = tr.doc.resolve(from).nodeAfter?.marks ?? [];
  tr.replaceWith(from, to, editor.schema.text(text, marks));
}

/** Replaces the hit one is at and goes to the next. */
export function replaceOne(editor: Editor, replacement: string): boolean {
  const { found, at, options } = findState(editor);
  const hit = found[at];
  if (!hit || !editor.isEditable) return false;
  const { tr } = editor.state;
  const text = replacementOf(hit, replacement, options.regex);
  put(editor, tr, hit, text);
  editor.view.dispatch(tr.setMeta(key, { options, near: hit.from + text.length } satisfies Action));
  showHit(editor);
  return true;
}

/** Replaces every hit as one step of undo. Answers how many. */
export function replaceAll(editor: Editor, replacement: string): number {
  const { found, options } = findState(editor);
  if (found.length === 0 || !editor.isEditable) return 0;
  const { tr } = editor.state;
  for (const hit of found) put(editor, tr, hit, replacementOf(hit, replacement, options.regex));
  editor.view.dispatch(tr.setMeta(key, { options, near: 0 } satisfies Action));
  return found.length;
}
