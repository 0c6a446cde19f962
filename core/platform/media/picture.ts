/** Pictures, read by sharp from memory (so that a file's name is never read as a pattern or an option). */
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import type { Metadata, Sharp } from 'sharp';
import type { MediaFacts, MediaProblem } from '../../model/contract/index.ts';
import { StudioError } from '../../model/errors.ts';
import { AI_MADE, aigcOfXmp } from './aigc.ts';
import { SUPPORTED } from './formats.ts';
import { readableSize } from './files.ts';
import { svgDanger } from './svg.ts';

export interface PictureAnswer extends MediaFacts {
  mime: string;
  /** Number of pictures in the file (GIF, WebP). */
  pages: number;
}

const MAX_PICTURE_BYTES = 256 * 1024 * 1024;
/** 300 megapixels: above every camera in use, below what fills the memory of an office computer. */
const MAX_PIXELS = 300_000_000;
/** Below this share of a picture it is refused as cut short, as films are. */
const WHOLE_ENOUGH = 90;
/** EXIF orientation (CIPA DC-008, tag 0x0112) → clockwise turn; the mirrored ones are turned after mirroring. */
const TURN = [0, 0, 0, 180, 180, 270, 90, 90, 270] as const;

/** sharp on a picture's bytes. `tolerant` also shows what is left of a damaged one. */
export function openPicture(bytes: Buffer, tolerant: boolean): Sharp {
  return sharp(bytes, { failOn: tolerant ? 'none' : 'error', limitInputPixels: MAX_PIXELS });
}

/** The bytes of a picture file. Errors: file_missing, file_unreadable, empty_file, too_large. */
export async function readPicture(file: string, name: string): Promise<Buffer> {
  if ((await readableSize(file, name)) > MAX_PICTURE_BYTES) {
    throw new StudioError('too_large', { file: name, limit: '256 MB' }, { files: [name] });
  }
  return readFile(file);
}

/** The AI label of a picture's file; null for one without, and for one that cannot be read (its own reader says so). */
export async function aigcOfPicture(file: string): Promise<string | null> {
  try {
    return aigcOfXmp((await openPicture(await readPicture(file, ''), true).metadata()).xmpAsString);
  } catch {
    return null;
  }
}

function refusal(name: string, cause: unknown): StudioError {
  if (cause instanceof Error && /exceeds pixel limit/i.test(cause.message)) {
    return new StudioError('too_large', { file: name, limit: '300 Mpx' }, { files: [name], cause });
  }
  return new StudioError('unreadable_media', { file: name }, { files: [name], cause });
}

/** Small upright copy: enough to know that the whole picture decodes. */
function sample(
  bytes: Buffer,
  tolerant: boolean,
): Promise<{ data: Buffer; info: { width: number; height: number; channels: number } }> {
  return openPicture(bytes, tolerant).resize(64, 64, { fit: 'fill' }).raw().toBuffer({ resolveWithObject: true });
}

/** Percent of the picture that is there: decoders fill missing rows at the bottom with one colour. */
async function percentThere(bytes: Buffer): Promise<number> {
  const { data, info } = await sample(bytes, true);
  const row = info.width * info.channels;
  const last = data.subarray(data.length - row);
  const flat = last.every((value, i) => Math.abs(value - (last[i % info.channels] ?? value)) <= 1);
  if (!flat) return 99;
  let rows = info.height;
  while (rows > 0 && data.subarray((rows - 1) * row, rows * row).equals(last)) rows -= 1;
  return Math.floor((rows * 100) / info.height);
}

async function problemsOf(bytes: Buffer, name: string, salvage: boolean): Promise<MediaProblem[]> {
  try {
    await sample(bytes, false);
    return [];
  } catch (cause) {
    const percent = await percentThere(bytes).catch((worse: unknown) => {
      throw refusal(name, worse);
    });
    if (percent >= WHOLE_ENOUGH) return [{ code: 'damaged', message: '图片有一小部分损坏，其余可以使用。' }];
    if (!salvage) throw new StudioError('media_truncated', { file: name, percent }, { files: [name], cause });
    return [{ code: 'truncated', message: `图片不完整，只有约 ${percent}% 能看到。` }];
  }
}

function pictureFacts(metadata: Metadata, problems: MediaProblem[], mime: string): PictureAnswer {
  const orientation = metadata.orientation ?? 1;
  const lying = orientation >= 5 && orientation <= 8;
  const { width, height } = metadata;
  return {
    kind: 'image',
    durationUs: null,
    width: lying ? height : width,
    height: lying ? width : height,
    rotation: TURN[orientation] ?? 0,
    frameRate: null,
    variable: false,
    videoCodec: null,
    audioTracks: 0,
    hasAlpha: metadata.hasAlpha,
    problems,
    mime,
    pages: metadata.pages ?? 1,
  };
}

/**
 * Says what a picture is. Size and rotation by EXIF: width and height as displayed.
 * Errors: unreadable_media, media_truncated (unless `salvage`), too_large.
 */
export async function probePicture(
  file: string,
  options: { name: string; salvage: boolean; mime: string },
): Promise<PictureAnswer> {
  const bytes = await readPicture(file, options.name);
  let metadata: Metadata;
  try {
    metadata = await openPicture(bytes, true).metadata();
  } catch (cause) {
    throw refusal(options.name, cause);
  }
  if (metadata.width * metadata.height > MAX_PIXELS) throw refusal(options.name, new Error('exceeds pixel limit'));
  const problems = await problemsOf(bytes, options.name, options.salvage);
  const label = aigcOfXmp(metadata.xmpAsString) === null ? [] : [AI_MADE];
  return pictureFacts(metadata, [...problems, ...label], options.mime);
}

/** A drawing. Errors: unsupported_format for one that is more than a picture (see `svgDanger`), unreadable_media. */
export async function probeSvg(svg: string, name: string): Promise<PictureAnswer> {
  const danger = svgDanger(svg);
  if (danger !== null) {
    throw new StudioError(
      'unsupported_format',
      { file: name, supported: SUPPORTED },
      { files: [name], details: { danger } },
    );
  }
  const bytes = Buffer.from(svg, 'utf8');
  try {
    const metadata = await openPicture(bytes, false).metadata();
    await sample(bytes, false);
    return pictureFacts(metadata, [], 'image/svg+xml');
  } catch (cause) {
    throw refusal(name, cause);
  }
}
