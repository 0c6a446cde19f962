/** Writes a picture track sample by sample as an MP4 without sound (ISO/IEC 14496-12). */
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { Rational } from '../../../../model/timeline/index.ts';

/** Ticks a second, and of one frame: whole ones at every rate. */
export const ticksOf = ({ num, den }: Rational): { timescale: number; ticks: number } =>
  den === 1 ? { timescale: num * 1_000, ticks: 1_000 } : { timescale: num, ticks: den };

export interface FilmSample {
  /** Frame of the film. */
  frame: number;
  key: boolean;
  size: number;
}

export interface PictureTrack {
  codec: 'h264' | 'hevc';
  width: number;
  height: number;
  /** Frames a second. */
  rate: Rational;
  /** Content of `avcC` or `hvcC`. */
  config: Buffer;
  /** Of BT.709, limited range; else there is no mark. */
  bt709: boolean;
  /** In coding order. */
  samples: readonly FilmSample[];
}

/** A table may have more values than a call takes arguments. */
const u32s = (values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, i) => bytes.writeUInt32BE(value >>> 0, 4 * i));
  return bytes;
};
const u32 = (...values: number[]): Buffer => u32s(values);
const u16 = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(2 * values.length);
  values.forEach((value, i) => bytes.writeUInt16BE(value, 2 * i));
  return bytes;
};

function box(name: string, ...content: Buffer[]): Buffer {
  const length = content.reduce((sum, { length }) => sum + length, 8);
  return Buffer.concat([u32(length), Buffer.from(name, 'latin1'), ...content]);
}
const fullBox = (name: string, flags: number, ...content: Buffer[]): Buffer => box(name, u32(flags), ...content);

/** 16.16 of 1, and the matrix that changes nothing. */
const ONE = 0x10000;
const UPRIGHT = u32(ONE, 0, 0, 0, ONE, 0, 0, 0, 0x40000000);

function sampleEntry({ codec, width, height, config, bt709 }: PictureTrack): Buffer {
  const [name, sets] = codec === 'h264' ? (['avc1', 'avcC'] as const) : (['hvc1', 'hvcC'] as const);
  const picture = Buffer.concat([
    ...[Buffer.alloc(6), u16(1), Buffer.alloc(16), u16(width, height)],
    ...[u32(0x480000, 0x480000, 0), u16(1), Buffer.alloc(32), u16(0x18, 0xffff)],
  ]);
  // Primaries, transfer and matrix 1 are BT.709 (ISO/IEC 23091-2).
  const colours = bt709 ? [box('colr', Buffer.from('nclx'), u16(1, 1, 1), Buffer.from([0]))] : [];
  return box(name, picture, box(sets, config), ...colours, box('pasp', u32(1, 1)));
}

/** Frames up to the end of the last one shown; there may be fewer pictures. */
const lengthOf = (samples: readonly FilmSample[]): number =>
  samples.reduce((most, { frame }) => Math.max(most, frame + 1), 0);

/** Frames that the first picture has to wait, so that none is shown before it is decoded. */
const delayOf = (samples: readonly FilmSample[]): number =>
  samples.reduce((most, { frame }, i) => Math.max(most, i - frame), 0);

function sampleTable(track: PictureTrack, first: number): Buffer {
  const { samples } = track;
  const { ticks } = ticksOf(track.rate);
  const delay = delayOf(samples);
  const shifts = samples.flatMap(({ frame }, i) => [1, (frame + delay - i) * ticks]);
  const keys = samples.flatMap(({ key }, i) => (key ? [i + 1] : []));
  const offset = Buffer.alloc(8);
  offset.writeBigUInt64BE(BigInt(first));
  return box(
    'stbl',
    fullBox('stsd', 0, u32(1), sampleEntry(track)),
    fullBox('stts', 0, u32(1, samples.length, ticks)),
    fullBox('ctts', 0, u32(samples.length), u32s(shifts)),
    fullBox('stss', 0, u32(keys.length), u32s(keys)),
    fullBox('stsc', 0, u32(1, 1, samples.length, 1)),
    fullBox('stsz', 0, u32(0, samples.length), u32s(samples.map(({ size }) => size))),
    fullBox('co64', 0, u32(1), offset),
  );
}

/** The index of a film whose samples stand in a row from byte `first` on. */
function movie(track: PictureTrack, first: number): Buffer {
  const { samples, width, height } = track;
  const { timescale, ticks } = ticksOf(track.rate);
  const length = lengthOf(samples) * ticks;
  const header = [u32(0, 0, timescale, length, ONE), u16(0x100, 0), u32(0, 0), UPRIGHT, Buffer.alloc(24), u32(2)];
  const trackHeader = [u32(0, 0, 1, 0, length, 0, 0), u16(0, 0, 0, 0), UPRIGHT, u32(width * ONE, height * ONE)];
  const media = box(
    'mdia',
    // Language: undetermined.
    fullBox('mdhd', 0, u32(0, 0, timescale, length), u16(0x55c4, 0)),
    fullBox('hdlr', 0, u32(0), Buffer.from('vide'), u32(0, 0, 0), Buffer.from('\0')),
    box(
      'minf',
      fullBox('vmhd', 1, u16(0, 0, 0, 0)),
      box('dinf', fullBox('dref', 0, u32(1), fullBox('url ', 1))),
      sampleTable(track, first),
    ),
  );
  const shown = fullBox('elst', 0, u32(1, length, delayOf(samples) * ticks, ONE));
  return box(
    'moov',
    fullBox('mvhd', 0, ...header),
    box('trak', fullBox('tkhd', 3, ...trackHeader), box('edts', shown), media),
  );
}

/** Bytes gathered before they are written. */
const CHUNK = 4 * 1024 * 1024;

async function writeAll(handle: FileHandle, parts: readonly Buffer[]): Promise<void> {
  const bytes = Buffer.concat(parts);
  for (let at = 0; at < bytes.length;) at += (await handle.write(bytes, at)).bytesWritten;
}

/** A film in the making. Samples come in coding order; their frames are 0, 1, 2 and so on, each at most once. */
export interface PictureWriter {
  add(bytes: Buffer, sample: Omit<FilmSample, 'size'>): Promise<void>;
  /** Writes the index behind the pictures. */
  finish(track: Omit<PictureTrack, 'samples'>): Promise<void>;
  close(): Promise<void>;
}

/** Begins a film. Errors of all: those of the file system. */
export async function writePicture(file: string): Promise<PictureWriter> {
  const handle = await open(file, 'w');
  const brand = box('ftyp', Buffer.from('isom'), u32(512), Buffer.from('isomiso2mp41'));
  const head = Buffer.alloc(16);
  head.writeUInt32BE(1, 0);
  head.write('mdat', 4, 'latin1');
  const samples: FilmSample[] = [];
  let parts: Buffer[] = [brand, head];
  let gathered = 0;
  let bytesOfAll = 0;
  return {
    async add(bytes, sample) {
      samples.push({ ...sample, size: bytes.length });
      parts.push(bytes);
      gathered += bytes.length;
      bytesOfAll += bytes.length;
      if (gathered < CHUNK) return;
      await writeAll(handle, parts);
      [parts, gathered] = [[], 0];
    },
    async finish(track) {
      await writeAll(handle, [...parts, movie({ ...track, samples }, brand.length + head.length)]);
      parts = [];
      head.writeBigUInt64BE(BigInt(bytesOfAll + head.length), 8);
      await handle.write(head, 0, head.length, brand.length);
    },
    close: () => handle.close(),
  };
}
