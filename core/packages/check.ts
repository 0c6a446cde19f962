/** What a package of this story would be now: approved or not, and each platform's check list. */
import type { Kysely } from 'kysely';
import type { Call } from '../call.ts';
import { imageIds } from '../model/article/text.ts';
import { codeMatrix } from '../model/code.ts';
import { PACKAGE_TARGETS } from '../model/contract/index.ts';
import type { Difference, PackageCheck, PackageTarget, TargetCheck } from '../model/contract/index.ts';
import { TARGET_PROFILES, WECHAT_PROFILE } from '../model/review/index.ts';
import { TARGET_CANVAS, durationUs, filledReservedTables, timelineToAss } from '../model/timeline/index.ts';
import { renderTarget, ruleWarnings, type Lost, type RuledTarget } from '../model/targets/index.ts';
import { DEFAULT_THEME_ID, codeHrefs, renderWechat, type WechatTheme } from '../model/wechat/index.ts';
import type { Database } from '../ports/index.ts';
import { differencesTo, looksDamaged, newestRound, presentPiece } from '../review/index.ts';
import type { PieceVideo, PresentPiece } from '../review/index.ts';
import type { StoryDraft } from '../stories/index.ts';
import { themeOfId } from '../themes/index.ts';
import { filmTitle, filmsOf } from './targets.ts';

/** Longer titles are cut and longer films refused (open.douyin.com, create/upload: 30 characters, 15 minutes). */
const DOUYIN_TITLE_CHARS = 30;
const DOUYIN_SECONDS = 900;

function check(level: TargetCheck['level'], code: string, params: TargetCheck['params'] = {}): TargetCheck {
  return { level, code, params };
}

/** What the article's renderer has against it, and what goes well. Addresses of pictures have the length they will have. */
function wechatChecks(draft: StoryDraft, films: readonly PieceVideo[], theme: WechatTheme | null): TargetCheck[] {
  const place = { src: 'images/00.jpg', width: 1, height: 1 };
  const images = new Map(draft.assetIds.map((id) => [id, place]));
  const codes = new Map(codeHrefs(draft.doc).flatMap((href) => (codeMatrix(href) ? [[href, place]] : [])));
  const videos = new Map(
    films.map((film) => [
      film.projectId,
      { title: filmTitle(film, draft.title), durationUs: durationUs(film.timeline), poster: place },
    ]),
  );
  const options = { title: draft.title, images, codes, videos };
  const article = renderWechat(draft.doc, theme ? { ...options, theme } : options);
  const told = (code: string): boolean => article.warnings.some((w) => w.code.startsWith(code));
  return [
    ...(told('title') ? [] : [check('ok', 'title', { length: [...draft.title].length })]),
    ...(told('content') ? [] : [check('ok', 'content', { length: article.chars, limit: WECHAT_PROFILE.contentChars })]),
    check('ok', 'pictures', { count: imageIds(draft.doc).length }),
    draft.doc.attrs?.cover ? check('ok', 'cover') : check('warn', 'cover_missing'),
    ...(theme ? [] : [check('stop', 'theme_gone')]),
    ...article.warnings.map((w) => check(w.level, w.code, w.params)),
    ...article.lost.map((l) => check('warn', 'picture_lost', { where: l.where })),
  ];
}

/** What stays behind, one line a kind: the words where it was are in the answer of `article render`. */
function lostChecks(lost: readonly Lost[]): TargetCheck[] {
  const kinds = [...new Set(lost.map(({ what }) => what))].filter((what) => what !== 'image');
  return kinds.map((what) =>
    check('warn', 'part_lost', { what, count: lost.filter((one) => one.what === what).length }),
  );
}

/** By the rules of the target; what it would lose is found by writing it. */
function ruledChecks(target: RuledTarget, draft: StoryDraft): TargetCheck[] {
  const { title, doc } = draft;
  const ids = imageIds(doc);
  const images = new Map(ids.map((id) => [id, { src: 'images/00.jpg', width: 1, height: 1 }]));
  const input = { title, doc, images };
  const inside = target === 'docx' || target === 'pdf';
  const made = inside ? { lost: [], warnings: ruleWarnings(target, input, images.size) } : renderTarget(target, input);
  const told = (code: string): boolean => made.warnings.some((w) => w.code.startsWith(code));
  return [
    ...(told('title') ? [] : [check('ok', 'title', { length: [...title].length })]),
    ...(target === 'text' ? [] : [check('ok', 'pictures', { count: ids.length })]),
    ...made.warnings
      .filter(({ code }) => !(doc.attrs?.cover && code === `cover_${target}`))
      .map((w) => check(w.level, w.code, w.params)),
    // Plain text has no form to lose.
    ...(target === 'text' ? [] : lostChecks(made.lost)),
  ];
}

/** Each video is a post of its own, with its own title and length. */
function filmChecks(film: PieceVideo, title: string): TargetCheck[] {
  const chars = [...title].length;
  const seconds = Math.round(durationUs(film.timeline) / 1_000_000);
  return [
    ...(chars > DOUYIN_TITLE_CHARS ? [check('warn', 'title_cut', { chars, shown: DOUYIN_TITLE_CHARS })] : []),
    ...(seconds > DOUYIN_SECONDS ? [check('warn', 'video_long', { seconds, limit: DOUYIN_SECONDS })] : []),
    ...timelineToAss(film.timeline, TARGET_CANVAS.douyin).problems.map((problem) =>
      problem.code === 'missing_glyphs'
        ? check('stop', 'glyphs_missing', { chars: problem.chars })
        : check('stop', 'caption_wide', { text: problem.text }),
    ),
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

/** Each target's own checks, files aside. */
export async function targetChecks(
  db: Kysely<Database>,
  piece: Pick<PresentPiece, 'draft' | 'videos'>,
): Promise<Record<PackageTarget, TargetCheck[]>> {
  const { draft, videos } = piece;
  const theme = await themeOfId(db, draft.doc.attrs?.theme ?? DEFAULT_THEME_ID);
  const checks = (target: PackageTarget): TargetCheck[] =>
    target === 'wechat'
      ? wechatChecks(draft, videos, theme)
      : target === 'douyin'
        ? douyinChecks(videos, draft.title)
        : ruledChecks(target, draft);
  return Object.fromEntries(PACKAGE_TARGETS.map((t) => [t, checks(t)])) as Record<PackageTarget, TargetCheck[]>;
}

/** Error: unknown_id. */
export async function checkPackage(call: Call, storyId: string): Promise<PackageCheck> {
  const { db } = call;
  const present = await presentPiece(db, storyId);
  const newest = await newestRound(db, storyId);
  // Without a round there is nothing to differ from; files are looked at all the same.
  const then = newest?.manifest.parts ?? present.parts;
  const damaged = await looksDamaged(db, call.workspace.ports.blobs, then);
  const differences = await differencesTo(db, storyId, then, damaged);
  const state = newest?.state ?? 'none';
  const checks = await targetChecks(db, present);
  const harmed = damageChecks(differences);
  return {
    storyId,
    title: present.draft.title,
    state,
    ready: state === 'approved' && differences.length === 0,
    manifestHash: newest?.manifestHash ?? null,
    differences,
    targets: PACKAGE_TARGETS.map((target) => ({
      target,
      kind: TARGET_PROFILES[target].kind,
      checks: [...checks[target], ...harmed],
    })),
  };
}
