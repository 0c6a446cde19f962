/** The files of each target, written into the folder of a package. */
import path from 'node:path';
import { makeArticle } from '../articles/index.ts';
import type { PackageTarget } from '../model/contract/index.ts';
import { StudioError } from '../model/errors.ts';
import { durationUs } from '../model/timeline/index.ts';
import { filmTitle, filmsOf, hashIn, type TargetOrder } from './order.ts';
import { makeWechat } from './wechat.ts';

export { filmTitle, filmsOf, type PackageMedia, type TargetOrder } from './order.ts';

/** Targets that are pasted by hand: their title and digest lie beside them, to be copied. */
const PASTED: ReadonlySet<PackageTarget> = new Set(['toutiao', 'baijiahao', 'weibo']);

/** The article for one target, under a folder of its name. What cannot be read stops it: nothing approved is left out. */
async function makeArticleTarget(
  target: Exclude<PackageTarget, 'douyin' | 'wechat'>,
  order: TargetOrder,
): Promise<string[]> {
  const { folder, piece, draft, media, documents, blobs, signal } = order;
  const made = await makeArticle({
    ...{ target, title: piece.title, doc: piece.doc, draft, media, documents, signal, strict: true },
    films: new Map(
      piece.videos.map((v) => [v.projectId, { title: filmTitle(v, piece.title), durationUs: durationUs(v.timeline) }]),
    ),
    about: { publisher: order.office, publishedAt: null, modifiedAt: null },
    pictureFile: (assetId) => {
      const hash = hashIn(piece, assetId);
      if (hash === undefined) throw new StudioError('source_vanished', { file: assetId });
      return Promise.resolve(blobs.pathOf(hash));
    },
    write: (file, data) => folder.write(`${target}/${file}`, data),
    onProgress: order.onProgress,
  });
  const files = made.files.map((file) => `${target}/${file}`);
  if (!PASTED.has(target)) return files;
  await folder.write(`${target}/title.txt`, `${made.title}\n`);
  await folder.write(`${target}/digest.txt`, `${made.digest}\n`);
  return [...files, `${target}/title.txt`, `${target}/digest.txt`];
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

/** Writes one target's files and names them. Errors: nothing_to_package, source_vanished, and those of the makers. */
export function makeTarget(target: PackageTarget, order: TargetOrder): Promise<string[]> {
  if (target === 'wechat') return makeWechat(order);
  return target === 'douyin' ? makeDouyin(order) : makeArticleTarget(target, order);
}
