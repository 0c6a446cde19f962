/** What review needs of stories: the draft as it stands, frozen as a version, and the state a list shows. */
import type { Kysely } from 'kysely';
import { actorOf, type Call } from '../call.ts';
import type { ArticleDoc } from '../model/article/index.ts';
import { assetIds } from '../model/article/text.ts';
import { StudioError } from '../model/errors.ts';
import type { Database } from '../ports/index.ts';
import { makeContent, readContent } from './content.ts';
import { columnsOf, storyRow, type StoryRow } from './store.ts';
import { addVersion, lastVersion } from './versions.ts';

export interface FrozenStory {
  versionNo: number;
  versionHash: string;
}

/**
 * Makes the present draft a version ("submit"), in the transaction of the call. The story's row is locked first, so that
 * no save can come between. Errors: unknown_id (also a removed story), bad_article.
 */
export async function freezeStory(call: Call, storyId: string): Promise<FrozenStory> {
  const row = await lockStory(call.db, storyId);
  const draft = readContent(row.draft);
  const content = makeContent(draft.title, draft.doc);
  const now = call.machine.clock.now();
  const { userId } = actorOf(call);
  if (content.hash !== row.draft_hash) {
    // An older schema was read: what is frozen is what is edited from now on.
    await call.db.updateTable('story').set(columnsOf(content)).where('id', '=', storyId).execute();
  }
  const last = await lastVersion(call.db, storyId);
  const versionNo = await addVersion(call.db, { storyId, content, userId, now, reason: 'submit' });
  if (last?.hash !== content.hash) {
    const data = { version: content.hash, n: versionNo, reason: 'submit' };
    call.audit({ action: 'story.version', subject: storyId, data });
  }
  return { versionNo, versionHash: content.hash };
}

async function lockStory(db: Kysely<Database>, storyId: string): Promise<StoryRow> {
  // The no-op update takes the row lock in both databases.
  const row = await db
    .updateTable('story')
    .set((eb) => ({ state: eb.ref('state') }))
    .where('id', '=', storyId)
    .where('removed_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
  if (!row) throw new StudioError('unknown_id', { id: storyId });
  return row;
}

/** What a list shows of where the story stands; also says so to whoever is looking at it. */
export async function setStoryState(call: Call, storyId: string, state: StoryRow['state']): Promise<void> {
  await call.db.updateTable('story').set({ state }).where('id', '=', storyId).execute();
  call.emit({ type: 'story.changed', storyId, contentHash: null, byUserId: actorOf(call).userId });
}

export interface StoryDraft {
  title: string;
  doc: ArticleDoc;
  hash: string;
  /** Canonical JSON whose SHA-256 is `hash`. */
  content: string;
  /** Every asset the article needs, once, its cover's picture last. */
  assetIds: string[];
  coverAssetId: string | null;
  createdBy: string;
  removed: boolean;
}

/** The draft as it stands. Error: unknown_id. */
export async function storyDraft(db: Kysely<Database>, storyId: string): Promise<StoryDraft> {
  const row = await storyRow(db, storyId);
  const { title, doc } = readContent(row.draft);
  return {
    title,
    doc,
    hash: row.draft_hash,
    content: row.draft,
    assetIds: assetIds(doc),
    coverAssetId: row.cover_asset_id,
    createdBy: row.created_by,
    removed: row.removed_at !== null,
  };
}

/** Title and text of a version by its hash. Error: unknown_id. */
export async function versionDoc(
  db: Kysely<Database>,
  storyId: string,
  hash: string,
): Promise<{ title: string; doc: ArticleDoc; content: string }> {
  const row = await db
    .selectFrom('story_version')
    .select('content')
    .where('story_id', '=', storyId)
    .where('hash', '=', hash)
    .limit(1)
    .executeTakeFirst();
  if (!row) throw new StudioError('unknown_id', { id: hash });
  return { ...readContent(row.content), content: row.content };
}
