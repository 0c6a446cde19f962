/** What a package of this story would be now: approved or not, and each platform's check list. */
import type { Call } from '../call.ts';
import { articleText } from '../model/article/text.ts';
import type { ArticleDoc } from '../model/article/index.ts';
import type { Difference, PackageCheck, TargetCheck } from '../model/contract/index.ts';
import { TARGET_PROFILES, WECHAT_PROFILE } from '../model/review/index.ts';
import { durationUs, filledReservedTables } from '../model/timeline/index.ts';
import { differencesTo, looksDamaged, newestRound, presentPiece, type PieceVideo } from '../review/index.ts';
import { filmTitle, filmsOf } from './targets.ts';

/** The lists of an account's articles and the phone's lock screen show so much of a title; the rest is cut. */
const SHOWN_TITLE_CHARS = 32;

/** Longer titles are cut and longer films refused (open.douyin.com, create/upload: 30 characters, 15 minutes). */
const DOUYIN_TITLE_CHARS = 30;
const DOUYIN_SECONDS = 900;

function check(level: TargetCheck['level'], code: string, params: TargetCheck['params'] = {}): TargetCheck {
  return { level, code, params };
}

function titleCheck(title: string): TargetCheck {
  const chars = [...title].length;
  const params = { chars, limit: WECHAT_PROFILE.titleChars, shown: SHOWN_TITLE_CHARS };
  if (chars === 0) return check('stop', 'title_missing');
  if (chars > WECHAT_PROFILE.titleChars) return check('stop', 'title_long', params);
  return check(chars > SHOWN_TITLE_CHARS ? 'warn' : 'ok', chars > SHOWN_TITLE_CHARS ? 'title_cut' : 'title', params);
}

function textCheck(doc: ArticleDoc): TargetCheck {
  const chars = articleText(doc).trim().length;
  // The HTML is longer than the text, so this is the least it can be.
  const params = { chars, limit: WECHAT_PROFILE.contentChars };
  if (chars === 0) return check('warn', 'text_missing');
  return chars > WECHAT_PROFILE.contentChars ? check('stop', 'text_long', params) : check('ok', 'text', params);
}

/** Pictures of the article that stand for no file: pasted from elsewhere, or never chosen. */
function emptyPictures(doc: ArticleDoc): number {
  return (JSON.stringify(doc).match(/"assetId":null/g) ?? []).length;
}

function wechatChecks(piece: { title: string; doc: ArticleDoc; pictures: number }): TargetCheck[] {
  const empty = emptyPictures(piece.doc);
  return [
    titleCheck(piece.title),
    textCheck(piece.doc),
    check('ok', 'pictures', { count: piece.pictures }),
    ...(empty > 0 ? [check('warn', 'pictures_empty', { count: empty })] : []),
  ];
}

/** Each video is a post of its own, with its own title and length. */
function filmChecks(film: PieceVideo, title: string): TargetCheck[] {
  const chars = [...title].length;
  const seconds = Math.round(durationUs(film.timeline) / 1_000_000);
  return [
    ...(chars > DOUYIN_TITLE_CHARS ? [check('warn', 'title_cut', { chars, shown: DOUYIN_TITLE_CHARS })] : []),
    ...(seconds > DOUYIN_SECONDS ? [check('warn', 'video_long', { seconds, limit: DOUYIN_SECONDS })] : []),
  ];
}

function douyinChecks(videos: readonly PieceVideo[], storyTitle: string): TargetCheck[] {
  const films = filmsOf({ videos });
  if (films.length === 0) return [check('stop', 'video_missing')];
  const reserved = films.flatMap((film) => filledReservedTables(film.timeline));
  const silent = films.filter((film) => film.timeline.captions.cues.length === 0).length;
  const seconds = Math.round(films.reduce((sum, film) => sum + durationUs(film.timeline), 0) / 1_000_000);
  return [
    check('ok', 'videos', { count: films.length, seconds }),
    ...films.flatMap((film) => filmChecks(film, filmTitle(film, storyTitle))),
    ...(silent > 0 ? [check('warn', 'captions_missing', { count: silent })] : []),
    ...(reserved.length > 0 ? [check('stop', 'video_unsupported', { what: [...new Set(reserved)].join(', ') })] : []),
  ];
}

function damageChecks(differences: readonly Difference[]): TargetCheck[] {
  return differences.filter((d) => d.what === 'damaged').map((d) => check('stop', 'file_damaged', { name: d.name }));
}

/** Error: unknown_id. */
export async function checkPackage(call: Call, storyId: string): Promise<PackageCheck> {
  const { db } = call;
  const { draft, videos, parts } = await presentPiece(db, storyId);
  const newest = await newestRound(db, storyId);
  // Without a round there is nothing to differ from; files are looked at all the same.
  const then = newest?.manifest.parts ?? parts;
  const damaged = await looksDamaged(db, call.workspace.ports.blobs, then);
  const differences = await differencesTo(db, storyId, then, damaged);
  const state = newest?.state ?? 'none';
  const harmed = damageChecks(differences);
  const article = { title: draft.title, doc: draft.doc, pictures: draft.assetIds.length };
  return {
    storyId,
    title: draft.title,
    state,
    ready: state === 'approved' && differences.length === 0,
    manifestHash: newest?.manifestHash ?? null,
    differences,
    targets: [
      { target: 'wechat', kind: TARGET_PROFILES.wechat.kind, checks: [...wechatChecks(article), ...harmed] },
      {
        target: 'douyin',
        kind: TARGET_PROFILES.douyin.kind,
        checks: [...douyinChecks(videos, draft.title), ...harmed],
      },
    ],
  };
}
