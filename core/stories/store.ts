/** The story table: rows in, rows out. */
import type { Kysely, Selectable } from 'kysely';
import { StudioError } from '../model/errors.ts';
import type { Database, StoryTable } from '../ports/index.ts';
import type { StoryContent } from './content.ts';
import { addVersion, type VersionReason } from './versions.ts';

export type StoryRow = Selectable<StoryTable>;

/** Error: unknown_id. */
export async function storyRow(db: Kysely<Database>, storyId: string): Promise<StoryRow> {
  const row = await db.selectFrom('story').selectAll().where('id', '=', storyId).executeTakeFirst();
  if (!row) throw new StudioError('unknown_id', { id: storyId });
  return row;
}

/** Puts a new story and its first version into the transaction. Also used by the import job. */
export async function insertStory(
  db: Kysely<Database>,
  input: { storyId: string; content: StoryContent; userId: string; now: number; reason: VersionReason },
): Promise<void> {
  const { storyId, content, userId, now } = input;
  await db
    .insertInto('story')
    .values({
      id: storyId,
      state: 'writing',
      created_by: userId,
      created_at: now,
      updated_by: userId,
      updated_at: now,
      version_no: 0,
      removed_at: null,
      draft_saved_at: now,
      ...columnsOf(content),
    })
    .execute();
  await addVersion(db, { storyId, content, userId, now, reason: input.reason });
  await linkAssets(db, storyId, content.assetIds);
}

/** The columns that follow from the content. */
export function columnsOf(content: StoryContent) {
  return {
    title: content.title,
    words: content.words,
    images: content.images,
    excerpt: content.excerpt,
    cover_asset_id: content.coverAssetId,
    draft: content.content,
    draft_hash: content.hash,
  };
}

/** Notes which assets a story shows. Ids the workspace does not know (a paste from elsewhere) are left out. */
export async function linkAssets(db: Kysely<Database>, storyId: string, assetIds: string[]): Promise<void> {
  if (assetIds.length === 0) return;
  const known = await db.selectFrom('asset').select('id').where('id', 'in', assetIds).execute();
  if (known.length === 0) return;
  await db
    .insertInto('asset_story')
    .values(known.map((a) => ({ asset_id: a.id, story_id: storyId })))
    .onConflict((c) => c.doNothing())
    .execute();
}
