/**
 * What each command answers with `--json`: the shapes behind `docs/cli/*.schema.json`
 * (written by `npm run schemas`). Strict: a field that is not listed here does not leave the program.
 */
import { z } from 'zod';
import { CAPTION_RULE_NAMES } from '../../core/model/captions/index.ts';
import {
  articleWarning,
  asset,
  auditHead,
  checkReport,
  doctorReport,
  id,
  importedMedia,
  importedStory,
  keyProtection,
  copyReport,
  renderOutput,
  renderedArticle,
  renderResult,
  madePackage,
  repair,
  reviewStage,
  reviewStatus,
  sha256,
  storySummary,
  user,
  verifyResult,
  videoSummary,
  workspaceInfo,
} from '../../core/model/contract/index.ts';
import { CHANGE_KINDS } from '../../core/model/article/diff/index.ts';
import { SOUND_TRACKS, timelineSchema } from '../../core/model/timeline/index.ts';
import { ERROR_TABLE, type ErrorCode } from '../../core/model/errors.ts';

const errorCode = z.enum(Object.keys(ERROR_TABLE) as [ErrorCode, ...ErrorCode[]]);

const explained = z.strictObject({
  code: errorCode,
  message: z.string(),
  hint: z.string(),
});

/** `files` are the files the error is about, as they were named on the command line. */
const error = explained.extend({ files: z.array(z.string()).optional(), details: z.unknown().optional() });

/** Exit 1 or 2: the only thing on stdout. */
export const errorAnswer = z.strictObject({ error });

/** Reports keep their form when something is wrong, and then carry the error as well. */
const withError = { error: error.optional() };

const count = z.number().int().nonnegative();
const seekUs = z.number().int().nullable();
/** The plan of one frame rate. */
const ratePlan = z.strictObject({
  version: z.literal(1),
  frameRate: z.string(),
  frames: count,
  samples: count,
  groups: z.array(
    z.strictObject({
      targets: z.array(z.string()),
      width: count,
      height: count,
      encoder: z.array(z.string()),
      segments: z.array(
        z.strictObject({
          clipId: z.string(),
          sha256: z.string(),
          from: count,
          frames: count,
          seekUs,
          shows: z.strictObject({ sourceFrame: count, frames: count }).exactOptional(),
          over: z.array(z.strictObject({ itemId: z.string(), sha256: z.string(), alpha: z.boolean(), seekUs })),
          graph: z.string(),
          ass: z.string().nullable(),
          masks: z.array(z.string()),
          copy: z.strictObject({ sourceFrame: count }).exactOptional(),
          hash: z.string(),
        }),
      ),
      copying: copyReport.exactOptional(),
    }),
  ),
  sound: z.array(
    z.strictObject({
      clipId: z.string(),
      sha256: z.string(),
      samples: count,
      take: z.strictObject({ stream: count, seekUs, filter: z.string() }).nullable(),
    }),
  ),
  mix: z
    .strictObject({
      layers: z.array(
        z.strictObject({
          ...{ soundId: z.string(), track: z.enum(SOUND_TRACKS), sha256: z.string() },
          ...{ stream: count, seekUs, filter: z.string(), duckDb: z.number().int() },
        }),
      ),
      graph: z.string(),
    })
    .nullable(),
  covers: z.array(
    z.strictObject({
      ...{ shape: z.string(), width: count, height: count, targets: z.array(z.string()) },
      alone: z.literal(true).exactOptional(),
      shows: z.union([
        z.strictObject({ atUs: count }),
        z.strictObject({ assetId: z.string() }),
        z.strictObject({ firstThatShows: z.array(count) }),
      ]),
    }),
  ),
});

/** The plan of `render --explain`; core/ports/video.ts explains the fields. */
const renderPlan = z.strictObject({ ...ratePlan.shape, further: z.array(ratePlan).exactOptional() });

export const ANSWERS = {
  error: errorAnswer,
  init: z.strictObject({ workspaceId: id, ownerId: id, publicKey: z.string() }),
  'user-add': z.strictObject({ userId: id }),
  'user-list': z.array(z.strictObject(user.shape)),
  'key-export': z.strictObject({ publicKey: z.string() }),
  'key-status': z.strictObject(keyProtection.shape),
  doctor: z.strictObject({ ...doctorReport.shape, ...withError }),
  check: z.strictObject({ ...checkReport.shape, ...withError }),
  sample: z.strictObject({ ...workspaceInfo.shape, stories: z.number().int().nonnegative() }),
  'story-import': z.strictObject(importedStory.shape),
  'story-list': z.array(z.strictObject(storySummary.shape)),
  'media-import': z.array(
    z.union([z.strictObject(importedMedia.shape), z.strictObject({ file: z.string(), error: explained })]),
  ),
  'media-list': z.array(z.strictObject(asset.shape)),
  'video-new': z.strictObject({ projectId: id, durationUs: z.number().int().nonnegative() }),
  'video-show': timelineSchema,
  'video-edit': z.strictObject({ versionHash: sha256 }),
  'video-list': z.array(z.strictObject(videoSummary.shape)),
  'review-submit': z.strictObject({ versionHash: sha256, manifestHash: sha256, route: z.array(reviewStage) }),
  'review-status': z.strictObject(reviewStatus.shape),
  package: z.strictObject(madePackage.shape),
  verify: z.strictObject({ ...verifyResult.omit({ refused: true }).shape, ...withError }),
  'audit-head': z.strictObject(auditHead.shape),
  'audit-verify': z.strictObject({
    ok: z.boolean(),
    events: z.number().int().nonnegative(),
    head: auditHead,
    problems: z.array(z.string()),
    ...withError,
  }),
  'captions-convert': z.strictObject({
    cues: z.number().int().nonnegative(),
    repairs: z.array(z.strictObject(repair.shape)),
  }),
  'captions-check': z.array(
    z.strictObject({
      cue: z.number().int().positive(),
      rule: z.enum(CAPTION_RULE_NAMES),
      message: z.string(),
      fix: z.string(),
    }),
  ),
  'article-diff': z.array(
    z.strictObject({ blockId: z.string(), kind: z.enum(CHANGE_KINDS), before: z.string(), after: z.string() }),
  ),
  render: z.strictObject({ ...renderResult.shape, outputs: z.array(z.strictObject(renderOutput.shape)) }),
  'render-explain': renderPlan,
  'article-render': z.strictObject({
    ...renderedArticle.omit({ dir: true, target: true }).shape,
    warnings: z.array(z.strictObject({ ...articleWarning.shape, message: z.string() })),
  }),
} satisfies Record<string, z.ZodType>;

export type AnswerName = keyof typeof ANSWERS;
export type Answer<Name extends AnswerName> = z.infer<(typeof ANSWERS)[Name]>;
export type Explained = z.infer<typeof explained>;
