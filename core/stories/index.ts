/** Stories: drafts that save as you type, and versions that never change. */
import type { Kysely } from 'kysely';
import { userNames } from '../accounts/index.ts';
import { actorOf, type Call } from '../call.ts';
import { refusePaths, titleOf } from '../media/index.ts';
import type { ArticleDocJson, ImportSource, SnapshotReason, Story, StorySummary } from '../model/contract/index.ts';
import { StudioError } from '../model/errors.ts';
import type { Database } from '../ports/index.ts';
import { containsText } from '../query.ts';
import { makeContent, readContent, type StoryContent } from './content.ts';
import { columnsOf, insertStory, linkAssets, storyRow, type StoryRow } from './store.ts';
import { getTemplate } from './templates.ts';
import { addVersion, lastVersion, type VersionReason } from './versions.ts';

export { listVersions, getVersion, nameVersion, verifyVersions } from './versions.ts';
export { freezeStory, setStoryState, storyDraft, versionDoc, type FrozenStory, type StoryDraft } from './freeze.ts';
export { getTemplate, listTemplates, removeTemplate, saveTemplate } from './templates.ts';
export { readDocument } from './read-document.ts';
export { readDocumentFile, storyJobs, type StoryJobDeps } from './jobs.ts';

/** While somebody writes, a version is kept at most this often; every save still reaches the disk at once. */
const AUTOSAVE_VERSION_MS = 5 * 60_000;

const SUMMARY_COLUMNS = [
  'id',
  'title',
  'state',
  'created_at',
  'updated_at',
  'updated_by',
  'version_no',
  'words',
  'images',
  'excerpt',
  'cover_asset_id',
  'removed_at',
] as const;
type SummaryRow = Pick<StoryRow, (typeof SUMMARY_COLUMNS)[number]>;

function toSummary(row: SummaryRow, names: Map<string, string>): StorySummary {
  return {
    storyId: row.id,
    title: row.title,
    state: row.state,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    updatedBy: { userId: row.updated_by, name: names.get(row.updated_by) ?? '' },
    versionNo: row.version_no,
    words: row.words,
    images: row.images,
    excerpt: row.excerpt,
    coverAssetId: row.cover_asset_id,
    removedAt: row.removed_at,
  };
}

async function toStory(db: Kysely<Database>, row: StoryRow): Promise<Story> {
  const names = await userNames(db, [row.updated_by]);
  return {
    ...toSummary(row, names),
    doc: readContent(row.draft).doc,
    contentHash: row.draft_hash,
    savedAt: row.draft_saved_at,
  };
}

export async function getStory(call: Call, storyId: string): Promise<Story> {
  return toStory(call.db, await storyRow(call.db, storyId));
}

/** Last changed first. */
export async function listStories(
  call: Call,
  input: { scope: 'mine' | 'all' | 'released' | 'removed'; q: string; limit: number; offset: number },
): Promise<{ items: StorySummary[]; total: number }> {
  let query = call.db.selectFrom('story').where('removed_at', input.scope === 'removed' ? 'is not' : 'is', null);
  if (input.scope === 'mine') query = query.where('created_by', '=', actorOf(call).userId);
  if (input.scope === 'released') query = query.where('state', '=', 'released');
  const words = input.q.trim();
  if (words !== '') {
    query = query.where((eb) => eb.or([containsText(eb.ref('title'), words), containsText(eb.ref('excerpt'), words)]));
  }
  const count = await query.select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
  const rows = await query
    .select(SUMMARY_COLUMNS)
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .limit(input.limit)
    .offset(input.offset)
    .execute();
  const names = await userNames(
    call.db,
    rows.map((r) => r.updated_by),
  );
  return { items: rows.map((r) => toSummary(r, names)), total: count.n };
}

/** The story this person last wrote in, as long as it is still being written; null when there is none. */
export async function storyToResume(call: Call): Promise<StorySummary | null> {
  const row = await call.db
    .selectFrom('story')
    .select(SUMMARY_COLUMNS)
    .where('updated_by', '=', actorOf(call).userId)
    .where('state', '=', 'writing')
    .where('removed_at', 'is', null)
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? toSummary(row, await userNames(call.db, [row.updated_by])) : null;
}

export async function createStory(
  call: Call,
  input: { title: string; doc?: ArticleDocJson | undefined; templateId?: string | undefined },
): Promise<Story> {
  const actor = actorOf(call);
  const storyId = call.machine.newId();
  const template = input.templateId === undefined ? null : await getTemplate(call.db, input.templateId);
  const doc = input.doc ?? template?.doc ?? { type: 'doc', content: [{ type: 'paragraph' }] };
  const content = makeContent(input.title === '' ? (template?.title ?? '') : input.title, doc);
  const now = call.machine.clock.now();
  await insertStory(call.db, { storyId, content, userId: actor.userId, now, reason: 'created' });
  call.audit({ action: 'story.create', subject: storyId, data: { version: content.hash } });
  call.emit({ type: 'story.changed', storyId, contentHash: content.hash, byUserId: actor.userId });
  return getStory(call, storyId);
}

interface Saved {
  contentHash: string;
  savedAt: number;
  versionNo: number;
  versionHash: string | null;
}

/** Errors: unknown_id, conflict (details: {contentHash, updatedBy, updatedAt} of what stands there), bad_article. */
export async function saveStory(
  call: Call,
  input: {
    storyId: string;
    baseHash: string;
    title: string;
    doc: ArticleDocJson;
    checkpoint: boolean;
    reason: 'saved' | SnapshotReason;
  },
): Promise<Saved> {
  const row = await storyRow(call.db, input.storyId);
  const content = makeContent(input.title, input.doc);
  // The same content again is no conflict: it is the answer to a save whose reply was lost.
  if (row.draft_hash !== input.baseHash && row.draft_hash !== content.hash) {
    const names = await userNames(call.db, [row.updated_by]);
    throw new StudioError(
      'conflict',
      {},
      {
        details: { contentHash: row.draft_hash, updatedBy: names.get(row.updated_by) ?? '', updatedAt: row.updated_at },
      },
    );
  }
  return writeDraft(call, row, content, input.checkpoint ? input.reason : 'autosave');
}

async function writeDraft(call: Call, row: StoryRow, content: StoryContent, reason: VersionReason): Promise<Saved> {
  const actor = actorOf(call);
  const now = call.machine.clock.now();
  const last = await lastVersion(call.db, row.id);
  const due = reason !== 'autosave' || now - (last?.created_at ?? 0) >= AUTOSAVE_VERSION_MS;
  const versioned = due && last?.hash !== content.hash;
  if (content.hash !== row.draft_hash) {
    const updated = await call.db
      .updateTable('story')
      .set({ ...columnsOf(content), draft_saved_at: now, updated_at: now, updated_by: actor.userId })
      .where('id', '=', row.id)
      .where('draft_hash', '=', row.draft_hash)
      .executeTakeFirst();
    if (updated.numUpdatedRows === 0n) throw new StudioError('conflict');
    await linkAssets(call.db, row.id, content.assetIds);
    call.emit({ type: 'story.changed', storyId: row.id, contentHash: content.hash, byUserId: actor.userId });
  }
  let versionNo = last?.n ?? row.version_no;
  if (versioned) {
    versionNo = await addVersion(call.db, { storyId: row.id, content, userId: actor.userId, now, reason });
    call.audit({ action: 'story.version', subject: row.id, data: { version: content.hash, n: versionNo, reason } });
  }
  return {
    contentHash: content.hash,
    savedAt: content.hash === row.draft_hash ? row.draft_saved_at : now,
    versionNo,
    versionHash: versioned || last?.hash === content.hash ? content.hash : null,
  };
}

/** What stands in the draft becomes a version first, so that a restore can itself be undone. */
export async function restoreStory(call: Call, input: { storyId: string; hash: string }): Promise<Story> {
  const row = await storyRow(call.db, input.storyId);
  const version = await call.db
    .selectFrom('story_version')
    .select('content')
    .where('story_id', '=', input.storyId)
    .where('hash', '=', input.hash)
    .executeTakeFirst();
  if (!version) throw new StudioError('unknown_id', { id: input.hash });
  const now = readContent(row.draft);
  await writeDraft(call, row, makeContent(now.title, now.doc), 'beforeRestore');
  const old = readContent(version.content);
  const content = makeContent(old.title, old.doc);
  await writeDraft(call, await storyRow(call.db, input.storyId), content, 'restore');
  call.audit({ action: 'story.restore', subject: input.storyId, data: { version: input.hash } });
  return getStory(call, input.storyId);
}

/** Hides or brings back stories; nothing is deleted. */
export async function setRemoved(call: Call, storyIds: string[], removed: boolean): Promise<void> {
  const actor = actorOf(call);
  const now = call.machine.clock.now();
  for (const storyId of storyIds) {
    await storyRow(call.db, storyId);
    await call.db
      .updateTable('story')
      .set({ removed_at: removed ? now : null })
      .where('id', '=', storyId)
      .execute();
    call.audit({ action: removed ? 'story.remove' : 'story.unremove', subject: storyId, data: {} });
    call.emit({ type: 'story.changed', storyId, contentHash: null, byUserId: actor.userId });
  }
}

/** Queues the import of a document. */
export async function startStoryImport(call: Call, input: { source: ImportSource }): Promise<{ jobId: string }> {
  refusePaths(call, [input.source]);
  const job = await call.workspace.jobs.enqueue(call.db, {
    kind: 'story.import',
    title: titleOf([input.source]),
    input,
    createdBy: actorOf(call).userId,
    priority: 3,
  });
  call.audit({ action: 'story.import', subject: job.jobId, data: {} });
  call.emit({ type: 'job.changed', job });
  return { jobId: job.jobId };
}

/** Adds a finished story outside a call (the sample workspace). Error: bad_article. */
export async function addStory(
  db: Kysely<Database>,
  input: { storyId: string; title: string; doc: ArticleDocJson; userId: string; now: number },
): Promise<void> {
  const content = makeContent(input.title, input.doc);
  await db.transaction().execute((tx) => insertStory(tx, { ...input, content, reason: 'created' }));
}
