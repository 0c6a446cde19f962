/** The machine's clock. */
import type { Clock } from '../ports/index.ts';

/** Epoch milliseconds of the machine. */
export const systemClock: Clock = { now: () => Date.now() };
