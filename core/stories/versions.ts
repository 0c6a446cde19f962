/** Versions of a story: immutable rows of canonical JSON, numbered from 1 and named by hash. */
import type { Kysely, Selectable } from 'kysely';
import { userNames } from '../accounts/index.ts';
import type { Call } from '../call.ts';
import type { ArticleDocJson, StoryVersion } from '../model/contract/index.ts';
import { StudioError } from '../model/errors.ts';
import type { Database, StoryVersionTable } from '../ports/index.ts';
import { hashOf, readContent, type StoryContent } from './content.ts';

type VersionRow = Selectable<StoryVersionTable>;
export type VersionReason = VersionRow['reason'];

function toVersion(row: Omit<VersionRow, 'content'>, names: Map<string, string>): StoryVersion {
  return {
    n: row.n,
    hash: row.hash,
    title: row.title,
    words: row.words,
    reason: row.reason,
    name: row.name,
    createdAt: row.created_at,
    author: { userId: row.created_by, name: names.get(row.created_by) ?? '' },
  };
}

export async function lastVersion(
  db: Kysely<Database>,
  storyId: string,
): Promise<Pick<VersionRow, 'n' | 'hash' | 'created_at'> | undefined> {
  return db
    .selectFrom('story_version')
    .select(['n', 'hash', 'created_at'])
    .where('story_id', '=', storyId)
    .orderBy('n', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Adds the next version and returns its number. */
export async function addVersion(
  db: Kysely<Database>,
  input: { storyId: string; content: StoryContent; userId: string; now: number; reason: VersionReason },
): Promise<number> {
  const n = ((await lastVersion(db, input.storyId))?.n ?? 0) + 1;
  await db
    .insertInto('story_version')
    .values({
      story_id: input.storyId,
      n,
      hash: input.content.hash,
      content: input.content.content,
      title: input.content.title,
      words: input.content.words,
      reason: input.reason,
      name: null,
      created_by: input.userId,
      created_at: input.now,
    })
    .execute();
  await db.updateTable('story').set({ version_no: n }).where('id', '=', input.storyId).execute();
  return n;
}

const LIST_COLUMNS = ['story_id', 'n', 'hash', 'title', 'words', 'reason', 'name', 'created_by', 'created_at'] as const;

/** Newest first. */
export async function listVersions(call: Call, storyId: string): Promise<StoryVersion[]> {
  const rows = await call.db
    .selectFrom('story_version')
    .select(LIST_COLUMNS)
    .where('story_id', '=', storyId)
    .orderBy('n', 'desc')
    .execute();
  if (rows.length === 0) throw new StudioError('unknown_id', { id: storyId });
  const names = await userNames(
    call.db,
    rows.map((r) => r.created_by),
  );
  return rows.map((r) => toVersion(r, names));
}

/** The same content may have come back later (a restore): the newest version with the hash is meant. */
async function versionRow(db: Kysely<Database>, storyId: string, hash: string): Promise<VersionRow> {
  const row = await db
    .selectFrom('story_version')
    .selectAll()
    .where('story_id', '=', storyId)
    .where('hash', '=', hash)
    .orderBy('n', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) throw new StudioError('unknown_id', { id: hash });
  return row;
}

export async function getVersion(
  call: Call,
  input: { storyId: string; hash: string },
): Promise<StoryVersion & { doc: ArticleDocJson }> {
  const row = await versionRow(call.db, input.storyId, input.hash);
  const names = await userNames(call.db, [row.created_by]);
  return { ...toVersion(row, names), doc: readContent(row.content).doc };
}

/** A name is a label on the row, not part of the content: the hash stays. */
export async function nameVersion(
  call: Call,
  input: { storyId: string; hash: string; name: string | null },
): Promise<StoryVersion> {
  const row = await versionRow(call.db, input.storyId, input.hash);
  const name = input.name === '' ? null : input.name;
  await call.db
    .updateTable('story_version')
    .set({ name })
    .where('story_id', '=', row.story_id)
    .where('n', '=', row.n)
    .execute();
  call.audit({ action: 'story.name-version', subject: row.story_id, data: { version: row.hash } });
  const names = await userNames(call.db, [row.created_by]);
  return toVersion({ ...row, name }, names);
}

/** Recomputes the hash of every version and draft. Returns what does not match. */
export async function verifyVersions(db: Kysely<Database>): Promise<string[]> {
  const problems: string[] = [];
  const stories = await db.selectFrom('story').select(['id', 'title', 'draft', 'draft_hash']).execute();
  for (const story of stories) {
    if (hashOf(story.draft) !== story.draft_hash) problems.push(`${story.id} draft`);
    const versions = await db
      .selectFrom('story_version')
      .select(['n', 'hash', 'content'])
      .where('story_id', '=', story.id)
      .execute();
    for (const v of versions) {
      if (hashOf(v.content) !== v.hash) problems.push(`${story.id} version ${String(v.n)}`);
    }
  }
  return problems;
}
