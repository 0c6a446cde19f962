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
    pos?: number | undefined;
    importing: (name: string) => string;
    onFailed: (error: unknown, name: string) => void;
  },
): Promise<void> {
  const { view } = editor;
  const at = options.pos ?? view.state.selection.to;
  const ids = options.names.map((name) => {
    markers += 1;
    const id = `import-${String(markers)}`;
    addMarker(view, id, at, options.importing(name));
    return id;
  });
  const results = await runImport(options).catch((error: unknown) => error);
  for (const [index, id] of ids.entries()) {
    if (editor.isDestroyed) return;
    const place = takeMarker(view, id);
    const name = options.names[index] ?? '';
    const result = Array.isArray(results) ? (results as Awaited<ReturnType<typeof runImport>>)[index] : undefined;
    if (!result || 'error' in result) {
      options.onFailed(result?.error ?? results, name);
    } else if (result.kind === 'image' && place !== null) {
      const attrs = { assetId: result.assetId, alt: '', caption: '', credit: '', width: null, ai: false };
      editor.chain().insertContentAt(place, { type: 'image', attrs }, { updateSelection: false }).run();
    }
  }
}

async function runImport(options: { storyId: string; sources: () => Promise<ImportSource[]> }) {
  const sources = await options.sources();
  const { jobId } = await client.media.import({ sources, storyId: options.storyId });
  return mediaImportResult.parse(await jobResult(jobId));
}

export const namesOf = (sources: ImportSource[]): string[] => sources.map(sourceName);
