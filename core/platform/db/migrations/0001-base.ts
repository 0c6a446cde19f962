/** People, stories with their versions, assets, jobs, settings and the audit log. Shapes: core/ports/schema.ts. */
import { sql, type Kysely } from 'kysely';
import { columnTypes, createIndexes, maker, type Index, type Make } from './make.ts';
import type { ColumnTypes, DialectName } from './types.ts';

async function people(make: Make, t: ColumnTypes): Promise<void> {
  await make('setting')
    .addColumn('key', t.text, (c) => c.primaryKey().notNull())
    .addColumn('value', t.text, (c) => c.notNull())
    .execute();
  await make('user_account')
    .addColumn('id', t.text, (c) => c.primaryKey().notNull())
    .addColumn('name', t.text, (c) => c.notNull())
    .addColumn('role', t.text, (c) => c.notNull())
    .addColumn('pin_hash', t.text)
    .addColumn('failed_attempts', t.int, (c) => c.notNull())
    .addColumn('locked_until', t.big)
    .addColumn('disabled', t.int, (c) => c.notNull().check(sql`disabled in (0, 1)`))
    .addColumn('created_at', t.big, (c) => c.notNull())
    .addUniqueConstraint('user_account_name', ['name'])
    .execute();
}

async function assets(make: Make, t: ColumnTypes): Promise<void> {
  await make('asset')
    .addColumn('id', t.text, (c) => c.primaryKey().notNull())
    .addColumn('kind', t.text, (c) => c.notNull().check(sql`kind in ('video', 'audio', 'image')`))
    .addColumn('sha256', t.text, (c) => c.notNull().check(sql`length(sha256) = 64`))
    .addColumn('name', t.text, (c) => c.notNull())
    .addColumn('bytes', t.big, (c) => c.notNull().check(sql`bytes >= 0`))
    .addColumn('mime', t.text, (c) => c.notNull())
    .addColumn('duration_us', t.big)
    .addColumn('width', t.int)
    .addColumn('height', t.int)
    .addColumn('rotation', t.int, (c) => c.notNull().check(sql`rotation in (0, 90, 180, 270)`))
    .addColumn('frame_rate', t.text)
    .addColumn('variable', t.int, (c) => c.notNull().check(sql`variable in (0, 1)`))
    .addColumn('video_codec', t.text)
    .addColumn('audio_tracks', t.int, (c) => c.notNull())
    .addColumn('has_alpha', t.int, (c) => c.notNull().check(sql`has_alpha in (0, 1)`))
    .addColumn('problems', t.text, (c) => c.notNull())
    .addColumn('created_by', t.text, (c) => c.notNull())
    .addColumn('created_at', t.big, (c) => c.notNull())
    .addColumn('removed_at', t.big)
    .addUniqueConstraint('asset_sha256', ['sha256'])
    .addForeignKeyConstraint('asset_created_by', ['created_by'], 'user_account', ['id'])
    .execute();
}

async function stories(make: Make, t: ColumnTypes): Promise<void> {
  await make('story')
    .addColumn('id', t.text, (c) => c.primaryKey().notNull())
    .addColumn('title', t.text, (c) => c.notNull())
    .addColumn('state', t.text, (c) =>
      c.notNull().check(sql`state in ('writing', 'in_review', 'approved', 'released')`),
    )
    .addColumn('created_by', t.text, (c) => c.notNull())
    .addColumn('created_at', t.big, (c) => c.notNull())
    .addColumn('updated_by', t.text, (c) => c.notNull())
    .addColumn('updated_at', t.big, (c) => c.notNull())
    .addColumn('version_no', t.int, (c) => c.notNull())
    .addColumn('words', t.int, (c) => c.notNull())
    .addColumn('images', t.int, (c) => c.notNull())
    .addColumn('excerpt', t.text, (c) => c.notNull())
    .addColumn('cover_asset_id', t.text)
    .addColumn('removed_at', t.big)
    .addColumn('draft', t.text, (c) => c.notNull())
    .addColumn('draft_hash', t.text, (c) => c.notNull())
    .addColumn('draft_saved_at', t.big, (c) => c.notNull())
    .addForeignKeyConstraint('story_created_by', ['created_by'], 'user_account', ['id'])
    .addForeignKeyConstraint('story_updated_by', ['updated_by'], 'user_account', ['id'])
    .execute();
  await make('story_version')
    .addColumn('story_id', t.text, (c) => c.notNull())
    .addColumn('n', t.int, (c) => c.notNull())
    .addColumn('hash', t.text, (c) => c.notNull())
    .addColumn('content', t.text, (c) => c.notNull())
    .addColumn('title', t.text, (c) => c.notNull())
    .addColumn('words', t.int, (c) => c.notNull())
    .addColumn('reason', t.text, (c) => c.notNull())
    .addColumn('name', t.text)
    .addColumn('created_by', t.text, (c) => c.notNull())
    .addColumn('created_at', t.big, (c) => c.notNull())
    .addPrimaryKeyConstraint('story_version_pk', ['story_id', 'n'])
    .addForeignKeyConstraint('story_version_story', ['story_id'], 'story', ['id'])
    .addForeignKeyConstraint('story_version_created_by', ['created_by'], 'user_account', ['id'])
    .execute();
  await make('asset_story')
    .addColumn('asset_id', t.text, (c) => c.notNull())
    .addColumn('story_id', t.text, (c) => c.notNull())
    .addPrimaryKeyConstraint('asset_story_pk', ['asset_id', 'story_id'])
    .addForeignKeyConstraint('asset_story_asset', ['asset_id'], 'asset', ['id'])
    .addForeignKeyConstraint('asset_story_story', ['story_id'], 'story', ['id'])
    .execute();
}

async function jobs(make: Make, t: ColumnTypes): Promise<void> {
  await make('job')
    .addColumn('id', t.text, (c) => c.primaryKey().notNull())
    .addColumn('kind', t.text, (c) => c.notNull())
    .addColumn('title', t.text, (c) => c.notNull())
    .addColumn('input', t.text, (c) => c.notNull())
    .addColumn('state', t.text, (c) =>
      c.notNull().check(sql`state in ('queued', 'running', 'done', 'failed', 'cancelled')`),
    )
    .addColumn('progress', t.real, (c) => c.notNull().check(sql`progress between 0 and 1`))
    .addColumn('result', t.text)
    .addColumn('error', t.text)
    .addColumn('attempts', t.int, (c) => c.notNull())
    .addColumn('priority', t.int, (c) => c.notNull())
    .addColumn('created_by', t.text, (c) => c.notNull())
    .addColumn('created_at', t.big, (c) => c.notNull())
    .addColumn('started_at', t.big)
    .addColumn('finished_at', t.big)
    .addColumn('dismissed', t.int, (c) => c.notNull().check(sql`dismissed in (0, 1)`))
    .execute();
}

async function audit(make: Make, t: ColumnTypes, dialect: DialectName): Promise<void> {
  const table = make('audit_event');
  const numbered =
    dialect === 'sqlite'
      ? table.addColumn('seq', 'integer', (c) => c.primaryKey().autoIncrement())
      : table.addColumn('seq', 'bigint', (c) => c.primaryKey().generatedByDefaultAsIdentity());
  await numbered
    .addColumn('at', t.big, (c) => c.notNull())
    .addColumn('actor_id', t.text, (c) => c.notNull())
    .addColumn('action', t.text, (c) => c.notNull())
    .addColumn('subject', t.text, (c) => c.notNull())
    .addColumn('data', t.text, (c) => c.notNull())
    .addColumn('prev_hash', t.text, (c) => c.notNull())
    .addColumn('hash', t.text, (c) => c.notNull())
    // Two events after the same one would fork the chain.
    .addUniqueConstraint('audit_event_prev_hash', ['prev_hash'])
    .execute();
}

/** The audit log only grows: the engine itself refuses to change or remove a row. */
async function auditTriggers(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  if (dialect === 'sqlite') {
    for (const act of ['update', 'delete']) {
      await sql`create trigger ${sql.id(`audit_event_no_${act}`)} before ${sql.raw(act)} on audit_event
        begin select raise(abort, 'audit_event is append-only'); end`.execute(db);
    }
    return;
  }
  await sql`create function audit_event_refuse() returns trigger language plpgsql as
    $$ begin raise exception 'audit_event is append-only' using errcode = 'integrity_constraint_violation'; end $$`.execute(
    db,
  );
  for (const act of ['update', 'delete', 'truncate']) {
    await sql`create trigger ${sql.id(`audit_event_no_${act}`)} before ${sql.raw(act)} on audit_event
      for each statement execute function audit_event_refuse()`.execute(db);
  }
}

/** What the lists of the rooms sort and look up by. */
const INDEXES: readonly Index[] = [
  ['story', ['updated_at']],
  ['story', ['cover_asset_id']],
  ['story_version', ['hash']],
  ['asset', ['created_at']],
  ['asset_story', ['story_id']],
  ['job', ['state', 'created_at']],
  ['audit_event', ['subject']],
];

export async function base(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  const t = columnTypes(dialect);
  const make = maker(db, dialect);
  await people(make, t);
  await assets(make, t);
  await stories(make, t);
  await jobs(make, t);
  await audit(make, t, dialect);
  await createIndexes(db, INDEXES);
  await auditTriggers(db, dialect);
}
