/** The pictures of a target, made for it: small enough, in its widths or its frame. */
import { aiImageIds, imageIds, walk } from '../model/article/text.ts';
import type { ArticleDoc } from '../model/article/types.ts';
import { StudioError } from '../model/errors.ts';
import { WECHAT_PROFILE } from '../model/review/index.ts';
import { rulesOf, type ArticleTarget, type TargetPicture, type TargetWarning } from '../model/targets/index.ts';
import type { DocumentPicture, WebPicture } from '../ports/index.ts';
import type { ArticleOrder } from './order.ts';

export interface MadePictures {
  images: Map<string, TargetPicture>;
  /** Bytes by asset id, for targets that hold their pictures inside. */
  data: Map<string, DocumentPicture>;
  warnings: TargetWarning[];
}

type Put = (file: string, data: Uint8Array) => Promise<void>;

const twoDigits = (n: number): string => String(n).padStart(2, '0');
const endingOf = (picture: Pick<WebPicture, 'format'>): string => (picture.format === 'jpeg' ? 'jpg' : 'png');

interface Bounds {
  maxWidth: number;
  maxBytes: number;
  /** Further widths, the smallest first. */
  widths: readonly number[];
}

function boundsOf(target: ArticleTarget): Bounds {
  if (target === 'wechat') {
    return { maxWidth: WECHAT_PROFILE.pictureWidth, maxBytes: WECHAT_PROFILE.pictureBytes, widths: [] };
  }
  const { maxWidth, maxBytes, widths = [] } = rulesOf(target).pictures;
  return { maxWidth: maxWidth.value, maxBytes: maxBytes.value, widths };
}

/** Runs `make`, unless the picture cannot be read and may be left out: then null, told by its warning. */
async function orLeftOut<T>(
  order: ArticleOrder,
  assetId: string,
  warnings: TargetWarning[],
  make: (file: string) => Promise<T>,
): Promise<T | null> {
  const file = await order.pictureFile(assetId);
  if (file === null) return null;
  try {
    return await make(file);
  } catch (error) {
    const unreadable = error instanceof StudioError && ['tool_failed', 'too_large', 'empty_file'].includes(error.code);
    if (order.strict || !unreadable) throw error;
    warnings.push({ level: 'warn', code: 'picture_unreadable', params: { id: assetId } });
    return null;
  }
}

/** Pictures in the order they appear: `images/01.jpg` …, narrower ones as `images/01-480.jpg`. */
export async function targetPictures(order: ArticleOrder, put: Put): Promise<MadePictures> {
  const { target, doc, media, signal } = order;
  const made: MadePictures = { images: new Map(), data: new Map(), warnings: [] };
  if (target === 'text') return made;
  const inside = target === 'docx' || target === 'pdf';
  const { maxWidth, maxBytes, widths } = boundsOf(target);
  const ai = new Set(aiImageIds(doc));
  const ids = imageIds(doc);
  for (const [i, assetId] of ids.entries()) {
    const more = { maxBytes, aiMade: ai.has(assetId), ...(signal ? { signal } : {}) };
    const all = await orLeftOut(order, assetId, made.warnings, async (file) => {
      const full = await media.webPicture(file, { ...more, maxWidth });
      const narrow: WebPicture[] = [];
      for (const width of widths) {
        if (width < full.width) narrow.push(await media.webPicture(file, { ...more, maxWidth: width }));
      }
      return { full, narrow };
    });
    order.onProgress?.((i + 1) / (ids.length + 1));
    if (!all) continue;
    const { full, narrow } = all;
    const stem = `images/${twoDigits(i + 1)}`;
    const src = `${stem}.${endingOf(full)}`;
    made.data.set(assetId, full);
    const sources: { src: string; width: number }[] = [];
    for (const one of narrow) {
      const name = `${stem}-${one.width}.${endingOf(one)}`;
      await put(name, one.data);
      sources.push({ src: name, width: one.width });
    }
    if (!inside) await put(src, full.data);
    sources.push({ src, width: full.width });
    made.images.set(assetId, { src, width: full.width, height: full.height, sources });
  }
  return made;
}

/** Pictures of the text in order, each once; portraits and codes are no pictures of a note. */
function shownInText(doc: ArticleDoc): string[] {
  const ids = [...walk(doc.content)].flatMap((node) => {
    const id = node.type === 'image' ? node.attrs?.['assetId'] : null;
    return typeof id === 'string' ? [id] : [];
  });
  return [...new Set(ids)];
}

/** The pictures of a note, all in its frame, as many as it takes. */
export async function notePictures(order: ArticleOrder, put: Put): Promise<MadePictures> {
  const made: MadePictures = { images: new Map(), data: new Map(), warnings: [] };
  const { frame, maxBytes, most } = rulesOf('xiaohongshu').pictures;
  const width = frame?.width.value ?? 1080;
  const height = frame?.height.value ?? 1440;
  const ai = new Set(aiImageIds(order.doc));
  const ids = shownInText(order.doc);
  const taken = ids.slice(0, most?.value ?? ids.length);
  let whole = 0;
  for (const [i, assetId] of taken.entries()) {
    const bounds = { width, height, maxBytes: maxBytes.value, aiMade: ai.has(assetId) };
    const picture = await orLeftOut(order, assetId, made.warnings, (file) =>
      order.media.framedPicture(file, { ...bounds, ...(order.signal ? { signal: order.signal } : {}) }),
    );
    order.onProgress?.((i + 1) / (taken.length + 1));
    if (!picture) continue;
    if (!picture.cropped) whole += 1;
    const src = `images/${twoDigits(i + 1)}.jpg`;
    await put(src, picture.data);
    made.images.set(assetId, { src, width, height });
  }
  if (whole > 0) made.warnings.push({ level: 'warn', code: 'pictures_in_frame', params: { count: whole } });
  if (most && ids.length > most.value) {
    made.warnings.push({ level: 'warn', code: 'pictures_many', params: { count: ids.length, most: most.value } });
  }
  return made;
}
