import { Extension } from '@tiptap/core';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { DecorationSet } from '@tiptap/pm/view';

/** A transaction with this meta shows another comparison. */
export const compareKey = new PluginKey<DecorationSet>('compare');

/** Shows the decorations it is handed; the comparison itself is made outside of the editor. */
export const CompareMarks = Extension.create({
  name: 'compareMarks',
  addProseMirrorPlugins: () => [
    new Plugin<DecorationSet>({
      key: compareKey,
      state: {
        init: () => DecorationSet.empty,
        apply: (tr, set) =>
          (tr.getMeta(compareKey) as DecorationSet | undefined) ?? (tr.docChanged ? DecorationSet.empty : set),
      },
      props: { decorations: (state) => compareKey.getState(state) },
    }),
  ],
});
