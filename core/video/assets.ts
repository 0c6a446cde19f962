/** Between the library and a timeline's table of files. */
import type { Kysely, Selectable } from 'kysely';
import { knownLuts } from '../luts/index.ts';
import { StudioError } from '../model/errors.ts';
import { assetEntry, snapToTimes, type Timeline, type TimelineAsset } from '../model/timeline/index.ts';
import type { ClipWish } from '../model/contract/index.ts';
import type { AssetTable, Database } from '../ports/index.ts';

type AssetRow = Selectable<AssetTable>;

function entryOf(row: AssetRow): TimelineAsset {
  const facts = {
    assetId: row.id,
    sha256: row.sha256,
    kind: row.kind,
    durationUs: row.duration_us,
    width: row.width,
    height: row.height,
    frameRate: row.frame_rate,
    variable: row.variable === 1,
    audioTracks: row.audio_tracks,
  };
  return assetEntry(facts, row.name);
}

/** Entries of library assets by id, each once. Error: unknown_id {id}. */
export async function libraryEntries(
  db: Kysely<Database>,
  assetIds: readonly string[],
): Promise<Map<string, TimelineAsset>> {
  const wanted = [...new Set(assetIds)];
  const found = new Map<string, TimelineAsset>();
  // PostgreSQL takes at most 65,535 parameters, SQLite 32,766: a table of 20,000 assets fits in two questions.
  for (let from = 0; from < wanted.length; from += 10_000) {
    const rows = await db
      .selectFrom('asset')
      .selectAll()
      .where('id', 'in', wanted.slice(from, from + 10_000))
      .execute();
    for (const row of rows) found.set(row.id, entryOf(row));
  }
  for (const id of wanted) if (!found.has(id)) throw new StudioError('unknown_id', { id });
  return found;
}

/** Error: bad_timeline, where it goes through a colour table that is not kept here. */
async function checkLuts(db: Kysely<Database>, timeline: Timeline, known: Timeline): Promise<void> {
  const before = new Set(lutsNamed(known));
  const fresh = lutsNamed(timeline).filter((sha256) => !before.has(sha256));
  const there = new Set((await knownLuts(db, fresh)).map(({ sha256 }) => sha256));
  const missing = fresh.find((sha256) => !there.has(sha256));
  if (missing !== undefined)
    throw new StudioError('bad_timeline', { what: `colour table ${missing} is not kept here` });
}

const lutsNamed = ({ storyline, overlays }: Timeline): string[] => [
  ...new Set([...storyline, ...overlays].flatMap(({ lut }) => (lut ? [lut.sha256] : []))),
];

/**
 * Refuses a timeline that names files the library does not have, or describes them otherwise than the library does: a
 * hash or a length made up elsewhere must not come in by an edit. `known`: entries that were there before.
 * Errors: unknown_id, bad_timeline.
 */
export async function checkAssets(db: Kysely<Database>, timeline: Timeline, known: Timeline): Promise<void> {
  await checkLuts(db, timeline, known);
  const before = new Set(known.assets);
  const fresh = timeline.assets.filter((asset) => !before.has(asset));
  if (fresh.length === 0) return;
  const library = await libraryEntries(
    db,
    fresh.map((asset) => asset.assetId),
  );
  for (const asset of fresh) {
    const own = library.get(asset.assetId);
    // What the office declares of a file is not the library's to say.
    const { name: _theirs, aiMade: _declared, ...facts } = asset;
    const same = own && Object.entries(facts).every(([key, value]) => own[key as keyof TimelineAsset] === value);
    if (!same)
      throw new StudioError('bad_timeline', { what: `asset ${asset.assetId} is not as the library describes it` });
  }
}

/** Notes that a story uses the files of a timeline. */
export async function linkTimelineAssets(db: Kysely<Database>, storyId: string, timeline: Timeline): Promise<void> {
  if (timeline.assets.length === 0) return;
  for (let from = 0; from < timeline.assets.length; from += 5_000) {
    await db
      .insertInto('asset_story')
      .values(timeline.assets.slice(from, from + 5_000).map((a) => ({ asset_id: a.assetId, story_id: storyId })))
      .onConflict((c) => c.doNothing())
      .execute();
  }
}

/**
 * In and out as wished, snapped to the frames of a source of variable rate (its own times; the end of the source counts
 * as one). Sources with even frames are snapped by the operation itself.
 */
export async function snapWish(
  wish: ClipWish,
  asset: TimelineAsset,
  frameTimes: () => Promise<readonly number[]>,
): Promise<{ inUs?: number; outUs?: number }> {
  const { inUs, outUs } = wish;
  const given = { ...(inUs === undefined ? {} : { inUs }), ...(outUs === undefined ? {} : { outUs }) };
  if (!asset.variable || asset.durationUs === null || (inUs === undefined && outUs === undefined)) return given;
  const times = [...(await frameTimes()), asset.durationUs];
  const end = asset.durationUs;
  // What lies outside stays outside, for the check to refuse.
  const snap = (us: number): number => (us < 0 || us > end ? us : snapToTimes(us, times));
  return {
    ...(inUs === undefined ? {} : { inUs: snap(inUs) }),
    ...(outUs === undefined ? {} : { outUs: snap(outUs) }),
  };
}
