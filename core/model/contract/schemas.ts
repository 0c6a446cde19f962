/** Shapes that cross the contract. All times are integers: `…Us` microseconds, `…At` epoch milliseconds. */
import { z } from 'zod';
import { ROLES } from '../roles.ts';
import { isErrorCode, type ErrorCode } from '../errors.ts';

export const id = z.string().min(1).max(64);
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const at = z.number().int().nonnegative();
const count = z.number().int().nonnegative();

/** A name as a person writes it: trimmed, no control characters, 1–80 characters. */
export const personName = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .refine((s) => !/\p{Cc}/u.test(s), 'no control characters');

export const errorData = z.object({
  code: z.custom<ErrorCode>(isErrorCode),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  retryable: z.boolean(),
  files: z.array(z.string()).optional(),
  details: z.unknown().optional(),
});

// — people —
export const role = z.enum(ROLES);
export const user = z.object({
  userId: id,
  name: personName,
  role,
  hasPin: z.boolean(),
  disabled: z.boolean(),
  createdAt: at,
});
export type User = z.infer<typeof user>;

// — workspace —
export const workspaceInfo = z.object({
  workspaceId: id,
  name: z.string(),
  dir: z.string(),
  sample: z.boolean(),
});
export type WorkspaceInfo = z.infer<typeof workspaceInfo>;
export const recentWorkspace = z.object({ dir: z.string(), name: z.string(), openedAt: at });
export type RecentWorkspace = z.infer<typeof recentWorkspace>;

export const tool = z.object({
  name: z.enum(['ffmpeg', 'ffprobe', 'database', 'fonts']),
  found: z.boolean(),
  version: z.string().nullable(),
  path: z.string().nullable(),
  needed: z.boolean(),
  /** What is missing and the command that mends it; empty when all is well. */
  hint: z.string(),
});
export type Tool = z.infer<typeof tool>;
export const doctorReport = z.object({ ok: z.boolean(), tools: z.array(tool) });
export type DoctorReport = z.infer<typeof doctorReport>;
export const checkProblem = z.object({
  code: z.enum(['blob_missing', 'blob_altered', 'version_altered', 'audit_broken', 'database_damaged', 'half_file']),
  what: z.string(),
});
export const checkReport = z.object({ ok: z.boolean(), problems: z.array(checkProblem) });
export type CheckReport = z.infer<typeof checkReport>;

// — stories —
export const storyState = z.enum(['writing', 'in_review', 'approved', 'released']);
/** ProseMirror JSON; `core/model/article` checks it against the article schema. */
export const articleDoc = z.looseObject({
  type: z.literal('doc'),
  content: z.array(z.looseObject({ type: z.string() })).optional(),
});
export type ArticleDocJson = z.infer<typeof articleDoc>;

export const storySummary = z.object({
  storyId: id,
  title: z.string(),
  state: storyState,
  createdAt: at,
  updatedAt: at,
  updatedBy: z.object({ userId: id, name: z.string() }),
  versionNo: count,
  /** Characters as the field counts them: a Chinese character or a run of letters/digits is one. */
  words: count,
  images: count,
  excerpt: z.string(),
  /** First picture of the article, for the list. */
  coverAssetId: id.nullable(),
  removedAt: at.nullable(),
});
export type StorySummary = z.infer<typeof storySummary>;

export const story = storySummary.extend({
  doc: articleDoc,
  /** Hash of title + doc as saved; sent back with the next save. */
  contentHash: sha256,
  savedAt: at,
});
export type Story = z.infer<typeof story>;

/** Why a version was made before something that changes much of the text at once. */
export const snapshotReason = z.enum(['beforePaste', 'beforeReplace', 'beforeTheme', 'beforeRestore']);
export type SnapshotReason = z.infer<typeof snapshotReason>;

export const versionReason = z.enum([
  'created',
  'import',
  'autosave',
  'saved',
  'restore',
  'submit',
  ...snapshotReason.options,
]);
export type VersionReason = z.infer<typeof versionReason>;

export const storyVersion = z.object({
  n: count,
  hash: sha256,
  title: z.string(),
  words: count,
  reason: versionReason,
  name: z.string().nullable(),
  createdAt: at,
  author: z.object({ userId: id, name: z.string() }),
});
export type StoryVersion = z.infer<typeof storyVersion>;

export const storyTemplateSummary = z.object({
  templateId: id,
  name: z.string(),
  /** What it is for. */
  use: z.string(),
  /** Comes with the program: may be copied, never changed. */
  builtIn: z.boolean(),
  /** Headings of the text. */
  outline: z.array(z.string()),
  /** What the writer is asked, in order. */
  prompts: z.array(z.string()),
  updatedAt: at.nullable(),
});
export type StoryTemplateSummary = z.infer<typeof storyTemplateSummary>;

export const storyTemplate = storyTemplateSummary.extend({ title: z.string(), doc: articleDoc });
export type StoryTemplate = z.infer<typeof storyTemplate>;

/** One thing an import changed or left out; `count` says how often. */
export const repair = z.object({ code: z.string(), message: z.string(), count: count });
export type Repair = z.infer<typeof repair>;

export const importedStory = z.object({
  storyId: id,
  versionHash: sha256,
  title: z.string(),
  blocks: count,
  images: count,
  repairs: z.array(repair),
});
export type ImportedStory = z.infer<typeof importedStory>;

// — media —
export const mediaKind = z.enum(['video', 'audio', 'image']);
export const mediaProblem = z.object({ code: z.string(), message: z.string() });
export type MediaProblem = z.infer<typeof mediaProblem>;
/** What a probe says. width/height as displayed; rotation clockwise; null where the kind has none. */
export const mediaFacts = z.object({
  kind: mediaKind,
  durationUs: count.nullable(),
  width: count.nullable(),
  height: count.nullable(),
  rotation: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  frameRate: z.string().nullable(),
  variable: z.boolean(),
  videoCodec: z.string().nullable(),
  audioTracks: count,
  hasAlpha: z.boolean(),
  problems: z.array(mediaProblem),
});
export type MediaFacts = z.infer<typeof mediaFacts>;

export const importedMedia = mediaFacts.extend({ assetId: id, sha256, duplicate: z.boolean() });
export const failedMedia = z.object({ file: z.string(), error: errorData });
export const mediaImportResult = z.array(z.union([importedMedia, failedMedia]));
export type MediaImportResult = z.infer<typeof mediaImportResult>;

export const asset = mediaFacts.extend({
  assetId: id,
  sha256,
  name: z.string(),
  bytes: count,
  mime: z.string(),
  createdAt: at,
  createdBy: z.object({ userId: id, name: z.string() }),
  removedAt: at.nullable(),
  /** How the original stands in the workspace: gone, or not what came in, by its size and what was found when it was last read. */
  original: z.enum(['there', 'missing', 'altered']),
  /** Derived files that exist now; `media` URLs serve them. */
  poster: z.boolean(),
  proxy: z.boolean(),
  /** Where a film begins on its proxy, microseconds: its first picture stands until then. */
  proxyLeadUs: count,
  /** How loud it is over its time, and small pictures of it (`core/model/strips`). */
  peaks: z.boolean(),
  strip: z.boolean(),
  /** Where its pictures change was looked for: only when somebody wanted to see it. */
  scenes: z.boolean(),
  /** Stories the asset belongs to or is shown in. */
  storyIds: z.array(id),
});
export type Asset = z.infer<typeof asset>;

/** A file to import: a path on this computer (desktop, command line) or a finished upload (browser). */
export const importSource = z.union([
  z.object({ path: z.string().min(1) }),
  z.object({ uploadId: id, name: z.string().min(1).max(255) }),
]);
export type ImportSource = z.infer<typeof importSource>;

// — jobs —
export const jobState = z.enum(['queued', 'running', 'done', 'failed', 'cancelled']);
export const JOB_KINDS = [
  'media.import',
  'media.poster',
  'media.proxy',
  'media.peaks',
  'media.strip',
  'media.scenes',
  'story.import',
  'story.export',
  'video.render',
  'video.still',
  'package.make',
] as const;
export const jobKind = z.enum(JOB_KINDS);
export type JobKind = z.infer<typeof jobKind>;
/** battery: the computer runs on its battery, and renders wait for that on it. */
export const jobWait = z.enum(['battery']);
export type JobWait = z.infer<typeof jobWait>;
export const job = z.object({
  jobId: id,
  kind: jobKind,
  /** Name for the tray, usually a file name. */
  title: z.string(),
  state: jobState,
  /** 0 to 1. */
  progress: z.number().min(0).max(1),
  /** Estimated milliseconds left; null when unknown. */
  leftMs: z.number().int().nonnegative().nullable(),
  attempts: count,
  createdAt: at,
  startedAt: at.nullable(),
  finishedAt: at.nullable(),
  createdBy: id,
  result: z.unknown(),
  error: errorData.nullable(),
  /** Why a running job does not go on for now; it does by itself, or by `jobs.goOn`. */
  waiting: jobWait.exactOptional(),
});
export type Job = z.infer<typeof job>;
