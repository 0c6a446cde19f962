/** A code to scan as a picture, for documents. */
import sharp from 'sharp';
import { qrSvg } from '../../model/targets/index.ts';
import type { DocumentPicture } from '../../ports/index.ts';

const SIDE = 480;

export async function codePicture(href: string): Promise<DocumentPicture> {
  const data = await sharp(Buffer.from(qrSvg(href)), { density: 600 })
    .resize(SIDE, SIDE, { kernel: 'nearest' })
    .png({ palette: true })
    .toBuffer();
  return { data, format: 'png', width: SIDE, height: SIDE };
}
