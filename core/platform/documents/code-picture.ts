/** A code to scan as a picture, for documents. */
import sharp from 'sharp';
import { codeSvg } from '../../model/code.ts';
import type { DocumentPicture } from '../../ports/index.ts';

const SIDE = 480;

/** Null for an address that is too long for any code. */
export async function codePicture(href: string): Promise<DocumentPicture | null> {
  const svg = codeSvg(href);
  if (svg === null) return null;
  const data = await sharp(Buffer.from(svg), { density: 600 })
    .resize(SIDE, SIDE, { kernel: 'nearest' })
    .png({ palette: true })
    .toBuffer();
  return { data, format: 'png', width: SIDE, height: SIDE };
}
