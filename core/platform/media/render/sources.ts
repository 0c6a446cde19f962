/** What a plan must know of the files a timeline uses. */
import { open, stat } from 'node:fs/promises';
import { StudioError } from '../../../model/errors.ts';
import { aigcOfFilm } from '../../../model/platforms/index.ts';
import { lutsOf, usedAssetIds } from '../../../model/timeline/index.ts';
import type { Timeline, TimelineAsset } from '../../../model/timeline/index.ts';
import type { FilmSource, SourcePicture } from '../../../ports/video.ts';
import { aigcOf } from '../aigc.ts';
import { probeLines } from '../ffprobe.ts';
import { firstFrameUs, frameTimes } from '../frame-times.ts';
import { readHeader } from '../header.ts';
import { aigcOfPicture } from '../picture.ts';
import { sourceMatrix } from '../proxy.ts';
import { systemCode } from '../files.ts';
import { readCoded } from './copy/coded.ts';
import type { CodedSource, Stretch } from './copy/coded.ts';
import { streamOf } from './copy/header.ts';
import type { CodedFile } from './copy/header.ts';

export interface SourceFile extends FilmSource {
  path: string;
  /** Length when it was looked at. */
  bytes: number;
  /** Of a film whose pictures may be copied: what was read of them. */
  coded?: CodedSource;
  /** What the file says of an AI (GB 45438-2025, annex E), or null. */
  aigc: string | null;
}

interface Reader {
  ffprobe: string;
  source: (sha256: string) => Promise<string>;
  signal: AbortSignal | undefined;
  /** Pictures may be copied: looks for what can be. */
  copies: boolean;
  /** What is known of files already, by path, size and time. */
  known: Map<string, SourceFile>;
}

interface Found {
  path: string;
  bytes: number;
}

/** Files that are remembered: a day's work does not grow without end. */
const MOST_KNOWN = 1_000;

/** Containers whose index leads to the key frame before a time. */
const INDEXED = ['mov', 'matroska', 'webm'];

/** A file that is heard only: its time line begins with its first sample. */
async function heard(asset: TimelineAsset, { path, bytes }: Found, { ffprobe, signal }: Reader): Promise<SourceFile> {
  const { header, stderr } = await readHeader(ffprobe, path, signal);
  const track = header?.audio[0];
  if (header === null || track === undefined) {
    throw new StudioError('unreadable_media', { file: asset.name }, { files: [asset.name], details: { stderr } });
  }
  const picture = {
    ...{ index: track.index, width: 1, height: 1, interlaced: false, hdr: false, matrix: 'auto' },
    startUs: await firstFrameUs(ffprobe, path, track.index, signal),
    ...{ exactSeek: header.formats.some((name) => INDEXED.includes(name)), times: null },
  };
  return { sha256: asset.sha256, kind: 'audio', picture, sound: track.index, path, bytes, aigc: aigcOf(header.tags) };
}

async function still(asset: TimelineAsset, { path, bytes }: Found): Promise<SourceFile> {
  const picture = {
    ...{ index: 0, width: asset.width ?? 1, height: asset.height ?? 1, interlaced: false, hdr: false },
    ...{ matrix: 'auto', startUs: 0, exactSeek: true, times: null },
  };
  return { sha256: asset.sha256, kind: 'image', picture, sound: null, path, bytes, aigc: await aigcOfPicture(path) };
}

/** A colour table: no picture and no sound, only a file that must be there. */
async function table({ sha256, name }: { sha256: string; name: string }, reader: Reader): Promise<SourceFile> {
  const path = await reader.source(sha256);
  const there = await stat(path).catch(() => null);
  if (there === null) throw new StudioError('source_vanished', { file: name }, { files: [name] });
  const none = { index: 0, width: 1, height: 1, interlaced: false, hdr: false, matrix: 'auto', startUs: 0 };
  const picture = { ...none, exactSeek: true, times: null };
  return { sha256, kind: 'lut', picture, sound: null, path, bytes: there.size, aigc: null };
}

/** Takes this long may be made in parts (core/video/plan; slowed down, a short one too), which are read from the middle on. */
const LONG_TAKE_US = 5_000_000;
const FRAMES_LOOKED_AT = 8;

/** Whether reading from the middle of the timeline's longest take gives sound pictures. */
async function seeksWell(file: string, index: number, middleUs: number, { ffprobe, signal }: Reader): Promise<boolean> {
  const interval = `${(middleUs / 1_000_000).toFixed(6)}%+#${FRAMES_LOOKED_AT}`;
  const args = ['-select_streams', `${index}`, '-read_intervals', interval, '-show_entries', 'frame=pts'];
  const { stderr } = await probeLines(ffprobe, file, args, () => true, signal);
  return stderr.trim() === '';
}

/** Whether a seek leads anywhere: where no key frame is marked and there is no index, it may find nothing at all. No frame is decoded. */
async function seeksAtAll(file: string, index: number, us: number, { ffprobe, signal }: Reader): Promise<boolean> {
  const interval = `${(us / 1_000_000).toFixed(6)}%+#1`;
  const args = ['-select_streams', `${index}`, '-read_intervals', interval, '-show_entries', 'packet=size'];
  let found = false;
  const take = (line: string): void => {
    found ||= line.startsWith('packet|');
  };
  await probeLines(ffprobe, file, args, take, signal);
  return found;
}

/** Middle of the longest take of an asset, from its first frame; null: none is long. */
function longTake(timeline: Timeline, assetId: string): number | null {
  const takes = timeline.storyline.filter((clip) => clip.assetId === assetId && !clip.reversed);
  const [longest] = takes.sort((a, b) => b.outUs - b.inUs - (a.outUs - a.inUs));
  if (!longest || longest.outUs - longest.inUs < LONG_TAKE_US) return null;
  return (longest.inUs + longest.outUs) / 2;
}

/** What of an asset a timeline shows. */
interface Shown {
  /** Middle of its longest take, from its first frame; null: none is long. */
  takeUs: number | null;
  /** Where it is shown as it is, if pictures may be copied; else empty. */
  stretches: Stretch[];
}

/** Read once: a cover that is looked at again and again asks for the same files. Packets are not kept. */
async function readSource(asset: TimelineAsset, reader: Reader, shown: Shown): Promise<SourceFile> {
  const path = await reader.source(asset.sha256);
  const there = await stat(path).catch(() => null);
  if (there === null) throw new StudioError('source_vanished', { file: asset.name }, { files: [asset.name] });
  const found = { path, bytes: there.size };
  if (shown.stretches.length > 0) return readFacts(asset, found, reader, shown);
  const key = JSON.stringify([path, there.size, there.mtimeMs, asset, shown.takeUs]);
  const read = reader.known.get(key) ?? (await readFacts(asset, found, reader, shown));
  if (reader.known.size >= MOST_KNOWN) reader.known.clear();
  reader.known.set(key, read);
  return read;
}

async function readFacts(asset: TimelineAsset, found: Found, reader: Reader, shown: Shown): Promise<SourceFile> {
  const { ffprobe, signal } = reader;
  const { path, bytes } = found;
  if (asset.kind === 'image') return still(asset, found);
  if (asset.kind === 'audio') return heard(asset, found, reader);
  const { header, stderr } = await readHeader(ffprobe, path, signal);
  const video = header?.video ?? null;
  if (header === null || video === null) {
    throw new StudioError('unreadable_media', { file: asset.name }, { files: [asset.name], details: { stderr } });
  }
  // Both ask the file by a process of their own.
  const [startUs, stream] = await Promise.all([
    firstFrameUs(ffprobe, path, video.index, signal),
    shown.stretches.length > 0 ? streamOf(path, video.index, { ffprobe, signal }) : null,
  ]);
  const plain: SourcePicture = {
    ...{ index: video.index, width: video.width, height: video.height },
    ...{ interlaced: video.interlaced, hdr: video.hdr, matrix: sourceMatrix(video) },
    startUs,
    exactSeek: header.formats.some((name) => INDEXED.includes(name)),
    times: null,
  };
  const coded = await codedOf(asset, { path, picture: plain, stream }, shown.stretches, reader);
  const { takeUs } = shown;
  // Where there are key frames to begin at, nothing long is read from the middle on.
  const begins = (coded?.facts.entries.length ?? 0) > 0;
  const middleUs = startUs + (asset.durationUs ?? 0) / 2;
  const seeks =
    begins ||
    (takeUs === null
      ? await seeksAtAll(path, video.index, middleUs, reader)
      : await seeksWell(path, video.index, startUs + takeUs, reader));
  const picture: SourcePicture = {
    ...plain,
    ...(seeks ? {} : { seeks }),
    times: asset.variable ? await frameTimes(ffprobe, path, signal) : null,
    ...(coded ? { coded: coded.facts } : {}),
  };
  const sound = header.audio[0]?.index ?? null;
  const { sha256 } = asset;
  return { sha256, kind: 'video', picture, sound, path, bytes, aigc: aigcOf(header.tags), ...(coded ? { coded } : {}) };
}

/** Stretches of an asset that are shown as they are: forward and at their own pace. */
function stretchesOf({ storyline }: Timeline, assetId: string): Stretch[] {
  return storyline
    .filter((clip) => clip.assetId === assetId && !clip.reversed && clip.heldUs === undefined && clip.speed === '1/1')
    .map(({ inUs, outUs }) => ({ fromUs: inUs, toUs: outUs }));
}

/** What can be copied of its pictures; null: nobody asks. */
async function codedOf(
  { name, frameRate, variable }: TimelineAsset,
  file: Pick<CodedFile, 'path' | 'picture' | 'stream'>,
  stretches: Stretch[],
  reader: Reader,
): Promise<CodedSource | null> {
  if (stretches.length === 0) return null;
  try {
    return await readCoded({ ...file, frameRate, variable }, stretches, reader);
  } catch (cause) {
    if (systemCode(cause) === null) throw cause;
    throw new StudioError('source_vanished', { file: name }, { files: [name], cause });
  }
}

/** The files of all clips, sounds and colour tables, by SHA-256. Errors: source_vanished, unreadable_media, missing_tool, cancelled, tool_failed. */
export async function readSources(timeline: Timeline, reader: Reader): Promise<Map<string, SourceFile>> {
  const used = new Set(usedAssetIds(timeline));
  const found = new Map<string, SourceFile>();
  for (const asset of timeline.assets) {
    if (!used.has(asset.assetId) || found.has(asset.sha256)) continue;
    const stretches = reader.copies && asset.kind === 'video' ? stretchesOf(timeline, asset.assetId) : [];
    const takeUs = longTake(timeline, asset.assetId);
    found.set(asset.sha256, await readSource(asset, reader, { takeUs, stretches }));
  }
  for (const lut of lutsOf(timeline)) found.set(lut.sha256, await table(lut, reader));
  return found;
}

/** Whether the file still stands as it was looked at: there, as long, its last byte can be read. */
async function stands({ path, bytes }: Found): Promise<boolean> {
  const handle = await open(path, 'r').catch(() => null);
  if (handle === null) return false;
  try {
    const { size } = await handle.stat();
    if (size !== bytes) return false;
    return bytes === 0 || (await handle.read(Buffer.alloc(1), 0, 1, bytes - 1)).bytesRead === 1;
  } catch {
    return false;
  } finally {
    await handle.close().catch(() => undefined);
  }
}

/**
 * The SHA-256 of the first source that went away or changed since it was looked at, or null. A decoder cannot tell: for it a file
 * whose drive is gone ends early.
 */
export async function vanished(sources: Iterable<SourceFile>): Promise<string | null> {
  for (const source of sources) if (!(await stands(source))) return source.sha256;
  return null;
}

/**
 * The AI labels of an output as options: the strongest as `AIGC`, further different ones as `AIGC_2` and so on, so
 * that none is lost. Written by `-movflags use_metadata_tags`.
 */
export function aigcOptions(sources: Iterable<SourceFile>, declared: boolean): string[] {
  const incoming = [...sources].flatMap(({ aigc }) => aigc ?? []);
  return aigcOfFilm(incoming, declared).flatMap((value, i) => [
    '-metadata',
    `${i === 0 ? 'AIGC' : `AIGC_${i + 1}`}=${value}`,
  ]);
}
