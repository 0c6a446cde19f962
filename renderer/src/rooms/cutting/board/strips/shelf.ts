/** What was fetched once, by key, within a bound of memory: the longest unused goes first. */

interface Kept<T> {
  value: T;
  bytes: number;
}

export interface ShelfOptions<T> {
  /** Null: it is not there. */
  load: (key: string) => Promise<T | null>;
  bytesOf: (value: T) => number;
  /** Lets go of what a value holds beside memory. */
  drop?: (value: T) => void;
  maxBytes: number;
}

/** Loads going on at once: pictures are decoded beside a film that plays. */
const AT_ONCE = 3;

export class Shelf<T> {
  readonly #options: ShelfOptions<T>;
  /** In order of use, the longest unused first. */
  readonly #kept = new Map<string, Kept<T>>();
  readonly #wanted = new Set<string>();
  readonly #loading = new Set<string>();
  readonly #missing = new Set<string>();
  readonly #listeners = new Set<(key: string) => void>();
  #bytes = 0;

  constructor(options: ShelfOptions<T>) {
    this.#options = options;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The value if it is here; else null, and it is fetched: listeners are told when it comes. */
  get(key: string): T | null {
    const kept = this.#kept.get(key);
    if (kept) {
      this.#kept.delete(key);
      this.#kept.set(key, kept);
      return kept.value;
    }
    if (!this.#loading.has(key) && !this.#missing.has(key)) {
      this.#wanted.add(key);
      this.#next();
    }
    return null;
  }

  /** The value once it is here; null where it is not there. */
  take(key: string): Promise<T | null> {
    const there = this.get(key);
    if (there !== null || this.#missing.has(key)) return Promise.resolve(there);
    return new Promise((resolve) => {
      const stop = this.subscribe((told) => {
        if (told !== key) return;
        stop();
        resolve(this.#kept.get(key)?.value ?? null);
      });
    });
  }

  /** What was not there may have come: listeners are told, and asking fetches again. */
  retry(key: string): void {
    if (this.#missing.delete(key)) this.#tell(key);
  }

  /** Told the key of whatever comes, or turns out not to be there. Returns the way to stop. */
  subscribe(listener: (key: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  isMissing(key: string): boolean {
    return this.#missing.has(key);
  }

  #tell(key: string): void {
    for (const listener of this.#listeners) listener(key);
  }

  #next(): void {
    for (const key of this.#wanted) {
      if (this.#loading.size >= AT_ONCE) return;
      this.#wanted.delete(key);
      this.#loading.add(key);
      void this.#load(key);
    }
  }

  async #load(key: string): Promise<void> {
    // What could not be fetched is the same to a drawing as what is not made.
    const value = await this.#options.load(key).catch(() => null);
    this.#loading.delete(key);
    if (value === null) this.#missing.add(key);
    else this.#keep(key, value);
    this.#tell(key);
    this.#next();
  }

  #keep(key: string, value: T): void {
    const bytes = this.#options.bytesOf(value);
    this.#kept.set(key, { value, bytes });
    this.#bytes += bytes;
    for (const [old, kept] of this.#kept) {
      if (this.#bytes <= this.#options.maxBytes || old === key) break;
      this.#kept.delete(old);
      this.#bytes -= kept.bytes;
      this.#options.drop?.(kept.value);
    }
  }
}
