/**
 * The autosave of one story, without DOM or React, so that its timing can be tested.
 *
 * Rules: at most one save is on its way; the next starts from the hash the last one answered. A save is
 * asked for {@link DEBOUNCE_MS} after the last change and at most {@link MAX_WAIT_MS} after the first one
 * that is not saved. A conflict or a refusal stops the machine until somebody decides; everything else is
 * tried again with growing pauses. Before a save is sent, and while saving does not work, the text is handed
 * to `keep`, which holds it on this computer until the core has acknowledged it.
 */
import type { ArticleDocJson, SnapshotReason } from '../../../../../core/model/contract/index.ts';
import { backoff } from '../../../client/backoff.ts';

export const DEBOUNCE_MS = 500;
/** With the debounce this keeps the promise "at most a second between a change and its save". */
export const MAX_WAIT_MS = 900;
const RETRY_FIRST_MS = 1000;
const RETRY_MOST_MS = 20_000;

export interface Draft {
  title: string;
  doc: ArticleDocJson;
}

export interface SaveAnswer {
  contentHash: string;
  savedAt: number;
  versionNo: number;
  versionHash: string | null;
}

export type AutosaveStatus = 'saved' | 'unsaved' | 'saving' | 'retrying' | 'conflict' | 'refused';

export interface AutosaveState {
  status: AutosaveStatus;
  /** When the core last had everything, epoch milliseconds. */
  savedAt: number;
  /** What the core said, in the states `retrying`, `conflict` and `refused`. */
  error: unknown;
}

export interface AutosaveOptions {
  baseHash: string;
  savedAt: number;
  /** The text as it is now. Called once for each save. */
  read: () => Draft;
  send: (
    input: Draft & { baseHash: string; checkpoint: boolean; reason: 'saved' | SnapshotReason },
  ) => Promise<SaveAnswer>;
  /** What a failure means: the draft changed elsewhere, it may work later, or it never will. */
  judge: (error: unknown) => 'conflict' | 'retry' | 'refuse';
  /** Holds the text on this computer; null: the core has it. */
  keep: (draft: Draft | null, baseHash: string) => void;
  now?: () => number;
}

export class Autosave {
  #o: AutosaveOptions;
  #baseHash: string;
  #state: AutosaveState;
  #listeners = new Set<() => void>();
  /** Counts changes; what is saved is known by its number. */
  #version = 0;
  #savedVersion = 0;
  #firstUnsavedAt: number | null = null;
  #checkpointWanted = false;
  /** A text that is to become a version although it is no longer the newest. */
  #snapshot: { draft: Draft; version: number; reason: SnapshotReason } | null = null;
  #inFlight: Promise<void> | null = null;
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #keepTimer: ReturnType<typeof setTimeout> | undefined;
  #last: SaveAnswer | null = null;

  constructor(options: AutosaveOptions) {
    this.#o = options;
    this.#baseHash = options.baseHash;
    this.#state = { status: 'saved', savedAt: options.savedAt, error: null };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getState = (): AutosaveState => this.#state;

  /** Where the text is read from now on (the editor comes after the autosave and goes before it). */
  readFrom(read: () => Draft): void {
    this.#o = { ...this.#o, read };
  }

  get baseHash(): string {
    return this.#baseHash;
  }

  /** Number of the newest version as the last save answered it: the core makes some by itself. Null before any save. */
  get versionNo(): number | null {
    return this.#last?.versionNo ?? null;
  }

  /** Whether something is not yet acknowledged by the core. */
  get dirty(): boolean {
    return this.#version !== this.#savedVersion || this.#inFlight !== null;
  }

  /** The text changed. Cheap: reads nothing. */
  change(): void {
    this.#version += 1;
    this.#firstUnsavedAt ??= this.#now();
    const { status } = this.#state;
    if (status === 'conflict' || status === 'refused' || status === 'retrying') {
      this.#keepSoon();
      // A refused text (say, too large) may be fine again after this change.
      if (status === 'refused') this.#schedule();
      return;
    }
    if (this.#inFlight === null) {
      this.#set('unsaved');
      this.#schedule();
    }
  }

  /** Saves now what is not saved. True when the core then has everything. */
  async flush(): Promise<boolean> {
    if (this.#stopped) return false;
    if (this.#inFlight) await this.#inFlight;
    // Before the text itself: a snapshot is older than it.
    if (this.#snapshot) await this.#save();
    if (this.#version !== this.#savedVersion || this.#checkpointWanted) await this.#save();
    return !this.dirty;
  }

  /** Saves now and makes a version; null when it did not work (the state says why). */
  async checkpoint(): Promise<SaveAnswer | null> {
    if (this.#stopped) return null;
    if (this.#inFlight) await this.#inFlight;
    this.#checkpointWanted = true;
    await this.#save();
    // That save was of a snapshot; this version is still owed.
    if (this.#versionOwed() && this.#state.status !== 'retrying') await this.#save();
    return this.#versionOwed() ? null : this.#last;
  }

  /**
   * Makes a version of the text as it is at this moment, before something changes much of it. The text is read at once,
   * so the change may follow without waiting. Null when it did not work, or nothing can be saved now.
   */
  async snapshot(reason: SnapshotReason): Promise<SaveAnswer | null> {
    if (this.#stopped) return null;
    const mine = { draft: this.#o.read(), version: this.#version, reason };
    // One that still waits is older: it is the better one to come back to.
    this.#snapshot ??= mine;
    if (this.#inFlight) await this.idle();
    if (this.#snapshotOwed()) await this.#save();
    return this.#snapshotOwed() ? null : this.#last;
  }

  /** Resolves when no save is on its way. */
  async idle(): Promise<void> {
    if (!this.#inFlight) return;
    await this.#inFlight;
    await this.idle();
  }

  /** The line is back, or the person asks: tries at once. */
  retryNow(): void {
    if (this.#state.status === 'retrying') void this.#save();
  }

  /** The editor now shows what the core has: nothing of it is unsaved. */
  adopt(contentHash: string, savedAt: number): void {
    this.#clearTimers();
    this.#baseHash = contentHash;
    this.#savedVersion = this.#version;
    this.#firstUnsavedAt = null;
    this.#attempt = 0;
    this.#o.keep(null, contentHash);
    this.#set('saved', null, savedAt);
  }

  /** After a conflict: saves the text over `contentHash`, as a version. */
  async overwrite(contentHash: string): Promise<SaveAnswer | null> {
    this.#baseHash = contentHash;
    this.#version += 1;
    this.#attempt = 0;
    this.#set('unsaved');
    return this.checkpoint();
  }

  /** Still true after a save means that save did not go through. */
  #versionOwed(): boolean {
    return this.#checkpointWanted;
  }

  #snapshotOwed(): boolean {
    return this.#snapshot !== null;
  }

  get #stopped(): boolean {
    return this.#state.status === 'conflict' || this.#state.status === 'refused';
  }

  #now(): number {
    return (this.#o.now ?? Date.now)();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const since = this.#firstUnsavedAt === null ? 0 : this.#now() - this.#firstUnsavedAt;
    const wait = Math.max(0, Math.min(DEBOUNCE_MS, MAX_WAIT_MS - since));
    this.#timer = setTimeout(() => void this.#save(), wait);
  }

  #keepSoon(): void {
    this.#keepTimer ??= setTimeout(() => {
      this.#keepTimer = undefined;
      this.#o.keep(this.#o.read(), this.#baseHash);
    }, DEBOUNCE_MS);
  }

  #clearTimers(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#keepTimer);
    this.#keepTimer = undefined;
  }

  #save(): Promise<void> {
    if (this.#inFlight) return this.#inFlight;
    this.#clearTimers();
    this.#inFlight = this.#send().finally(() => {
      this.#inFlight = null;
      this.#settle();
    });
    return this.#inFlight;
  }

  async #send(): Promise<void> {
    const snapshot = this.#snapshot;
    const version = snapshot?.version ?? this.#version;
    const checkpoint = snapshot !== null || this.#checkpointWanted;
    const newest = this.#o.read();
    const draft = snapshot?.draft ?? newest;
    this.#o.keep(newest, this.#baseHash);
    this.#firstUnsavedAt = null;
    this.#set(this.#attempt > 0 ? 'retrying' : 'saving');
    try {
      const reason = snapshot?.reason ?? 'saved';
      const answer = await this.#o.send({ ...draft, baseHash: this.#baseHash, checkpoint, reason });
      this.#last = answer;
      this.#baseHash = answer.contentHash;
      this.#savedVersion = version;
      this.#attempt = 0;
      if (snapshot) this.#snapshot = null;
      else if (checkpoint) this.#checkpointWanted = false;
      this.#state = { status: 'saved', savedAt: answer.savedAt, error: null };
    } catch (error) {
      const judged = this.#o.judge(error);
      // A version asked for is not owed for ever; after a decision it is asked for again.
      if (judged !== 'retry') {
        this.#checkpointWanted = false;
        this.#snapshot = null;
      }
      this.#firstUnsavedAt ??= this.#now();
      const status = judged === 'retry' ? 'retrying' : judged === 'conflict' ? 'conflict' : 'refused';
      this.#state = { ...this.#state, status, error };
    }
  }

  /** After a save came back, well or not. */
  #settle(): void {
    const { status } = this.#state;
    if (status === 'retrying') {
      this.#timer = setTimeout(() => void this.#save(), backoff(this.#attempt, RETRY_FIRST_MS, RETRY_MOST_MS));
      this.#attempt += 1;
    } else if (status === 'saved' && this.#version !== this.#savedVersion) {
      this.#set('unsaved');
      this.#schedule();
      return;
    } else if (status === 'saved') {
      this.#o.keep(null, this.#baseHash);
    }
    this.#tell();
  }

  #set(status: AutosaveStatus, error: unknown = null, savedAt = this.#state.savedAt): void {
    const { status: was, savedAt: at, error: why } = this.#state;
    // Said once: every listener draws the whole room anew, and this is called for every keystroke.
    if (was === status && at === savedAt && why === error) return;
    this.#state = { status, savedAt, error };
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
