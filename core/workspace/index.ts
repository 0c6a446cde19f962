/** Opening, making and checking workspaces. */
import path from 'node:path';
import type { Kysely } from 'kysely';
import { startAudit, verifyAudit } from '../audit/index.ts';
import { addOwner } from '../accounts/index.ts';
import type { OpenWorkspace } from '../call.ts';
import { articleJobs } from '../articles/index.ts';
import { JobRunner } from '../jobs/index.ts';
import { mediaJobs, requeueDerived } from '../media/index.ts';
import type { CheckReport, NewEvent, WorkspaceInfo } from '../model/contract/index.ts';
import { StudioError } from '../model/errors.ts';
import { packageJobs, sweepPackages } from '../packages/index.ts';
import type { Database, StudioPorts, WorkspacePorts } from '../ports/index.ts';
import { storyJobs, verifyVersions } from '../stories/index.ts';
import { dropForgotten } from '../uploads.ts';
import { verifyVideos, videoJobs } from '../video/index.ts';

const SETTING_KEY = 'workspace';

interface WorkspaceSetting {
  id: string;
  name: string;
  sample: boolean;
  createdAt: number;
}

export interface NewWorkspace {
  workspaceId: string;
  ownerId: string;
  publicKey: string;
}

/**
 * Fills a fresh folder: keys, owner, audit log, and last the row that makes it a workspace.
 * `name` is the office's name; the owner carries it until somebody renames themself.
 */
export async function fillWorkspace(
  machine: StudioPorts,
  ports: WorkspacePorts,
  input: { name: string; sample: boolean },
): Promise<NewWorkspace> {
  const workspaceId = machine.newId();
  const ownerId = machine.newId();
  const now = machine.clock.now();
  await ports.vault.create();
  const setting: WorkspaceSetting = { id: workspaceId, name: input.name, sample: input.sample, createdAt: now };
  await ports.database.kysely.transaction().execute(async (tx) => {
    await startAudit(tx);
    await addOwner(tx, ownerId, input.name, now);
    await tx
      .insertInto('setting')
      .values({ key: SETTING_KEY, value: JSON.stringify(setting) })
      .execute();
  });
  return { workspaceId, ownerId, publicKey: await ports.vault.publicKey() };
}

async function readInfo(ports: WorkspacePorts): Promise<WorkspaceInfo> {
  const row = await ports.database.kysely
    .selectFrom('setting')
    .select('value')
    .where('key', '=', SETTING_KEY)
    .executeTakeFirst();
  if (!row) throw new StudioError('not_a_workspace', { dir: ports.dir });
  const setting = JSON.parse(row.value) as WorkspaceSetting;
  return { workspaceId: setting.id, name: setting.name, dir: ports.dir, sample: setting.sample };
}

/** Puts services and the job runner on open ports. Jobs start with `begin`. */
export async function runWorkspace(
  machine: StudioPorts,
  ports: WorkspacePorts,
  emit: (event: NewEvent) => void,
  jobKinds: readonly string[] | undefined,
): Promise<OpenWorkspace> {
  const info = await readInfo(ports);
  const db = ports.database.kysely;
  const { clock, log, media, documents, computer } = machine;
  const newId = (): string => machine.newId();
  // The handlers queue further jobs, so they get a runner whose handlers follow right below.
  const handlers: ReturnType<typeof mediaJobs> = [];
  const jobs = new JobRunner({ db, clock, log, newId, emit, handlers: () => handlers });
  const deps = { db, ports, jobs, media, clock, newId, log, emit };
  const films = machine.films(path.join(ports.dir, 'cache', 'render'));
  const all = [
    ...mediaJobs(deps),
    ...storyJobs(deps),
    ...articleJobs({ db, ports, media, documents, office: info.name }),
    ...videoJobs({ db, ports, films, computer }),
    ...packageJobs({ ...deps, workspaceId: info.workspaceId, office: info.name, documents, films, computer }),
  ];
  handlers.push(...all.filter((h) => jobKinds?.includes(h.kind) ?? true));
  return { ports, db, jobs, info, films };
}

async function wantedUploads(db: Kysely<Database>): Promise<Set<string>> {
  const rows = await db
    .selectFrom('job')
    .select('input')
    .where('kind', 'in', ['media.import', 'story.import'])
    .where('state', '!=', 'done')
    .execute();
  const ids = rows.flatMap((row) => [...row.input.matchAll(/"uploadId":"([^"]+)"/g)].map((m) => m[1] ?? ''));
  return new Set(ids);
}

/** Takes up interrupted jobs, and makes derived files anew where they are gone. */
export async function beginJobs(workspace: OpenWorkspace, derived: boolean): Promise<void> {
  await sweepPackages(workspace.db);
  await workspace.jobs.recover();
  await dropForgotten(workspace.ports.uploadsDir, await wantedUploads(workspace.db));
  if (derived) await requeueDerived(workspace);
  workspace.jobs.wake();
}

/** Looks at everything: database, every blob's bytes, every version's hash, the audit chain. */
export async function checkWorkspace(workspace: OpenWorkspace): Promise<CheckReport> {
  const problems: CheckReport['problems'] = [];
  for (const what of await workspace.ports.database.integrity()) problems.push({ code: 'database_damaged', what });
  problems.push(...(await checkBlobs(workspace.db, workspace.ports)));
  for (const what of await verifyVersions(workspace.db)) problems.push({ code: 'version_altered', what });
  for (const what of await verifyVideos(workspace.db)) problems.push({ code: 'version_altered', what });
  const audit = await verifyAudit(workspace.db);
  for (const what of audit.problems) problems.push({ code: 'audit_broken', what });
  return { ok: problems.length === 0, problems };
}

async function checkBlobs(db: Kysely<Database>, ports: WorkspacePorts): Promise<CheckReport['problems']> {
  const problems: CheckReport['problems'] = [];
  const rows = await db.selectFrom('asset').select(['id', 'sha256', 'name']).execute();
  for (const row of rows) {
    const what = `${row.name} (${row.id})`;
    if (!(await ports.blobs.has(row.sha256))) problems.push({ code: 'blob_missing', what });
    else if ((await ports.blobs.rehash(row.sha256)) !== row.sha256) problems.push({ code: 'blob_altered', what });
  }
  return problems;
}
