/** Where spoken takes are kept while they are recorded, until they are among the originals. */

/** What is known of a take before it has any sound. */
export interface TakeNote {
  /** The film it was spoken over. */
  projectId: string;
  storyId: string;
  /** What people call it, without an extension. */
  name: string;
  /** Where in the film it begins, microseconds. */
  atUs: number;
  by: string;
  /** Milliseconds since 1970. */
  startedAt: number;
}

export interface KeptTake extends TakeNote {
  takeId: string;
  /** Bytes of sound. */
  bytes: number;
  /** Milliseconds since this process last wrote to it; null: it did not. */
  idleMs: number | null;
}

export interface TakeStore {
  /** Errors: disk_full, not_writable. */
  begin(takeId: string, note: TakeNote): Promise<void>;
  /**
   * Puts `bytes` of sound at `offset` bytes from its beginning and forces them to the disk; the same piece sent again changes nothing.
   * Answers how many bytes there are. Errors: unknown_id, bad_input (a hole), disk_full (what was there stays), too_large.
   */
  append(takeId: string, offset: number, bytes: Uint8Array): Promise<number>;
  /** Makes the file whole as it is now and answers its path. Error: unknown_id. */
  seal(takeId: string): Promise<string>;
  /** One take. Error: unknown_id. */
  get(takeId: string): Promise<KeptTake>;
  /** All that are kept, the oldest first. */
  list(): Promise<KeptTake[]>;
  /** Removes a take; one that is gone is no error. */
  drop(takeId: string): Promise<void>;
}
