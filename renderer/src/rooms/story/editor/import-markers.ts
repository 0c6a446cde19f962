/** "Importing picture…" in the text, at a place that moves with the text around it until the picture is there. */
import { Extension } from '@tiptap/core';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';

interface MarkerSpec {
  id: string;
}
type MarkerAction = { add: { id: string; pos: number; text: string } } | { remove: string };

const key = new PluginKey<DecorationSet>('importMarkers');

const widget = (text: string) => () => {
  const element = document.createElement('div');
  element.className = 'import-marker';
  element.textContent = text;
  return element;
};

const find = (set: DecorationSet, id: string) =>
  set.find(undefined, undefined, (spec) => (spec as MarkerSpec).id === id);

export const ImportMarkers = Extension.create({
  name: 'importMarkers',
  addProseMirrorPlugins: () => [
    new Plugin<DecorationSet>({
      key,
      state: {
        init: () => DecorationSet.empty,
        apply: (tr, set) => {
          const moved = set.map(tr.mapping, tr.doc);
          const action = tr.getMeta(key) as MarkerAction | undefined;
          if (!action) return moved;
          if ('remove' in action) return moved.remove(find(moved, action.remove));
          const { id, pos, text } = action.add;
          return moved.add(tr.doc, [Decoration.widget(pos, widget(text), { id, side: -1 })]);
        },
      },
      props: { decorations: (state) => key.getState(state) },
    }),
  ],
});

/** Shows a marker at `pos`. */
export function addMarker(view: EditorView, id: string, pos: number, text: string): void {
  view.dispatch(view.state.tr.setMeta(key, { add: { id, pos, text } } satisfies MarkerAction));
}

/** Takes a marker away and answers where it stood; null when its place was deleted. */
export function takeMarker(view: EditorView, id: string): number | null {
  const at = find(key.getState(view.state) ?? DecorationSet.empty, id)[0]?.from ?? null;
  view.dispatch(view.state.tr.setMeta(key, { remove: id } satisfies MarkerAction));
  return at;
}
