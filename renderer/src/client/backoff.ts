/**
 * Milliseconds to wait before try number `attempt` (0, 1, 2 …): doubling from `first` up to `most`.
 * No jitter: one page talks to one program.
 */
export function backoff(attempt: number, first = 500, most = 15_000): number {
  return Math.min(most, first * 2 ** Math.min(attempt, 20));
}
