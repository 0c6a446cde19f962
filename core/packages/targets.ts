/** The files of each target, written into the folder of a package. */
import path from 'node:path';
import { imageIds } from '../model/article/text.ts';
import type { PackageTarget } from '../model/contract/index.ts';
import { StudioError } from '../model/errors.ts';
import { WECHAT_PROFILE } from '../model/review/index.ts';
import { renderWechat, wechatPage, type WechatPicture } from '../model/wechat/index.ts';
import type { BlobStore, FilmMaker, MediaEngine } from '../ports/index.ts';
import type { Piece, PieceVideo } from '../review/index.ts';
import type { BuildFolder } from '../out-folder.ts';

export interface TargetOrder {
  folder: BuildFolder;
  piece: Piece;
  draft: boolean;
  media: Pick<MediaEngine, 'webPicture'>;
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

/** Pictures of the article for the web, in the order they appear: `wechat/images/01.jpg` … */
async function makePictures(order: TargetOrder): Promise<{ files: string[]; images: Map<string, WechatPicture> }> {
  const { folder, piece, media, blobs, signal } = order;
  const files: string[] = [];
  const images = new Map<string, WechatPicture>();
  const ids = imageIds(piece.doc);
  for (const [i, assetId] of ids.entries()) {
    const hash = hashIn(piece, assetId);
    if (hash === undefined) throw new StudioError('source_vanished', { file: assetId });
    const bounds = { maxBytes: WECHAT_PROFILE.pictureBytes, maxWidth: WECHAT_PROFILE.pictureWidth, signal };
    const made = await media.webPicture(blobs.pathOf(hash), bounds);
    const name = `images/${twoDigits(i + 1)}.${made.format === 'jpeg' ? 'jpg' : 'png'}`;
    await folder.write(`wechat/${name}`, made.data);
    files.push(`wechat/${name}`);
    images.set(assetId, { src: name, width: made.width, height: made.height });
    order.onProgress((i + 1) / (ids.length + 1));
  }
  return { files, images };
}

async function makeWechat(order: TargetOrder): Promise<string[]> {
  const { folder, piece, draft } = order;
  const { files, images } = await makePictures(order);
  const made = renderWechat(piece.doc, { title: piece.title, images, draft });
  await folder.write('wechat/article.html', wechatPage(made));
  await folder.write('wechat/title.txt', `${made.title}\n`);
  await folder.write('wechat/digest.txt', `${made.digest}\n`);
  return ['wechat/article.html', 'wechat/title.txt', 'wechat/digest.txt', ...files];
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
