/** Asset rows to the shapes of the contract, and back. */
import type { Insertable, Selectable } from 'kysely';
import type { MediaFacts, MediaProblem } from '../model/contract/index.ts';
import type { AssetTable } from '../ports/index.ts';

export type AssetRow = Selectable<AssetTable>;

export function factsOf(row: AssetRow): MediaFacts {
  return {
    kind: row.kind,
    durationUs: row.duration_us,
    width: row.width,
    height: row.height,
    rotation: row.rotation as MediaFacts['rotation'],
    frameRate: row.frame_rate,
    variable: row.variable === 1,
    videoCodec: row.video_codec,
    audioTracks: row.audio_tracks,
    hasAlpha: row.has_alpha === 1,
    problems: JSON.parse(row.problems) as MediaProblem[],
  };
}

export function toRow(
  facts: MediaFacts & { mime: string },
  own: Pick<AssetRow, 'id' | 'sha256' | 'name' | 'bytes' | 'created_by' | 'created_at'>,
): Insertable<AssetTable> {
  return {
    ...own,
    kind: facts.kind,
    mime: facts.mime,
    duration_us: facts.durationUs,
    width: facts.width,
    height: facts.height,
    rotation: facts.rotation,
    frame_rate: facts.frameRate,
    variable: facts.variable ? 1 : 0,
    video_codec: facts.videoCodec,
    audio_tracks: facts.audioTracks,
    has_alpha: facts.hasAlpha ? 1 : 0,
    problems: JSON.stringify(facts.problems),
    removed_at: null,
  };
}
