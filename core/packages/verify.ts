/**
 * Whether a package is exactly what was signed. Needs nothing but the folder (and, to know the signer, the office's
 * public key). docs/REVIEW.md says how the same is done by hand.
 */
import type { ReleaseStatement, SignedText } from '../model/review/index.ts';
import type { VerifyResult } from '../model/contract/index.ts';
import { StudioError } from '../model/errors.ts';
import { hashIn, listPackage, readProof, shown, type Listing, type Problem } from './listing.ts';
import {
  MANIFEST_FILE,
  SIGNATURES_FILE,
  checkApprovals,
  checkRelease,
  fingerprint,
  missingStages,
  readKey,
  readManifest,
  readSignatures,
  type Signatures,
} from './proof.ts';

type Listed = ReleaseStatement['targets'][number]['files'][number];

/** Folders that the listed files need. */
function foldersOf(files: Iterable<string>): Set<string> {
  const folders = new Set<string>();
  for (const file of files) {
    for (let at = file.indexOf('/'); at >= 0; at = file.indexOf('/', at + 1)) folders.add(file.slice(0, at));
  }
  return folders;
}

/** The files of a release by path. Each must be there once, in the folder of its target, and not be one of the proofs. */
function listedFiles(release: ReleaseStatement, problems: Problem[]): Map<string, Listed> {
  const listed = new Map<string, Listed>();
  for (const { target, files } of release.targets) {
    for (const file of files) {
      if (listed.has(file.path)) problems.push({ file: shown(file.path), what: 'is listed twice' });
      if (!file.path.startsWith(`${target}/`)) {
        problems.push({ file: shown(file.path), what: `is not in the folder of ${target}` });
      }
      listed.set(file.path, file);
    }
  }
  return listed;
}

/** Compares each listed file with what lies there. Returns those that are missing. */
async function compareFiles(
  dir: string,
  listed: ReadonlyMap<string, Listed>,
  there: Listing,
  problems: Problem[],
): Promise<Listed[]> {
  const missing: Listed[] = [];
  for (const file of listed.values()) {
    const size = there.files.get(file.path);
    if (size === undefined) {
      if (there.folders.has(file.path)) problems.push({ file: shown(file.path), what: 'is a folder' });
      else if (!there.others.has(file.path)) missing.push(file);
      continue;
    }
    const same = size === file.bytes && (await hashIn(dir, file.path, problems)) === file.sha256;
    if (!same) problems.push({ file: shown(file.path), what: 'was changed' });
  }
  return missing;
}

/** Names what was added; an added file that has the content of a missing one was renamed. */
async function nameStrays(
  dir: string,
  expected: ReadonlySet<string>,
  missing: Listed[],
  there: Listing,
  problems: Problem[],
): Promise<void> {
  const lost = new Set(missing);
  for (const [file, size] of there.files) {
    if (expected.has(file)) continue;
    const alike = [...lost].filter((m) => m.bytes === size);
    const hash = alike.length > 0 ? await hashIn(dir, file, problems) : null;
    const was = alike.find((m) => m.sha256 === hash);
    if (was) lost.delete(was);
    problems.push({ file: shown(file), what: was ? `was renamed from ${shown(was.path)}` : 'was added' });
  }
  for (const { path } of lost) problems.push({ file: shown(path), what: 'is missing' });
}

async function checkFiles(dir: string, release: ReleaseStatement, there: Listing, problems: Problem[]): Promise<void> {
  const listed = listedFiles(release, problems);
  const missing = await compareFiles(dir, listed, there, problems);
  const expected = new Set([MANIFEST_FILE, SIGNATURES_FILE, ...listed.keys()]);
  await nameStrays(dir, expected, missing, there, problems);
  const folders = foldersOf(listed.keys());
  for (const folder of there.folders) {
    const told = folders.has(folder) || expected.has(folder);
    if (!told) problems.push({ file: shown(folder), what: 'is an added folder' });
  }
}

/** Whether the signing key is the one that was given. A problem when it is another. */
function checkSigner(
  signatures: Signatures | null,
  key: string | undefined,
  problems: Problem[],
): VerifyResult['signer'] {
  if (key === undefined) return 'unknown';
  const known = readKey(key);
  if (!known) throw new StudioError('bad_input', { what: 'key: Ed25519 public key, PEM' });
  if (!signatures) return 'unknown';
  if (known.pem === signatures.file.publicKey) return fingerprint(known.key);
  problems.push({ file: SIGNATURES_FILE, what: 'is signed with another key than the one given' });
  return 'unknown';
}

function refusalOf(
  problems: readonly Problem[],
  otherKey: boolean,
  release: ReleaseStatement | null,
): VerifyResult['refused'] {
  if (otherKey) return 'signer_unknown';
  if (problems.length > 0) return 'package_altered';
  return release?.draft === false ? null : 'not_approved';
}

export interface VerifyOptions {
  /** The package that should lie there; another of the same office is a problem then. */
  packageId?: string;
}

/**
 * Looks at every byte of a package. `key`: the office's public key (PEM); without it the signer is "unknown" and ok
 * means that the package agrees with itself. Whatever is wrong with the package is a problem naming the file; nothing
 * in it makes this throw. Error: bad_input when `key` is no Ed25519 public key.
 */
export async function verifyPackage(dir: string, key?: string, options: VerifyOptions = {}): Promise<VerifyResult> {
  const problems: Problem[] = [];
  const there = await listPackage(dir, problems);
  for (const [file, what] of there.others) problems.push({ file: shown(file), what });
  const manifestText = await readProof(dir, MANIFEST_FILE, there, problems);
  const given = manifestText === null ? null : readManifest(manifestText, problems);
  const signaturesText = await readProof(dir, SIGNATURES_FILE, there, problems);
  const signatures = signaturesText === null ? null : readSignatures(signaturesText, problems);
  const before = problems.length;
  const signer = checkSigner(signatures, key, problems);
  const otherKey = problems.length > before;
  const release = signatures && checkRelease(signatures, given?.hash ?? null, problems);
  const approvals = signatures ? checkApprovals(signatures, given, problems) : [];
  if (signatures && given && release?.draft === false) missingStages(signatures.file, given.manifest, problems);
  if (release?.draft === true && approvals.length > 0) {
    problems.push({ file: SIGNATURES_FILE, what: 'is a draft and has approvals' });
  }
  if (release) await checkFiles(dir, release, there, problems);
  if (options.packageId !== undefined && release && release.packageId !== options.packageId) {
    problems.push({ file: SIGNATURES_FILE, what: 'is of another package' });
  }
  const refused = refusalOf(problems, otherKey, release);
  if (refused === 'not_approved') problems.push({ file: SIGNATURES_FILE, what: 'is a draft that nobody approved' });
  return { ok: refused === null, manifestHash: given?.hash ?? null, signer, approvals, problems, refused };
}

/** What a package says of itself; null when it does not read. Proves nothing: see {@link verifyPackage}. */
export async function readRelease(
  dir: string,
): Promise<{ release: ReleaseStatement; signed: SignedText; title: string } | null> {
  const problems: Problem[] = [];
  const there = await listPackage(dir, problems);
  const manifest = await readProof(dir, MANIFEST_FILE, there, problems);
  const signatures = await readProof(dir, SIGNATURES_FILE, there, problems);
  const given = manifest === null ? null : readManifest(manifest, problems);
  const read = signatures === null ? null : readSignatures(signatures, problems);
  const release = read && checkRelease(read, given?.hash ?? null, problems);
  return given && read && release ? { release, signed: read.file.release, title: given.manifest.title } : null;
}
