/**
 * The pictures that a segment beside copied ones shows, as a small film of their own: from the key frame before them on, without those
 * that nothing is predicted from, and to the last one that is needed. Decoding takes about a third less than from the source.
 */
import { randomUUID } from 'node:crypto';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { frameTime } from '../../../../model/timeline/index.ts';
import type { PlanSegment } from '../../../../ports/video.ts';
import type { RenderWork } from '../work.ts';
import { joinedConfig } from './config.ts';
import type { CodedPacket } from './entries.ts';
import { isReference, nalsOf } from './nal.ts';
import type { Codec } from './nal.ts';
import { writePicture } from './write.ts';

export interface ShownPictures {
  /** In the work folder. */
  name: string;
  /** Where its first frame stands on the source's time line, microseconds. */
  startUs: number;
}

/** Packets in coding order from the key frame before the first frame shown to the last one that is needed; null: not all are known. */
function neededOf(stretch: readonly CodedPacket[], from: number, to: number): CodedPacket[] | null {
  const isShown = ({ frame }: CodedPacket): boolean => frame >= from && frame < to;
  if (stretch.filter(isShown).length !== to - from) return null;
  const first = stretch.findIndex(isShown);
  const entry = stretch.findLastIndex(({ idr, frame }, i) => idr && frame <= from && i <= first);
  return entry < 0 ? null : stretch.slice(entry, stretch.findLastIndex(isShown) + 1);
}

/** Whether a picture may be left out that is not shown. Null: its bytes are not NAL units. */
function isNeeded(codec: Codec, bytes: Buffer): boolean | null {
  const nals = nalsOf(bytes);
  return nals && nals.some((nal) => isReference(codec, nal));
}

/** Writes them; null: they are not known one by one, or cannot be read. Errors: those of writing. */
export async function writeShown(work: RenderWork, { sha256, shows }: PlanSegment): Promise<ShownPictures | null> {
  const { coded, path: file, picture } = work.source(sha256);
  if (!shows || !coded?.config) return null;
  const { codec, rate } = coded.facts;
  const [from, to] = [shows.sourceFrame, shows.sourceFrame + shows.frames];
  const packets = coded.stretches.map((stretch) => neededOf(stretch, from, to)).find((found) => found !== null);
  const [entry] = packets ?? [];
  if (!packets || !entry) return null;
  const source = await open(file, 'r').catch(() => null);
  if (source === null) return null;
  const name = `${randomUUID()}.mp4`;
  const writer = await writePicture(path.join(work.dir, name));
  try {
    for (const { frame, offset, size, idr } of packets) {
      const bytes = Buffer.allocUnsafe(size);
      if ((await source.read(bytes, 0, size, offset)).bytesRead < size) return null;
      const needed = isNeeded(codec, bytes);
      if (needed === null) return null;
      if (needed || (frame >= from && frame < to)) await writer.add(bytes, { frame: frame - entry.frame, key: idr });
    }
    const { width, height } = picture;
    const config = joinedConfig([coded.config]);
    await writer.finish({ codec, width, height, rate, config, bt709: coded.bt709 });
    return { name, startUs: picture.startUs + frameTime(entry.frame, rate) };
  } finally {
    await writer.close();
    await source.close();
  }
}
