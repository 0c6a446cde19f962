/** How often a process that dies is started again before the person is asked. */
const MAX_RESTARTS = 3;
const WINDOW_MS = 60_000;
const FIRST_DELAY_MS = 200;

/** Counts deaths: at most three restarts in a minute, each waiting twice as long as the one before. */
export class RestartPolicy {
  private deaths: number[] = [];

  /** Milliseconds to wait before the next start; null: it dies too often. `now` is epoch milliseconds. */
  next(now: number): number | null {
    this.deaths = this.deaths.filter((at) => now - at < WINDOW_MS);
    if (this.deaths.length >= MAX_RESTARTS) return null;
    this.deaths.push(now);
    return FIRST_DELAY_MS * 2 ** (this.deaths.length - 1);
  }

  /** Forgets the past: the person asked for another try. */
  reset(): void {
    this.deaths = [];
  }
}
