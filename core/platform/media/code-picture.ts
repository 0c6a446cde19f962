/** Codes to scan as pictures. */
import sharp from 'sharp';
import { StudioError } from '../../model/errors.ts';
import type { WebPicture } from '../../ports/index.ts';

/** Errors: see the port. */
export async function codePicture(dark: readonly (readonly boolean[])[], side: number): Promise<WebPicture> {
  const modules = dark.length;
  const pixels = Buffer.from(dark.flatMap((row) => row.map((is) => (is ? 0 : 255))));
  const width = modules * Math.max(1, Math.ceil(side / modules));
  try {
    const data = await sharp(pixels, { raw: { width: modules, height: modules, channels: 1 } })
      .resize(width, width, { kernel: 'nearest' })
      .png({ palette: true, colours: 2, compressionLevel: 9 })
      .toBuffer();
    return { data, format: 'png', width, height: width };
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : String(cause);
    throw new StudioError('tool_failed', { tool: 'sharp', what }, { cause });
  }
}
