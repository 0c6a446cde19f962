/** Packages: what leaves the studio. Made by a job, listed, verified. */
import path from 'node:path';
import type { Kysely, Selectable } from 'kysely';
import { userNames } from '../accounts/index.ts';
import { actorOf, type Call } from '../call.ts';
import type { PackageSummary, TargetCheck, VerifyResult } from '../model/contract/index.ts';
import { isFilmOf, profilesOf } from '../model/review/index.ts';
import type { PlatformBook } from '../model/platforms/index.ts';
import { StudioError } from '../model/errors.ts';
import { platformBook } from '../platforms/index.ts';
import type { Database, PackageTable } from '../ports/index.ts';
import { approvedPiece, differencesTo, differsError, presentPiece } from '../review/index.ts';
import { targetChecks } from './check.ts';
import { refuseFilled } from '../out-folder.ts';
import { concerning, type PackageInput } from './job.ts';
import { filmsOf } from './targets.ts';
import { verifyPackage } from './verify.ts';

export { checkPackage } from './check.ts';
export { packageJobs, sweepPackages, type PackageJobDeps } from './job.ts';
export { verifyPackage, type VerifyOptions } from './verify.ts';

/** Longest part of a title in a folder's name: 40 Chinese characters are 120 bytes of the 255 a name may have. */
const NAME_CHARS = 40;

/** A title as every file system takes it (Windows: no reserved characters, no dot or space at the end). */
function folderName(title: string): string {
  const plain = title.replace(/[\p{Cc}\p{Cs}\\/:*?"<>|]/gu, ' ').replace(/\s+/g, ' ');
  const cut = [...plain.trim()].slice(0, NAME_CHARS).join('');
  return cut.replace(/^[. ]+|[. ]+$/g, '');
}

/** A new folder under the workspace's exports. */
function ownDir(call: Call, title: string): string {
  const id = call.machine.newId().slice(-8);
  const day = new Date(call.machine.clock.now()).toISOString().slice(0, 10);
  const name = [folderName(title), day, id].filter((part) => part !== '').join(' ');
  return path.join(call.workspace.ports.dir, 'exports', name);
}

/** Where the package goes. Errors: bad_input (a browser names no folders; a relative path), out_not_empty. */
async function placeFor(call: Call, dir: string | undefined, title: string): Promise<string> {
  if (dir === undefined) return ownDir(call, title);
  if (!call.session.localFiles || !path.isAbsolute(dir)) throw new StudioError('bad_input', { what: 'dir' });
  const full = path.resolve(dir);
  await refuseFilled(full);
  return full;
}

/** Error: bad_input for a target that there is not. */
function refuseUnknown(targets: readonly string[], book: PlatformBook): void {
  const known = profilesOf(book);
  const unknown = targets.find((target) => !known.has(target));
  if (unknown !== undefined) throw new StudioError('bad_input', { what: `targets: ${unknown}` });
}

/** Refuses at once what the job would refuse; the job looks again, and reads every file. */
async function refuseEarly(
  call: Call,
  input: { storyId: string; draft: boolean; targets: readonly string[] },
): Promise<void> {
  if (input.draft) return;
  const piece = await approvedPiece(call.db, input.storyId);
  const all = await differencesTo(call.db, input.storyId, piece.manifest.parts);
  const differences = concerning(all, input.targets);
  if (differences.length > 0) throw differsError(differences);
}

/** Error: target_refuses {target, what} (details: {checks}) when a platform would not take the piece. */
function refuseUnfit(targets: readonly string[], checks: ReadonlyMap<string, TargetCheck[]>): void {
  for (const target of targets) {
    const stops = (checks.get(target) ?? []).filter((c) => c.level === 'stop');
    const what = stops.map((c) => c.code).join(', ');
    if (stops.length > 0) throw new StudioError('target_refuses', { target, what }, { details: { checks: stops } });
  }
}

/**
 * Queues the making of a package. Errors: unknown_id, not_approved, differs_from_approval, nothing_to_package,
 * target_refuses, out_not_empty, bad_input, those of `KeyVault.ready`.
 */
export async function startPackage(
  call: Call,
  input: { storyId: string; targets: string[]; dir?: string | undefined; draft: boolean },
): Promise<{ jobId: string }> {
  const { storyId, draft } = input;
  const targets = [...new Set(input.targets)];
  const present = await presentPiece(call.db, storyId);
  const book = await platformBook(call.db);
  refuseUnknown(targets, book);
  await refuseEarly(call, input);
  const film = targets.find((target) => isFilmOf(book, target));
  if (film !== undefined && filmsOf(present).length === 0) {
    throw new StudioError('nothing_to_package', { target: film });
  }
  if (!draft) refuseUnfit(targets, await targetChecks(call.db, present, book));
  await call.workspace.ports.vault.ready();
  const { title } = present.draft;
  const dir = await placeFor(call, input.dir, title);
  const order: PackageInput = { storyId, targets, dir, draft };
  const job = await call.workspace.jobs.enqueue(call.db, {
    kind: 'package.make',
    title,
    input: order,
    createdBy: actorOf(call).userId,
    priority: 2,
  });
  call.audit({ action: 'package.make', subject: storyId, data: { package: job.jobId, draft, targets } });
  call.emit({ type: 'job.changed', job });
  return { jobId: job.jobId };
}

type PackageRow = Selectable<PackageTable>;

async function summaries(db: Kysely<Database>, rows: PackageRow[]): Promise<PackageSummary[]> {
  const names = await userNames(
    db,
    rows.map((r) => r.created_by),
  );
  return rows.map((row) => ({
    packageId: row.id,
    storyId: row.story_id,
    title: row.title,
    dir: row.dir,
    draft: row.draft === 1,
    manifestHash: row.manifest_hash,
    targets: JSON.parse(row.targets) as PackageSummary['targets'],
    createdAt: row.created_at,
    createdBy: { userId: row.created_by, name: names.get(row.created_by) ?? '' },
  }));
}

/** Newest first. */
export async function listPackages(call: Call, input: { storyId?: string | undefined }): Promise<PackageSummary[]> {
  let query = call.db.selectFrom('package').selectAll();
  if (input.storyId !== undefined) query = query.where('story_id', '=', input.storyId);
  return summaries(call.db, await query.orderBy('created_at', 'desc').orderBy('id', 'desc').execute());
}

/** Packages made since a time, drafts left out, newest first. */
export async function packagesSince(call: Call, since: number): Promise<PackageSummary[]> {
  const rows = await call.db
    .selectFrom('package')
    .selectAll()
    .where('created_at', '>=', since)
    .where('draft', '=', 0)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return summaries(call.db, rows);
}

/** Looks at a package made here with the workspace's own key. Error: unknown_id. */
export async function verifyMade(call: Call, packageId: string): Promise<VerifyResult> {
  const row = await call.db.selectFrom('package').select('dir').where('id', '=', packageId).executeTakeFirst();
  if (!row) throw new StudioError('unknown_id', { id: packageId });
  return verifyPackage(row.dir, await call.workspace.ports.vault.publicKey(), { packageId });
}
