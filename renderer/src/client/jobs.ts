import { useEffect } from 'react';
import type { Job } from '../../../core/model/contract/index.ts';
import { StudioError } from '../../../core/model/errors.ts';
import { client, connection } from './client.ts';
import { onStudioEvent } from './events.ts';

const FINISHED: ReadonlySet<Job['state']> = new Set(['done', 'failed', 'cancelled']);

export const isFinished = (job: Job): boolean => FINISHED.has(job.state);

/**
 * Waits until a job is finished and answers it as it ended, whatever the end.
 * Asks once at the start (it may be over already) and again whenever the line is back.
 */
export function jobEnd(jobId: string): Promise<Job> {
  return new Promise((resolve) => {
    const stops: (() => void)[] = [];
    const settle = (job: Job) => {
      if (!isFinished(job)) return;
      for (const stop of stops.splice(0)) stop();
      resolve(job);
    };
    const ask = () => {
      client.jobs.get({ jobId }).then(settle, () => {
        // The line is broken; the next `open` asks again.
      });
    };
    stops.push(
      onStudioEvent((event) => event.type === 'job.changed' && event.job.jobId === jobId && settle(event.job)),
    );
    stops.push(connection.subscribe((state) => state === 'open' && ask()));
    ask();
  });
}

/** Waits for a job and answers its result; throws its error where it failed or was cancelled. */
export async function jobResult(jobId: string): Promise<unknown> {
  const job = await jobEnd(jobId);
  if (job.state === 'done') return job.result;
  throw job.error ? StudioError.fromData(job.error) : new StudioError('cancelled');
}

/** Runs `handler` for every event while the component is shown. `handler` must be stable. */
export function useStudioEvent(handler: Parameters<typeof onStudioEvent>[0]): void {
  useEffect(() => onStudioEvent(handler), [handler]);
}
