/** Pictures as they leave the studio: small enough for a platform, without what a camera wrote about its owner. */
import type { Sharp } from 'sharp';
import { StudioError } from '../../model/errors.ts';
import type { FrameBounds, FramedPicture, PictureBounds, WebPicture } from '../../ports/index.ts';
import { throwIfCancelled } from './files.ts';
import { openPicture, readPicture } from './picture.ts';

/** Tried one after another until the file is small enough. */
const QUALITIES = [86, 76, 66, 56] as const;
/** Each further round makes the picture this much narrower. */
const NARROWER = 0.75;
const LEAST_WIDTH = 160;

/** GB 45438-2025 and TC260: a generated picture says so in its XMP; whoever passes it on keeps that. */
const AIGC_MARK = /tc260\.org\.cn\/ns\/AIGC|["'<:]AIGC/i;
/** The mark of a picture that says nothing of itself: Label 1 is "generated" (GB 45438-2025, annex E). */
const AIGC_PACKET =
  '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
  '<rdf:Description rdf:about="" xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/">' +
  '<TC260:AIGC>{"Label":"1","ContentProducer":"","ProduceID":"","ReservedCode1":"","ContentPropagator":"","PropagateID":"","ReservedCode2":""}</TC260:AIGC>' +
  '</rdf:Description></rdf:RDF></x:xmpmeta>';
/** Share of a picture that may be cropped away; more would cut people out of it. */
const CROP_MOST = 0.3;
/** Ground of a picture that stands whole in a frame: a light grey that fits any picture. */
const GROUND = '#f2f2f2';

/** What the picture's file says of an AI, or has to say. */
function markOf(xmp: string | undefined, aiMade: boolean): string | null {
  if (xmp !== undefined && AIGC_MARK.test(xmp)) return xmp;
  return aiMade ? AIGC_PACKET : null;
}

function toolError(cause: unknown): StudioError {
  if (cause instanceof StudioError) return cause;
  const what = cause instanceof Error ? cause.message : String(cause);
  return new StudioError('tool_failed', { tool: 'sharp', what }, { cause });
}

async function encode(
  make: (width: number) => Sharp,
  bounds: PictureBounds,
  format: 'jpeg' | 'png',
): Promise<WebPicture | null> {
  for (let width = bounds.maxWidth; width >= LEAST_WIDTH; width = Math.floor(width * NARROWER)) {
    for (const quality of format === 'jpeg' ? QUALITIES : [0]) {
      throwIfCancelled(bounds.signal);
      const sized = make(width);
      const encoded = format === 'jpeg' ? sized.jpeg({ quality, mozjpeg: true }) : sized.png({ compressionLevel: 9 });
      const { data, info } = await encoded.toBuffer({ resolveWithObject: true });
      if (data.length < bounds.maxBytes) return { data, format, width: info.width, height: info.height };
    }
    // A transparent picture that is too large is better as a whole JPEG than as a thumbnail.
    if (format === 'png') return null;
  }
  return null;
}

/** Errors: see the port. Animations give their first picture. */
export async function webPicture(file: string, bounds: PictureBounds): Promise<WebPicture> {
  const bytes = await readPicture(file, '');
  throwIfCancelled(bounds.signal);
  try {
    const { hasAlpha, xmpAsString } = await openPicture(bytes, true).metadata();
    const transparent = hasAlpha && !(await openPicture(bytes, true).stats()).isOpaque;
    const marked = markOf(xmpAsString, bounds.aiMade === true);
    const make = (flat: boolean) => (width: number) => {
      const upright = openPicture(bytes, true)
        .autoOrient()
        .resize({ width, withoutEnlargement: true })
        .toColourspace('srgb');
      const kept = marked === null ? upright : upright.withXmp(marked);
      return flat ? kept.flatten({ background: '#ffffff' }) : kept;
    };
    const png = transparent ? await encode(make(false), bounds, 'png') : null;
    const done = png ?? (await encode(make(true), bounds, 'jpeg'));
    if (done) return done;
  } catch (cause) {
    throw toolError(cause);
  }
  throw new StudioError('tool_failed', { tool: 'sharp', what: `not below ${bounds.maxBytes} bytes` });
}

/** Errors: see the port. */
export async function framedPicture(file: string, bounds: FrameBounds): Promise<FramedPicture> {
  const { width, height, maxBytes, signal } = bounds;
  const bytes = await readPicture(file, '');
  try {
    const metadata = await openPicture(bytes, true).metadata();
    const { width: w, height: h } = metadata.autoOrient;
    const kept = Math.min((w / h) * (height / width), (h / w) * (width / height));
    const cropped = kept >= 1 - CROP_MOST;
    const marked = markOf(metadata.xmpAsString, bounds.aiMade === true);
    for (const quality of QUALITIES) {
      throwIfCancelled(signal);
      const sized = openPicture(bytes, true)
        .autoOrient()
        .flatten({ background: GROUND })
        .resize({ width, height, ...(cropped ? { position: 'attention' } : { fit: 'contain', background: GROUND }) })
        .toColourspace('srgb');
      const made = marked === null ? sized : sized.withXmp(marked);
      const data = await made.jpeg({ quality, mozjpeg: true }).toBuffer();
      if (data.length < maxBytes) return { data, format: 'jpeg', width, height, cropped };
    }
  } catch (cause) {
    throw toolError(cause);
  }
  throw new StudioError('tool_failed', { tool: 'sharp', what: `not below ${maxBytes} bytes` });
}
