/** Job rows to the shape the contract shows. */
import type { Selectable } from 'kysely';
import type { Job, JobWait } from '../model/contract/index.ts';
import type { ErrorData } from '../model/errors.ts';
import type { JobTable } from '../ports/index.ts';

export type JobRow = Selectable<JobTable>;

/** Below this part done an estimate would only be noise. */
const ENOUGH_TO_ESTIMATE = 0.02;

function leftMs(row: JobRow, now: number): number | null {
  if (row.state !== 'running' || row.started_at === null || row.progress < ENOUGH_TO_ESTIMATE) return null;
  const spent = now - row.started_at;
  return Math.max(0, Math.round((spent / row.progress) * (1 - row.progress)));
}

/** `waiting`: what it waits for now. */
export function toJob(row: JobRow, now: number, waiting: JobWait | null = null): Job {
  return {
    jobId: row.id,
    kind: row.kind,
    title: row.title,
    state: row.state,
    progress: row.progress,
    // How long it waits nobody knows.
    leftMs: waiting === null ? leftMs(row, now) : null,
    attempts: row.attempts,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    createdBy: row.created_by,
    result: row.result === null ? null : (JSON.parse(row.result) as unknown),
    error: row.error === null ? null : (JSON.parse(row.error) as ErrorData),
    ...(waiting === null ? {} : { waiting }),
  };
}
