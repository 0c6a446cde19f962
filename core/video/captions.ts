/** Captions of a film from files and into files. */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Call } from '../call.ts';
import { MAX_CAPTION_BYTES, readCaptions, writeCaptions } from '../captions/index.ts';
import { dropUploads, locateSource, refusePaths } from '../media/index.ts';
import { safeFileName } from '../model/file-name.ts';
import type { CaptionFormat } from '../model/captions/index.ts';
import type { CaptionsRead, ImportSource, Repair, SourceTracks } from '../model/contract/index.ts';
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

/** ffprobe is asked of this many sources at a time. */
const AT_ONCE = 2;

/** The sources themselves are told of in the media; a list of subtitles has nothing to add. */
const OF_THE_FILE = new Set(['source_vanished', 'file_missing', 'file_unreadable', 'empty_file', 'unreadable_media']);

/** The subtitles inside some sources. A file that is gone or broken is left out. Errors: missing_tool, tool_failed, cancelled. */
export async function textTracksOf(call: Call, assetIds: readonly string[]): Promise<SourceTracks[]> {
  const rows = await call.db.selectFrom('asset').select(['id', 'sha256']).where('id', 'in', assetIds).execute();
  const found: SourceTracks[] = [];
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    const some = rows.slice(at, at + AT_ONCE).map(async ({ id, sha256 }) => {
      const file = call.workspace.ports.blobs.pathOf(sha256);
      const tracks = await call.machine.media.textTracks(file, call.signal).catch((error: unknown) => {
        if (!(error instanceof StudioError) || !OF_THE_FILE.has(error.code)) throw error;
        return [];
      });
      if (tracks.length > 0) found.push({ assetId: id, tracks });
    });
    await Promise.all(some);
  }
  return found.sort((a, b) => assetIds.indexOf(a.assetId) - assetIds.indexOf(b.assetId));
}

/** A track without words is an empty file, or one with a header and nothing else. */
const NOTHING_SAID = new Set(['empty_file', 'not_captions']);

/**
 * The words of a source's subtitles, at the times of the source: what ends before its first frame is left out. Nothing is
 * kept. Errors: unknown_id, source_vanished, text_track_unreadable, too_large, as `MediaEngine.textTrack`.
 */
export async function readTextTrackOf(
  call: Call,
  { assetId, track }: { assetId: string; track: number },
): Promise<CaptionsRead> {
  const row = await call.db
    .selectFrom('asset')
    .select(['sha256', 'bytes', 'name'])
    .where('id', '=', assetId)
    .executeTakeFirst();
  if (!row) throw new StudioError('unknown_id', { id: assetId });
  const { blobs } = call.workspace.ports;
  if ((await blobs.state(row.sha256, row.bytes)) === 'missing')
    throw new StudioError('source_vanished', { file: row.name }, { files: [row.name] });
  const file = blobs.pathOf(row.sha256);
  const { format, bytes, zeroUs } = await call.machine.media.textTrack(file, track, call.signal);
  try {
    const read = readCaptions(bytes, `track.${format}`);
    const cues = cuesFromFile(read.cues)
      .map((cue) => ({ ...cue, startUs: Math.max(0, cue.startUs - zeroUs), endUs: cue.endUs - zeroUs }))
      .filter(({ startUs, endUs }) => endUs > startUs);
    return { format, cues, repairs: read.repairs };
  } catch (error) {
    if (error instanceof StudioError && NOTHING_SAID.has(error.code)) return { format, cues: [], repairs: [] };
    throw error;
  }
}
