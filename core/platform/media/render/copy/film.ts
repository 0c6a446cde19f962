/** The picture of a film with copied parts: samples of segments and of sources in a row, in one track. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { Rational } from '../../../../model/timeline/index.ts';
import type { PlanGroup, PlanSegment } from '../../../../ports/video.ts';
import { throwIfCancelled } from '../../files.ts';
import { segmentFile } from '../segments.ts';
import type { RenderWork } from '../work.ts';
import type { CodedPacket, CodedSource } from './coded.ts';
import { joinedConfig, renumberedSet, renumberedSlice } from './config.ts';
import type { Config } from './config.ts';
import { isParameterSet, isSlice, nalType, nalsOf, sampleOf } from './nal.ts';
import { readTrack } from './track.ts';
import { writePicture } from './write.ts';
import type { PictureWriter } from './write.ts';

/** What is copied does not come out as it must; the film is encoded whole instead. */
export class CopyFailed extends Error {}

/** Copied samples of the film, for {@link verifyCopied}. */
export interface CopiedSamples {
  /** In coding order, of the whole film. */
  first: number;
  count: number;
  /** Over their bytes in a row. */
  sha256: string;
}

export interface CopiedFilm {
  codec: Config['codec'];
  width: number;
  height: number;
  /** Frames a second. */
  rate: Rational;
  copied: CopiedSamples[];
  /** Frames at which segments meet of which one at least is copied. */
  joints: number[];
  /** Frames that decoding can begin at. */
  keys: number[];
}

/** The source of the pictures that a group copies. */
function codedOf(work: RenderWork, segment: PlanSegment): CodedSource & { config: Config } {
  const { coded } = work.source(segment.sha256);
  if (!coded?.config) throw new CopyFailed(`${segment.clipId}: nothing is known of its pictures`);
  return { ...coded, config: coded.config };
}

/** The packets of a copied segment in coding order. */
export function packetsOf(work: RenderWork, segment: PlanSegment): CodedPacket[] {
  const { copy, frames } = segment;
  if (!copy) return [];
  const [from, to] = [copy.sourceFrame, copy.sourceFrame + frames];
  for (const stretch of codedOf(work, segment).stretches) {
    const inside = stretch.filter(({ frame }) => frame >= from && frame < to);
    if (inside.length === frames) return inside;
  }
  throw new CopyFailed(`${segment.clipId}: not ${String(frames)} pictures at ${String(from)}`);
}

/** Bytes a copied segment takes; what cannot be copied after all takes none as a copy. */
export function copiedBytes(work: RenderWork, segment: PlanSegment): number {
  try {
    return packetsOf(work, segment).reduce((sum, { size }) => sum + size, 0);
  } catch {
    return 0;
  }
}

async function readAt(handle: FileHandle, offset: number, size: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(size);
  const { bytesRead } = await handle.read(bytes, 0, size, offset);
  if (bytesRead < size) throw new CopyFailed(`a picture at ${String(offset)} ends early`);
  return bytes;
}

/** The packets' bytes one after another. Errors: source_vanished, CopyFailed. */
async function* bytesOf(work: RenderWork, segment: PlanSegment): AsyncGenerator<[CodedPacket, Buffer]> {
  let handle: FileHandle | null = null;
  try {
    handle = await open(work.source(segment.sha256).path, 'r');
    for (const packet of packetsOf(work, segment)) {
      throwIfCancelled(work.signal);
      yield [packet, await readAt(handle, packet.offset, packet.size).catch((cause: unknown) => unread(work, cause))];
    }
  } catch (cause) {
    if (handle) throw cause;
    await unread(work, cause);
  } finally {
    await handle?.close();
  }
}

async function unread(work: RenderWork, cause: unknown): Promise<never> {
  await work.refuseVanished();
  throw new CopyFailed('a source cannot be read', { cause });
}

/** Whether a sample is whole and has no parameter sets but the track's own. */
function isSound(bytes: Buffer, { codec, sets }: Config): boolean {
  const nals = nalsOf(bytes);
  const known = (nal: Buffer): boolean =>
    !isParameterSet(codec, nalType(codec, nal)) || sets.some((set) => set.equals(nal));
  return nals?.every(known) ?? false;
}

interface Film {
  work: RenderWork;
  writer: PictureWriter;
  /** Samples written. */
  count: number;
  keys: number[];
}

async function addCopied(film: Film, segment: PlanSegment): Promise<CopiedSamples> {
  const { work, writer } = film;
  const { config } = codedOf(work, segment);
  const hash = createHash('sha256');
  const first = film.count;
  for await (const [{ frame, idr }, bytes] of bytesOf(work, segment)) {
    if (!isSound(bytes, config)) throw new CopyFailed(`${segment.clipId}: other parameter sets on the way`);
    hash.update(bytes);
    const at = segment.from + frame - (segment.copy?.sourceFrame ?? 0);
    if (idr) film.keys.push(at);
    await writer.add(bytes, { frame: at, key: idr });
    film.count += 1;
  }
  return { first, count: film.count - first, sha256: hash.digest('hex') };
}

/** A sample of HEVC with sets under numbers of our own. */
function renumbered(bytes: Buffer): Buffer {
  const nals = nalsOf(bytes);
  if (!nals) throw new CopyFailed('an encoded picture cannot be read');
  const own = nals.map((nal) => (isSlice('hevc', nalType('hevc', nal)) ? renumberedSlice(nal) : nal));
  return sampleOf(own.filter((nal) => !isParameterSet('hevc', nalType('hevc', nal))));
}

async function addEncoded(film: Film, segment: PlanSegment, codec: Config['codec']): Promise<Config> {
  const file = segmentFile(film.work, segment.hash);
  const { config, samples } = await readTrack(file, codec);
  const handle = await open(file, 'r');
  try {
    for (const { offset, size, frame, key } of samples) {
      const bytes = await readAt(handle, offset, size);
      const at = segment.from + frame;
      if (key) film.keys.push(at);
      await film.writer.add(codec === 'hevc' ? renumbered(bytes) : bytes, { frame: at, key });
      film.count += 1;
    }
  } finally {
    await handle.close();
  }
  return codec === 'hevc' ? { ...config, sets: config.sets.map(renumberedSet) } : config;
}

/** Sets of all segments that were encoded for the film have to be the same: they have the same number. */
function ownConfig(configs: readonly Config[]): Config[] {
  const [first, ...others] = configs;
  if (!first) return [];
  const same = ({ sets }: Config): boolean =>
    sets.length === first.sets.length && sets.every((set, i) => set.equals(first.sets[i] ?? Buffer.alloc(0)));
  if (!others.every(same)) throw new CopyFailed('encoded segments with different parameter sets');
  return [first];
}

/** Frames at which a segment begins that is copied or comes behind a copied one. */
const jointsOf = (segments: readonly PlanSegment[]): number[] =>
  segments.slice(1).flatMap((segment, i) => (segment.copy || segments[i]?.copy ? [segment.from] : []));

/**
 * Writes the picture of a group with copied segments to `file`; the encoded ones are in the cache.
 * Errors: CopyFailed; those of the file system.
 */
export async function writeCopiedFilm(work: RenderWork, group: PlanGroup, file: string): Promise<CopiedFilm> {
  const { segments, width, height } = group;
  const one = segments.find(({ copy }) => copy);
  if (!one) throw new CopyFailed('nothing to copy');
  const { config, facts } = codedOf(work, one);
  const { rate } = facts;
  const film: Film = { work, writer: await writePicture(file), count: 0, keys: [] };
  try {
    const copied: CopiedSamples[] = [];
    const own: Config[] = [];
    for (const segment of segments) {
      if (segment.copy) copied.push(await addCopied(film, segment));
      else own.push(await addEncoded(film, segment, config.codec));
    }
    const bt709 = group.encoder.includes('-colorspace') || work.source(one.sha256).picture.matrix !== 'bt601';
    const joined = joinedConfig([config, ...ownConfig(own)]);
    await film.writer.finish({ codec: config.codec, width, height, rate, config: joined, bt709 });
    return {
      ...{ codec: config.codec, width, height, rate },
      copied,
      joints: jointsOf(segments),
      keys: film.keys.sort((a, b) => a - b),
    };
  } finally {
    await film.writer.close();
  }
}
