/** Video projects: timelines that belong to a story, edited by operations that are journaled one by one. */
import type { Kysely } from 'kysely';
import { userNames } from '../accounts/index.ts';
import { actorOf, type Call } from '../call.ts';
import { canonicalJson } from '../model/article/canonical.ts';
import type { ClipWish, VideoProject, VideoSummary } from '../model/contract/index.ts';
import { StudioError } from '../model/errors.ts';
import {
  applyOperations,
  emptyTimeline,
  type CueWish,
  type Fit,
  type Operation,
  type Timeline,
  type TimelineAsset,
} from '../model/timeline/index.ts';
import type { Database } from '../ports/index.ts';
import { checkAssets, libraryEntries, linkTimelineAssets, snapWish } from './assets.ts';
import { addVideoVersion, columnsOf, contentHash, projectRow, readTimeline, type ProjectRow } from './store.ts';

type SummaryRow = Omit<ProjectRow, 'timeline'>;

function toSummary(row: SummaryRow, names: Map<string, string>): VideoSummary {
  return {
    projectId: row.id,
    storyId: row.story_id,
    title: row.title,
    durationUs: row.duration_us,
    clips: row.clips,
    cues: row.cues,
    coverAssetId: row.cover_asset_id,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    updatedBy: { userId: row.updated_by, name: names.get(row.updated_by) ?? '' },
    removedAt: row.removed_at,
  };
}

/** Last changed first. */
export async function listVideos(
  call: Call,
  input: { storyId?: string | undefined; removed: boolean; limit: number; offset: number },
): Promise<{ items: VideoSummary[]; total: number }> {
  let query = call.db.selectFrom('video_project').where('removed_at', input.removed ? 'is not' : 'is', null);
  if (input.storyId !== undefined) query = query.where('story_id', '=', input.storyId);
  const count = await query.select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
  const rows = await query
    .selectAll()
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .limit(input.limit)
    .offset(input.offset)
    .execute();
  const names = await userNames(
    call.db,
    rows.map((row) => row.updated_by),
  );
  return { items: rows.map((row) => toSummary(row, names)), total: count.n };
}

export async function getVideo(call: Call, projectId: string): Promise<VideoProject> {
  const row = await projectRow(call.db, projectId);
  const names = await userNames(call.db, [row.updated_by]);
  return {
    ...toSummary(row, names),
    timeline: readTimeline(row),
    contentHash: row.timeline_hash,
    seq: row.seq,
    savedAt: row.updated_at,
  };
}

interface NewVideo {
  storyId: string;
  title: string;
  clips: readonly ClipWish[];
  cues: readonly CueWish[];
  fit: Fit;
}

/** Adds the wished clips and captions to an empty timeline by the operations a person would use. */
async function buildTimeline(call: Call, input: NewVideo): Promise<Timeline> {
  const library = await libraryEntries(
    call.db,
    input.clips.map((wish) => wish.assetId),
  );
  const operations: Operation[] = [...library.values()].map((asset) => ({ type: 'addAsset', asset }));
  const times = new Map<string, Promise<readonly number[]>>();
  const framesOf = (asset: TimelineAsset): Promise<readonly number[]> => {
    const known = times.get(asset.sha256);
    if (known) return known;
    const asked = call.machine.media.frameTimes(call.workspace.ports.blobs.pathOf(asset.sha256), call.signal);
    times.set(asset.sha256, asked);
    return asked;
  };
  for (const [i, wish] of input.clips.entries()) {
    const asset = library.get(wish.assetId);
    if (!asset) throw new StudioError('unknown_id', { id: wish.assetId });
    const range = await snapWish(wish, asset, () => framesOf(asset));
    operations.push({ type: 'insertClip', clip: { id: `c${i + 1}`, assetId: wish.assetId, ...range } });
  }
  if (input.cues.length > 0) {
    const cues = input.cues.map((cue, i) => ({ id: `q${i + 1}`, ...cue }));
    operations.push({ type: 'importCues', mode: 'replace', cues });
  }
  return applyOperations(emptyTimeline({ fit: input.fit }), operations).timeline;
}

async function storyTitle(db: Kysely<Database>, storyId: string): Promise<string> {
  const story = await db.selectFrom('story').select('title').where('id', '=', storyId).executeTakeFirst();
  if (!story) throw new StudioError('unknown_id', { id: storyId });
  return story.title;
}

interface FinishedVideo {
  projectId: string;
  storyId: string;
  title: string;
  timeline: Timeline;
  userId: string;
  /** Epoch milliseconds. */
  now: number;
}

/** Puts a project and its first version into the transaction. Also used for the sample workspace. */
export async function insertVideo(db: Kysely<Database>, video: FinishedVideo): Promise<ProjectRow> {
  const { userId, now, timeline } = video;
  const row: ProjectRow = {
    id: video.projectId,
    story_id: video.storyId,
    title: video.title,
    created_by: userId,
    created_at: now,
    updated_by: userId,
    updated_at: now,
    removed_at: null,
    seq: 0,
    ...columnsOf(timeline),
  };
  await db.insertInto('video_project').values(row).execute();
  await addVideoVersion(db, row, { userId, now });
  await linkTimelineAssets(db, video.storyId, timeline);
  return row;
}

/** Errors: unknown_id (story or asset), range_outside_source, bad_timeline. */
export async function createVideo(call: Call, input: NewVideo): Promise<VideoProject> {
  const actor = actorOf(call);
  const title = input.title || (await storyTitle(call.db, input.storyId));
  const timeline = await buildTimeline(call, input);
  const { userId } = actor;
  const now = call.machine.clock.now();
  const projectId = call.machine.newId();
  const row = await insertVideo(call.db, { projectId, storyId: input.storyId, title, timeline, userId, now });
  call.audit({ action: 'video.create', subject: row.id, data: { story: input.storyId, version: row.timeline_hash } });
  announce(call, row, row.timeline_hash);
  return getVideo(call, row.id);
}

function announce(call: Call, row: Pick<ProjectRow, 'id' | 'story_id'>, contentHash: string | null): void {
  const byUserId = actorOf(call).userId;
  call.emit({ type: 'video.changed', projectId: row.id, storyId: row.story_id, contentHash, byUserId });
}

interface Edited {
  contentHash: string;
  seq: number;
  savedAt: number;
  versionHash: string | null;
}

/** Hash of the timeline before the last journaled edit. */
async function hashBefore(db: Kysely<Database>, row: ProjectRow): Promise<string | undefined> {
  const edit = await db
    .selectFrom('video_edit')
    .select('hash')
    .where('project_id', '=', row.id)
    .where('seq', '=', row.seq - 1)
    .executeTakeFirst();
  if (edit) return edit.hash;
  const first = await db
    .selectFrom('video_version')
    .select('hash')
    .where('project_id', '=', row.id)
    .where('n', '=', 1)
    .executeTakeFirst();
  return first?.hash;
}

/** Whether these very operations were the last edit: the answer to them was lost, and they are sent again. */
async function alreadyDone(db: Kysely<Database>, row: ProjectRow, baseHash: string, ops: string): Promise<boolean> {
  if (row.seq === 0) return false;
  const last = await db
    .selectFrom('video_edit')
    .select('operations')
    .where('project_id', '=', row.id)
    .where('seq', '=', row.seq)
    .executeTakeFirst();
  return last?.operations === ops && (await hashBefore(db, row)) === baseHash;
}

async function refuseConflict(call: Call, row: ProjectRow): Promise<never> {
  const names = await userNames(call.db, [row.updated_by]);
  const updatedBy = names.get(row.updated_by) ?? '';
  throw new StudioError(
    'conflict',
    {},
    { details: { contentHash: row.timeline_hash, updatedBy, updatedAt: row.updated_at } },
  );
}

/** Errors: unknown_id, conflict, range_outside_source, bad_timeline (details: {operation}). */
export async function editVideo(
  call: Call,
  input: { projectId: string; baseHash: string; operations: readonly Operation[]; checkpoint: boolean },
): Promise<Edited> {
  const actor = actorOf(call);
  const row = await projectRow(call.db, input.projectId);
  const operations = canonicalJson(input.operations);
  let current = row;
  if (row.timeline_hash !== input.baseHash) {
    if (!(await alreadyDone(call.db, row, input.baseHash, operations))) return refuseConflict(call, row);
  } else {
    current = await applyEdit(call, row, input.operations, operations);
  }
  const by = { userId: actor.userId, now: call.machine.clock.now() };
  const versionHash = input.checkpoint ? await addVideoVersion(call.db, current, by) : null;
  if (versionHash !== null)
    call.audit({ action: 'video.version', subject: row.id, data: { version: versionHash, seq: current.seq } });
  return { contentHash: current.timeline_hash, seq: current.seq, savedAt: current.updated_at, versionHash };
}

async function applyEdit(
  call: Call,
  row: ProjectRow,
  operations: readonly Operation[],
  journal: string,
): Promise<ProjectRow> {
  const actor = actorOf(call);
  const before = readTimeline(row);
  const { timeline } = applyOperations(before, operations);
  const columns = columnsOf(timeline);
  if (columns.timeline_hash === row.timeline_hash) return row;
  await checkAssets(call.db, timeline, before);
  const now = call.machine.clock.now();
  const next = { ...row, ...columns, seq: row.seq + 1, updated_at: now, updated_by: actor.userId };
  const updated = await call.db
    .updateTable('video_project')
    .set({ ...columns, seq: next.seq, updated_at: now, updated_by: actor.userId })
    .where('id', '=', row.id)
    .where('seq', '=', row.seq)
    .executeTakeFirst();
  if (updated.numUpdatedRows === 0n) throw new StudioError('conflict');
  await call.db
    .insertInto('video_edit')
    .values({
      project_id: row.id,
      seq: next.seq,
      operations: journal,
      hash: columns.timeline_hash,
      by_user: actor.userId,
      at: now,
    })
    .execute();
  await linkTimelineAssets(call.db, row.story_id, timeline);
  announce(call, row, columns.timeline_hash);
  return next;
}

export async function renameVideo(call: Call, input: { projectId: string; title: string }): Promise<void> {
  const row = await projectRow(call.db, input.projectId);
  await call.db.updateTable('video_project').set({ title: input.title }).where('id', '=', row.id).execute();
  call.audit({ action: 'video.rename', subject: row.id, data: {} });
  announce(call, row, null);
}

/** Hides or brings back videos; nothing is deleted. */
export async function setVideosRemoved(call: Call, projectIds: readonly string[], removed: boolean): Promise<void> {
  const now = call.machine.clock.now();
  for (const projectId of projectIds) {
    const row = await projectRow(call.db, projectId);
    await call.db
      .updateTable('video_project')
      .set({ removed_at: removed ? now : null })
      .where('id', '=', projectId)
      .execute();
    call.audit({ action: removed ? 'video.remove' : 'video.unremove', subject: projectId, data: {} });
    announce(call, row, null);
  }
}

/** Recomputes the hash of every timeline and version. Returns what does not match. */
export async function verifyVideos(db: Kysely<Database>): Promise<string[]> {
  const problems: string[] = [];
  const projects = await db.selectFrom('video_project').select(['id', 'timeline', 'timeline_hash']).execute();
  for (const project of projects) {
    if (contentHash(project.timeline) !== project.timeline_hash) problems.push(`video ${project.id}`);
    const versions = await db
      .selectFrom('video_version')
      .select(['n', 'hash', 'content'])
      .where('project_id', '=', project.id)
      .execute();
    for (const v of versions) {
      if (contentHash(v.content) !== v.hash) problems.push(`video ${project.id} version ${String(v.n)}`);
    }
  }
  return problems;
}
