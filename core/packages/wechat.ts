/** The article for official accounts, as it lies in a package: its theme, its codes and pictures of its films. */
import { makeCovers } from '../articles/index.ts';
import { aiImageIds, imageIds, videoIds } from '../model/article/text.ts';
import { codeMatrix } from '../model/code.ts';
import { originalOf } from '../media/index.ts';
import { StudioError } from '../model/errors.ts';
import { WECHAT_PROFILE } from '../model/review/index.ts';
import { durationUs } from '../model/timeline/index.ts';
import {
  DEFAULT_THEME_ID,
  codeHrefs,
  renderWechat,
  wechatPage,
  type WechatCode,
  type WechatPicture,
  type WechatVideo,
} from '../model/wechat/index.ts';
import type { BuildFolder } from '../out-folder.ts';
import type { PictureBounds, WebPicture } from '../ports/index.ts';
import type { PieceVideo } from '../review/index.ts';
import { filmTitle, hashIn, type TargetOrder } from './order.ts';

function twoDigits(n: number): string {
  return String(n).padStart(2, '0');
}

/** Files under `wechat/images/`, numbered in the order they are made. */
class PictureFolder {
  readonly files: string[] = [];
  readonly #folder: BuildFolder;

  constructor(folder: BuildFolder) {
    this.#folder = folder;
  }

  async add(made: WebPicture): Promise<WechatPicture> {
    const src = `images/${twoDigits(this.files.length + 1)}.${made.format === 'jpeg' ? 'jpg' : 'png'}`;
    await this.#folder.write(`wechat/${src}`, made.data);
    this.files.push(`wechat/${src}`);
    return { src, width: made.width, height: made.height };
  }
}

async function blobOf(order: TargetOrder, assetId: string): Promise<string> {
  const hash = hashIn(order.piece, assetId);
  if (hash === undefined) throw new StudioError('source_vanished', { file: assetId });
  return originalOf(order.blobs, hash, assetId);
}

const boundsOf = (order: TargetOrder, aiMade: boolean): PictureBounds => ({
  maxBytes: WECHAT_PROFILE.pictureBytes,
  maxWidth: WECHAT_PROFILE.pictureWidth,
  aiMade,
  signal: order.signal,
});

/** Pictures of the article, in the order they appear: `wechat/images/01.jpg` … What an AI made says so in its file. */
async function makePictures(order: TargetOrder, out: PictureFolder): Promise<Map<string, WechatPicture>> {
  const images = new Map<string, WechatPicture>();
  const ids = imageIds(order.piece.doc);
  const byAi = new Set(aiImageIds(order.piece.doc));
  for (const [i, assetId] of ids.entries()) {
    const made = await order.media.webPicture(await blobOf(order, assetId), boundsOf(order, byAi.has(assetId)));
    images.set(assetId, await out.add(made));
    order.onProgress((i + 1) / (ids.length + 1));
  }
  return images;
}

/** Pixels on a side: the smallest code that official accounts offer for print is 430 wide. */
const CODE_SIDE = 430;

async function makeCodes(order: TargetOrder, out: PictureFolder): Promise<Map<string, WechatCode>> {
  const codes = new Map<string, WechatCode>();
  for (const href of codeHrefs(order.piece.doc)) {
    const dark = codeMatrix(href);
    if (dark) codes.set(href, await out.add(await order.media.codePicture(dark, CODE_SIDE)));
  }
  return codes;
}

/** A picture of the film's first clip, as the library shows it. */
async function makePoster(order: TargetOrder, out: PictureFolder, video: PieceVideo): Promise<WechatPicture | null> {
  const first = video.timeline.storyline.find(({ gap }) => !gap);
  const hash = first ? hashIn(order.piece, first.assetId) : undefined;
  if (hash === undefined) return null;
  const { media, folder, blobs, signal } = order;
  const source = await originalOf(blobs, hash, first?.assetId ?? hash);
  const work = `wechat/.poster-${video.projectId}.jpg`;
  const place = await folder.place(work);
  await media.poster(source, await media.probe(source, { name: '', salvage: true, signal }), place, signal);
  const picture = await out.add(await media.webPicture(place, boundsOf(order, false)));
  await folder.remove(work);
  return picture;
}

/** The films the article shows, with a picture each. */
async function makeVideos(order: TargetOrder, out: PictureFolder): Promise<Map<string, WechatVideo>> {
  const videos = new Map<string, WechatVideo>();
  const { doc, videos: all, title } = order.piece;
  for (const id of videoIds(doc)) {
    const video = all.find((v) => v.projectId === id);
    if (!video) continue;
    const poster = await makePoster(order, out, video);
    const about = { title: filmTitle(video, title), durationUs: durationUs(video.timeline) };
    videos.set(id, poster ? { ...about, poster } : about);
  }
  return videos;
}

export async function makeWechat(order: TargetOrder): Promise<string[]> {
  const { folder, piece, draft } = order;
  const out = new PictureFolder(folder);
  const images = await makePictures(order, out);
  const codes = await makeCodes(order, out);
  const videos = await makeVideos(order, out);
  const own = piece.doc.attrs?.theme ?? DEFAULT_THEME_ID;
  const theme = await order.themeOf(own);
  // What was signed is made in its own theme or not at all.
  if (!theme) throw new StudioError('source_vanished', { file: own });
  const made = renderWechat(piece.doc, {
    title: piece.title,
    images,
    codes,
    videos,
    draft,
    theme,
  });
  await folder.write('wechat/article.html', wechatPage(made));
  await folder.write('wechat/title.txt', `${made.title}\n`);
  await folder.write('wechat/digest.txt', `${made.digest}\n`);
  const covers = await makeCovers({
    ...{ doc: piece.doc, target: 'wechat', media: order.media, draft, signal: order.signal },
    pictureFile: (assetId) => blobOf(order, assetId),
    write: (file, data) => folder.write(`wechat/${file}`, data),
  });
  const cover = covers.files.map((file) => `wechat/${file}`);
  return ['wechat/article.html', 'wechat/title.txt', 'wechat/digest.txt', ...out.files, ...cover];
}
