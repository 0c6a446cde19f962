/** Peaks and filmstrips of assets, fetched once and kept within a bound. */
import {
  decodePeaks,
  decodeScenes,
  indexOf,
  sceneTimes,
  type StripIndex,
} from '../../../../../../core/model/strips/index.ts';
import { mediaUrl } from '../../../../client/media-url.ts';
import { pyramidBytes, pyramidOf, type Pyramid } from './mapping.ts';
import { Shelf } from './shelf.ts';

export interface Sheet {
  index: StripIndex;
  image: ImageBitmap;
}

/** Some 30 clips of a minute each in 16 : 9; a drawn block keeps its pixels when its sheet goes. */
const MAX_SHEET_BYTES = 96 * 1024 * 1024;
/** Some 35 hours. */
const MAX_PEAK_BYTES = 16 * 1024 * 1024;

async function bytesOf(
  assetId: string,
  variant: 'peaks' | 'strip' | 'scenes',
): Promise<Uint8Array<ArrayBuffer> | null> {
  const answer = await fetch(mediaUrl(assetId, variant));
  return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
}

async function loadPeaks(assetId: string): Promise<Pyramid | null> {
  const bytes = await bytesOf(assetId, 'peaks');
  const peaks = bytes ? decodePeaks(bytes) : null;
  return peaks ? pyramidOf(peaks) : null;
}

async function loadSheet(assetId: string): Promise<Sheet | null> {
  const bytes = await bytesOf(assetId, 'strip');
  const index = bytes ? indexOf(bytes) : null;
  if (!bytes || !index) return null;
  return { index, image: await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' })) };
}

/** Times of the cuts that are told, microseconds on the source. */
async function loadScenes(assetId: string): Promise<readonly number[] | null> {
  const bytes = await bytesOf(assetId, 'scenes');
  const cuts = bytes ? decodeScenes(new TextDecoder().decode(bytes)) : null;
  return cuts && sceneTimes(cuts);
}

export const peaks = new Shelf<Pyramid>({ load: loadPeaks, bytesOf: pyramidBytes, maxBytes: MAX_PEAK_BYTES });

export const sheets = new Shelf<Sheet>({
  load: loadSheet,
  bytesOf: ({ image }) => image.width * image.height * 4,
  drop: ({ image }) => image.close(),
  maxBytes: MAX_SHEET_BYTES,
});

/** Some 250,000 cuts. */
export const scenes = new Shelf<readonly number[]>({
  load: loadScenes,
  bytesOf: (times) => times.length * 8,
  maxBytes: 2 * 1024 * 1024,
});
