/** The words that are commented on, marked in a text that is only read. */
import { Extension, type Editor } from '@tiptap/core';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';

export interface CommentMark {
  id: string;
  /** Positions as the editor counts. */
  from: number;
  to: number;
  active: boolean;
  resolved: boolean;
}

const key = new PluginKey<DecorationSet>('commentMarks');

const classOf = ({ active, resolved }: CommentMark) =>
  `cm-mark${active ? ' cm-active' : ''}${resolved ? ' cm-resolved' : ''}`;

export const CommentMarks = Extension.create({
  name: 'commentMarks',
  addProseMirrorPlugins: () => [
    new Plugin<DecorationSet>({
      key,
      state: {
        init: () => DecorationSet.empty,
        apply: (tr, set) => {
          const marks = tr.getMeta(key) as readonly CommentMark[] | undefined;
          if (!marks) return set.map(tr.mapping, tr.doc);
          return DecorationSet.create(
            tr.doc,
            marks.map((m) => Decoration.inline(m.from, m.to, { class: classOf(m), 'data-comment': m.id })),
          );
        },
      },
      props: { decorations: (state) => key.getState(state) },
    }),
  ],
});

/** Shows exactly these marks. */
export function showMarks(editor: Editor, marks: readonly CommentMark[]): void {
  editor.view.dispatch(editor.state.tr.setMeta(key, marks));
}
