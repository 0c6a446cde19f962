/** Video projects with their journal, review rounds with their acts and comments, packages. Shapes: core/ports/schema.ts. */
import { sql, type Kysely } from 'kysely';
import { columnTypes, createIndexes, maker, type Index, type Make } from './make.ts';
import type { ColumnTypes, DialectName } from './types.ts';

async function video(make: Make, t: ColumnTypes): Promise<void> {
  await make('video_project')
    .addColumn('id', t.text, (c) => c.primaryKey().notNull())
    .addColumn('story_id', t.text, (c) => c.notNull())
    .addColumn('title', t.text, (c) => c.notNull())
    .addColumn('created_by', t.text, (c) => c.notNull())
    .addColumn('created_at', t.big, (c) => c.notNull())
    .addColumn('updated_by', t.text, (c) => c.notNull())
    .addColumn('updated_at', t.big, (c) => c.notNull())
    .addColumn('removed_at', t.big)
    .addColumn('timeline', t.text, (c) => c.notNull())
    .addColumn('timeline_hash', t.text, (c) => c.notNull().check(sql`length(timeline_hash) = 64`))
    .addColumn('seq', t.int, (c) => c.notNull())
    .addColumn('duration_us', t.big, (c) => c.notNull())
    .addColumn('clips', t.int, (c) => c.notNull())
    .addColumn('cues', t.int, (c) => c.notNull())
    .addColumn('cover_asset_id', t.text)
    .addForeignKeyConstraint('video_project_story', ['story_id'], 'story', ['id'])
    .addForeignKeyConstraint('video_project_created_by', ['created_by'], 'user_account', ['id'])
    .addForeignKeyConstraint('video_project_updated_by', ['updated_by'], 'user_account', ['id'])
    .execute();
  await make('video_edit')
    .addColumn('project_id', t.text, (c) => c.notNull())
    .addColumn('seq', t.int, (c) => c.notNull())
    .addColumn('operations', t.text, (c) => c.notNull())
    .addColumn('hash', t.text, (c) => c.notNull())
    .addColumn('by_user', t.text, (c) => c.notNull())
    .addColumn('at', t.big, (c) => c.notNull())
    .addPrimaryKeyConstraint('video_edit_pk', ['project_id', 'seq'])
    .addForeignKeyConstraint('video_edit_project', ['project_id'], 'video_project', ['id'])
    .addForeignKeyConstraint('video_edit_by', ['by_user'], 'user_account', ['id'])
    .execute();
  await make('video_version')
    .addColumn('project_id', t.text, (c) => c.notNull())
    .addColumn('n', t.int, (c) => c.notNull())
    .addColumn('hash', t.text, (c) => c.notNull())
    .addColumn('content', t.text, (c) => c.notNull())
    .addColumn('created_by', t.text, (c) => c.notNull())
    .addColumn('created_at', t.big, (c) => c.notNull())
    .addPrimaryKeyConstraint('video_version_pk', ['project_id', 'n'])
    .addForeignKeyConstraint('video_version_project', ['project_id'], 'video_project', ['id'])
    .addForeignKeyConstraint('video_version_created_by', ['created_by'], 'user_account', ['id'])
    .execute();
}

async function review(make: Make, t: ColumnTypes): Promise<void> {
  await make('review_round')
    .addColumn('id', t.text, (c) => c.primaryKey().notNull())
    .addColumn('story_id', t.text, (c) => c.notNull())
    .addColumn('n', t.int, (c) => c.notNull())
    .addColumn('state', t.text, (c) =>
      c.notNull().check(sql`state in ('in_review', 'approved', 'returned', 'withdrawn', 'revoked')`),
    )
    .addColumn('version_no', t.int, (c) => c.notNull())
    .addColumn('version_hash', t.text, (c) => c.notNull())
    .addColumn('manifest', t.text, (c) => c.notNull())
    .addColumn('manifest_hash', t.text, (c) => c.notNull().check(sql`length(manifest_hash) = 64`))
    .addColumn('signed', t.int, (c) => c.notNull())
    .addColumn('submitted_by', t.text, (c) => c.notNull())
    .addColumn('submitted_at', t.big, (c) => c.notNull())
    .addColumn('ended_at', t.big)
    .addColumn('waiver', t.text)
    .addUniqueConstraint('review_round_story_n', ['story_id', 'n'])
    .addForeignKeyConstraint('review_round_story', ['story_id'], 'story', ['id'])
    .addForeignKeyConstraint('review_round_submitted_by', ['submitted_by'], 'user_account', ['id'])
    .execute();
  await make('review_act')
    .addColumn('id', t.text, (c) => c.primaryKey().notNull())
    .addColumn('round_id', t.text, (c) => c.notNull())
    .addColumn('kind', t.text, (c) =>
      c.notNull().check(sql`kind in ('submit', 'sign', 'return', 'withdraw', 'revoke')`),
    )
    .addColumn('stage', t.int)
    .addColumn('by_user', t.text, (c) => c.notNull())
    .addColumn('at', t.big, (c) => c.notNull())
    .addColumn('text', t.text, (c) => c.notNull())
    .addColumn('statement', t.text)
    .addColumn('signature', t.text)
    .addForeignKeyConstraint('review_act_round', ['round_id'], 'review_round', ['id'])
    .addForeignKeyConstraint('review_act_by', ['by_user'], 'user_account', ['id'])
    .execute();
  await make('review_comment')
    .addColumn('id', t.text, (c) => c.primaryKey().notNull())
    .addColumn('story_id', t.text, (c) => c.notNull())
    .addColumn('parent_id', t.text)
    .addColumn('anchor', t.text, (c) => c.notNull())
    .addColumn('text', t.text, (c) => c.notNull())
    .addColumn('by_user', t.text, (c) => c.notNull())
    .addColumn('at', t.big, (c) => c.notNull())
    .addColumn('resolved_at', t.big)
    .addColumn('resolved_by', t.text)
    .addForeignKeyConstraint('review_comment_story', ['story_id'], 'story', ['id'])
    .addForeignKeyConstraint('review_comment_parent', ['parent_id'], 'review_comment', ['id'])
    .addForeignKeyConstraint('review_comment_by', ['by_user'], 'user_account', ['id'])
    .execute();
}

async function packages(make: Make, t: ColumnTypes): Promise<void> {
  await make('package')
    .addColumn('id', t.text, (c) => c.primaryKey().notNull())
    .addColumn('story_id', t.text, (c) => c.notNull())
    .addColumn('round_id', t.text)
    .addColumn('title', t.text, (c) => c.notNull())
    .addColumn('dir', t.text, (c) => c.notNull())
    .addColumn('draft', t.int, (c) => c.notNull().check(sql`draft in (0, 1)`))
    .addColumn('manifest_hash', t.text, (c) => c.notNull())
    .addColumn('targets', t.text, (c) => c.notNull())
    .addColumn('created_by', t.text, (c) => c.notNull())
    .addColumn('created_at', t.big, (c) => c.notNull())
    .addForeignKeyConstraint('package_story', ['story_id'], 'story', ['id'])
    .addForeignKeyConstraint('package_round', ['round_id'], 'review_round', ['id'])
    .addForeignKeyConstraint('package_created_by', ['created_by'], 'user_account', ['id'])
    .execute();
}

const INDEXES: readonly Index[] = [
  ['video_project', ['story_id']],
  ['video_project', ['updated_at']],
  ['video_version', ['hash']],
  ['review_round', ['state']],
  ['review_act', ['round_id']],
  ['review_act', ['by_user']],
  ['review_comment', ['story_id']],
  ['package', ['story_id']],
  ['package', ['created_at']],
];

export async function videoAndReview(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  const t = columnTypes(dialect);
  const make = maker(db, dialect);
  await video(make, t);
  await review(make, t);
  await packages(make, t);
  await createIndexes(db, INDEXES);
}
