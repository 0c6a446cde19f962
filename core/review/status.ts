/** Where a story stands in review, the frozen piece, and what waits for whom. */
import type { Kysely } from 'kysely';
import { actorOf, type Call } from '../call.ts';
import type { InboxItem, ReviewPiece, ReviewStatus } from '../model/contract/index.ts';
import { StudioError } from '../model/errors.ts';
import { revokeRefusal, signRefusal, withdrawRefusal, type RoundFacts } from '../model/review/index.ts';
import { may } from '../model/roles.ts';
import type { Database } from '../ports/index.ts';
import { storyDraft, versionDoc } from '../stories/index.ts';
import { readTimeline } from '../video/index.ts';
import { differencesTo, type PieceVideo } from './present.ts';
import { factsOf, manifestOf, namesIn, newestRounds, personOf, roundsOf, toRound, withActs } from './rows.ts';
import type { RoundRow, RoundWithActs } from './rows.ts';

/** Rounds of one person that a list shows; older ones are found by their story. */
const INBOX_ROUNDS = 100;

function mineOf(call: Call, facts: RoundFacts | null): ReviewStatus['mine'] {
  const actor = actorOf(call);
  const whyNotSign = signRefusal(facts, actor);
  return {
    submit: facts?.state !== 'in_review' && may(actor.role, 'review.submit'),
    sign: whyNotSign === null,
    whyNotSign,
    withdraw: withdrawRefusal(facts, actor) === null,
    revoke: revokeRefusal(facts, actor) === null,
  };
}

/** Error: unknown_id. */
export async function reviewStatus(call: Call, storyId: string): Promise<ReviewStatus> {
  const { title } = await storyDraft(call.db, storyId);
  const rounds = await roundsOf(call.db, storyId);
  const names = await namesIn(call.db, rounds);
  const [newest, ...earlier] = rounds;
  return {
    storyId,
    title,
    state: newest?.row.state ?? 'none',
    round: newest ? toRound(newest, names) : null,
    earlier: earlier.map((round) => toRound(round, names)),
    differences: newest ? await differencesTo(call.db, storyId, manifestOf(newest.row).parts) : [],
    mine: mineOf(call, newest ? factsOf(newest) : null),
  };
}

async function roundRow(db: Kysely<Database>, roundId: string): Promise<RoundRow> {
  const row = await db.selectFrom('review_round').selectAll().where('id', '=', roundId).executeTakeFirst();
  if (!row) throw new StudioError('unknown_id', { id: roundId });
  return row;
}

/** The timelines a round froze, in the order of its parts. */
export async function frozenVideos(db: Kysely<Database>, row: RoundRow): Promise<PieceVideo[]> {
  const videos: PieceVideo[] = [];
  for (const part of manifestOf(row).parts.filter((p) => p.kind === 'timeline')) {
    const found = await db
      .selectFrom('video_version')
      .innerJoin('video_project', 'video_project.id', 'video_version.project_id')
      .select(['video_version.content', 'video_project.title'])
      .where('project_id', '=', part.id)
      .where('hash', '=', part.sha256)
      .limit(1)
      .executeTakeFirst();
    if (!found) throw new StudioError('unknown_id', { id: part.sha256 });
    const timeline = readTimeline({ timeline: found.content });
    videos.push({ projectId: part.id, title: found.title, timeline, content: found.content, hash: part.sha256 });
  }
  return videos;
}

/** Error: unknown_id. */
export async function reviewPiece(call: Call, roundId: string): Promise<ReviewPiece> {
  const row = await roundRow(call.db, roundId);
  const { title, doc } = await versionDoc(call.db, row.story_id, row.version_hash);
  const videos = await frozenVideos(call.db, row);
  return {
    roundId,
    title,
    doc,
    versionHash: row.version_hash,
    videos: videos.map((v) => ({ projectId: v.projectId, title: v.title, timeline: v.timeline, sha256: v.hash })),
    manifest: manifestOf(row),
    manifestHash: row.manifest_hash,
  };
}

/** Rounds in which the person did one of these acts, newest first. */
async function roundsWith(
  db: Kysely<Database>,
  userId: string,
  kinds: readonly ('submit' | 'sign' | 'return')[],
): Promise<RoundWithActs[]> {
  const rows = await db
    .selectFrom('review_round')
    .selectAll()
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('review_act')
        .select('round_id')
        .where('by_user', '=', userId)
        .where('kind', 'in', [...kinds]),
    )
    .orderBy('submitted_at', 'desc')
    .orderBy('id', 'desc')
    .limit(INBOX_ROUNDS)
    .execute();
  return withActs(db, rows);
}

/** Rounds that are open at a stage this person may sign, oldest first; removed stories are left out. */
async function waitingFor(call: Call): Promise<RoundWithActs[]> {
  const actor = actorOf(call);
  return (await newestRounds(call.db)).filter((round) => signRefusal(factsOf(round), actor) === null);
}

/** `first`: by and at are the submission's; else the last act's. `text` is always the last opinion or reason. */
async function toItems(
  db: Kysely<Database>,
  rounds: readonly RoundWithActs[],
  shows: 'submission' | 'last act',
): Promise<InboxItem[]> {
  const names = await namesIn(db, rounds);
  const covers = await coversOf(
    db,
    rounds.map((r) => r.row.story_id),
  );
  return rounds.map((round) => {
    const { row, acts } = round;
    const manifest = manifestOf(row);
    const last = shows === 'last act' ? acts.at(-1) : undefined;
    return {
      storyId: row.story_id,
      roundId: row.id,
      title: manifest.title,
      coverAssetId: covers.get(row.story_id) ?? null,
      state: row.state,
      stage: row.state === 'in_review' ? (manifest.route[row.signed]?.name ?? null) : null,
      by: personOf(last?.by_user ?? row.submitted_by, names),
      at: last?.at ?? row.submitted_at,
      text: acts.findLast((act) => act.kind !== 'submit' && act.text !== '')?.text ?? '',
    };
  });
}

async function coversOf(db: Kysely<Database>, storyIds: string[]): Promise<Map<string, string | null>> {
  if (storyIds.length === 0) return new Map();
  const rows = await db.selectFrom('story').select(['id', 'cover_asset_id']).where('id', 'in', storyIds).execute();
  return new Map(rows.map((row) => [row.id, row.cover_asset_id]));
}

export async function reviewInbox(
  call: Call,
): Promise<{ waiting: InboxItem[]; submitted: InboxItem[]; seen: InboxItem[] }> {
  const { userId } = actorOf(call);
  const { db } = call;
  return {
    waiting: await toItems(db, await waitingFor(call), 'submission'),
    submitted: await toItems(db, await roundsWith(db, userId, ['submit']), 'last act'),
    seen: await toItems(db, await roundsWith(db, userId, ['sign', 'return']), 'last act'),
  };
}

/** For the desk: what waits for this person's signature, and how the newest rounds they submitted ended. */
export async function deskRounds(call: Call): Promise<{ sign: InboxItem[]; ended: InboxItem[] }> {
  const { userId } = actorOf(call);
  const ended = (await newestRounds(call.db)).filter(
    ({ row }) => row.submitted_by === userId && row.state !== 'in_review',
  );
  return {
    sign: await toItems(call.db, await waitingFor(call), 'submission'),
    ended: await toItems(call.db, ended, 'last act'),
  };
}
