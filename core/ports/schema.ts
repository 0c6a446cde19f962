/**
 * The database schema as Kysely sees it: one for SQLite and PostgreSQL.
 * ids: UUID v7 text. `*_at`: epoch milliseconds (bigint, read as number). JSON: text. Booleans: 0/1.
 */
import type { Generated } from 'kysely';
import type { JobKind } from '../model/contract/index.ts';
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
export interface StoryVersionTable {
  story_id: string;
  n: number;
  hash: string;
  content: string;
  title: string;
  words: number;
  reason: 'created' | 'import' | 'autosave' | 'saved' | 'restore';
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

export interface Database {
  setting: SettingTable;
  user_account: UserTable;
  story: StoryTable;
  story_version: StoryVersionTable;
  asset: AssetTable;
  asset_story: AssetStoryTable;
  job: JobTable;
  audit_event: AuditEventTable;
}
