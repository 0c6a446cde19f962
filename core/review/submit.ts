/** Submitting: the present draft and its videos are frozen, and a round is opened about exactly that. */
import type { Kysely } from 'kysely';
import { actorOf, type Call } from '../call.ts';
import { canonicalJson } from '../model/article/canonical.ts';
import type { Manifest, ManifestPart, ReviewStatus } from '../model/contract/index.ts';
import { StudioError } from '../model/errors.ts';
import { DEFAULT_ROUTE, MANIFEST_FORMAT } from '../model/review/index.ts';
import type { BlobStore, Database } from '../ports/index.ts';
import { freezeStory, setStoryState } from '../stories/index.ts';
import { addVideoVersion } from '../video/index.ts';
import { knownLuts } from '../luts/index.ts';
import { presentPiece, sha256Of, type PieceVideo } from './present.ts';
import { freezeProfiles } from './profiles.ts';
import { roundsOf } from './rows.ts';
import { reviewStatus } from './status.ts';

/** Keeps each video's present timeline as a version, unless its newest version is the same. */
async function freezeVideos(call: Call, videos: readonly PieceVideo[]): Promise<void> {
  for (const video of videos) {
    const row = { id: video.projectId, timeline: video.content, timeline_hash: video.hash };
    await addVideoVersion(call.db, row, { userId: actorOf(call).userId, now: call.machine.clock.now() });
  }
}

/** Error: source_vanished naming the files that the workspace does not have (any more). */
async function refuseVanished(
  db: Kysely<Database>,
  blobs: BlobStore,
  piece: { parts: readonly ManifestPart[]; unknown: readonly string[] },
): Promise<void> {
  const missing = [...piece.unknown];
  for (const part of piece.parts.filter((p) => p.kind === 'asset')) {
    if (await blobs.has(part.sha256)) continue;
    const row = await db.selectFrom('asset').select('name').where('id', '=', part.id).executeTakeFirst();
    missing.push(row?.name ?? (await knownLuts(db, [part.id]))[0]?.name ?? part.id);
  }
  const [file] = missing;
  if (file !== undefined) throw new StudioError('source_vanished', { file }, { files: missing });
}

export function makeManifest(
  piece: { title: string; parts: ManifestPart[] },
  of: { workspaceId: string; storyId: string; submittedBy: string; waiver: string | null },
): { manifest: Manifest; text: string; hash: string } {
  const manifest: Manifest = {
    format: MANIFEST_FORMAT,
    ...of,
    title: piece.title,
    route: DEFAULT_ROUTE.map((stage) => ({ ...stage })),
    parts: piece.parts,
  };
  const text = canonicalJson(manifest);
  return { manifest, text, hash: sha256Of(text) };
}

/** Errors: unknown_id, already_in_review, bad_article, bad_timeline, source_vanished. */
export async function submitStory(
  call: Call,
  input: { storyId: string; waive?: string | undefined },
): Promise<ReviewStatus> {
  const { userId } = actorOf(call);
  const { storyId } = input;
  // Freezing locks the story's row, so that of two people who submit at once the second sees the first one's round.
  const frozen = await freezeStory(call, storyId);
  const [newest] = await roundsOf(call.db, storyId);
  if (newest?.row.state === 'in_review') throw new StudioError('already_in_review');
  const piece = await presentPiece(call.db, storyId);
  await refuseVanished(call.db, call.workspace.ports.blobs, piece);
  await freezeVideos(call, piece.videos);
  await freezeProfiles(call.db, piece.profiles);
  const waiver = input.waive ?? null;
  const made = makeManifest(
    { title: piece.draft.title, parts: piece.parts },
    { workspaceId: call.workspace.info.workspaceId, storyId, submittedBy: userId, waiver },
  );
  const roundId = call.machine.newId();
  const at = call.machine.clock.now();
  await call.db
    .insertInto('review_round')
    .values({
      id: roundId,
      story_id: storyId,
      n: (newest?.row.n ?? 0) + 1,
      state: 'in_review',
      version_no: frozen.versionNo,
      version_hash: frozen.versionHash,
      manifest: made.text,
      manifest_hash: made.hash,
      signed: 0,
      submitted_by: userId,
      submitted_at: at,
      ended_at: null,
      waiver,
    })
    .execute();
  await addSubmitAct(call, { roundId, at, text: waiver ?? '' });
  await setStoryState(call, storyId, 'in_review');
  // A reason may name people; the log holds that there was one.
  const data = { round: roundId, manifest: made.hash, version: frozen.versionHash, waived: waiver !== null };
  call.audit({ action: 'review.submit', subject: storyId, data });
  call.emit({ type: 'review.changed', storyId });
  return reviewStatus(call, storyId);
}

async function addSubmitAct(call: Call, act: { roundId: string; at: number; text: string }): Promise<void> {
  await call.db
    .insertInto('review_act')
    .values({
      id: call.machine.newId(),
      round_id: act.roundId,
      kind: 'submit',
      stage: null,
      by_user: actorOf(call).userId,
      at: act.at,
      text: act.text,
      statement: null,
      signature: null,
    })
    .execute();
}
