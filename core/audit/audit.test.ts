import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqlite } from '../platform/db/sqlite.ts';
import { makeStudio, type TestStudio } from '../../tests/support/studio.ts';
import { sql } from 'kysely';
import path from 'node:path';
import { verifyAudit } from './index.ts';

let t: TestStudio;
beforeEach(async () => {
  t = await makeStudio();
});
afterEach(async () => {
  await t.stop();
});

async function withDatabase<T>(work: (db: Awaited<ReturnType<typeof openSqlite>>) => Promise<T>): Promise<T> {
  const handle = await openSqlite(path.join(t.dir, 'studio.db'));
  try {
    return await work(handle);
  } finally {
    await handle.close();
  }
}

describe('audit log', () => {
  it('chains what was done and finds every later change to it', async () => {
    const story = await t.client.stories.create({ title: '甲' });
    await t.client.users.add({ name: '林小满', role: 'editor', pin: '4821' });
    await t.client.stories.remove({ storyIds: [story.storyId] });
    expect((await t.client.workspace.check()).problems).toEqual([]);
    await t.client.workspace.close();
    await withDatabase(async ({ kysely }) => {
      const sound = await verifyAudit(kysely);
      expect(sound).toMatchObject({ events: 3, problems: [] });
      await expect(sql`UPDATE audit_event SET action = 'x' WHERE seq = 2`.execute(kysely)).rejects.toThrow();
      await expect(sql`DELETE FROM audit_event WHERE seq = 3`.execute(kysely)).rejects.toThrow();
      // Somebody with the file and a database tool can drop the triggers; the chain still tells.
      const triggers = await sql<{ name: string }>`SELECT name FROM sqlite_master WHERE type = 'trigger'`.execute(
        kysely,
      );
      for (const { name } of triggers.rows) await sql`DROP TRIGGER ${sql.id(name)}`.execute(kysely);
      await sql`UPDATE audit_event SET subject = 'x' WHERE seq = 2`.execute(kysely);
      expect((await verifyAudit(kysely)).problems).toContain('event 2 was altered');
      await sql`DELETE FROM audit_event WHERE seq = 3`.execute(kysely);
      expect((await verifyAudit(kysely)).problems.join()).toMatch(/cut off/);
    });
  });

  it('writes nothing for a call that failed', async () => {
    await t.client.stories.remove({ storyIds: ['nope'] }).catch(() => undefined);
    await t.client.workspace.close();
    await withDatabase(async ({ kysely }) => {
      expect((await verifyAudit(kysely)).events).toBe(0);
    });
  });

  it('holds no names of people', async () => {
    await t.client.users.add({ name: '林小满', role: 'editor', pin: '4821' });
    await t.client.workspace.close();
    await withDatabase(async ({ kysely }) => {
      const rows = await kysely.selectFrom('audit_event').selectAll().execute();
      expect(JSON.stringify(rows)).not.toContain('林小满');
    });
  });
});
