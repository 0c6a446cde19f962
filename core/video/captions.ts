/** Captions of a film from files and into files. */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Call } from '../call.ts';
import { MAX_CAPTION_BYTES, readCaptions, writeCaptions } from '../captions/index.ts';
import { dropUploads, locateSource, refusePaths } from '../media/index.ts';
import { safeFileName } from '../model/file-name.ts';
import type { CaptionFormat } from '../model/captions/index.ts';
import type { CaptionsRead, ImportSource, Repair } from '../model/contract/index.ts';
import { StudioError } from '../model/errors.ts';
import { cuesForFile, cuesFromFile } from '../model/timeline/index.ts';
import { buildFolder, freeDir } from '../out-folder.ts';
import { projectRow, readTimeline } from './store.ts';

/** Reads a caption file for a timeline; nothing is kept. Errors: as `readCaptions`, file_missing, file_unreadable, too_large. */
export async function readCaptionSource(call: Call, source: ImportSource): Promise<CaptionsRead> {
  refusePaths(call, [source]);
  const { uploadsDir } = call.workspace.ports;
  const file = locateSource(source, uploadsDir);
  try {
    const { size } = await stat(file.path);
    if (size > MAX_CAPTION_BYTES) throw new StudioError('too_large', { file: file.name, limit: '50 MB' });
    const { cues, format, repairs } = readCaptions(await readFile(file.path), file.name);
    return { format, cues: cuesFromFile(cues), repairs };
  } catch (error) {
    if (error instanceof StudioError) throw error;
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new StudioError(missing ? 'file_missing' : 'file_unreadable', { file: file.name }, { cause: error });
  } finally {
    await dropUploads([source], uploadsDir);
  }
}

/**
 * Writes a film's captions as a file below `exports/`, both languages of a caption as lines of one. `repairs`: what the
 * format has no place for. Errors: unknown_id, no_captions.
 */
export async function exportCaptions(
  call: Call,
  { projectId, format }: { projectId: string; format: CaptionFormat },
): Promise<{ file: string; repairs: Repair[] }> {
  const row = await projectRow(call.db, projectId);
  const cues = cuesForFile(readTimeline(row));
  if (cues.length === 0) throw new StudioError('no_captions');
  const { text, repairs } = writeCaptions(cues, format);
  const name = safeFileName(row.title, 'captions');
  const exportsDir = path.join(call.workspace.ports.dir, 'exports');
  await mkdir(exportsDir, { recursive: true });
  const dir = freeDir(exportsDir, name);
  await buildFolder(dir, randomUUID(), async (folder) => {
    await folder.write(`${name}.${format}`, text);
    await folder.syncFile(`${name}.${format}`);
  });
  return { file: path.join(dir, `${name}.${format}`), repairs };
}
