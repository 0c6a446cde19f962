/** What the desk says, worked out. Pure. */
import type { DeskItem } from '../../../../core/model/contract/packages.ts';

export type DayPart = 'night' | 'morning' | 'noon' | 'afternoon' | 'evening';

/** The part of the day at `at` (epoch milliseconds), by the clock of this computer. */
export function dayPart(at: number): DayPart {
  const hour = new Date(at).getHours();
  if (hour < 5) return 'night';
  if (hour < 11) return 'morning';
  if (hour < 13) return 'noon';
  if (hour < 18) return 'afternoon';
  return hour < 23 ? 'evening' : 'night';
}

export type Why = DeskItem['why'];
export const WHYS = ['sign', 'returned', 'approved', 'write'] as const satisfies readonly Why[];

/** The kinds that are there, each with its number, in a fixed order. */
export function kindsOf(items: readonly DeskItem[]): { why: Why; n: number }[] {
  return WHYS.map((why) => ({ why, n: items.filter((item) => item.why === why).length })).filter(({ n }) => n > 0);
}
