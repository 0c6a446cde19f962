/** Comments on a piece: anchored by quote or by time, found again in the present draft, never dropped. */
import type { Kysely, Selectable } from 'kysely';
import { userNames } from '../accounts/index.ts';
import { actorOf, type Call } from '../call.ts';
import type { Anchor, Comment } from '../model/contract/index.ts';
import { StudioError } from '../model/errors.ts';
import { placeAnchor } from '../model/review/index.ts';
import type { Database, ReviewCommentTable } from '../ports/index.ts';
import { storyDraft, type StoryDraft } from '../stories/index.ts';

type CommentRow = Selectable<ReviewCommentTable>;

interface Standing {
  draft: StoryDraft;
  /** Lengths of the videos that are not removed. */
  videos: ReadonlyMap<string, number>;
}

async function standingOf(db: Kysely<Database>, storyId: string): Promise<Standing> {
  const draft = await storyDraft(db, storyId);
  const rows = await db
    .selectFrom('video_project')
    .select(['id', 'duration_us'])
    .where('story_id', '=', storyId)
    .where('removed_at', 'is', null)
    .execute();
  return { draft, videos: new Map(rows.map((row) => [row.id, row.duration_us])) };
}

function placed(anchor: Anchor, now: Standing): { anchor: Anchor; lost: boolean } {
  switch (anchor.kind) {
    case 'whole':
      return { anchor, lost: false };
    case 'text':
      return placeAnchor(now.draft.doc, now.draft.hash, anchor);
    case 'time': {
      const durationUs = now.videos.get(anchor.projectId);
      return { anchor, lost: durationUs === undefined || anchor.timeUs > durationUs };
    }
  }
}

function toComment(row: CommentRow, now: Standing, names: ReadonlyMap<string, string>): Comment {
  return {
    commentId: row.id,
    storyId: row.story_id,
    parentId: row.parent_id,
    ...placed(JSON.parse(row.anchor) as Anchor, now),
    text: row.text,
    by: { userId: row.by_user, name: names.get(row.by_user) ?? '' },
    at: row.at,
    resolvedAt: row.resolved_at,
    resolvedBy: row.resolved_by === null ? null : { userId: row.resolved_by, name: names.get(row.resolved_by) ?? '' },
  };
}

/** Oldest first, answers after what they answer. Error: unknown_id. */
export async function listComments(call: Call, storyId: string): Promise<Comment[]> {
  const now = await standingOf(call.db, storyId);
  const rows = await call.db
    .selectFrom('review_comment')
    .selectAll()
    .where('story_id', '=', storyId)
    .orderBy('at')
    .orderBy('id')
    .execute();
  const names = await userNames(
    call.db,
    rows.flatMap((row) => [row.by_user, ...(row.resolved_by === null ? [] : [row.resolved_by])]),
  );
  const ordered = rows
    .filter((row) => row.parent_id === null)
    .flatMap((root) => [root, ...rows.filter((row) => row.parent_id === root.id)]);
  return ordered.map((row) => toComment(row, now, names));
}

async function commentRow(db: Kysely<Database>, commentId: string): Promise<CommentRow> {
  const row = await db.selectFrom('review_comment').selectAll().where('id', '=', commentId).executeTakeFirst();
  if (!row) throw new StudioError('unknown_id', { id: commentId });
  return row;
}

/** Refuses an anchor on something that is not of this story. Error: unknown_id. */
async function checkAnchor(db: Kysely<Database>, storyId: string, anchor: Anchor, now: Standing): Promise<void> {
  if (anchor.kind === 'time') {
    const { projectId } = anchor;
    const row = await db
      .selectFrom('video_project')
      .select('id')
      .where('id', '=', projectId)
      .where('story_id', '=', storyId)
      .executeTakeFirst();
    if (!row) throw new StudioError('unknown_id', { id: projectId });
  }
  if (anchor.kind !== 'text' || anchor.versionHash === now.draft.hash) return;
  const version = await db
    .selectFrom('story_version')
    .select('n')
    .where('story_id', '=', storyId)
    .where('hash', '=', anchor.versionHash)
    .limit(1)
    .executeTakeFirst();
  if (!version) throw new StudioError('unknown_id', { id: anchor.versionHash });
}

/** An answer to an answer stands under the comment both are about. Errors: unknown_id. */
async function threadOf(db: Kysely<Database>, storyId: string, parentId: string): Promise<string> {
  const parent = await commentRow(db, parentId);
  if (parent.story_id !== storyId) throw new StudioError('unknown_id', { id: parentId });
  return parent.parent_id ?? parent.id;
}

/** Errors: unknown_id. */
export async function addComment(
  call: Call,
  input: { storyId: string; anchor: Anchor; text: string; parentId?: string | undefined },
): Promise<Comment> {
  const { storyId } = input;
  const actor = actorOf(call);
  const now = await standingOf(call.db, storyId);
  await checkAnchor(call.db, storyId, input.anchor, now);
  const row: CommentRow = {
    id: call.machine.newId(),
    story_id: storyId,
    parent_id: input.parentId === undefined ? null : await threadOf(call.db, storyId, input.parentId),
    anchor: JSON.stringify(input.anchor),
    text: input.text,
    by_user: actor.userId,
    at: call.machine.clock.now(),
    resolved_at: null,
    resolved_by: null,
  };
  await call.db.insertInto('review_comment').values(row).execute();
  call.audit({ action: 'comment.add', subject: storyId, data: { comment: row.id } });
  call.emit({ type: 'comments.changed', storyId });
  return toComment(row, now, new Map([[actor.userId, actor.name]]));
}

/** Error: unknown_id. */
export async function resolveComment(call: Call, input: { commentId: string; resolved: boolean }): Promise<void> {
  const row = await commentRow(call.db, input.commentId);
  await call.db
    .updateTable('review_comment')
    .set({
      resolved_at: input.resolved ? call.machine.clock.now() : null,
      resolved_by: input.resolved ? actorOf(call).userId : null,
    })
    .where('id', '=', row.id)
    .execute();
  const data = { comment: row.id, resolved: input.resolved };
  call.audit({ action: 'comment.resolve', subject: row.story_id, data });
  call.emit({ type: 'comments.changed', storyId: row.story_id });
}
