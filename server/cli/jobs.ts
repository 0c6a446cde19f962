/** Runs a job from a command: starts it, shows progress, waits for its end. */
import type { StudioClient } from '../../core/model/contract/client.ts';
import type { Job } from '../../core/model/contract/index.ts';
import { StudioError } from '../../core/model/errors.ts';
import type { Context } from './context.ts';

const WAITS = {
  zh: '电脑在用电池，渲染等接上电源再做（设置里可以改）',
  en: 'On battery: the render waits for mains (see the settings)',
};

/** Bar and title on one line of the terminal; nothing when stderr is a file or a pipe. */
function showProgress(context: Context, job: Job): void {
  const { stderr } = context.io;
  if (stderr.isTTY !== true) return;
  if (job.waiting !== undefined) {
    stderr.write(`\r\u001b[K${context.say(WAITS)}`);
    return;
  }
  const percent = Math.floor(job.progress * 100);
  stderr.write(`\r\u001b[K${String(percent).padStart(3)} % ${job.title}`);
}

function clearProgress(context: Context): void {
  if (context.io.stderr.isTTY === true) context.io.stderr.write('\r\u001b[K');
}

function over(job: Job): boolean {
  return job.state === 'done' || job.state === 'failed' || job.state === 'cancelled';
}

async function waitFor(
  context: Context,
  client: StudioClient,
  start: () => Promise<{ jobId: string }>,
  started: (jobId: string) => void,
): Promise<Job> {
  const events = await client.events.subscribe();
  let jobId: string | null = null;
  try {
    for await (const event of events) {
      if (event.type === 'ready') {
        // Subscribed first, started second: the job's end cannot be missed.
        ({ jobId } = await start());
        started(jobId);
        continue;
      }
      if (event.type !== 'job.changed' || event.job.jobId !== jobId) continue;
      showProgress(context, event.job);
      if (over(event.job)) return event.job;
    }
  } finally {
    clearProgress(context);
  }
  throw new StudioError('interrupted');
}

/**
 * Starts a job and answers its result. Ctrl+C cancels the job.
 * Throws the job's own error, `cancelled`, or `interrupted` when the process that ran it went away.
 */
export async function runJob(
  context: Context,
  client: StudioClient,
  start: () => Promise<{ jobId: string }>,
): Promise<unknown> {
  let jobId: string | null = null;
  let stopped = false;
  const cancel = (id: string): void => {
    // The wait below sees the end of the job; a lost connection ends the wait too.
    client.jobs.cancel({ jobId: id }).catch(() => undefined);
  };
  const forget = context.io.onInterrupt(() => {
    stopped = true;
    if (jobId !== null) cancel(jobId);
  });
  try {
    const job = await waitFor(context, client, start, (id) => {
      jobId = id;
      if (stopped) cancel(id);
    });
    if (job.state === 'done') return job.result;
    if (job.state === 'cancelled') throw new StudioError('cancelled');
    throw job.error ? StudioError.fromData(job.error) : new StudioError('internal', { ref: job.jobId });
  } finally {
    forget();
  }
}
