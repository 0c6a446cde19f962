/**
 * Brings the operations of one video to the core, in order, without DOM or React, so that its timing can be tested.
 *
 * Rules: at most one edit is on its way, and it takes along everything that waits; the next starts from the hash the
 * last one answered. What is not acknowledged is handed to `keep` at once, which holds it on this computer. A lost
 * line is tried again with growing pauses; a conflict or a refusal stops the queue until the room has looked at what
 * the core has and calls `restart` or `accepted`.
 */
import type { Operation } from '../../../../../core/model/timeline/operation.ts';
import type { Timeline } from '../../../../../core/model/timeline/timeline.ts';
import { backoff } from '../../../client/backoff.ts';

const RETRY_FIRST_MS = 1000;
const RETRY_MOST_MS = 20_000;
/** Most operations of one call: an answer must not take so long that the person doubts it. */
const MOST_AT_ONCE = 500;

/** Operations of one act of the person, and the timeline after them. */
export interface Batch {
  operations: readonly Operation[];
  after: Timeline;
}

export type SaveStatus = 'saved' | 'saving' | 'retrying' | 'conflict' | 'refused';

export interface SaveState {
  status: SaveStatus;
  /** When the core last had everything, epoch milliseconds. */
  savedAt: number;
  /** What the core said, in the states `retrying`, `conflict` and `refused`. */
  error: unknown;
}

export interface SaveQueueOptions {
  baseHash: string;
  savedAt: number;
  send: (input: { baseHash: string; operations: Operation[] }) => Promise<{ contentHash: string; savedAt: number }>;
  judge: (error: unknown) => 'conflict' | 'retry' | 'refuse';
  /** Holds what is not acknowledged; an empty list: the core has everything. */
  keep: (operations: readonly Operation[], baseHash: string) => void;
}

export class SaveQueue {
  readonly #o: SaveQueueOptions;
  #baseHash: string;
  #state: SaveState;
  #waiting: Batch[] = [];
  /** How many of `#waiting` are on their way. */
  #sent = 0;
  #inFlight: Promise<void> | null = null;
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(options: SaveQueueOptions) {
    this.#o = options;
    this.#baseHash = options.baseHash;
    this.#state = { status: 'saved', savedAt: options.savedAt, error: null };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getState = (): SaveState => this.#state;

  get baseHash(): string {
    return this.#baseHash;
  }

  /** What the core has not acknowledged, in order. */
  get pending(): readonly Batch[] {
    return this.#waiting;
  }

  /** The batches of the call that failed or is on its way. */
  get inFlight(): readonly Batch[] {
    return this.#waiting.slice(0, this.#sent);
  }

  get dirty(): boolean {
    return this.#waiting.length > 0;
  }

  push(batch: Batch): void {
    if (batch.operations.length === 0) return;
    this.#waiting.push(batch);
    this.#keep();
    const { status } = this.#state;
    if (status === 'saved' || status === 'saving') void this.#start();
  }

  /** Resolves when nothing is on its way. */
  async idle(): Promise<void> {
    while (this.#inFlight) await this.#inFlight;
  }

  /** The line is back, or the person asks: tries at once. */
  retryNow(): void {
    if (this.#state.status === 'retrying') void this.#start();
  }

  /** The core did what was on its way, though its answer was lost. */
  accepted(contentHash: string, savedAt: number): void {
    this.#waiting.splice(0, this.#sent);
    this.restart(contentHash, savedAt, this.#waiting);
  }

  /** Goes on from what the core has now, with these batches still to be done. */
  restart(contentHash: string, savedAt: number, batches: readonly Batch[]): void {
    clearTimeout(this.#timer);
    this.#baseHash = contentHash;
    this.#waiting = [...batches];
    this.#sent = 0;
    this.#attempt = 0;
    this.#keep();
    this.#set({ status: 'saved', savedAt, error: null });
    if (this.dirty) void this.#start();
  }

  /** Nothing is tried any more by itself; what waits stays kept. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  #keep(): void {
    this.#o.keep(
      this.#waiting.flatMap(({ operations }) => operations),
      this.#baseHash,
    );
  }

  #start(): Promise<void> {
    if (this.#inFlight) return this.#inFlight;
    clearTimeout(this.#timer);
    this.#inFlight = this.#send().finally(() => {
      this.#inFlight = null;
      this.#settle();
    });
    return this.#inFlight;
  }

  #take(): Operation[] {
    const operations: Operation[] = [];
    this.#sent = 0;
    for (const batch of this.#waiting) {
      if (this.#sent > 0 && operations.length + batch.operations.length > MOST_AT_ONCE) break;
      operations.push(...batch.operations);
      this.#sent += 1;
    }
    return operations;
  }

  async #send(): Promise<void> {
    const operations = this.#take();
    if (operations.length === 0) return;
    this.#set({ ...this.#state, status: this.#attempt > 0 ? 'retrying' : 'saving' });
    try {
      const answer = await this.#o.send({ baseHash: this.#baseHash, operations });
      this.#waiting.splice(0, this.#sent);
      this.#sent = 0;
      this.#baseHash = answer.contentHash;
      this.#attempt = 0;
      this.#keep();
      this.#state = { status: 'saved', savedAt: answer.savedAt, error: null };
    } catch (error) {
      const judged = this.#o.judge(error);
      const status = judged === 'retry' ? 'retrying' : judged === 'conflict' ? 'conflict' : 'refused';
      this.#state = { ...this.#state, status, error };
    }
  }

  #settle(): void {
    const { status } = this.#state;
    if (status === 'saved' && this.dirty) {
      void this.#start();
      return;
    }
    if (status === 'retrying') {
      this.#timer = setTimeout(() => void this.#start(), backoff(this.#attempt, RETRY_FIRST_MS, RETRY_MOST_MS));
      this.#attempt += 1;
    }
    this.#tell();
  }

  #set(state: SaveState): void {
    this.#state = state;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
