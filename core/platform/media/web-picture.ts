/** Pictures as they leave the studio: small enough for a platform, without what a camera wrote about its owner. */
import type { Sharp } from 'sharp';
import { StudioError } from '../../model/errors.ts';
import type { WebPicture } from '../../ports/index.ts';
import { throwIfCancelled } from './files.ts';
import { openPicture, readPicture } from './picture.ts';

/** Tried one after another until the file is small enough. */
const QUALITIES = [86, 76, 66, 56] as const;
/** Each further round makes the picture this much narrower. */
const NARROWER = 0.75;
const LEAST_WIDTH = 160;

/** GB 45438-2025 and TC260: a generated picture says so in its XMP; whoever passes it on keeps that. */
const AIGC_MARK = /tc260\.org\.cn\/ns\/AIGC|["'<:]AIGC/i;

interface Bounds {
  maxBytes: number;
  maxWidth: number;
  signal?: AbortSignal;
}

async function encode(
  make: (width: number) => Sharp,
  bounds: Bounds,
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
export async function webPicture(file: string, bounds: Bounds): Promise<WebPicture> {
  const bytes = await readPicture(file, '');
  throwIfCancelled(bounds.signal);
  try {
    const { hasAlpha, xmpAsString } = await openPicture(bytes, true).metadata();
    const transparent = hasAlpha && !(await openPicture(bytes, true).stats()).isOpaque;
    const marked = xmpAsString !== undefined && AIGC_MARK.test(xmpAsString) ? xmpAsString : null;
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
    if (cause instanceof StudioError) throw cause;
    const what = cause instanceof Error ? cause.message : String(cause);
    throw new StudioError('tool_failed', { tool: 'sharp', what }, { cause });
  }
  throw new StudioError('tool_failed', { tool: 'sharp', what: `not below ${bounds.maxBytes} bytes` });
}
