/** What may leave: the piece that the newest round approved, with its signatures; or, as a draft, what stands now. */
import type { Kysely } from 'kysely';
import type { ArticleDoc } from '../model/article/index.ts';
import type { Manifest, ReviewState } from '../model/contract/index.ts';
import { StudioError } from '../model/errors.ts';
import type { SignedText } from '../model/review/index.ts';
import type { Database } from '../ports/index.ts';
import { versionDoc } from '../stories/index.ts';
import { presentPiece, type PieceVideo } from './present.ts';
import { manifestOf, roundsOf } from './rows.ts';
import { frozenVideos } from './status.ts';
import { makeManifest } from './submit.ts';

export interface Piece {
  /** The round that approved it; null for a draft. */
  roundId: string | null;
  title: string;
  doc: ArticleDoc;
  videos: PieceVideo[];
  manifest: Manifest;
  /** RFC 8785 JSON of the manifest; its SHA-256 is `manifestHash`. */
  manifestText: string;
  manifestHash: string;
  /** In the order of the stages; empty for a draft. */
  approvals: SignedText[];
}

/** State and manifest of the newest round; null when the story was never submitted. */
export async function newestRound(
  db: Kysely<Database>,
  storyId: string,
): Promise<{ roundId: string; state: ReviewState; manifest: Manifest; manifestHash: string } | null> {
  const [newest] = await roundsOf(db, storyId);
  if (!newest) return null;
  const { row } = newest;
  return { roundId: row.id, state: row.state, manifest: manifestOf(row), manifestHash: row.manifest_hash };
}

/** The approved piece as it was frozen. Error: not_approved (never approved, revoked, or a newer round is open). */
export async function approvedPiece(db: Kysely<Database>, storyId: string): Promise<Piece> {
  const [newest] = await roundsOf(db, storyId);
  if (newest?.row.state !== 'approved') throw new StudioError('not_approved');
  const { row, acts } = newest;
  const { title, doc } = await versionDoc(db, storyId, row.version_hash);
  return {
    roundId: row.id,
    title,
    doc,
    videos: await frozenVideos(db, row),
    manifest: manifestOf(row),
    manifestText: row.manifest,
    manifestHash: row.manifest_hash,
    approvals: acts.flatMap(({ kind, statement, signature }) =>
      kind === 'sign' && statement !== null && signature !== null ? [{ statement, signature }] : [],
    ),
  };
}

/** What stands now, as `submittedBy` would submit it. Errors: unknown_id, source_vanished. */
export async function draftPiece(
  db: Kysely<Database>,
  of: { workspaceId: string; storyId: string; submittedBy: string },
): Promise<Piece> {
  const { draft, videos, parts, unknown } = await presentPiece(db, of.storyId);
  const [file] = unknown;
  if (file !== undefined) throw new StudioError('source_vanished', { file }, { files: unknown });
  const made = makeManifest({ title: draft.title, parts }, { ...of, waiver: null });
  return {
    roundId: null,
    title: draft.title,
    doc: draft.doc,
    videos,
    manifest: made.manifest,
    manifestText: made.text,
    manifestHash: made.hash,
    approvals: [],
  };
}
