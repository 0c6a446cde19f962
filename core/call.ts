/** What a procedure's handler works with: one call, made by the pipeline. */
import type { Kysely } from 'kysely';
import type { NewEvent, User, WorkspaceInfo } from './model/contract/index.ts';
import { StudioError } from './model/errors.ts';
import type { Database, FilmMaker, StudioPorts, WorkspacePorts } from './ports/index.ts';
import type { JobRunner } from './jobs/runner.ts';
import type { Session } from './types.ts';

/** An open workspace: its stores, its job runner, its name. */
export interface OpenWorkspace {
  readonly ports: WorkspacePorts;
  readonly db: Kysely<Database>;
  readonly jobs: JobRunner;
  readonly info: WorkspaceInfo;
  readonly films: FilmMaker;
}

/** One entry for the audit log. `data` holds ids, hashes and plain words; no names of people. */
export interface AuditEntry {
  action: string;
  subject: string;
  data: Record<string, unknown>;
}

export interface Call {
  readonly session: Session;
  readonly actor: User | null;
  readonly workspace: OpenWorkspace;
  /** The transaction in a mutation, the plain handle in a query. */
  readonly db: Kysely<Database>;
  readonly machine: Pick<StudioPorts, 'clock' | 'newId' | 'log' | 'media' | 'computer'>;
  readonly signal: AbortSignal | undefined;
  /** Announced after the transaction is on disk; dropped when it fails. */
  emit(event: NewEvent): void;
  /** Written to the audit log in the same transaction. */
  audit(entry: AuditEntry): void;
}

/** The signed-in person; `signed_out` when there is none. */
export function actorOf(call: Call): User {
  if (!call.actor) throw new StudioError('signed_out');
  return call.actor;
}
