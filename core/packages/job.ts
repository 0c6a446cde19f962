/** The job that makes a package: rehash, build, sign, put in place, write down. */
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { pauseOnBattery } from '../computer.ts';
import { appendAudit, auditHead, headText } from '../audit/index.ts';
import type { JobContext, JobHandler } from '../jobs/index.ts';
import { canonicalJson } from '../model/article/canonical.ts';
import {
  isFilmTarget,
  isPackageTarget,
  type Difference,
  type MadePackage,
  type ManifestPart,
  type NewEvent,
} from '../model/contract/index.ts';
import { StudioError } from '../model/errors.ts';
import type { PlatformBook } from '../model/platforms/index.ts';
import {
  isFilmOf,
  profilesOf,
  type ReleaseStatement,
  type SignaturesFile,
  type SignedText,
} from '../model/review/index.ts';
import { platformBook } from '../platforms/index.ts';
import type { Clock, Database, DocumentMaker, FilmMaker, Machine, WorkspacePorts } from '../ports/index.ts';
import {
  approvedPiece,
  differencesTo,
  differsError,
  draftPiece,
  newestRound,
  rehashed,
  sha256Of,
  type Piece,
} from '../review/index.ts';
import { buildFolder, dropBuild, isFree, refuseFilled, type BuildFolder } from '../out-folder.ts';
import { themeOfId } from '../themes/index.ts';
import { makeArticleFiles, makeFilmTargets, type MadeTarget, type PackageMedia, type TargetOrder } from './targets.ts';
import { readRelease, verifyPackage } from './verify.ts';

export interface PackageJobDeps {
  db: Kysely<Database>;
  ports: WorkspacePorts;
  clock: Clock;
  emit: (event: NewEvent) => void;
  workspaceId: string;
  /** Name of the office. */
  office: string;
  media: PackageMedia;
  documents: DocumentMaker;
  films: FilmMaker;
  computer: Machine;
}

export const packageInput = z.object({
  storyId: z.string(),
  targets: z.array(z.string()).min(1),
  /** Absolute. */
  dir: z.string(),
  draft: z.boolean(),
});
export type PackageInput = z.infer<typeof packageInput>;

/** Shares of the progress: reading the files again, the article, the films; the rest is hashing and signing. */
const REHASH_SHARE = 0.1;
const MAKE_SHARE = 0.85;

/** Errors: not_approved, differs_from_approval; for a draft source_vanished. */
async function pieceFor(
  deps: PackageJobDeps,
  input: PackageInput,
  context: JobContext,
  book: PlatformBook,
): Promise<Piece> {
  const { db, ports, workspaceId } = deps;
  const { storyId } = input;
  const piece = input.draft
    ? await draftPiece(db, { workspaceId, storyId, submittedBy: context.createdBy })
    : await approvedPiece(db, storyId);
  const { parts } = piece.manifest;
  refuseUnapproved(input.targets, parts);
  const damaged = await rehashed(ports.blobs, parts, {
    signal: context.signal,
    onProgress: (fraction) => context.progress(fraction * REHASH_SHARE),
  });
  const differences = concerning(await differencesTo(db, storyId, parts, damaged), input.targets);
  if (input.draft && damaged.length > 0) {
    const files = differences.filter((d) => d.what === 'damaged').map((d) => d.name);
    throw new StudioError('source_vanished', { file: files[0] ?? '' }, { files });
  }
  if (!input.draft && differences.length > 0) throw differsError(differences);
  if (!input.draft) refuseOthers(input.targets, parts, book);
  return piece;
}

/** A target whose rules were not among what was approved. Error: differs_from_approval. */
function refuseUnapproved(targets: readonly string[], parts: readonly ManifestPart[]): void {
  const approved = new Set(parts.filter(({ kind }) => kind === 'profile').map(({ id }) => id));
  const unknown = targets.filter(
    (target) => !(isPackageTarget(target) && isFilmTarget(target)) && !approved.has(target),
  );
  if (unknown.length > 0) {
    throw differsError(unknown.map((id) => ({ kind: 'profile', id, what: 'added', name: id })));
  }
}

/** The films are made by the very profiles that were approved, whatever was changed in between. Error: differs_from_approval. */
function refuseOthers(targets: readonly string[], parts: readonly ManifestPart[], book: PlatformBook): void {
  const approved = new Map(parts.filter(({ kind }) => kind === 'profile').map(({ id, sha256 }) => [id, sha256]));
  const profiles = profilesOf(book);
  const others = targets.filter((target) => {
    const hash = approved.get(target);
    return hash !== undefined && hash !== sha256Of(canonicalJson(profiles.get(target) ?? null));
  });
  if (others.length > 0) {
    throw differsError(others.map((id) => ({ kind: 'profile', id, what: 'changed', name: id })));
  }
}

/** Differences that keep these targets back: another platform's numbers are of no matter to them. */
export function concerning(differences: readonly Difference[], targets: readonly string[]): Difference[] {
  return differences.filter(({ kind, id }) => kind !== 'profile' || targets.includes(id));
}

async function signed(deps: PackageJobDeps, statement: ReleaseStatement): Promise<SignedText> {
  const text = canonicalJson(statement);
  return { statement: text, signature: await deps.ports.vault.sign(Buffer.from(text, 'utf8')) };
}

type Targets = MadePackage['targets'];
type Warnings = NonNullable<MadePackage['warnings']>;

async function makeTargets(
  deps: PackageJobDeps,
  input: PackageInput,
  context: JobContext,
  folder: BuildFolder,
  of: { piece: Piece; book: PlatformBook },
): Promise<{ targets: Targets; warnings: Warnings }> {
  const targets: Targets = [];
  const warnings: Warnings = [];
  const { piece, book } = of;
  const films = input.targets.filter((target) => isFilmOf(book, target));
  let done = 0;
  /** An order whose whole progress is that of so many targets. */
  const orderOf = (share: number): TargetOrder => {
    const before = done;
    done += share;
    return {
      ...{ folder, piece, draft: input.draft, office: deps.office },
      ...{ media: deps.media, documents: deps.documents, films: deps.films, blobs: deps.ports.blobs },
      platforms: book,
      themeOf: (id) => themeOfId(deps.db, id),
      signal: context.signal,
      pause: pauseOnBattery(deps.computer, context),
      onProgress: (fraction) => {
        context.progress(REHASH_SHARE + (MAKE_SHARE * (before + fraction * share)) / input.targets.length);
      },
    };
  };
  let filmed: Map<string, MadeTarget> | null = null;
  for (const target of input.targets) {
    let made: MadeTarget | undefined;
    if (films.includes(target)) {
      filmed ??= await makeFilmTargets(films, orderOf(films.length));
      made = filmed.get(target);
    } else if (isPackageTarget(target) && !isFilmTarget(target)) made = await makeArticleFiles(target, orderOf(1));
    if (!made) throw new StudioError('nothing_to_package', { target });
    targets.push({ target, files: await folder.measure(made.files) });
    warnings.push(...made.warnings);
  }
  return { targets, warnings };
}

/** Who asked for the package, as the release names them. */
async function releaser(db: Kysely<Database>, userId: string): Promise<ReleaseStatement['by']> {
  const row = await db
    .selectFrom('user_account')
    .select(['id', 'name', 'role'])
    .where('id', '=', userId)
    .executeTakeFirst();
  if (!row) throw new StudioError('unknown_id', { id: userId });
  return { userId: row.id, name: row.name, role: row.role };
}

/** The last look before the release is signed: an approval may have been revoked while the film was made. */
async function stillApproved(db: Kysely<Database>, storyId: string, piece: Piece): Promise<void> {
  const newest = await newestRound(db, storyId);
  if (newest?.roundId !== piece.roundId || newest.state !== 'approved') throw new StudioError('not_approved');
}

async function prove(
  deps: PackageJobDeps,
  input: PackageInput,
  context: JobContext,
  made: { folder: BuildFolder; piece: Piece; targets: Targets },
): Promise<SignedText> {
  const { folder, piece, targets } = made;
  context.signal.throwIfAborted();
  if (!input.draft) await stillApproved(deps.db, input.storyId, piece);
  const release = await signed(deps, {
    format: 'tongxin-release/1',
    packageId: context.jobId,
    manifestHash: piece.manifestHash,
    draft: input.draft,
    targets,
    at: deps.clock.now(),
    by: await releaser(deps.db, context.createdBy),
    auditHead: headText(await auditHead(deps.db)),
  });
  const proof: SignaturesFile = {
    format: 'tongxin-signatures/1',
    publicKey: await deps.ports.vault.publicKey(),
    approvals: piece.approvals,
    release,
  };
  await folder.write('manifest.json', piece.manifestText);
  await folder.write('signatures.json', canonicalJson(proof));
  await folder.syncFile('manifest.json');
  await folder.syncFile('signatures.json');
  return release;
}

interface Done {
  title: string;
  roundId: string | null;
  manifestHash: string;
  targets: Targets;
  release: SignedText;
  /** Not told again by a run that found the package made. */
  warnings?: Warnings;
}

/** Writes down that the package was made; a second time (a run that died right after) changes nothing. */
async function writeDown(deps: PackageJobDeps, input: PackageInput, context: JobContext, done: Done): Promise<void> {
  const packageId = context.jobId;
  const now = deps.clock.now();
  const { storyId, dir, draft } = input;
  await deps.db.transaction().execute(async (tx) => {
    const there = await tx.selectFrom('package').select('id').where('id', '=', packageId).executeTakeFirst();
    if (there) return;
    await tx
      .insertInto('package')
      .values({
        id: packageId,
        story_id: storyId,
        round_id: done.roundId,
        title: done.title,
        dir,
        draft: draft ? 1 : 0,
        manifest_hash: done.manifestHash,
        targets: JSON.stringify(done.targets),
        created_by: context.createdBy,
        created_at: now,
      })
      .execute();
    const release = sha256Of(done.release.statement);
    const data = { package: packageId, manifest: done.manifestHash, draft, release };
    await appendAudit(tx, context.createdBy, now, [{ action: 'package.made', subject: storyId, data }]);
  });
  deps.emit({ type: 'package.changed', storyId });
}

/** What an earlier run of this job had put in place before it died; null when it had not come so far. */
async function finishedBefore(deps: PackageJobDeps, input: PackageInput, context: JobContext): Promise<Done | null> {
  if (await isFree(input.dir)) return null;
  const found = await readRelease(input.dir);
  if (found?.release.packageId !== context.jobId) return null;
  const report = await verifyPackage(input.dir, await deps.ports.vault.publicKey(), { packageId: context.jobId });
  if (report.refused !== null && report.refused !== 'not_approved') return null;
  const { manifestHash, targets } = found.release;
  const newest = input.draft ? null : await newestRound(deps.db, input.storyId);
  const roundId = newest?.manifestHash === manifestHash ? newest.roundId : null;
  return { title: found.title, roundId, manifestHash, targets, release: found.signed };
}

async function makePackage(deps: PackageJobDeps, raw: unknown, context: JobContext): Promise<MadePackage> {
  const input = packageInput.parse(raw);
  const { dir } = input;
  let done = await finishedBefore(deps, input, context);
  if (!done) {
    await refuseFilled(dir);
    // A release is signed at the very end: said now, not after the film was made.
    await deps.ports.vault.ready();
    const book = await platformBook(deps.db);
    const piece = await pieceFor(deps, input, context, book);
    done = await buildFolder(dir, context.jobId, async (folder) => {
      const { targets, warnings } = await makeTargets(deps, input, context, folder, { piece, book });
      const release = await prove(deps, input, context, { folder, piece, targets });
      const { title, roundId, manifestHash } = piece;
      return { title, roundId, manifestHash, targets, release, warnings };
    });
  }
  await writeDown(deps, input, context, done);
  const { manifestHash, targets, warnings = [] } = done;
  return { packageId: context.jobId, dir, manifestHash, targets, ...(warnings.length > 0 ? { warnings } : {}) };
}

export function packageJobs(deps: PackageJobDeps): JobHandler[] {
  return [{ kind: 'package.make', lane: 'package', run: (input, context) => makePackage(deps, input, context) }];
}

/**
 * Removes the half-built folders of jobs that a dead process was running. To be called at the start, before jobs are
 * taken up again.
 */
export async function sweepPackages(db: Kysely<Database>): Promise<void> {
  const rows = await db
    .selectFrom('job')
    .select(['id', 'input'])
    .where('kind', '=', 'package.make')
    .where('state', '=', 'running')
    .execute();
  for (const row of rows) await dropBuild(packageInput.parse(JSON.parse(row.input)).dir, row.id);
}
