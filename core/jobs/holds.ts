/** Jobs that wait for something outside (mains), looked at now and then, until it is there or somebody says to go on. */
import type { JobWait } from '../model/contract/index.ts';
import { StudioError } from '../model/errors.ts';

/** How often what a job waits for is looked at. */
const EVERY_MS = 2000;

export class Holds {
  /** What each waits for, and what ends its present pause. */
  readonly #held = new Map<string, { why: JobWait; look: () => void }>();
  /** Those that do not wait any more, since somebody said so. */
  readonly #goneOn = new Set<string>();
  readonly #tell: (jobId: string) => Promise<unknown>;

  /** `tell`: called when a job begins to wait and when it goes on. */
  constructor(tell: (jobId: string) => Promise<unknown>) {
    this.#tell = tell;
  }

  /** Null: it does not wait. */
  waitsFor(jobId: string): JobWait | null {
    return this.#held.get(jobId)?.why ?? null;
  }

  /** Error: unknown_id, when it does not wait. */
  goOn(jobId: string): void {
    const held = this.#held.get(jobId);
    if (!held) throw new StudioError('unknown_id', { id: jobId });
    this.#goneOn.add(jobId);
    this.#held.delete(jobId);
    held.look();
  }

  /** Waits while `holds`. Throws the signal's reason when the job is stopped. */
  async wait(jobId: string, why: JobWait, holds: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
    if (this.#goneOn.has(jobId) || !(await holds())) return;
    let look: () => void = () => undefined;
    const wake = (): void => look();
    const over = (): boolean => signal.aborted || this.#goneOn.has(jobId);
    signal.addEventListener('abort', wake);
    this.#held.set(jobId, { why, look: wake });
    try {
      await this.#tell(jobId);
      while (!over() && (await holds())) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, EVERY_MS);
          look = () => {
            clearTimeout(timer);
            resolve();
          };
          // What was said while `holds` was being asked.
          if (over()) look();
        });
      }
    } finally {
      signal.removeEventListener('abort', wake);
      this.#held.delete(jobId);
    }
    signal.throwIfAborted();
    await this.#tell(jobId);
  }

  /** The job has ended. */
  forget(jobId: string): void {
    this.#held.delete(jobId);
    this.#goneOn.delete(jobId);
  }
}
