import type { Editor } from '@tiptap/core';
import { mediaImportResult, type ImportSource } from '../../../../../core/model/contract/index.ts';
import { client } from '../../../client/client.ts';
import { jobResult } from '../../../client/jobs.ts';
import { sourceName } from '../../../client/sources.ts';
import { addMarker, takeMarker } from './import-markers.ts';

let markers = 0;

/**
 * Imports pictures and puts them where `pos` (or the cursor) is, in order. The person may go on writing:
 * the place moves with the text. A picture whose place was deleted meanwhile stays among the media.
 */
export async function insertImages(
  editor: Editor,
  options: {
    storyId: string;
    /** The files, already chosen; called once the markers stand. */
    sources: () => Promise<ImportSource[]>;
    names: string[];
    /** One place for all, or one each. */
    pos?: number | readonly number[] | undefined;
    /** What becomes of them: pictures of their own, one gallery, or the picture of the card (or empty picture) at `pos`. */
    as?: 'pictures' | 'gallery' | 'card' | undefined;
    importing: (name: string) => string;
    onFailed: (error: unknown, name: string) => void;
  },
): Promise<void> {
  const { view } = editor;
  const at = options.pos ?? view.state.selection.to;
  const ids = options.names.map((name, i) => {
    markers += 1;
    const id = `import-${String(markers)}`;
    addMarker(view, id, typeof at === 'number' ? at : (at[i] ?? view.state.selection.to), options.importing(name));
    return id;
  });
  const results = await runImport(options).catch((error: unknown) => error);
  const placed: { place: number; assetId: string }[] = [];
  for (const [index, id] of ids.entries()) {
    if (editor.isDestroyed) return;
    const place = takeMarker(view, id);
    const name = options.names[index] ?? '';
    const result = Array.isArray(results) ? (results as Awaited<ReturnType<typeof runImport>>)[index] : undefined;
    if (!result || 'error' in result) options.onFailed(result?.error ?? results, name);
    else if (result.kind === 'image' && place !== null) placed.push({ place, assetId: result.assetId });
  }
  put(editor, placed, options.as ?? 'pictures');
}

const imageNode = (assetId: string) => ({
  type: 'image',
  attrs: { assetId, alt: '', caption: '', credit: '', width: null, ai: false },
});

/** Puts imported pictures where their markers stood. */
function put(editor: Editor, placed: { place: number; assetId: string }[], as: 'pictures' | 'gallery' | 'card'): void {
  const [first] = placed;
  if (!first) return;
  if (as === 'gallery') {
    const content = placed.map(({ assetId }) => imageNode(assetId));
    const $at = editor.state.doc.resolve(first.place);
    const at = $at.depth === 0 ? first.place : $at.after(1);
    const behind = at >= editor.state.doc.content.size ? [{ type: 'paragraph' }] : [];
    editor
      .chain()
      .insertContentAt(at, [{ type: 'gallery', content }, ...behind], { updateSelection: false })
      .run();
  } else if (as === 'card') {
    const { tr } = editor.state;
    for (const { place, assetId } of placed) {
      if (tr.doc.nodeAt(place)?.type.spec.attrs?.['assetId']) tr.setNodeAttribute(place, 'assetId', assetId);
    }
    editor.view.dispatch(tr);
  } else {
    // From the last to the first: what is put in does not move the places before it.
    for (const { place, assetId } of placed.toReversed()) {
      editor.chain().insertContentAt(place, imageNode(assetId), { updateSelection: false }).run();
    }
  }
}

/** Imports files for a story; answers one entry a file, in order. */
export async function runImport(options: { storyId: string; sources: () => Promise<ImportSource[]> }) {
  const sources = await options.sources();
  const { jobId } = await client.media.import({ sources, storyId: options.storyId });
  return mediaImportResult.parse(await jobResult(jobId));
}

export const namesOf = (sources: ImportSource[]): string[] => sources.map(sourceName);
