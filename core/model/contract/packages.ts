/** Packages: what leaves the studio, and the desk that shows what waits. Shapes and procedures. */
import { z } from 'zod';
import { targetName } from '../timeline/timeline.ts';
import { jobStarted, query, startsJob, storyId } from './base.ts';
import { difference, reviewState } from './review.ts';
import * as s from './schemas.ts';
import { limitWarning } from './video.ts';

const at = z.number().int().nonnegative();
const count = z.number().int().nonnegative();
const person = z.object({ userId: s.id, name: z.string() });

/** Targets that get films; the others get the article. */
export const FILM_TARGETS = ['douyin', 'kuaishou', 'channels', 'bilibili'] as const;
export type FilmTarget = (typeof FILM_TARGETS)[number];

/** Targets a package can be made for now. */
export const PACKAGE_TARGETS = [
  'wechat',
  ...FILM_TARGETS,
  'web',
  'toutiao',
  'baijiahao',
  'weibo',
  'xiaohongshu',
  'docx',
  'pdf',
  'md',
  'text',
] as const;
export const packageTarget = z.enum(PACKAGE_TARGETS);
export type PackageTarget = z.infer<typeof packageTarget>;

export const isFilmTarget = (target: PackageTarget): target is FilmTarget =>
  (FILM_TARGETS as readonly PackageTarget[]).includes(target);
/** Of a name that is none of these: a platform that the office added, which gets films. */
export const isPackageTarget = (target: string): target is PackageTarget =>
  (PACKAGE_TARGETS as readonly string[]).includes(target);
/** Those a package is made for unless somebody asks for others. */
export const USUAL_TARGETS = ['wechat', 'douyin'] as const satisfies readonly PackageTarget[];

/** A file of a package; `path` is relative to the package, with `/`. */
export const packageFile = z.object({ path: z.string().min(1), bytes: count, sha256: s.sha256 });
export type PackageFile = z.infer<typeof packageFile>;
export const packagedTarget = z.object({ target: targetName, files: z.array(packageFile) });

/** Job result of `packages.make`, and the answer of the command line. */
export const madePackage = z.object({
  packageId: s.id,
  dir: z.string(),
  manifestHash: s.sha256,
  targets: z.array(packagedTarget),
  /** Limits of platforms that a film or its words do not keep; left out when there are none. */
  warnings: z.array(limitWarning).exactOptional(),
});
export type MadePackage = z.infer<typeof madePackage>;

export const packageSummary = z.object({
  packageId: s.id,
  storyId: s.id,
  title: z.string(),
  dir: z.string(),
  draft: z.boolean(),
  manifestHash: s.sha256,
  targets: z.array(packagedTarget),
  createdAt: at,
  createdBy: person,
});
export type PackageSummary = z.infer<typeof packageSummary>;

/** One line of a platform's check list. `code` has its sentence in the catalogue; `stop` keeps the target from being made. */
export const targetCheck = z.object({
  level: z.enum(['ok', 'warn', 'stop']),
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type TargetCheck = z.infer<typeof targetCheck>;

export const packageCheck = z.object({
  storyId: s.id,
  title: z.string(),
  state: reviewState,
  /** Approved, and what stands now is what was approved; a platform whose numbers changed since stops its own target only. */
  ready: z.boolean(),
  manifestHash: s.sha256.nullable(),
  differences: z.array(difference),
  targets: z.array(z.object({ target: targetName, kind: z.enum(['article', 'video']), checks: z.array(targetCheck) })),
});
export type PackageCheck = z.infer<typeof packageCheck>;

/** What `verify` finds. `signer`: the public key's fingerprint (first 16 hex digits of its SHA-256), or "unknown". */
export const verifyResult = z.object({
  ok: z.boolean(),
  manifestHash: s.sha256.nullable(),
  signer: z.string(),
  approvals: z.array(z.object({ stage: z.string(), who: z.string(), at, ok: z.boolean() })),
  problems: z.array(z.object({ file: z.string(), what: z.string() })),
  /** Why it is not ok, the gravest first: another key, changed, a draft; null when it is ok. */
  refused: z.enum(['signer_unknown', 'package_altered', 'not_approved']).nullable(),
});
export type VerifyResult = z.infer<typeof verifyResult>;

export const packages = {
  check: query('story.read').input(storyId).output(packageCheck),
  /**
   * Makes a package. `dir`: an empty or absent folder (sessions that may name paths); without it a new folder under the
   * workspace's `exports/`. Errors: not_approved, differs_from_approval (details: {differences}), out_not_empty,
   * nothing_to_package, target_refuses (details: {checks}). Job result: {@link madePackage}.
   */
  make: startsJob('package.make', 'package.make')
    .input(
      storyId.extend({
        /** Names of {@link PACKAGE_TARGETS} and of platforms that the office added. */
        targets: z.array(targetName).min(1).max(60),
        dir: z.string().min(1).optional(),
        draft: z.boolean().default(false),
      }),
    )
    .output(jobStarted),
  /** Newest first. */
  list: query('story.read')
    .input(z.object({ storyId: s.id.optional() }))
    .output(z.array(packageSummary)),
  /** Looks at a package that was made here, byte by byte, with the workspace's own key. */
  verify: query('story.read')
    .input(z.object({ packageId: s.id }))
    .output(verifyResult),
};

export const deskItem = z.object({
  storyId: s.id,
  title: z.string(),
  coverAssetId: s.id.nullable(),
  why: z.enum(['sign', 'returned', 'approved', 'write']),
  /** Name of the stage that waits; null otherwise. */
  stage: z.string().nullable(),
  by: person,
  at,
  text: z.string(),
});
export type DeskItem = z.infer<typeof deskItem>;

export const desk = {
  get: query('signed-in').output(
    z.object({
      /** What waits for the person, oldest first. */
      waiting: z.array(deskItem),
      /** The story the person last wrote in, if it is still being written. */
      resume: s.storySummary.nullable(),
      /** Last changed stories of the office. */
      recent: z.array(s.storySummary),
      /** Packages of this calendar month (of the studio's computer), drafts left out. */
      packages: z.array(packageSummary),
    }),
  ),
};
