/** Review: rounds, signatures, comments. Shapes and procedures. See docs/REVIEW.md for what a signature covers. */
import { z } from 'zod';
import { mutation, ok, query, storyId } from './base.ts';
import * as s from './schemas.ts';

const at = z.number().int().nonnegative();
const count = z.number().int().nonnegative();
const person = z.object({ userId: s.id, name: z.string() });

/** One piece of what is approved. Kinds are open: later ones only add. */
export const manifestPart = z.object({
  kind: z.string().min(1).max(40),
  id: z.string().min(1).max(80),
  sha256: s.sha256,
});
export type ManifestPart = z.infer<typeof manifestPart>;

export const stageRule = z.object({
  /** From 1. */
  n: z.number().int().min(1),
  /** Stable id of the stage: first, second, final. */
  id: z.string().min(1).max(40),
  name: z.string().min(1).max(80),
});

/** What the signatures cover: its RFC 8785 JSON, hashed with SHA-256, is the manifest hash. */
export const manifest = z.object({
  format: z.literal('tongxin-manifest/1'),
  workspaceId: s.id,
  storyId: s.id,
  title: z.string(),
  /** Everybody must be able to see which signatures were asked for. */
  route: z.array(stageRule).min(1),
  submittedBy: s.id,
  /** Reason for going on with open "must" findings; null when there were none. */
  waiver: z.string().nullable(),
  /** By kind, then id. */
  parts: z.array(manifestPart).min(1),
});
export type Manifest = z.infer<typeof manifest>;

export const reviewState = z.enum(['none', 'in_review', 'approved', 'returned', 'withdrawn', 'revoked']);
export type ReviewState = z.infer<typeof reviewState>;

export const reviewStage = stageRule.extend({
  state: z.enum(['done', 'now', 'next', 'returned']),
  by: person.nullable(),
  at: at.nullable(),
  opinion: z.string(),
});
export type ReviewStage = z.infer<typeof reviewStage>;

export const reviewAct = z.object({
  kind: z.enum(['submit', 'sign', 'return', 'withdraw', 'revoke']),
  by: person,
  at,
  /** Stage from 1; null for acts that are not of a stage. */
  stage: z.number().int().min(1).nullable(),
  text: z.string(),
});
export type ReviewAct = z.infer<typeof reviewAct>;

export const reviewRound = z.object({
  roundId: s.id,
  /** From 1, per story. */
  n: z.number().int().min(1),
  state: reviewState.exclude(['none']),
  versionNo: count,
  versionHash: s.sha256,
  manifestHash: s.sha256,
  submittedBy: person,
  submittedAt: at,
  endedAt: at.nullable(),
  waiver: z.string().nullable(),
  /** The whole route, done stages too. */
  route: z.array(reviewStage),
  acts: z.array(reviewAct),
});
export type ReviewRound = z.infer<typeof reviewRound>;

const placeValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** What is not as it was when the manifest was made. `damaged`: the file's bytes are no longer the ones that were signed. */
export const difference = z.object({
  kind: z.string(),
  id: z.string(),
  what: z.enum(['changed', 'added', 'removed', 'damaged']),
  /** For people: the title of the article or video, the name of the file, of the platform. */
  name: z.string(),
  /**
   * Of a profile: the numbers that are others now, by their place in its file; null: there is none. Left out where what was signed
   * is not known any more.
   */
  places: z.array(z.object({ place: z.string(), before: placeValue, after: placeValue })).exactOptional(),
});
export type Difference = z.infer<typeof difference>;

export const reviewStatus = z.object({
  storyId: s.id,
  title: z.string(),
  state: reviewState,
  /** The newest round; null when it was never submitted. */
  round: reviewRound.nullable(),
  /** Earlier rounds, newest first. */
  earlier: z.array(reviewRound),
  /** Between what stands now and the newest round's manifest; empty without a round. */
  differences: z.array(difference),
  /** What the person who asks may do now; the reason of a refusal is an error code. */
  mine: z.object({
    submit: z.boolean(),
    sign: z.boolean(),
    whyNotSign: z.string().nullable(),
    withdraw: z.boolean(),
    revoke: z.boolean(),
  }),
});
export type ReviewStatus = z.infer<typeof reviewStatus>;

/** The frozen piece of a round, as reviewers see it. */
export const reviewPiece = z.object({
  roundId: s.id,
  title: z.string(),
  doc: s.articleDoc,
  versionHash: s.sha256,
  videos: z.array(z.object({ projectId: s.id, title: z.string(), timeline: z.unknown(), sha256: s.sha256 })),
  manifest,
  manifestHash: s.sha256,
});
export type ReviewPiece = z.infer<typeof reviewPiece>;

export const inboxItem = z.object({
  storyId: s.id,
  roundId: s.id,
  title: z.string(),
  coverAssetId: s.id.nullable(),
  state: reviewState.exclude(['none']),
  /** Name of the open stage; null when the round has ended. */
  stage: z.string().nullable(),
  /** `by`, `at`: who submitted it and when (waiting), or the last act (submitted, seen). */
  by: person,
  at,
  /** The last opinion or reason. */
  text: z.string(),
});
export type InboxItem = z.infer<typeof inboxItem>;

// — comments —
const text = z.string().trim().min(1).max(2000);
/**
 * Where a comment stands. `text`: in top-level block `block` (from 0) of the version, UTF-16 `offset` and `length` in the
 * block's text (`blockTexts` of core/model/article); `versionHash` is a version of the story or its present draft; `quote` with what stood around it finds the place again in a later version. `time`: in a video, on the timeline;
 * `region` in thousandths of the picture.
 */
export const anchor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('whole') }),
  z.object({
    kind: z.literal('text'),
    versionHash: s.sha256,
    block: count,
    offset: count,
    length: count,
    quote: z.string().max(500),
    before: z.string().max(60),
    after: z.string().max(60),
  }),
  z.object({
    kind: z.literal('time'),
    projectId: s.id,
    timeUs: count,
    region: z
      .object({ x: count.max(1000), y: count.max(1000), width: count.max(1000), height: count.max(1000) })
      .nullable(),
  }),
]);
export type Anchor = z.infer<typeof anchor>;

export const comment = z.object({
  commentId: s.id,
  storyId: s.id,
  parentId: s.id.nullable(),
  anchor,
  /** True when the quoted text is no longer in the present draft: listed, never dropped. */
  lost: z.boolean(),
  text: z.string(),
  by: person,
  at,
  resolvedAt: at.nullable(),
  resolvedBy: person.nullable(),
});
export type Comment = z.infer<typeof comment>;

const reason = z.object({ reason: text });
const opinion = z.string().trim().max(2000).default('');

export const review = {
  /**
   * Freezes the present draft as a version and its videos, and opens a round. Errors: already_in_review, bad_article,
   * source_vanished (a file the piece shows is gone).
   */
  submit: mutation('review.submit', 'review.submit')
    .input(storyId.extend({ waive: text.optional() }))
    .output(reviewStatus),
  status: query('story.read').input(storyId).output(reviewStatus),
  piece: query('story.read')
    .input(z.object({ roundId: s.id }))
    .output(reviewPiece),
  inbox: query('signed-in').output(
    z.object({
      /** Open rounds whose open stage the person may sign. */
      waiting: z.array(inboxItem),
      /** Rounds the person submitted, newest first. */
      submitted: z.array(inboxItem),
      /** Rounds the person signed or returned, newest first. */
      seen: z.array(inboxItem),
    }),
  ),
  /**
   * Signs the open stage. `manifestHash`: what the person looked at; differs_from_approval when the round is about
   * something else. Errors: not_in_review, own_work, already_signed, not_your_stage, not_permitted.
   */
  sign: mutation('review.act', 'review.sign')
    .input(storyId.extend({ opinion, manifestHash: s.sha256.optional() }))
    .output(reviewStatus),
  return: mutation('review.act', 'review.return').input(storyId.extend(reason.shape)).output(reviewStatus),
  withdraw: mutation('review.act', 'review.withdraw').input(storyId.extend(reason.shape)).output(reviewStatus),
  revoke: mutation('review.act', 'review.revoke').input(storyId.extend(reason.shape)).output(reviewStatus),
};

export const comments = {
  /** Oldest first, answers after what they answer. */
  list: query('story.read').input(storyId).output(z.array(comment)),
  add: mutation('review.act', 'comment.add')
    .input(storyId.extend({ anchor, text, parentId: s.id.optional() }))
    .output(comment),
  resolve: mutation('review.act', 'comment.resolve')
    .input(z.object({ commentId: s.id, resolved: z.boolean() }))
    .output(ok),
};

export const auditHead = z.object({ seq: count, hash: s.sha256 });
export const audit = {
  head: query('audit.read').output(auditHead),
  /** Walks the whole chain. `against`: a head kept elsewhere ("seq:hash"), which must be in it. */
  verify: query('audit.read')
    .input(z.object({ against: z.string().max(100).optional() }))
    .output(z.object({ ok: z.boolean(), events: count, head: auditHead, problems: z.array(z.string()) })),
};
