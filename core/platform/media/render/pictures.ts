/** Still pictures, made ready for ffmpeg: upright, sRGB, on black or open, no larger than a film can use. */
import { writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { StudioError } from '../../../model/errors.ts';
import { writeError } from '../files.ts';
import { openPicture, readPicture } from '../picture.ts';
import { readSvg, svgDanger } from '../svg.ts';

const LONGEST = 4_096;

/** Writes what a gap shows as PNG to `out`; it is scaled to its canvas. Errors: disk_full, not_writable. */
export async function blackPicture(out: string): Promise<void> {
  const black = { create: { width: 16, height: 16, channels: 3 as const, background: '#000000' } };
  await writeFile(out, await sharp(black).png().toBuffer()).catch((cause: unknown) => {
    throw writeError(cause, out);
  });
}

/** Writes the picture as PNG to `out`. `alpha`: what it leaves open stays open, else it is on black. Errors: unreadable_media, too_large, disk_full, not_writable. */
export async function preparePicture(file: string, name: string, out: string, alpha = false): Promise<void> {
  const bytes = await readPicture(file, name);
  const svg = await readSvg(file, bytes.length);
  if (svg !== null && svgDanger(svg) !== null) throw new StudioError('unreadable_media', { file: name });
  let png: Buffer;
  try {
    const upright = openPicture(bytes, true)
      .autoOrient()
      .resize(LONGEST, LONGEST, { fit: 'inside', withoutEnlargement: true });
    png = await (alpha ? upright : upright.flatten({ background: '#000000' }))
      .toColourspace('srgb')
      .png({ compressionLevel: 1 })
      .toBuffer();
  } catch (cause) {
    throw new StudioError('unreadable_media', { file: name }, { files: [name], cause });
  }
  try {
    await writeFile(out, png);
  } catch (cause) {
    throw writeError(cause, out);
  }
}
