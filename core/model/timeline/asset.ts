/** Between the library's assets and the timeline's table of them. */
import { parseRational, snapToFrame } from './rational.ts';
import type { LutUse } from './look.ts';
import type { Timeline, TimelineAsset } from './timeline.ts';

/** What the library knows of an asset; the contract's `Asset` and `ImportedMedia` fit. Times in microseconds. */
export interface LibraryAsset {
  assetId: string;
  sha256: string;
  kind: TimelineAsset['kind'];
  durationUs: number | null;
  width: number | null;
  height: number | null;
  frameRate: string | null;
  variable: boolean;
  audioTracks: number;
}

/**
 * The entry of a library asset. A name may hold anything a file system allows; what a timeline cannot hold is left
 * out of it, folders before it too.
 */
export function assetEntry(asset: LibraryAsset, name: string): TimelineAsset {
  const last = (name.split('/').at(-1) ?? '').slice(0, 255);
  return {
    assetId: asset.assetId,
    sha256: asset.sha256,
    name: last.replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, ''),
    kind: asset.kind,
    durationUs: asset.kind === 'image' ? null : asset.durationUs,
    width: asset.kind === 'audio' ? null : asset.width,
    height: asset.kind === 'audio' ? null : asset.height,
    frameRate: asset.kind === 'video' ? asset.frameRate : null,
    variable: asset.kind === 'video' && asset.variable,
    hasAudio: asset.kind !== 'image' && asset.audioTracks > 0,
  };
}

/**
 * Nearest frame boundary of a source: the start of a frame or the end of the source, the end when both are as near.
 * Pictures, sounds and sources of variable rate know no even frames: `us` itself (`snapToTimes` for the last kind).
 * A time more than half a frame outside is given back unsnapped, for the check to refuse.
 */
export function snapToSource(us: number, asset: TimelineAsset): number {
  const rate = asset.frameRate === null || asset.variable ? null : parseRational(asset.frameRate);
  if (rate === null || asset.durationUs === null) return us;
  const end = asset.durationUs;
  const snapped = snapToFrame(us, rate);
  if (us <= end) return snapped > end || Math.abs(end - us) <= Math.abs(snapped - us) ? end : snapped;
  return 2 * (us - end) * rate.num <= 1_000_000 * rate.den ? end : us;
}

/** Ids of the assets that the film or its cover shows or plays, in the order of the table. */
export function usedAssetIds(timeline: Timeline): string[] {
  const used = new Set<string>();
  const clips = timeline.storyline.filter(({ gap }) => !gap);
  for (const items of [clips, timeline.overlays, timeline.music, timeline.voice, timeline.effects]) {
    for (const item of items) used.add(item.assetId);
  }
  if (timeline.cover?.assetId !== undefined) used.add(timeline.cover.assetId);
  return timeline.assets.flatMap(({ assetId }) => (used.has(assetId) ? [assetId] : []));
}

/** The colour tables that the film's pictures go through, each once. */
export function lutsOf(timeline: Timeline): Pick<LutUse, 'sha256' | 'name'>[] {
  const used = new Map<string, Pick<LutUse, 'sha256' | 'name'>>();
  for (const { lut } of [...timeline.storyline, ...timeline.overlays]) {
    if (lut && lut.strength > 0 && !used.has(lut.sha256)) used.set(lut.sha256, { sha256: lut.sha256, name: lut.name });
  }
  return [...used.values()];
}

/** What a file of the timeline is called, for people. */
export function fileName(timeline: Timeline, sha256: string): string {
  const files = [...timeline.assets, ...lutsOf(timeline)];
  return files.find((file) => file.sha256 === sha256)?.name ?? sha256;
}

/** Whether the film or its cover shows or plays something that was declared as made by an AI. */
export function declaredAi(timeline: Timeline): boolean {
  const made = new Set(timeline.assets.flatMap(({ assetId, aiMade }) => (aiMade ? [assetId] : [])));
  return made.size > 0 && usedAssetIds(timeline).some((id) => made.has(id));
}
