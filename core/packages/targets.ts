/** The files of each target, written into the folder of a package. */
import path from 'node:path';
import { makeArticle } from '../articles/index.ts';
import type { FilmTarget, LimitWarning, PackageTarget } from '../model/contract/index.ts';
import { originalOf } from '../media/index.ts';
import { StudioError } from '../model/errors.ts';
import { failed } from '../model/platforms/index.ts';
import type { LimitCheck } from '../model/platforms/index.ts';
import { durationUs, fileName } from '../model/timeline/index.ts';
import { aiMadeBy, makeFilms, warningsOf, wordsOfStory } from '../video/index.ts';
import { filmTitle, filmsOf, hashIn, type TargetOrder } from './order.ts';
import { makeWechat } from './wechat.ts';

export { filmTitle, filmsOf, type PackageMedia, type TargetOrder } from './order.ts';

/** Targets that are pasted by hand: their title and digest lie beside them, to be copied. */
const PASTED: ReadonlySet<PackageTarget> = new Set(['toutiao', 'baijiahao', 'weibo']);

/** The article for one target, under a folder of its name. What cannot be read stops it: nothing approved is left out. */
async function makeArticleTarget(
  target: Exclude<PackageTarget, FilmTarget | 'wechat'>,
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
      return originalOf(blobs, hash, assetId);
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

/**
 * The films of all film targets of a package, each in the folder of its target: one order, so that what targets share is made
 * once. Errors: nothing_to_package, source_vanished, original_altered, target_refuses {target, what}, and those of the film maker.
 */
export async function makeFilmTargets(
  targets: readonly string[],
  order: TargetOrder,
): Promise<Map<string, MadeTarget>> {
  const { folder, piece, blobs, signal, draft } = order;
  const films = filmsOf(piece);
  const [first] = targets;
  if (films.length === 0 && first !== undefined) throw new StudioError('nothing_to_package', { target: first });
  const outDir = path.dirname(await folder.place('x'));
  const made = new Map<string, MadeTarget>();
  for (const [i, video] of films.entries()) {
    const { films: finished } = await makeFilms(order.films, {
      timeline: video.timeline,
      ...{ targets, platforms: order.platforms, pause: order.pause, outDir, draft, signal, number: i + 1 },
      words: wordsOfStory(filmTitle(video, piece.title), piece.doc),
      aiMade: aiMadeBy(piece.doc, video.timeline),
      source: (sha256) => originalOf(blobs, sha256, fileName(video.timeline, sha256)),
      onProgress: (fraction) => order.onProgress((i + fraction) / films.length),
    });
    for (const target of targets) {
      const ready = finished.find((one) => one.target === target);
      if (!ready) throw new StudioError('nothing_to_package', { target });
      const checks = [...ready.film, ...ready.post];
      if (!draft) refuseFailed(target, checks);
      const { files, warnings } = made.get(target) ?? { files: [], warnings: [] };
      const own = ready.files.map((file) => path.relative(outDir, file).split(path.sep).join('/'));
      made.set(target, { files: [...files, ...own], warnings: [...warnings, ...warningsOf(target, checks)] });
    }
  }
  return made;
}

/** Error: target_refuses {target, what} (details: {checks}) for a limit that the platform itself or the law sets. */
function refuseFailed(target: string, checks: readonly LimitCheck[]): void {
  const stops = failed(checks);
  const what = [...new Set(stops.map((check) => check.what))].join(', ');
  if (stops.length > 0) throw new StudioError('target_refuses', { target, what }, { details: { checks: stops } });
}

export interface MadeTarget {
  /** Relative to the package, with `/`. */
  files: string[];
  warnings: LimitWarning[];
}

/** Writes an article target's files and names them. Errors: source_vanished, and those of the makers. */
export async function makeArticleFiles(
  target: Exclude<PackageTarget, FilmTarget>,
  order: TargetOrder,
): Promise<MadeTarget> {
  const files = await (target === 'wechat' ? makeWechat(order) : makeArticleTarget(target, order));
  return { files, warnings: [] };
}
