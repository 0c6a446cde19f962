/**
 * The database schema as Kysely sees it: one for SQLite and PostgreSQL.
 * ids: UUID v7 text. `*_at`: epoch milliseconds (bigint, read as number). JSON: text. Booleans: 0/1.
 */
import type { Generated } from 'kysely';
import type { JobKind, VersionReason } from '../model/contract/index.ts';
import type { Role } from '../model/roles.ts';

export interface SettingTable {
  key: string;
  value: string;
}
export interface UserTable {
  id: string;
  name: string;
  role: Role;
  /** argon2id PHC string; null for an owner who has not set a PIN. */
  pin_hash: string | null;
  failed_attempts: number;
  locked_until: number | null;
  disabled: number;
  created_at: number;
}
export interface StoryTable {
  id: string;
  title: string;
  state: 'writing' | 'in_review' | 'approved' | 'released';
  created_by: string;
  created_at: number;
  updated_by: string;
  updated_at: number;
  version_no: number;
  words: number;
  images: number;
  excerpt: string;
  cover_asset_id: string | null;
  removed_at: number | null;
  /** The draft: canonical JSON (RFC 8785) of {schema, title, doc}; `draft_hash` is its SHA-256. */
  draft: string;
  draft_hash: string;
  draft_saved_at: number;
}
/** A story template of the office; those of the program are files. */
export interface StoryTemplateTable {
  id: string;
  name: string;
  /** What it is for. */
  purpose: string;
  /** Canonical JSON as in a version: {schema, title, doc}. */
  content: string;
  created_by: string;
  created_at: number;
  updated_by: string;
  updated_at: number;
}
/** One revision of a theme of the office (core/themes). */
export interface WechatThemeTable {
  /** `own-` and the beginning of the SHA-256 of its content. */
  id: string;
  lineage: string;
  /** Canonical JSON of the theme file, its id included. */
  content: string;
  removed: number;
  created_by: string;
  created_at: number;
}
/** One revision of a platform's profile (core/platforms); the newest of a target holds. */
export interface PlatformRevisionTable {
  id: string;
  target: string;
  /** From 1. */
  n: number;
  /** Canonical JSON of the profile; null: given back to the program's own, or removed. */
  content: string | null;
  /** SHA-256 of the program's own profile then; null for a platform that was added. */
  basis: string | null;
  created_by: string;
  created_at: number;
}
/** What a manifest names by its hash: the profile of a target as it was when a piece was submitted. */
export interface FrozenProfileTable {
  sha256: string;
  /** Canonical JSON. */
  content: string;
}
/** An office pack of the office; those of the program are files. */
export interface OfficePackTable {
  id: string;
  /** Canonical JSON of the pack. */
  content: string;
  removed: number;
  updated_by: string;
  updated_at: number;
}
/** A colour table of the office (core/luts); its file is among the originals. */
export interface LutFileTable {
  sha256: string;
  name: string;
  bytes: number;
  /** 1 or 3. */
  dimensions: number;
  size: number;
  removed: number;
  created_by: string;
  created_at: number;
}
export interface StoryVersionTable {
  story_id: string;
  n: number;
  hash: string;
  content: string;
  title: string;
  words: number;
  reason: VersionReason;
  name: string | null;
  created_by: string;
  created_at: number;
}
export interface AssetTable {
  id: string;
  kind: 'video' | 'audio' | 'image';
  sha256: string;
  name: string;
  bytes: number;
  mime: string;
  duration_us: number | null;
  width: number | null;
  height: number | null;
  rotation: number;
  frame_rate: string | null;
  variable: number;
  video_codec: string | null;
  audio_tracks: number;
  has_alpha: number;
  problems: string;
  created_by: string;
  created_at: number;
  removed_at: number | null;
}
export interface AssetStoryTable {
  asset_id: string;
  story_id: string;
}
export interface JobTable {
  id: string;
  kind: JobKind;
  title: string;
  input: string;
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  progress: number;
  result: string | null;
  error: string | null;
  attempts: number;
  /** Orders equal creation times; larger first. */
  priority: number;
  created_by: string;
  created_at: number;
  started_at: number | null;
  finished_at: number | null;
  dismissed: number;
}
export interface AuditEventTable {
  seq: Generated<number>;
  at: number;
  actor_id: string;
  action: string;
  subject: string;
  /** Canonical JSON; personal data only as salted hashes. */
  data: string;
  prev_hash: string;
  hash: string;
}

export interface VideoProjectTable {
  id: string;
  story_id: string;
  title: string;
  created_by: string;
  created_at: number;
  updated_by: string;
  updated_at: number;
  removed_at: number | null;
  /** The timeline: canonical JSON (RFC 8785); `timeline_hash` is its SHA-256. `seq`: the last edit folded into it. */
  timeline: string;
  timeline_hash: string;
  seq: number;
  duration_us: number;
  clips: number;
  cues: number;
  cover_asset_id: string | null;
}
/** The journal: every accepted edit, as it was asked for. */
export interface VideoEditTable {
  project_id: string;
  seq: number;
  /** JSON list of operations. */
  operations: string;
  /** Hash of the timeline after the edit. */
  hash: string;
  by_user: string;
  at: number;
}
export interface VideoVersionTable {
  project_id: string;
  n: number;
  hash: string;
  content: string;
  created_by: string;
  created_at: number;
}
export interface ReviewRoundTable {
  id: string;
  story_id: string;
  n: number;
  state: 'in_review' | 'approved' | 'returned' | 'withdrawn' | 'revoked';
  version_no: number;
  version_hash: string;
  /** Canonical JSON (RFC 8785); `manifest_hash` is its SHA-256. */
  manifest: string;
  manifest_hash: string;
  /** Stages that are signed. */
  signed: number;
  submitted_by: string;
  submitted_at: number;
  ended_at: number | null;
  waiver: string | null;
}
export interface ReviewActTable {
  id: string;
  round_id: string;
  kind: 'submit' | 'sign' | 'return' | 'withdraw' | 'revoke';
  /** From 1; null where the act is of no stage. */
  stage: number | null;
  by_user: string;
  at: number;
  text: string;
  /** Canonical JSON of what was signed, and its Ed25519 signature (base64url); null for acts that sign nothing. */
  statement: string | null;
  signature: string | null;
}
export interface ReviewCommentTable {
  id: string;
  story_id: string;
  parent_id: string | null;
  /** JSON, contract `anchor`. */
  anchor: string;
  text: string;
  by_user: string;
  at: number;
  resolved_at: number | null;
  resolved_by: string | null;
}
export interface PackageTable {
  id: string;
  story_id: string;
  round_id: string | null;
  title: string;
  dir: string;
  draft: number;
  manifest_hash: string;
  /** JSON, contract `packagedTarget[]`. */
  targets: string;
  created_by: string;
  created_at: number;
}

export interface Database {
  setting: SettingTable;
  user_account: UserTable;
  story: StoryTable;
  story_version: StoryVersionTable;
  story_template: StoryTemplateTable;
  wechat_theme: WechatThemeTable;
  platform_revision: PlatformRevisionTable;
  frozen_profile: FrozenProfileTable;
  office_pack: OfficePackTable;
  lut: LutFileTable;
  asset: AssetTable;
  asset_story: AssetStoryTable;
  job: JobTable;
  audit_event: AuditEventTable;
  video_project: VideoProjectTable;
  video_edit: VideoEditTable;
  video_version: VideoVersionTable;
  review_round: ReviewRoundTable;
  review_act: ReviewActTable;
  review_comment: ReviewCommentTable;
  package: PackageTable;
}
