/**
 * What is signed, and the files a package carries it in. Every statement is RFC 8785 JSON, signed as those bytes.
 * docs/REVIEW.md explains each field.
 */
import { z } from 'zod';
import { stageRule } from '../contract/review.ts';
import * as s from '../contract/schemas.ts';

const at = z.int().nonnegative();
const signer = z.strictObject({ userId: s.id, name: z.string(), role: s.role });
/** A head of the audit log: number and hash of its last entry. */
export const auditHeadText = z.string().regex(/^(?:0|[1-9]\d{0,15}):[0-9a-f]{64}$/);

/** One person's signature under one stage. */
export const approvalStatement = z.strictObject({
  format: z.literal('tongxin-approval/1'),
  manifestHash: s.sha256,
  storyId: s.id,
  roundId: s.id,
  stage: z.strictObject(stageRule.shape),
  by: signer,
  at,
  opinion: z.string(),
  /** Head of the audit log just before this act. */
  auditHead: auditHeadText,
});
export type ApprovalStatement = z.infer<typeof approvalStatement>;

/**
 * A path inside a package: names joined by "/", none of them "." or "..", no backslash, no colon (a drive, a stream), no
 * control character.
 */
// eslint-disable-next-line no-control-regex -- control characters are what it keeps out
const PACKAGE_PATH = /^(?!\.{1,2}(?:\/|$))[^/\\:\u0000-\u001F]+(?:\/(?!\.{1,2}(?:\/|$))[^/\\:\u0000-\u001F]+)*$/;
export const packagePath = z.string().max(1000).regex(PACKAGE_PATH);

/** What left the studio: every file of the package but the two that prove it. */
export const releaseStatement = z.strictObject({
  format: z.literal('tongxin-release/1'),
  packageId: s.id,
  manifestHash: s.sha256,
  draft: z.boolean(),
  targets: z.array(
    z.strictObject({
      target: z.string().regex(/^[a-z0-9-]{1,40}$/),
      files: z.array(z.strictObject({ path: packagePath, bytes: z.int().nonnegative(), sha256: s.sha256 })),
    }),
  ),
  at,
  by: signer,
  auditHead: auditHeadText,
});
export type ReleaseStatement = z.infer<typeof releaseStatement>;

/** A statement as the exact text that was signed, and its Ed25519 signature (base64url, 86 characters). */
export const signedText = z.strictObject({
  statement: z.string().max(16 * 1024 * 1024),
  signature: z.string().regex(/^[A-Za-z0-9_-]{86}$/),
});
export type SignedText = z.infer<typeof signedText>;

/** `signatures.json` of a package. */
export const signaturesFile = z.strictObject({
  format: z.literal('tongxin-signatures/1'),
  /** SPKI PEM. */
  publicKey: z.string().max(1000),
  /** In the order of the stages; none in a draft. */
  approvals: z.array(signedText).max(20),
  release: signedText,
});
export type SignaturesFile = z.infer<typeof signaturesFile>;
