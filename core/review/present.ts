/** What stands now: the parts a manifest of the present draft would have, and how they differ from a manifest. */
import { stat } from 'node:fs/promises';
import type { Kysely } from 'kysely';
import { knownLuts } from '../luts/index.ts';
import { canonicalJson } from '../model/article/canonical.ts';
import type { Difference, ManifestPart } from '../model/contract/index.ts';
import { COVER_RULES } from '../model/cover/index.ts';
import { StudioError } from '../model/errors.ts';
import { filmCoverRules, type PlatformBook } from '../model/platforms/index.ts';
import { compareParts, keyOf, profilesOf, sortParts } from '../model/review/index.ts';
import { lutsOf, usedAssetIds, type Timeline } from '../model/timeline/index.ts';
import { platformBook } from '../platforms/index.ts';
import type { BlobStore, Database } from '../ports/index.ts';
import { storyDraft, type StoryDraft } from '../stories/index.ts';
import { readTimeline } from '../video/index.ts';
import { profileChanges } from './profiles.ts';
import { sha256Of } from './sha256.ts';

export { sha256Of };

export interface PieceVideo {
  projectId: string;
  title: string;
  timeline: Timeline;
  /** Canonical JSON of the timeline, whose SHA-256 is `hash`. */
  content: string;
  hash: string;
}

export interface PresentPiece {
  draft: StoryDraft;
  videos: PieceVideo[];
  parts: ManifestPart[];
  /** Canonical JSON of the profiles among the parts, by target. */
  profiles: ReadonlyMap<string, string>;
  /** Names of files that are shown but that the workspace does not know (any more). */
  unknown: string[];
}

/** The videos of a story that are not removed, oldest first. */
async function videosOf(db: Kysely<Database>, storyId: string): Promise<PieceVideo[]> {
  const rows = await db
    .selectFrom('video_project')
    .select(['id', 'title', 'timeline', 'timeline_hash'])
    .where('story_id', '=', storyId)
    .where('removed_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    projectId: row.id,
    title: row.title,
    timeline: readTimeline(row),
    content: row.timeline,
    hash: row.timeline_hash,
  }));
}

/** Assets the videos show or play and the colour tables they go through (whose id is their hash), with the hash each timeline names. */
function usedIn(videos: readonly PieceVideo[]): { assetId: string; sha256: string; name: string }[] {
  return videos.flatMap(({ timeline }) => {
    const used = new Set(usedAssetIds(timeline));
    const luts = lutsOf(timeline).map((lut) => ({ assetId: lut.sha256, ...lut }));
    return [...timeline.assets.filter((asset) => used.has(asset.assetId)), ...luts];
  });
}

/** What each target asks for: of those that get the article, and of platforms where there are films. */
function profileTexts(book: PlatformBook, films: boolean): Map<string, string> {
  const all = [...profilesOf(book)].filter(([, { kind }]) => kind === 'article' || films);
  return new Map(all.map(([target, profile]) => [target, canonicalJson(profile)]));
}

/** The frames and styles that covers of article and films are made by; nothing where none was chosen. */
function coverParts(draft: StoryDraft, videos: readonly PieceVideo[], book: PlatformBook): ManifestPart[] {
  const part = (id: string, rules: unknown): ManifestPart => ({
    kind: 'cover',
    id,
    sha256: sha256Of(canonicalJson(rules)),
  });
  return [
    ...(draft.doc.attrs?.cover ? [part('rules', COVER_RULES)] : []),
    ...(videos.some(({ timeline }) => timeline.cover) ? [part('films', filmCoverRules(book))] : []),
  ];
}

async function assetRows(db: Kysely<Database>, ids: string[]) {
  if (ids.length === 0) return [];
  const assets = await db
    .selectFrom('asset')
    .select(['id', 'sha256', 'name', 'bytes'])
    .where('id', 'in', ids)
    .execute();
  const luts = await knownLuts(db, ids);
  return [...assets, ...luts.map((lut) => ({ id: lut.sha256, ...lut }))];
}

/** Error: unknown_id. */
export async function presentPiece(db: Kysely<Database>, storyId: string): Promise<PresentPiece> {
  const draft = await storyDraft(db, storyId);
  const videos = await videosOf(db, storyId);
  const cut = usedIn(videos);
  const rows = await assetRows(db, [...new Set([...draft.assetIds, ...cut.map((a) => a.assetId)])]);
  const known = new Map(rows.map((row) => [row.id, row]));
  const unknown = [
    ...draft.assetIds.filter((id) => !known.has(id)),
    // A timeline names a file by its hash: another file under the same id is not that file.
    ...cut.filter((a) => known.get(a.assetId)?.sha256 !== a.sha256).map((a) => a.name),
  ];
  const book = await platformBook(db);
  const profiles = profileTexts(book, videos.length > 0);
  const parts = sortParts([
    { kind: 'article', id: storyId, sha256: draft.hash },
    ...videos.map((v) => ({ kind: 'timeline', id: v.projectId, sha256: v.hash })),
    ...rows.map((row) => ({ kind: 'asset', id: row.id, sha256: row.sha256 })),
    ...coverParts(draft, videos, book),
    ...[...profiles].map(([id, text]) => ({ kind: 'profile', id, sha256: sha256Of(text) })),
  ]);
  return { draft, videos, parts, profiles, unknown };
}

/** For people: the title of the story or video, the name of the file, the name of the target. */
async function namesOf(
  db: Kysely<Database>,
  parts: readonly Pick<ManifestPart, 'kind' | 'id'>[],
): Promise<Map<string, string>> {
  const ids = (kind: string): string[] => parts.filter((p) => p.kind === kind).map((p) => p.id);
  const names = new Map<string, string>();
  const take = (kind: string, rows: { id: string; name: string }[]): void => {
    for (const row of rows) names.set(keyOf({ kind, id: row.id }), row.name);
  };
  take('asset', await assetRows(db, ids('asset')));
  const timelines = ids('timeline');
  if (timelines.length > 0) {
    const rows = db.selectFrom('video_project').select(['id', 'title as name']).where('id', 'in', timelines);
    take('timeline', await rows.execute());
  }
  const articles = ids('article');
  if (articles.length > 0) {
    take('article', await db.selectFrom('story').select(['id', 'title as name']).where('id', 'in', articles).execute());
  }
  return names;
}

type Found = Omit<Difference, 'name'> & { name?: string };

async function named(db: Kysely<Database>, found: readonly Found[]): Promise<Difference[]> {
  const names = await namesOf(db, found);
  return found.map((d) => ({ ...d, name: names.get(keyOf(d)) ?? d.name ?? d.id }));
}

/**
 * Between a manifest's parts and what stands now. A target the studio learned since is no difference: only a package for
 * it would be (`refuseUnapproved` of packages). `damaged`: parts whose bytes were found to be others.
 */
export async function differencesTo(
  db: Kysely<Database>,
  storyId: string,
  parts: readonly ManifestPart[],
  damaged: readonly ManifestPart[] = [],
): Promise<Difference[]> {
  const now = await presentPiece(db, storyId);
  const compared = compareParts(parts, now.parts).filter(({ kind, what }) => kind !== 'profile' || what !== 'added');
  const found: Found[] = await profileChanges(db, { found: compared, then: parts, now: now.profiles });
  const told = new Set(found.map(keyOf));
  for (const { kind, id } of damaged) if (!told.has(keyOf({ kind, id }))) found.push({ kind, id, what: 'damaged' });
  return named(db, found);
}

/**
 * Asset parts whose file is gone or of another size: a look that costs nothing. Its bytes are read by
 * {@link rehashed} only.
 */
export async function looksDamaged(
  db: Kysely<Database>,
  blobs: BlobStore,
  parts: readonly ManifestPart[],
): Promise<ManifestPart[]> {
  const assets = parts.filter((part) => part.kind === 'asset');
  const rows = await assetRows(
    db,
    assets.map((a) => a.id),
  );
  const sizes = new Map(rows.map((row) => [row.id, row.bytes]));
  const damaged: ManifestPart[] = [];
  for (const part of assets) {
    const found = await stat(blobs.pathOf(part.sha256)).catch(() => null);
    if (!found?.isFile() || found.size !== sizes.get(part.id)) damaged.push(part);
  }
  return damaged;
}

/** Asset parts whose bytes, read to their end, are not the ones the manifest names. */
export async function rehashed(
  blobs: BlobStore,
  parts: readonly ManifestPart[],
  watch: { signal: AbortSignal; onProgress(fraction: number): void },
): Promise<ManifestPart[]> {
  const assets = parts.filter((part) => part.kind === 'asset');
  const damaged: ManifestPart[] = [];
  for (const [i, part] of assets.entries()) {
    watch.signal.throwIfAborted();
    const hash = (await blobs.has(part.sha256)) ? await blobs.rehash(part.sha256) : null;
    if (hash !== part.sha256) damaged.push(part);
    watch.onProgress((i + 1) / assets.length);
  }
  return damaged;
}

/** Places that a sentence names; the details have all of them. */
const TOLD_PLACES = 3;

/** `抖音 (limits.durationUs.0.max: 900000000 → 1800000000)`: of a profile with the numbers that are others now. */
function inWords({ name, places = [] }: Difference): string {
  if (places.length === 0) return name;
  const told = places.slice(0, TOLD_PLACES).map((p) => `${p.place}: ${String(p.before)} → ${String(p.after)}`);
  return `${name} (${told.join('; ')}${places.length > TOLD_PLACES ? '; …' : ''})`;
}

/** The refusal that names what differs. */
export function differsError(differences: readonly Difference[]): StudioError {
  const what = differences.map(inWords).join(', ');
  return new StudioError('differs_from_approval', { what }, { details: { differences } });
}
