/** Films with what goes with them: each target's folder gets the film, its captions, the words of its post, its checks. */
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { writeCaptions } from '../captions/index.ts';
import { aiImageIds, excerptOf } from '../model/article/text.ts';
import type { ArticleDoc } from '../model/article/types.ts';
import type { CoverFrom, LimitWarning, RenderOutput, RenderResult } from '../model/contract/index.ts';
import {
  builtInBook,
  checkFilm,
  coverPictures,
  coverShapes,
  filmStem,
  inBook,
  logosIn,
  postOf,
  postText,
  troubles,
} from '../model/platforms/index.ts';
import type { CoverShape, FilmFacts, LimitCheck, PlatformProfile, Post, PostWords } from '../model/platforms/index.ts';
import type { MadeBy } from '../model/machine.ts';
import { DIGEST_CHARS, topicsIn } from '../model/targets/index.ts';
import { DRAFT_MARK, cuesForFile, usedAssetIds } from '../model/timeline/index.ts';
import type { Timeline } from '../model/timeline/index.ts';
import { writeWhole } from '../out-folder.ts';
import type { FilmMaker, MadeCovers, MadeFilms, RenderOrder } from '../ports/index.ts';
import { writeCovers } from './covers.ts';
import type { WrittenCover } from './covers.ts';
import { capOf } from './plan/groups.ts';

export interface FilmsOrder extends Omit<RenderOrder, 'nameOf' | 'covers'> {
  words: PostWords;
  /** Of the film among those of its story, from 1: the files of further ones have it in their names. */
  number?: number;
}

/** What stands in a target's folder for one film. */
export interface FinishedFilm {
  target: string;
  /** Absolute; the film first. */
  files: string[];
  film: LimitCheck[];
  post: LimitCheck[];
  covers: WrittenCover[];
}

export interface FinishedFilms {
  result: RenderResult;
  films: FinishedFilm[];
}

/** The words of a story for its films: its title, the beginning of its text, the topics written in it. */
export function wordsOfStory(title: string, doc: ArticleDoc): PostWords {
  return { title, text: excerptOf(doc, DIGEST_CHARS), topics: topicsIn(doc) };
}

/** Whether a film uses a picture that the story's text declares as made by an AI. */
export function aiMadeBy(doc: ArticleDoc, timeline: Timeline): boolean {
  const used = new Set(usedAssetIds(timeline));
  return aiImageIds(doc).some((id) => used.has(id));
}

/** The captions as SRT, UTF-8, which has no places; null without captions. */
function captionsOf(timeline: Timeline): string | null {
  const cues = cuesForFile(timeline).map(({ startUs, endUs, text }) => ({ startUs, endUs, text }));
  return cues.length === 0 ? null : writeCaptions(cues, 'srt').text;
}

/** A draft says so wherever it is read. */
const textOf = (post: Post, draft: boolean): string => `${draft ? `【${DRAFT_MARK}】\n\n` : ''}${postText(post)}`;

interface Beside {
  order: FilmsOrder;
  output: RenderOutput;
  facts: FilmFacts;
  aiMade: boolean;
  /** What was ordered, and what was made of it, in the same order. */
  shapes: readonly CoverShape[];
  made: MadeCovers | null;
  madeBy: MadeBy | undefined;
}

/** What the words of a post say of its covers. */
const coversInPost = (covers: readonly WrittenCover[], from: CoverFrom | undefined) =>
  covers.length === 0
    ? {}
    : {
        covers: covers.map(({ name, shape, alone, width, height }) => ({
          ...{ file: name, shape, ...(alone ? { alone } : {}), width, height },
        })),
        cover: from,
      };

/** The same with every limit, for those who check. */
const coversInChecks = (covers: readonly WrittenCover[], from: CoverFrom | undefined) =>
  covers.length === 0
    ? {}
    : {
        cover: from,
        covers: covers.map(({ name, shape, alone, width, height, bytes, checks }) => ({
          ...{ file: name, shape, ...(alone ? { alone } : {}), width, height, bytes, checks },
        })),
      };

/** Writes what lies beside one film. */
async function finish(profile: PlatformProfile, beside: Beside): Promise<FinishedFilm> {
  const { order, output, facts, aiMade, shapes, made, madeBy } = beside;
  const { timeline, words, draft = false, number = 1 } = order;
  const { target } = profile;
  const folder = path.dirname(output.file);
  const stem = path.basename(output.file, '.mp4');
  const tail = number > 1 ? `-${number}` : '';
  const canvas = { width: output.width, height: output.height };
  const film = checkFilm(profile, facts, {
    ...{ canvas, aiMade, cap: capOf(profile.film, canvas), logos: logosIn(timeline) },
    ...(output.copying?.made === 'copied' ? { copied: true, frameRate: output.frameRate } : {}),
  });
  const { post, checks } = postOf(profile, words, aiMade);
  const files = [output.file];
  const put = async (name: string, text: string): Promise<void> => {
    await writeWhole(path.join(folder, name), text);
    files.push(path.join(folder, name));
  };
  const captions = captionsOf(timeline);
  // Captions of an earlier film of this name would be another film's.
  if (captions === null) await rm(path.join(folder, `${stem}.srt`), { force: true });
  else await put(`${stem}.srt`, captions);
  const covers = await writeCovers(folder, { profile, title: words.title, number, shapes, made: made?.covers ?? [] });
  files.push(...covers.map(({ name }) => path.join(folder, name)));
  const told = { ...post, ...coversInPost(covers, made?.from), ...(draft ? { draft: true } : {}) };
  await put(`post${tail}.json`, `${JSON.stringify(told, null, 2)}\n`);
  await put(`post${tail}.txt`, textOf(post, draft));
  const about = {
    ...{ format: 'tongxin-checks/1', target, file: path.basename(output.file), aiMade },
    ...(madeBy ? { madeBy } : {}),
    ...(output.copying ? { copying: output.copying } : {}),
    measured: facts,
  };
  const all = { ...about, film, post: checks, ...coversInChecks(covers, made?.from) };
  await put(`checks${tail}.json`, `${JSON.stringify(all, null, 2)}\n`);
  return { target, files, film, post: checks, covers };
}

/** What is not as it should be, as the answer tells it. */
export function warningsOf(target: string, checks: readonly LimitCheck[]): LimitWarning[] {
  return troubles(checks).map(({ what, value, limit, level, source, grade }) => ({
    ...{ target, what, value, limit, level, source, grade },
  }));
}

/**
 * Renders films into `<outDir>/<target>/`: `<title>-<platform>-<canvas>.mp4`, beside it `.srt` of the same name where there are
 * captions, its covers, `post.json`, `post.txt` and `checks.json`. The answer tells which films are not as their platforms want them.
 * Errors: those of the film maker; not_writable, disk_full.
 */
export async function makeFilms(films: FilmMaker, order: FilmsOrder): Promise<FinishedFilms> {
  const { words, number, ...plain } = order;
  const { platforms = builtInBook() } = order;
  const nameOf: RenderOrder['nameOf'] = (target, canvas) =>
    `${target}/${filmStem(words.title, inBook(platforms, target), canvas, number)}.mp4`;
  await mkdir(order.outDir, { recursive: true });
  const shapes = coverPictures(coverShapes(platforms), order.timeline.cover).filter(({ targets }) =>
    targets.some((target) => order.targets.includes(target)),
  );
  const made: MadeFilms = await films.render({ ...plain, nameOf, covers: shapes });
  const finished: FinishedFilm[] = [];
  for (const output of made.outputs) {
    const facts = made.facts.get(output.target);
    if (!facts) throw new Error(`no facts of ${output.target}`);
    const beside = { order, output, facts, aiMade: made.aiMade, shapes, made: made.covers, madeBy: made.madeBy };
    finished.push(await finish(inBook(platforms, output.target), beside));
  }
  const warnings = finished.flatMap(({ target, film, covers }) =>
    warningsOf(target, [...film, ...covers.flatMap(({ checks }) => checks)]),
  );
  return { result: resultOf(made, finished, warnings), films: finished };
}

function resultOf(made: MadeFilms, finished: readonly FinishedFilm[], warnings: LimitWarning[]): RenderResult {
  const { cpuSeconds, wallSeconds } = made;
  const outputs = made.outputs.map((output, i): RenderOutput => {
    const { covers = [] } = finished[i] ?? {};
    const files = covers.map(({ name, shape, alone, width, height, bytes }) => ({
      ...{ file: path.join(path.dirname(output.file), name), shape, ...(alone ? { alone } : {}), width, height, bytes },
    }));
    return files.length > 0 ? { ...output, covers: files } : output;
  });
  const from = made.covers?.from;
  return {
    ...{ outputs, cpuSeconds, wallSeconds },
    ...(made.madeBy ? { madeBy: made.madeBy } : {}),
    ...(warnings.length > 0 ? { warnings } : {}),
    ...(from ? { cover: from } : {}),
  };
}
