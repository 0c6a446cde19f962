/** Pictures as they leave the studio: small enough for a platform, without what a camera wrote about its owner. */
import type { Sharp } from 'sharp';
import { StudioError } from '../../model/errors.ts';
import { ownAigc } from '../../model/platforms/index.ts';
import type { PictureBounds, WebPicture } from '../../ports/index.ts';
import { saysAigc } from './aigc.ts';
import { throwIfCancelled } from './files.ts';
import { openPicture, readPicture } from './picture.ts';

/** The best quality that is tried, and the least that is still good to look at. */
const BEST = 90;
const LEAST = 56;
/** Each further round makes the picture this much narrower. */
const NARROWER = 0.75;
const LEAST_WIDTH = 160;

const inXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A value of the label as TC260 writes it into XMP (GB 45438-2025, annex E). */
export const packetOf = (aigc: string): string =>
  '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
  '<rdf:Description rdf:about="" xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/">' +
  `<TC260:AIGC>${inXml(aigc)}</TC260:AIGC>` +
  '</rdf:Description></rdf:RDF></x:xmpmeta>';

/** The mark of a picture that says nothing of itself. */
const AIGC_PACKET = packetOf(ownAigc());

/** What the picture's file says of an AI, or has to say; whoever passes a mark on keeps it as it is. */
export function markOf(xmp: string | undefined, aiMade: boolean): string | null {
  if (xmp !== undefined && saysAigc(xmp)) return xmp;
  return aiMade ? AIGC_PACKET : null;
}

export function toolError(cause: unknown): StudioError {
  if (cause instanceof StudioError) return cause;
  const what = cause instanceof Error ? cause.message : String(cause);
  return new StudioError('tool_failed', { tool: 'sharp', what }, { cause });
}

type Encode = (quality: number) => Promise<WebPicture>;

/** The best quality whose file is small enough, found by halving; null when even the least is too large. */
export async function bestJpeg(encode: Encode, maxBytes: number): Promise<WebPicture | null> {
  let found = await encode(BEST);
  if (found.data.length < maxBytes) return found;
  found = await encode(LEAST);
  if (found.data.length >= maxBytes) return null;
  for (let low = LEAST, high = BEST; high - low > 1;) {
    const middle = Math.floor((low + high) / 2);
    const made = await encode(middle);
    if (made.data.length < maxBytes) [found, low] = [made, middle];
    else high = middle;
  }
  return found;
}

async function encode(
  make: (width: number) => Sharp,
  bounds: PictureBounds,
  format: 'jpeg' | 'png',
): Promise<WebPicture | null> {
  for (let width = bounds.maxWidth; width >= LEAST_WIDTH; width = Math.floor(width * NARROWER)) {
    const at: Encode = async (quality) => {
      throwIfCancelled(bounds.signal);
      const sized = make(width);
      const encoded = format === 'jpeg' ? sized.jpeg({ quality, mozjpeg: true }) : sized.png({ compressionLevel: 9 });
      const { data, info } = await encoded.toBuffer({ resolveWithObject: true });
      return { data, format, width: info.width, height: info.height };
    };
    const made = format === 'jpeg' ? await bestJpeg(at, bounds.maxBytes) : await at(0);
    if (made && made.data.length < bounds.maxBytes) return made;
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
