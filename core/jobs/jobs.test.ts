import { sql } from 'kysely';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { makeStudio, type TestStudio } from '../../tests/support/studio.ts';
import { openSqlite } from '../platform/db/sqlite.ts';
import { createMemoryLog } from '../platform/log.ts';
import { newId } from '../platform/ids.ts';
import type { DatabaseHandle } from '../ports/index.ts';
import type { NewEvent } from '../model/contract/index.ts';
import { StudioError } from '../model/errors.ts';
import { JobRunner, MAX_ATTEMPTS, type JobHandler } from './index.ts';

let t: TestStudio | undefined;
let handle: DatabaseHandle | undefined;
afterEach(async () => {
  await handle?.close();
  await t?.stop();
  handle = undefined;
  t = undefined;
});

/** A runner with handlers of the test's own on a real workspace database. */
async function makeRunner(
  handlers: JobHandler[],
): Promise<{ runner: JobRunner; db: DatabaseHandle['kysely']; events: NewEvent[]; userId: string }> {
  t = await makeStudio();
  const userId = (await t.client.session.whoAmI()).user?.userId ?? '';
  await t.client.workspace.close();
  handle = await openSqlite(path.join(t.dir, 'studio.db'));
  const events: NewEvent[] = [];
  const runner = new JobRunner({
    db: handle.kysely,
    clock: { now: () => Date.now() },
    log: createMemoryLog(),
    newId,
    emit: (event) => events.push(event),
    handlers: () => handlers,
  });
  return { runner, db: handle.kysely, events, userId };
}

const job = (userId: string) => ({ kind: 'media.import' as const, title: 'x', input: { n: 1 }, createdBy: userId });

describe('job runner', () => {
  it('runs a queued job to its result and tells of it in order', async () => {
    const { runner, db, events, userId } = await makeRunner([
      {
        kind: 'media.import',
        lane: 'a',
        run: (input, context) => {
          context.progress(0.5);
          return Promise.resolve({ got: input });
        },
      },
    ]);
    await runner.enqueue(db, job(userId));
    runner.wake();
    await runner.idle();
    const states = events.map((e) => (e.type === 'job.changed' ? [e.job.state, e.job.progress] : []));
    expect(states).toEqual([
      ['running', 0],
      ['running', 0.5],
      ['done', 1],
    ]);
    expect(events.at(-1)).toMatchObject({ job: { result: { got: { n: 1 } } } });
  });

  it('stops a running job on cancel, and runs it again on retry', async () => {
    let runs = 0;
    const { runner, db, userId } = await makeRunner([
      {
        kind: 'media.import',
        lane: 'a',
        run: (_input, context) => {
          runs += 1;
          if (runs > 1) return Promise.resolve('second');
          return new Promise((_resolve, reject) => {
            context.signal.addEventListener('abort', () => {
              reject(context.signal.reason as Error);
            });
          });
        },
      },
    ]);
    const { jobId } = await runner.enqueue(db, job(userId));
    runner.wake();
    while (runs === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await runner.cancel(jobId)).state).toBe('cancelled');
    expect((await runner.retry(jobId)).state).toBe('queued');
    await runner.idle();
    const row = await db.selectFrom('job').selectAll().where('id', '=', jobId).executeTakeFirstOrThrow();
    expect([row.state, row.result]).toEqual(['done', '"second"']);
  });

  it('keeps the reason of a failure, and hides what a bug said', async () => {
    const { runner, db, events, userId } = await makeRunner([
      { kind: 'media.import', lane: 'a', run: () => Promise.reject(new StudioError('disk_full')) },
      { kind: 'story.import', lane: 'b', run: () => Promise.reject(new Error('secret path')) },
    ]);
    await runner.enqueue(db, job(userId));
    await runner.enqueue(db, { ...job(userId), kind: 'story.import' });
    runner.wake();
    await runner.idle();
    const failed = events.flatMap((e) => (e.type === 'job.changed' && e.job.state === 'failed' ? [e.job] : []));
    expect(failed.map((j) => j.error?.code).sort()).toEqual(['disk_full', 'internal']);
    expect(JSON.stringify(failed)).not.toContain('secret');
  });
});

describe('job runner after an interruption', () => {
  it('goes on from what an interrupted run had kept, and gives up after three deaths', async () => {
    const kept: unknown[] = [];
    const { runner, db, userId } = await makeRunner([
      {
        kind: 'media.import',
        lane: 'a',
        run: (_input, context) => {
          kept.push(context.kept);
          return Promise.resolve('done');
        },
      },
    ]);
    const one = await runner.enqueue(db, job(userId));
    const two = await runner.enqueue(db, job(userId));
    // As a killed process leaves them.
    await sql`UPDATE job SET state = 'running', attempts = 1, result = '["first"]' WHERE id = ${one.jobId}`.execute(db);
    await sql`UPDATE job SET state = 'running', attempts = ${MAX_ATTEMPTS} WHERE id = ${two.jobId}`.execute(db);
    await runner.recover();
    runner.wake();
    await runner.idle();
    expect(kept).toEqual([['first']]);
    const row = await db.selectFrom('job').selectAll().where('id', '=', two.jobId).executeTakeFirstOrThrow();
    expect(row.state).toBe('failed');
    expect(row.error).toContain('interrupted');
  });

  it('queues a running job again when the program is closed, without counting it as a try', async () => {
    let started: () => void = () => undefined;
    const running = new Promise<void>((resolve) => (started = resolve));
    const { runner, db, userId } = await makeRunner([
      {
        kind: 'media.import',
        lane: 'a',
        run: (_input, context) => {
          started();
          return new Promise((_resolve, reject) => {
            context.signal.addEventListener('abort', () => {
              reject(new Error('stopped'));
            });
          });
        },
      },
    ]);
    const { jobId } = await runner.enqueue(db, job(userId));
    runner.wake();
    await running;
    await runner.stop();
    const row = await db.selectFrom('job').selectAll().where('id', '=', jobId).executeTakeFirstOrThrow();
    expect([row.state, row.attempts, row.finished_at]).toEqual(['queued', 0, null]);
  });
});

describe('lanes', () => {
  it('runs one lane one after another and takes urgent work first', async () => {
    const order: string[] = [];
    let inside = 0;
    const { runner, db, userId } = await makeRunner([
      {
        kind: 'media.import',
        lane: 'a',
        run: async (input) => {
          inside += 1;
          expect(inside).toBe(1);
          await new Promise((resolve) => setTimeout(resolve, 5));
          order.push((input as { name: string }).name);
          inside -= 1;
          return null;
        },
      },
    ]);
    for (const [name, priority] of [
      ['late', 0],
      ['early', 5],
      ['later', 0],
    ] as const) {
      await runner.enqueue(db, { ...job(userId), input: { name }, priority });
    }
    runner.wake();
    await runner.idle();
    expect(order).toEqual(['early', 'late', 'later']);
  });
});
