/** Video projects: shapes and procedures. A project is a timeline (docs/TIMELINE.md) that belongs to a story. */
import { z } from 'zod';
import { CAPTION_FORMATS } from '../captions/index.ts';
import { madeBy } from '../machine.ts';
import { GRADES } from '../platforms/index.ts';
import { operation } from '../timeline/operation.ts';
import { canvasShape } from '../timeline/reframe.ts';
import { MAX_ITEMS, clip, cue, filmCover, fit, targetName, timelineSchema } from '../timeline/timeline.ts';
import { jobStarted, mutation, ok, page, query, startsJob } from './base.ts';
import { copyReport } from './copying.ts';
import * as s from './schemas.ts';

const at = z.number().int().nonnegative();
const count = z.number().int().nonnegative();
const person = z.object({ userId: s.id, name: z.string() });

export const videoSummary = z.object({
  projectId: s.id,
  storyId: s.id,
  title: z.string(),
  durationUs: count,
  clips: count,
  cues: count,
  /** The asset of the first clip, for the list. */
  coverAssetId: s.id.nullable(),
  createdAt: at,
  updatedAt: at,
  updatedBy: person,
  removedAt: at.nullable(),
});
export type VideoSummary = z.infer<typeof videoSummary>;

export const videoProject = videoSummary.extend({
  timeline: timelineSchema,
  /** SHA-256 of the timeline's canonical JSON; sent back with the next edit. */
  contentHash: s.sha256,
  /** Number of the last edit in the project's journal. */
  seq: count,
  savedAt: at,
});
export type VideoProject = z.infer<typeof videoProject>;

/** A clip as a person asks for it; in and out are snapped to the nearest frame of the source. */
export const clipWish = z.object({
  assetId: s.id,
  inUs: z.number().int().optional(),
  outUs: z.number().int().optional(),
});
export type ClipWish = z.infer<typeof clipWish>;

/** A caption without its id: one is given. */
export const cueWish = cue.omit({ id: true });

export const captionsRead = z.object({
  format: z.string(),
  cues: z.array(cueWish),
  repairs: z.array(s.repair),
});
export type CaptionsRead = z.infer<typeof captionsRead>;

/**
 * What a cover shows: a frame of the film or a picture. `chosen`: false where nobody chose one, and the first frame that shows
 * something was taken.
 */
export const coverFrom = z.union([
  z.object({ atUs: count, chosen: z.boolean() }),
  z.object({ assetId: s.id, chosen: z.literal(true) }),
]);
export type CoverFrom = z.infer<typeof coverFrom>;

/** A cover's file beside a film. `alone`: framed for this platform by itself; left out: as its shape is framed. */
export const coverFile = z.object({
  ...{ file: z.string(), shape: z.string(), alone: z.literal(true).exactOptional() },
  ...{ width: count, height: count, bytes: count },
});
export type CoverFile = z.infer<typeof coverFile>;

/** Subtitles inside a source. `track`: the number to ask for; `language` as the file has it ("chi"), null when it names none. */
export const textTrack = z.object({
  track: count,
  codec: z.string(),
  language: z.string().nullable(),
  title: z.string(),
  /** false: pictures of words, which cannot be read. */
  readable: z.boolean(),
});
export type TextTrackInfo = z.infer<typeof textTrack>;
export const sourceTracks = z.object({ assetId: s.id, tracks: z.array(textTrack) });
export type SourceTracks = z.infer<typeof sourceTracks>;

/** What one target became. `file` is an absolute path on the studio's computer. */
export const renderOutput = z.object({
  target: targetName,
  file: z.string(),
  durationUs: count,
  width: count,
  height: count,
  frameRate: z.string(),
  videoCodec: z.string(),
  bytes: count,
  /** Integrated loudness and true peak as measured in the finished file; null for silence. */
  lufs: z.number().nullable(),
  truePeakDb: z.number().nullable(),
  /** Segments by what was done for them. */
  segments: z.object({ encoded: count, reused: count, copied: count }),
  /** Of a film that is to be as its source (archive): what of its picture was copied, and why no more. */
  copying: copyReport.exactOptional(),
  /** Left out for a target that shows none. */
  covers: z.array(coverFile).exactOptional(),
});
export type RenderOutput = z.infer<typeof renderOutput>;

/**
 * A limit that a finished film does not keep. `what`: the kind of limit; `level`: fail for what the platform itself or the law
 * demands, warn for what weaker sources say; values in bytes, microseconds, pixels, frames a second, kbit/s, Hz.
 */
export const limitWarning = z.object({
  target: targetName,
  what: z.string(),
  value: z.union([z.string(), z.number(), z.boolean(), z.null()]),
  limit: z.object({
    min: z.number().exactOptional(),
    max: z.number().exactOptional(),
    anyOf: z.array(z.string()).exactOptional(),
  }),
  level: z.enum(['ok', 'warn', 'fail']),
  source: z.string(),
  grade: z.enum(GRADES),
});
export type LimitWarning = z.infer<typeof limitWarning>;

export const renderResult = z.object({
  outputs: z.array(renderOutput),
  /** Left out when every film keeps every limit. */
  warnings: z.array(limitWarning).exactOptional(),
  /** Left out where nothing but software was asked for on this computer. */
  madeBy: madeBy.exactOptional(),
  /** What the covers show; left out when none were made. */
  cover: coverFrom.exactOptional(),
  /** User + system time of every ffmpeg process, seconds. */
  cpuSeconds: z.number(),
  wallSeconds: z.number(),
});
export type RenderResult = z.infer<typeof renderResult>;

export const stillResult = z.object({ file: z.string(), width: count, height: count });
export type StillResult = z.infer<typeof stillResult>;

/** One cover, small, as the file will be. */
export const coverPreview = z.object({
  shape: z.string(),
  width: count,
  height: count,
  /** JPEG, base64. */
  jpeg: z.string(),
  from: coverFrom,
  /** Characters the font lacks; a line that no size makes fit; a title that takes more room than it may. */
  problems: z.array(
    z.discriminatedUnion('code', [
      z.object({ code: z.literal('glyphs'), chars: z.string() }),
      z.object({ code: z.literal('text_long') }),
    ]),
  ),
  /** Where its title lies, thousandths of the cover; null: there is none. */
  title: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }).nullable(),
  /** Size of the picture on it, upright and as cut, pixels. */
  source: z.object({ width: z.number(), height: z.number() }),
});
export type CoverPreview = z.infer<typeof coverPreview>;

const projectId = z.object({ projectId: s.id });

export const videos = {
  /** Last changed first. */
  list: query('story.read')
    .input(z.object({ storyId: s.id.optional(), removed: z.boolean().default(false), ...page }))
    .output(z.object({ items: z.array(videoSummary), total: count })),
  get: query('story.read').input(projectId).output(videoProject),
  /** Errors: unknown_id, range_outside_source, bad_timeline. */
  create: mutation('video.edit', 'video.create')
    .input(
      z.object({
        storyId: s.id,
        title: z.string().trim().max(200).default(''),
        clips: z.array(clipWish).max(MAX_ITEMS).default([]),
        cues: z.array(cueWish).max(MAX_ITEMS).default([]),
        fit: fit.default('blur'),
      }),
    )
    .output(videoProject),
  /**
   * Does operations, all or none, and journals them. `baseHash`: the `contentHash` they were made on; `conflict` when
   * the timeline has changed since (details: {contentHash, updatedBy, updatedAt}). `checkpoint` also makes a version.
   * Errors: unknown_id, conflict, range_outside_source, bad_timeline (details: {operation}).
   */
  edit: mutation('video.edit', null)
    .input(
      projectId.extend({
        baseHash: s.sha256,
        operations: z.array(operation).min(1).max(MAX_ITEMS),
        checkpoint: z.boolean().default(false),
      }),
    )
    .output(z.object({ contentHash: s.sha256, seq: count, savedAt: at, versionHash: s.sha256.nullable() })),
  rename: mutation('video.edit', 'video.rename')
    .input(projectId.extend({ title: z.string().trim().min(1).max(200) }))
    .output(ok),
  remove: mutation('video.edit', 'video.remove')
    .input(z.object({ projectIds: z.array(s.id).min(1).max(500) }))
    .output(ok),
  unremove: mutation('video.edit', 'video.unremove')
    .input(z.object({ projectIds: z.array(s.id).min(1).max(500) }))
    .output(ok),
  /** A caption file in whatever state, read; nothing is kept. Errors: not_captions, unsupported_format, too_large. */
  readCaptions: query('video.edit')
    .input(z.object({ source: s.importSource }))
    .output(captionsRead),
  /** The subtitles inside some sources, of each that has any. A source whose file is gone or broken is left out (the media say so). Errors: missing_tool, tool_failed. */
  textTracks: query('video.edit')
    .input(z.object({ assetIds: z.array(s.id).max(200) }))
    .output(z.array(sourceTracks)),
  /** The words of one, at the times of the source (0: its first frame). Errors: unknown_id, text_track_unreadable, too_large. */
  readTextTrack: query('video.edit')
    .input(z.object({ assetId: s.id, track: count }))
    .output(captionsRead),
  /** Writes the captions as a file below `exports/`. Errors: unknown_id, no_captions. */
  exportCaptions: mutation('video.edit', 'video.exportCaptions')
    .input(projectId.extend({ format: z.enum(CAPTION_FORMATS) }))
    .output(z.object({ file: z.string(), repairs: z.array(s.repair) })),
  /** Renders into the workspace's `exports/`. Job result: {@link renderResult}. */
  render: startsJob('video.edit', 'video.render')
    .input(projectId.extend({ targets: z.array(targetName).min(1).max(20) }))
    .output(jobStarted),
  /** One frame as the film will show it, as PNG in `exports/`. Job result: {@link stillResult}. */
  still: startsJob('video.edit', 'video.still')
    .input(projectId.extend({ atUs: count, target: targetName }))
    .output(jobStarted),
  /**
   * One cover as the exporter makes it; `target`: as that platform gets it, left out: as its shape is framed. `cover`: another one than the timeline has, to be looked at before it is kept; null: as if
   * none were chosen. `contentHash`: of a version; left out: the video as it stands. Errors: unknown_id, bad_input (no such shape, or
   * the platform does not show it),
   * bad_timeline, source_vanished, and those of the film maker.
   */
  cover: query('story.read')
    .input(
      projectId.extend({
        shape: canvasShape,
        target: targetName.optional(),
        cover: filmCover.nullable().optional(),
        contentHash: s.sha256.optional(),
        longSide: z.number().int().min(64).max(1920).default(640),
      }),
    )
    .output(coverPreview),
};

/** For callers that build clips themselves. */
export { clip as timelineClip };
