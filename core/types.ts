/** What a shell sees of the studio. `createStudio` (core/studio.ts) makes one. */
import type { Readable } from 'node:stream';
import type { Router } from '@orpc/server';
import type { StudioClient } from './model/contract/client.ts';
import type { Contract, StudioEvent, WorkspaceInfo } from './model/contract/index.ts';
import type { DerivedVariant } from './ports/index.ts';

/**
 * One client's place in the studio: who acts, and from where. A shell makes one for each window, browser
 * or command and hands it to every call; sign-in and sign-out change it.
 */
export interface Session {
  readonly id: string;
  readonly shell: 'desktop' | 'browser' | 'cli' | 'test';
  /** May name files by path on this computer (never a browser). */
  readonly localFiles: boolean;
  /**
   * Whether the session may act as the workspace's owner without a PIN as long as the owner has set none,
   * and (command line) always: whoever can run the program on the folder can read it anyway.
   */
  readonly trust: 'owner' | 'owner-without-pin' | 'none';
  /** Who signed in; null: nobody yet (then `trust` decides). */
  userId: string | null;
}

/** Handed to every procedure by the transport. */
export interface CallContext {
  session: Session;
  /** Aborted when the caller goes away. */
  signal?: AbortSignal | undefined;
}

/** A file of an asset that a shell may serve to a signed-in session. */
export interface ServedFile {
  path: string;
  mime: string;
  bytes: number;
  /** Name to offer when it is saved. */
  name: string;
  /** Quoted entity tag; content never changes under one id and variant. */
  etag: string;
}

export interface Studio {
  /** The implemented contract; transports serve it with a {@link CallContext}. */
  readonly router: Router<Contract, CallContext>;
  newSession(options: Pick<Session, 'shell' | 'localFiles' | 'trust'>): Session;
  /** The in-process client: same pipeline, no serialisation. */
  client(session: Session): StudioClient;
  /** Opens a workspace folder (and lets go of the one that was open). Errors as `workspace.open`. */
  open(dir: string): Promise<WorkspaceInfo>;
  readonly workspace: WorkspaceInfo | null;
  /** Called with each event after its change is on disk. Returns the way to stop. */
  onEvent(listener: (event: StudioEvent) => void): () => void;
  /** How many subscriptions and listeners are open now; a client that went away must not be among them. */
  readonly listeners: number;
  /**
   * Finds a file to serve. Errors: no_workspace, signed_out, unknown_id (also when a derived file
   * is not made yet).
   */
  locate(session: Session, assetId: string, variant: 'original' | DerivedVariant): Promise<ServedFile>;
  /** Absolute path of what a finished job made (film, frame, package). Errors: unknown_id, signed_out, not_permitted. */
  locateMade(session: Session, jobId: string): Promise<string>;
  /** Takes an upload into the workspace (cache/uploads). Errors: no_workspace, signed_out, not_permitted, disk_full, too_large. */
  receiveUpload(session: Session, name: string, body: Readable): Promise<{ uploadId: string; bytes: number }>;
  /** Tells other processes on this computer where to reach this one (holder file), now and for later workspaces. */
  publish(address: { url: string; token: string } | null): Promise<void>;
  /** Resolves when no job is queued or running (of the given kinds). */
  idle(): Promise<void>;
  /** Cancels running jobs (they are queued again at the next start), closes the workspace and the log. */
  stop(): Promise<void>;
}

export interface StudioOptions {
  /** Job kinds this process works on; default all. A short-lived command leaves posters and proxies to the next window. */
  jobKinds?: readonly string[];
}
