/** The two files that prove a package, read and checked by themselves: manifest.json and signatures.json. */
import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import type { z } from 'zod';
import { canonicalJson } from '../model/article/canonical.ts';
import { manifest as manifestShape, type Manifest, type VerifyResult } from '../model/contract/index.ts';
import {
  approvalStatement,
  releaseStatement,
  signaturesFile,
  type ApprovalStatement,
  type ReleaseStatement,
  type SignaturesFile,
  type SignedText,
} from '../model/review/index.ts';
import type { Problem } from './listing.ts';

export const MANIFEST_FILE = 'manifest.json';
export const SIGNATURES_FILE = 'signatures.json';

/** First complaint of a shape, with its place. */
function complaint(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue ? `${issue.path.map(String).join('.') || 'it'}: ${issue.message}` : 'has another form';
}

/**
 * Reads text that must be exactly the RFC 8785 form of a value of `shape`: one content has one spelling, so that no byte
 * can be changed unseen. Null and a problem otherwise.
 */
function readCanonical<T>(
  text: string,
  shape: z.ZodType<T>,
  file: string,
  what: string,
  problems: Problem[],
): T | null {
  const refuse = (why: string): null => {
    problems.push({ file, what: `${what} ${why}` });
    return null;
  };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refuse('is not JSON');
  }
  try {
    const parsed = shape.safeParse(json);
    if (!parsed.success) return refuse(`does not have the form of one (${complaint(parsed.error)})`);
    return canonicalJson(json) === text ? parsed.data : refuse('is not in canonical form (RFC 8785)');
  } catch {
    // Nested deeper than any reader goes, or what JSON text can hold and canonical JSON cannot.
    return refuse('cannot be read');
  }
}

export function readManifest(text: string, problems: Problem[]): { manifest: Manifest; hash: string } | null {
  const manifest = readCanonical<Manifest>(text, manifestShape, MANIFEST_FILE, 'the manifest', problems);
  return manifest && { manifest, hash: createHash('sha256').update(text, 'utf8').digest('hex') };
}

/** An Ed25519 public key and its PEM as OpenSSL writes it; null when the text is none. */
export function readKey(pem: string): { key: KeyObject; pem: string } | null {
  try {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType !== 'ed25519') return null;
    return { key, pem: key.export({ type: 'spki', format: 'pem' }).toString() };
  } catch {
    return null;
  }
}

/** First 16 hex digits of the SHA-256 of the key's SPKI DER. */
export function fingerprint(key: KeyObject): string {
  const der = key.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('hex').slice(0, 16);
}

export interface Signatures {
  file: SignaturesFile;
  key: KeyObject;
}

export function readSignatures(text: string, problems: Problem[]): Signatures | null {
  const file = readCanonical<SignaturesFile>(text, signaturesFile, SIGNATURES_FILE, 'the list', problems);
  if (!file) return null;
  const known = readKey(file.publicKey);
  if (known?.pem !== file.publicKey) {
    problems.push({ file: SIGNATURES_FILE, what: 'its public key is not an Ed25519 key in PEM' });
    return null;
  }
  return { file, key: known.key };
}

/** Whether the signature is this key's over the statement, and written the one way there is to write it. */
function isSigned(signed: SignedText, key: KeyObject): boolean {
  const signature = Buffer.from(signed.signature, 'base64url');
  if (signature.length !== 64 || signature.toString('base64url') !== signed.signature) return false;
  return verify(null, Buffer.from(signed.statement, 'utf8'), key, signature);
}

/** The release statement, if it reads. A wrong signature or another manifest is a problem. */
export function checkRelease(
  { file, key }: Signatures,
  manifestHash: string | null,
  problems: Problem[],
): ReleaseStatement | null {
  const what = 'the release';
  const release = readCanonical<ReleaseStatement>(
    file.release.statement,
    releaseStatement,
    SIGNATURES_FILE,
    what,
    problems,
  );
  if (!isSigned(file.release, key)) problems.push({ file: SIGNATURES_FILE, what: `${what} is not signed by its key` });
  if (release && manifestHash !== null && release.manifestHash !== manifestHash) {
    problems.push({ file: MANIFEST_FILE, what: 'is not the manifest that was released' });
  }
  return release;
}

/** Why this approval does not count; empty when it does. */
function faultsOf(
  approval: ApprovalStatement,
  given: { manifest: Manifest; hash: string },
  before: readonly ApprovalStatement[],
): string[] {
  const { manifest, hash } = given;
  const { n, id, name } = approval.stage;
  const rule = manifest.route[before.length];
  const faults: string[] = [];
  if (approval.manifestHash !== hash) faults.push('is about another manifest');
  if (approval.storyId !== manifest.storyId) faults.push('is about another story');
  if (before[0] && before[0].roundId !== approval.roundId) faults.push('is of another round');
  if (rule?.n !== n || rule.id !== id || rule.name !== name) faults.push('is not of the stage that comes here');
  if (approval.by.userId === manifest.submittedBy) faults.push('is by who submitted the piece');
  if (before.some((b) => b.by.userId === approval.by.userId)) faults.push('is by somebody who signed another stage');
  return faults;
}

/** Checks every approval, and that each stage of the route has exactly one. */
export function checkApprovals(
  { file, key }: Signatures,
  given: { manifest: Manifest; hash: string } | null,
  problems: Problem[],
): VerifyResult['approvals'] {
  const counted: ApprovalStatement[] = [];
  const shown: VerifyResult['approvals'] = [];
  for (const [i, signed] of file.approvals.entries()) {
    const what = `approval ${String(i + 1)}`;
    const before = problems.length;
    const approval = readCanonical<ApprovalStatement>(
      signed.statement,
      approvalStatement,
      SIGNATURES_FILE,
      what,
      problems,
    );
    const faults = approval && given ? faultsOf(approval, given, counted) : [];
    if (!isSigned(signed, key)) faults.push('is not signed by the key');
    for (const fault of faults) problems.push({ file: SIGNATURES_FILE, what: `${what} ${fault}` });
    if (!approval) continue;
    counted.push(approval);
    const { stage, by, at } = approval;
    shown.push({ stage: stage.name, who: by.name, at, ok: given !== null && problems.length === before });
  }
  return shown;
}

/** Stages of the route that nobody signed. */
export function missingStages(file: SignaturesFile, manifest: Manifest, problems: Problem[]): void {
  for (const stage of manifest.route.slice(file.approvals.length)) {
    problems.push({
      file: SIGNATURES_FILE,
      what: `the approval of stage ${String(stage.n)} (${stage.name}) is missing`,
    });
  }
}
