/**
 * The job runner of one open workspace. A job is a row: it outlives the process. At the next start a job
 * that was running is queued again (up to {@link MAX_ATTEMPTS} tries) or failed with `interrupted`.
 */
import type { Kysely } from 'kysely';
import type { Job, JobKind, JobWait, NewEvent } from '../model/contract/index.ts';
import { StudioError, type ErrorData } from '../model/errors.ts';
import type { Clock, Database, Log } from '../ports/index.ts';
import { Holds } from './holds.ts';
import { toJob, type JobRow } from './rows.ts';

/** A job that takes the process down with it three times is not tried a fourth time. */
export const MAX_ATTEMPTS = 3;
const EVENT_EVERY_MS = 200;
const WRITE_EVERY_MS = 1000;
const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 5000;

export interface JobContext {
  readonly jobId: string;
  readonly createdBy: string;
  readonly signal: AbortSignal;
  /** What an earlier, interrupted run had finished (as given to `keep`); null on the first run. */
  readonly kept: unknown;
  /** 0 to 1; never goes back. */
  progress(fraction: number): void;
  /** Waits while `holds`, looked at now and then, and says so; until somebody says to go on. Throws when the job is stopped. */
  hold(why: JobWait, holds: () => Promise<boolean>): Promise<void>;
  /** Stores what is finished so far, so that a restart goes on from here. */
  keep(partial: unknown): Promise<void>;
}

export interface JobHandler {
  kind: JobKind;
  /** Jobs of one lane run one after another; lanes run side by side. */
  lane: string;
  run(input: unknown, context: JobContext): Promise<unknown>;
}

export interface NewJob {
  kind: JobKind;
  title: string;
  input: unknown;
  createdBy: string;
  priority?: number;
}

interface RunnerDeps {
  db: Kysely<Database>;
  clock: Clock;
  log: Log;
  newId(): string;
  emit: (event: NewEvent) => void;
  /** Asked when needed: handlers may themselves queue jobs on this runner. */
  handlers: () => readonly JobHandler[];
}

interface Running {
  controller: AbortController;
  done: Promise<void>;
}

export class JobRunner {
  readonly #deps: RunnerDeps;
  readonly #running = new Map<string, Running>();
  readonly #holds = new Holds((jobId) => this.#announce(jobId));
  readonly #busyLanes = new Set<string>();
  /** Lanes woken while busy: a job queued between a lane's last look and its end must not be left lying. */
  readonly #lookAgain = new Set<string>();
  readonly #idleWaiters = new Set<() => void>();
  /** Ends every pause at once, when the runner stops. */
  readonly #pauses = new Set<() => void>();
  #stopped = false;

  constructor(deps: RunnerDeps) {
    this.#deps = deps;
  }

  /** Adds a job in the caller's transaction; call {@link wake} once that is committed. */
  async enqueue(db: Kysely<Database>, job: NewJob): Promise<Job> {
    const row: JobRow = {
      id: this.#deps.newId(),
      kind: job.kind,
      title: job.title,
      input: JSON.stringify(job.input),
      state: 'queued',
      progress: 0,
      result: null,
      error: null,
      attempts: 0,
      priority: job.priority ?? 0,
      created_by: job.createdBy,
      created_at: this.#deps.clock.now(),
      started_at: null,
      finished_at: null,
      dismissed: 0,
    };
    await db.insertInto('job').values(row).execute();
    return toJob(row, row.created_at);
  }

  /** Looks for work in every free lane. Safe to call at any time. */
  wake(): void {
    if (this.#stopped) return;
    for (const lane of new Set(this.#deps.handlers().map((h) => h.lane))) {
      if (this.#busyLanes.has(lane)) this.#lookAgain.add(lane);
      else this.#drain(lane);
    }
  }

  /** Takes up what a dead process left behind. Called once, before the first {@link wake}. */
  async recover(): Promise<void> {
    const { db, clock } = this.#deps;
    const left = await db.selectFrom('job').selectAll().where('state', '=', 'running').execute();
    for (const row of left) {
      const again = row.attempts < MAX_ATTEMPTS;
      await db
        .updateTable('job')
        .set(
          again
            ? { state: 'queued', started_at: null, progress: 0 }
            : {
                state: 'failed',
                finished_at: clock.now(),
                error: JSON.stringify(new StudioError('interrupted').toData()),
              },
        )
        .where('id', '=', row.id)
        .execute();
    }
  }

  /** Queued: cancelled at once. Running: told to stop; finished jobs stay as they are. Error: unknown_id. */
  async cancel(jobId: string): Promise<Job> {
    const { db, clock } = this.#deps;
    const { numUpdatedRows } = await db
      .updateTable('job')
      .set({ state: 'cancelled', finished_at: clock.now() })
      .where('id', '=', jobId)
      .where('state', '=', 'queued')
      .executeTakeFirst();
    const running = this.#running.get(jobId);
    if (numUpdatedRows === 0n && running) {
      running.controller.abort(new StudioError('cancelled'));
      await running.done;
    }
    return this.#announce(jobId);
  }

  /** Queues a failed or cancelled job again, with its tries counted anew. Error: unknown_id. */
  async retry(jobId: string): Promise<Job> {
    await this.#deps.db
      .updateTable('job')
      .set({
        state: 'queued',
        error: null,
        progress: 0,
        attempts: 0,
        started_at: null,
        finished_at: null,
        dismissed: 0,
      })
      .where('id', '=', jobId)
      .where('state', 'in', ['failed', 'cancelled'])
      .execute();
    const job = await this.#announce(jobId);
    this.wake();
    return job;
  }

  /** What a job waits for; null: it does not wait. */
  waitsFor(jobId: string): JobWait | null {
    return this.#holds.waitsFor(jobId);
  }

  /** Goes on with a job that waits. Error: unknown_id. */
  async goOn(jobId: string): Promise<Job> {
    this.#holds.goOn(jobId);
    return this.#announce(jobId);
  }

  /** Resolves when nothing this process can work on is queued or running. */
  async idle(): Promise<void> {
    for (;;) {
      if (this.#stopped) return;
      if (this.#running.size === 0 && this.#busyLanes.size === 0 && !(await this.#anythingQueued())) return;
      await new Promise<void>((resolve) => this.#idleWaiters.add(resolve));
    }
  }

  /** Stops running jobs and queues them again, so that the next start goes on. */
  async stop(): Promise<void> {
    this.#stopped = true;
    const running = [...this.#running.values()];
    for (const r of running) r.controller.abort(new StudioError('interrupted'));
    for (const end of [...this.#pauses]) end();
    await Promise.all(running.map((r) => r.done));
    this.#wakeWaiters();
  }

  async #anythingQueued(): Promise<boolean> {
    const kinds = this.#deps.handlers().map((h) => h.kind);
    if (kinds.length === 0) return false;
    const row = await this.#deps.db
      .selectFrom('job')
      .select('id')
      .where('state', '=', 'queued')
      .where('kind', 'in', kinds)
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }

  #wakeWaiters(): void {
    for (const resolve of this.#idleWaiters) resolve();
    this.#idleWaiters.clear();
  }

  #drain(lane: string): void {
    this.#busyLanes.add(lane);
    void this.#drainLane(lane)
      .catch((error: unknown) => {
        this.#deps.log.error('job lane stopped', { lane, error: String(error) });
      })
      .finally(() => {
        this.#busyLanes.delete(lane);
        // Only this lane: waking all of them would have two lanes wake each other without end.
        if (this.#lookAgain.delete(lane) && !this.#stopped) this.#drain(lane);
        this.#wakeWaiters();
      });
  }

  async #drainLane(lane: string): Promise<void> {
    const kinds = this.#deps
      .handlers()
      .filter((h) => h.lane === lane)
      .map((h) => h.kind);
    while (!this.#stopped) {
      const row = await this.#claim(kinds);
      if (!row) return;
      await this.#runOne(row);
    }
  }

  async #claim(kinds: JobKind[]): Promise<JobRow | null> {
    const { db, clock } = this.#deps;
    const next = await db
      .selectFrom('job')
      .selectAll()
      .where('state', '=', 'queued')
      .where('kind', 'in', kinds)
      .orderBy('priority', 'desc')
      .orderBy('created_at')
      .orderBy('id')
      .limit(1)
      .executeTakeFirst();
    if (!next) return null;
    const claimed = await db
      .updateTable('job')
      .set({ state: 'running', started_at: clock.now(), attempts: next.attempts + 1, error: null })
      .where('id', '=', next.id)
      .where('state', '=', 'queued')
      .returningAll()
      .executeTakeFirst();
    return claimed ?? this.#claim(kinds);
  }

  async #runOne(row: JobRow): Promise<void> {
    const handler = this.#deps.handlers().find((h) => h.kind === row.kind);
    if (!handler) return;
    const controller = new AbortController();
    let finish: () => void = () => undefined;
    const done = new Promise<void>((resolve) => (finish = resolve));
    this.#running.set(row.id, { controller, done });
    try {
      await this.#announce(row.id);
      const result = await handler.run(JSON.parse(row.input), this.#context(row, controller.signal));
      await this.#finish(row.id, { state: 'done', progress: 1, result: JSON.stringify(result ?? null) });
    } catch (error) {
      await this.#fail(row, error, controller.signal);
    } finally {
      this.#running.delete(row.id);
      this.#holds.forget(row.id);
      finish();
    }
  }

  #context(row: JobRow, signal: AbortSignal): JobContext {
    const { db, clock, emit } = this.#deps;
    let fraction = 0;
    let lastEvent = 0;
    let lastWrite = 0;
    return {
      jobId: row.id,
      createdBy: row.created_by,
      signal,
      kept: row.result === null ? null : (JSON.parse(row.result) as unknown),
      progress: (value) => {
        fraction = Math.max(fraction, Math.min(1, value));
        const now = clock.now();
        if (now - lastEvent >= EVENT_EVERY_MS) {
          lastEvent = now;
          emit({ type: 'job.changed', job: toJob({ ...row, progress: fraction }, now) });
        }
        if (now - lastWrite >= WRITE_EVERY_MS) {
          lastWrite = now;
          void this.#write(row.id, { progress: fraction });
        }
      },
      hold: (why, holds) => this.#holds.wait(row.id, why, holds, signal),
      keep: async (partial) => {
        await db
          .updateTable('job')
          .set({ result: JSON.stringify(partial) })
          .where('id', '=', row.id)
          .execute();
      },
    };
  }

  /** Progress on disk is a courtesy for the next look; losing one write must not fail the job. */
  async #write(jobId: string, set: Partial<JobRow>): Promise<void> {
    try {
      const q = this.#deps.db.updateTable('job').set(set).where('id', '=', jobId);
      await q.where('state', '=', 'running').execute();
    } catch (error) {
      this.#deps.log.warn('job progress not written', { jobId, error: String(error) });
    }
  }

  async #fail(row: JobRow, error: unknown, signal: AbortSignal): Promise<void> {
    const reason: unknown = signal.aborted ? signal.reason : error;
    if (reason instanceof StudioError && reason.code === 'interrupted') {
      // Leaving on purpose is not a failed try.
      await this.#finish(row.id, { state: 'queued', started_at: null, progress: 0, attempts: row.attempts - 1 });
      return;
    }
    if (reason instanceof StudioError && reason.code === 'cancelled') {
      await this.#finish(row.id, { state: 'cancelled', error: JSON.stringify(reason.toData()) });
      return;
    }
    const known =
      error instanceof StudioError ? error : new StudioError('internal', { ref: row.id.slice(-8) }, { cause: error });
    this.#deps.log.error('job failed', { jobId: row.id, kind: row.kind, error: String(error), stack: stackOf(error) });
    const data: ErrorData = known.toData();
    await this.#finish(row.id, { state: 'failed', error: JSON.stringify(data) });
  }

  /**
   * Writes how a job ended. On a disk too full even for that, it says so and tries again until there is room
   * (or the program is closed: then the row stays `running`, and the next start takes it up).
   */
  async #finish(jobId: string, set: Partial<JobRow>): Promise<void> {
    const finished_at = set.state === 'queued' ? null : this.#deps.clock.now();
    for (let wait = FIRST_RETRY_MS; ; wait = Math.min(wait * 2, LAST_RETRY_MS)) {
      try {
        const change = { ...set, finished_at };
        await this.#deps.db.updateTable('job').set(change).where('id', '=', jobId).execute();
        await this.#announce(jobId);
        return;
      } catch (error) {
        this.#deps.log.error('job end not written', { jobId, error: String(error) });
        if (this.#stopped) return;
        await this.#pause(wait);
      }
    }
  }

  /** Waits, but not longer than the runner lives. */
  async #pause(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(done, ms);
      const pauses = this.#pauses;
      function done(): void {
        clearTimeout(timer);
        pauses.delete(done);
        resolve();
      }
      pauses.add(done);
    });
  }

  async #announce(jobId: string): Promise<Job> {
    const row = await this.#deps.db.selectFrom('job').selectAll().where('id', '=', jobId).executeTakeFirst();
    if (!row) throw new StudioError('unknown_id', { id: jobId });
    const job = toJob(row, this.#deps.clock.now(), this.waitsFor(jobId));
    this.#deps.emit({ type: 'job.changed', job });
    return job;
  }
}

function stackOf(error: unknown): string | undefined {
  return error instanceof Error ? error.stack : undefined;
}
