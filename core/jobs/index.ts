/** Jobs: long work that is a row before it is a process. */
import type { Kysely } from 'kysely';
import { actorOf, type Call } from '../call.ts';
import type { Job, JobWait } from '../model/contract/index.ts';
import { StudioError } from '../model/errors.ts';
import type { Database } from '../ports/index.ts';
import { toJob } from './rows.ts';

export { JobRunner, MAX_ATTEMPTS, type JobContext, type JobHandler, type NewJob } from './runner.ts';

/** Unfinished jobs first, then the newest that nobody has cleared away. */
export async function listJobs(call: Call, limit: number): Promise<Job[]> {
  const now = call.machine.clock.now();
  const open = await call.db
    .selectFrom('job')
    .selectAll()
    .where('state', 'in', ['queued', 'running'])
    .orderBy('state', 'desc')
    .orderBy('priority', 'desc')
    .orderBy('created_at')
    .limit(limit)
    .execute();
  const ended = await call.db
    .selectFrom('job')
    .selectAll()
    .where('state', 'in', ['done', 'failed', 'cancelled'])
    .where('dismissed', '=', 0)
    .orderBy('finished_at', 'desc')
    .limit(limit)
    .execute();
  return [...open, ...ended].slice(0, limit).map((row) => toJob(row, now, call.workspace.jobs.waitsFor(row.id)));
}

/** Error: unknown_id. `now`: epoch milliseconds, for the time left. */
export async function jobById(
  db: Kysely<Database>,
  jobId: string,
  now: number,
  waiting: JobWait | null = null,
): Promise<Job> {
  const row = await db.selectFrom('job').selectAll().where('id', '=', jobId).executeTakeFirst();
  if (!row) throw new StudioError('unknown_id', { id: jobId });
  return toJob(row, now, waiting);
}

export async function getJob(call: Call, jobId: string): Promise<Job> {
  return jobById(call.db, jobId, call.machine.clock.now(), call.workspace.jobs.waitsFor(jobId));
}

export async function dismissJobs(call: Call, jobIds: string[]): Promise<void> {
  actorOf(call);
  await call.db
    .updateTable('job')
    .set({ dismissed: 1 })
    .where('id', 'in', jobIds)
    .where('state', 'in', ['done', 'failed', 'cancelled'])
    .execute();
}
