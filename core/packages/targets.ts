/** The files of each target, written into the folder of a package. */
import path from 'node:path';
import { aiImageIds, imageIds, videoIds } from '../model/article/text.ts';
import { codeMatrix } from '../model/code.ts';
import type { PackageTarget } from '../model/contract/index.ts';
import { StudioError } from '../model/errors.ts';
import { WECHAT_PROFILE } from '../model/review/index.ts';
import { durationUs } from '../model/timeline/index.ts';
import {
  DEFAULT_THEME_ID,
  codeHrefs,
  renderWechat,
  themeById,
  wechatPage,
  type WechatCode,
  type WechatPicture,
  type WechatVideo,
} from '../model/wechat/index.ts';
import type { BlobStore, FilmMaker, MediaEngine, PictureBounds, WebPicture } from '../ports/index.ts';
import type { Piece, PieceVideo } from '../review/index.ts';
import type { BuildFolder } from './folder.ts';

/** What packages ask of the media engine. */
export type PackageMedia = Pick<MediaEngine, 'webPicture' | 'codePicture' | 'probe' | 'poster'>;

export interface TargetOrder {
  folder: BuildFolder;
  piece: Piece;
  draft: boolean;
  media: PackageMedia;
  films: FilmMaker;
  blobs: BlobStore;
  signal: AbortSignal;
  /** Fractions of this target, up to 1. */
  onProgress(fraction: number): void;
}

/** Hash of an asset as the manifest names it. */
function hashIn(piece: Piece, assetId: string): string | undefined {
  return piece.manifest.parts.find((part) => part.kind === 'asset' && part.id === assetId)?.sha256;
}

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

function blobOf(order: TargetOrder, assetId: string): string {
  const hash = hashIn(order.piece, assetId);
  if (hash === undefined) throw new StudioError('source_vanished', { file: assetId });
  return order.blobs.pathOf(hash);
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
    const made = await order.media.webPicture(blobOf(order, assetId), boundsOf(order, byAi.has(assetId)));
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
  const [first] = video.timeline.storyline;
  const hash = first ? hashIn(order.piece, first.assetId) : undefined;
  if (hash === undefined) return null;
  const { media, folder, blobs, signal } = order;
  const source = blobs.pathOf(hash);
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

async function makeWechat(order: TargetOrder): Promise<string[]> {
  const { folder, piece, draft } = order;
  const out = new PictureFolder(folder);
  const images = await makePictures(order, out);
  const codes = await makeCodes(order, out);
  const videos = await makeVideos(order, out);
  const theme = themeById(order.piece.doc.attrs?.theme ?? DEFAULT_THEME_ID);
  const made = renderWechat(piece.doc, {
    title: piece.title,
    images,
    codes,
    videos,
    draft,
    ...(theme ? { theme } : {}),
  });
  await folder.write('wechat/article.html', wechatPage(made));
  await folder.write('wechat/title.txt', `${made.title}\n`);
  await folder.write('wechat/digest.txt', `${made.digest}\n`);
  return ['wechat/article.html', 'wechat/title.txt', 'wechat/digest.txt', ...out.files];
}

/** Videos that show something. */
export function filmsOf(piece: { videos: readonly PieceVideo[] }): PieceVideo[] {
  return piece.videos.filter((video) => video.timeline.storyline.length > 0);
}

/** A video without a name of its own goes under the story's. */
export function filmTitle(video: PieceVideo, storyTitle: string): string {
  return video.title === '' ? storyTitle : video.title;
}

/** `douyin/video.mp4` and the words for it in `douyin/text.txt`; a second video is `video-2.mp4`, and so on. */
async function makeDouyin(order: TargetOrder): Promise<string[]> {
  const { folder, piece, blobs, signal } = order;
  const films = filmsOf(piece);
  if (films.length === 0) throw new StudioError('nothing_to_package', { target: 'douyin' });
  const files: string[] = [];
  for (const [i, video] of films.entries()) {
    const tail = i === 0 ? '' : `-${String(i + 1)}`;
    const work = `douyin/.film${tail}`;
    const outDir = path.dirname(await folder.place(`${work}/x`));
    const result = await order.films.render({
      timeline: video.timeline,
      targets: ['douyin'],
      outDir,
      draft: order.draft,
      source: async (sha256) => {
        if (!(await blobs.has(sha256))) throw new StudioError('source_vanished', { file: sha256 });
        return blobs.pathOf(sha256);
      },
      signal,
      onProgress: (fraction) => order.onProgress((i + fraction) / films.length),
    });
    const output = result.outputs.find((o) => o.target === 'douyin');
    if (!output) throw new StudioError('nothing_to_package', { target: 'douyin' });
    await folder.move(`${work}/${path.basename(output.file)}`, `douyin/video${tail}.mp4`);
    await folder.remove(work);
    await folder.write(`douyin/text${tail}.txt`, `${filmTitle(video, piece.title)}\n`);
    files.push(`douyin/video${tail}.mp4`, `douyin/text${tail}.txt`);
  }
  return files;
}

const MAKE: Record<PackageTarget, (order: TargetOrder) => Promise<string[]>> = {
  wechat: makeWechat,
  douyin: makeDouyin,
};

/** Writes one target's files and names them. Errors: nothing_to_package, source_vanished, and those of the makers. */
export function makeTarget(target: PackageTarget, order: TargetOrder): Promise<string[]> {
  return MAKE[target](order);
}
