/** What a package of this story would be now: approved or not, and each platform's check list. */
import type { Kysely } from 'kysely';
import type { Call } from '../call.ts';
import { imageIds } from '../model/article/text.ts';
import { codeMatrix } from '../model/code.ts';
import { isFilmTarget, isPackageTarget } from '../model/contract/index.ts';
import type { Difference, PackageCheck, TargetCheck } from '../model/contract/index.ts';
import { checkLimit, inBook, postOf, safeAreaIn, troubles } from '../model/platforms/index.ts';
import type { LimitCheck, PlatformBook, PlatformProfile } from '../model/platforms/index.ts';
import { WECHAT_PROFILE, isFilmOf, profilesOf } from '../model/review/index.ts';
import { durationUs, timelineToAss, titleLookOf } from '../model/timeline/index.ts';
import { renderTarget, ruleWarnings, type Lost, type RuledTarget } from '../model/targets/index.ts';
import { DEFAULT_THEME_ID, codeHrefs, renderWechat, type WechatTheme } from '../model/wechat/index.ts';
import { platformBook } from '../platforms/index.ts';
import type { Database } from '../ports/index.ts';
import { differencesTo, looksDamaged, newestRound, presentPiece } from '../review/index.ts';
import type { PieceVideo, PresentPiece } from '../review/index.ts';
import type { StoryDraft } from '../stories/index.ts';
import { themeOfId } from '../themes/index.ts';
import { canvasOf } from '../video/index.ts';
import { filmTitle, filmsOf } from './targets.ts';

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

/** The first limit that is not kept, what is surely refused before what may be. */
function gravest(checks: readonly LimitCheck[]): LimitCheck | null {
  const told = troubles(checks);
  return told.find(({ level }) => level === 'fail') ?? told[0] ?? null;
}

const levelOf = ({ level }: LimitCheck): TargetCheck['level'] => (level === 'fail' ? 'stop' : 'warn');
const isOver = ({ value, limit }: LimitCheck): boolean => Number(value) > (limit.max ?? Infinity);

function filmTitleChecks(profile: PlatformProfile, title: string): TargetCheck[] {
  const { checks } = postOf(profile, { title, text: '', topics: [] }, false);
  const found = gravest(checks.filter(({ what }) => what === 'title' || what === 'shortTitle'));
  const strange = gravest(checks.filter(({ what }) => what === 'shortTitleCharacters'));
  return [
    ...(found
      ? [
          check(levelOf(found), isOver(found) ? 'title_long' : 'title_short', {
            ...{ length: Number(found.value), limit: (isOver(found) ? found.limit.max : found.limit.min) ?? 0 },
          }),
        ]
      : []),
    ...(strange ? [check(levelOf(strange), 'title_characters', { chars: String(strange.value) })] : []),
  ];
}

function filmLengthChecks(profile: PlatformProfile, lengthUs: number): TargetCheck[] {
  const limits = profile.limits.durationUs ?? [];
  const found = gravest(limits.map((limit) => checkLimit('durationUs', limit, lengthUs)));
  if (!found) return [];
  const seconds = (us: number): number => Math.round(us / 1_000_000);
  const limit = seconds((isOver(found) ? found.limit.max : found.limit.min) ?? 0);
  const code = isOver(found) ? 'video_long' : 'video_short';
  return [check(levelOf(found), code, { seconds: seconds(lengthUs), limit })];
}

/** Each video is a post of its own, with its own title and length. */
function filmChecks(book: PlatformBook, target: string, film: PieceVideo, title: string): TargetCheck[] {
  const profile = inBook(book, target);
  const { width, height } = canvasOf(profile, film.timeline);
  const safe = safeAreaIn(book, target, { width, height });
  return [
    ...filmTitleChecks(profile, title),
    ...filmLengthChecks(profile, durationUs(film.timeline)),
    ...timelineToAss(film.timeline, { width, height, safe }).problems.map((problem) =>
      problem.code === 'missing_glyphs'
        ? check('stop', 'glyphs_missing', { chars: problem.chars })
        : check('stop', 'caption_wide', { text: problem.text }),
    ),
  ];
}

function filmTargetChecks(
  book: PlatformBook,
  target: string,
  videos: readonly PieceVideo[],
  storyTitle: string,
): TargetCheck[] {
  const films = filmsOf({ videos });
  if (films.length === 0) return [check('stop', 'video_missing')];
  const unknown = films.flatMap(({ timeline }) => timeline.titles.filter(({ look }) => titleLookOf(look) === null));
  const silent = films.filter((film) => film.timeline.captions.cues.length === 0).length;
  const seconds = Math.round(films.reduce((sum, film) => sum + durationUs(film.timeline), 0) / 1_000_000);
  return [
    check('ok', 'videos', { count: films.length, seconds }),
    ...films.flatMap((film) => filmChecks(book, target, film, filmTitle(film, storyTitle))),
    ...(silent > 0 ? [check('warn', 'captions_missing', { count: silent })] : []),
    ...(unknown.length > 0
      ? [check('stop', 'video_unsupported', { what: [...new Set(unknown.map(({ look }) => look))].join(', ') })]
      : []),
  ];
}

function damageChecks(differences: readonly Difference[]): TargetCheck[] {
  return differences.filter((d) => d.what === 'damaged').map((d) => check('stop', 'file_damaged', { name: d.name }));
}

/** Each target's own checks, files aside: of all targets that packages can be made for, in the order in which they are listed. */
export async function targetChecks(
  db: Kysely<Database>,
  piece: Pick<PresentPiece, 'draft' | 'videos'>,
  book: PlatformBook,
): Promise<Map<string, TargetCheck[]>> {
  const { draft, videos } = piece;
  const theme = await themeOfId(db, draft.doc.attrs?.theme ?? DEFAULT_THEME_ID);
  const checks = (target: string): TargetCheck[] => {
    if (isFilmOf(book, target)) return filmTargetChecks(book, target, videos, draft.title);
    if (!isPackageTarget(target) || isFilmTarget(target)) return [];
    return target === 'wechat' ? wechatChecks(draft, videos, theme) : ruledChecks(target, draft);
  };
  return new Map([...profilesOf(book).keys()].map((target) => [target, checks(target)]));
}

/** A platform whose numbers are others than those that were signed: its films wait for an approval under the new ones. */
function profileChecks(differences: readonly Difference[], target: string): TargetCheck[] {
  return differences
    .filter(({ kind, id }) => kind === 'profile' && id === target)
    .map(({ name }) => check('stop', 'profile_changed', { name }));
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
  const book = await platformBook(db);
  const checks = await targetChecks(db, present, book);
  const harmed = damageChecks(differences);
  return {
    storyId,
    title: present.draft.title,
    state,
    ready: state === 'approved' && differences.every(({ kind }) => kind === 'profile'),
    manifestHash: newest?.manifestHash ?? null,
    differences,
    targets: [...profilesOf(book)].map(([target, { kind }]) => ({
      target,
      kind,
      checks: [
        ...(state === 'approved' ? profileChecks(differences, target) : []),
        ...(checks.get(target) ?? []),
        ...harmed,
      ],
    })),
  };
}
