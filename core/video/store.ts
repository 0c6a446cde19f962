/** The project tables: rows in, rows out. */
import { createHash } from 'node:crypto';
import type { Kysely, Selectable } from 'kysely';
import { StudioError } from '../model/errors.ts';
import { durationUs, migrateTimeline, timelineContent, type Timeline } from '../model/timeline/index.ts';
import type { Database, VideoProjectTable } from '../ports/index.ts';

export type ProjectRow = Selectable<VideoProjectTable>;

/** Error: unknown_id. */
export async function projectRow(db: Kysely<Database>, projectId: string): Promise<ProjectRow> {
  const row = await db.selectFrom('video_project').selectAll().where('id', '=', projectId).executeTakeFirst();
  if (!row) throw new StudioError('unknown_id', { id: projectId });
  return row;
}

/** The timeline of a row, brought to the present version. */
export function readTimeline(row: Pick<ProjectRow, 'timeline'>): Timeline {
  return migrateTimeline(JSON.parse(row.timeline));
}

/** SHA-256 of stored content in UTF-8, hex. */
export function contentHash(content: string): string {
  return createHash('sha256').update(content, 'utf8').digest('hex');
}

/** The columns that follow from a timeline. `timeline_hash`: SHA-256 of its canonical JSON in UTF-8, hex. */
export function columnsOf(timeline: Timeline) {
  const content = timelineContent(timeline);
  return {
    timeline: content,
    timeline_hash: contentHash(content),
    duration_us: durationUs(timeline),
    clips: timeline.storyline.length,
    cues: timeline.captions.cues.length,
    cover_asset_id: timeline.storyline.find(({ gap }) => !gap)?.assetId ?? null,
  };
}

/** Keeps the present timeline as a version unless the newest one is the same. Returns its hash. */
export async function addVideoVersion(
  db: Kysely<Database>,
  row: Pick<ProjectRow, 'id' | 'timeline' | 'timeline_hash'>,
  by: { userId: string; now: number },
): Promise<string> {
  const last = await db
    .selectFrom('video_version')
    .select(['n', 'hash'])
    .where('project_id', '=', row.id)
    .orderBy('n', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (last?.hash === row.timeline_hash) return last.hash;
  await db
    .insertInto('video_version')
    .values({
      project_id: row.id,
      n: (last?.n ?? 0) + 1,
      hash: row.timeline_hash,
      content: row.timeline,
      created_by: by.userId,
      created_at: by.now,
    })
    .execute();
  return row.timeline_hash;
}
