/** The event bus: numbers events and hands them to listeners, in order, after the change is on disk. */
import { AsyncIteratorClass } from '@orpc/contract';
import type { NewEvent, StudioEvent } from './model/contract/index.ts';
import type { Clock, Log } from './ports/index.ts';

type Listener = (event: StudioEvent) => void;

export class EventBus {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #listeners = new Set<Listener>();
  #seq = 0;

  constructor(clock: Clock, log: Log) {
    this.#clock = clock;
    this.#log = log;
  }

  emit(event: NewEvent): void {
    this.#seq += 1;
    const numbered: StudioEvent = { ...event, seq: this.#seq, at: this.#clock.now() };
    for (const listener of this.#listeners) {
      try {
        listener(numbered);
      } catch (error) {
        // One bad listener must not keep the news from the others.
        this.#log.error('event listener failed', { error: String(error) });
      }
    }
  }

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get listenerCount(): number {
    return this.#listeners.size;
  }

  /**
   * An async iterator over events from now on; `ready` comes first. Ends when `signal` aborts or the
   * reader returns. `visible` decides per event what this reader may see.
   */
  iterate(
    visible: (event: StudioEvent) => Promise<boolean>,
    signal: AbortSignal | undefined,
  ): AsyncIteratorClass<StudioEvent, void, void> {
    const queue: StudioEvent[] = [{ type: 'ready', seq: this.#seq, at: this.#clock.now() }];
    let wake: (() => void) | null = null;
    let over = false;
    const stop = this.listen((event) => {
      queue.push(event);
      wake?.();
    });
    const end = (): void => {
      over = true;
      stop();
      wake?.();
    };
    signal?.addEventListener('abort', end, { once: true });
    if (signal?.aborted === true) end();
    const next = async (): Promise<IteratorResult<StudioEvent, void>> => {
      for (;;) {
        const event = queue.shift();
        if (over) return { done: true, value: undefined };
        if (event) {
          if (event.type === 'ready' || (await visible(event))) return { done: false, value: event };
          continue;
        }
        await new Promise<void>((resolve) => (wake = resolve));
        wake = null;
      }
    };
    return new AsyncIteratorClass(next, () => {
      signal?.removeEventListener('abort', end);
      end();
      return Promise.resolve();
    });
  }
}
