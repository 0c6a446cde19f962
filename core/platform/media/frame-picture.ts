/** Pictures of one exact shape, as notes ask for. */
import { StudioError } from '../../model/errors.ts';
import type { FrameBounds, FramedPicture, WebPicture } from '../../ports/index.ts';
import { throwIfCancelled } from './files.ts';
import { openPicture, readPicture } from './picture.ts';
import { bestJpeg, markOf, toolError } from './web-picture.ts';

/** Share of a picture that may be cropped away; more would cut people out of it. */
const CROP_MOST = 0.3;
/** Ground of a picture that stands whole in a frame: a light grey that fits any picture. */
const GROUND = '#f2f2f2';

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
    const made = await bestJpeg(async (quality): Promise<WebPicture> => {
      throwIfCancelled(signal);
      const sized = openPicture(bytes, true)
        .autoOrient()
        .flatten({ background: GROUND })
        .resize({ width, height, ...(cropped ? { position: 'attention' } : { fit: 'contain', background: GROUND }) })
        .toColourspace('srgb');
      const told = marked === null ? sized : sized.withXmp(marked);
      return { data: await told.jpeg({ quality, mozjpeg: true }).toBuffer(), format: 'jpeg', width, height };
    }, maxBytes);
    if (made) return { ...made, cropped };
  } catch (cause) {
    throw toolError(cause);
  }
  throw new StudioError('tool_failed', { tool: 'sharp', what: `not below ${maxBytes} bytes` });
}
