/** Numbers, sizes and times as people read them. All pure; `language` picks the Intl locale. */
import type { Language } from '../../../core/model/errors.ts';

const KIB = 1024;
const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** `1,864`. */
export function formatNumber(value: number, language: Language): string {
  return new Intl.NumberFormat(language).format(value);
}

/** `62%`; `fraction` 0 to 1. 100% is said only when all is done. */
export function formatPercent(fraction: number, language: Language): string {
  const shown = fraction >= 1 ? 1 : Math.min(0.99, Math.floor(fraction * 100) / 100);
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(Math.max(0, shown));
}

/** `1.4 MB`: binary steps as Windows counts them, one decimal below 10 units. */
export function formatBytes(bytes: number, language: Language): string {
  let value = bytes;
  let unit = 0;
  while (value >= KIB && unit < UNITS.length - 1) {
    value /= KIB;
    unit += 1;
  }
  const digits = unit > 0 && value < 10 ? 1 : 0;
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value)} ${UNITS[unit] ?? 'B'}`;
}

/** A clip's length: `01:28`, `1:02:03` from an hour on. Microseconds in; rounded down to the second. */
export function formatDuration(us: number): string {
  const seconds = Math.floor(us / 1_000_000);
  const two = (n: number) => String(n).padStart(2, '0');
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${String(h)}:${two(m)}:${two(s)}` : `${two(m)}:${two(s)}`;
}

const sameDay = (a: Date, b: Date) => a.toDateString() === b.toDateString();

/** `14:42`. */
export function formatClock(at: number, language: Language): string {
  return new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);
}

/** Today: `14:42`; this year: `4月23日 14:42`; else `2025年4月23日`. Epoch milliseconds in. */
export function formatWhen(at: number, now: number, language: Language): string {
  const [then, today] = [new Date(at), new Date(now)];
  if (sameDay(then, today)) return formatClock(at, language);
  if (then.getFullYear() === today.getFullYear()) {
    const day = new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric' }).format(at);
    return `${day} ${formatClock(at, language)}`;
  }
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(at);
}

/** Date and time in full, for tooltips and the facts of a thing. */
export function formatFull(at: number, language: Language): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' }).format(at);
}

/** Frame rate of a probe (`30000/1001` or `25`) as `29.97`; the text itself when it is neither. */
export function formatFrameRate(rate: string, language: Language): string {
  const [, top, bottom] = /^(\d+(?:\.\d+)?)(?:\/(\d+))?$/.exec(rate) ?? [];
  const value = Number(top) / Number(bottom ?? 1);
  if (!Number.isFinite(value) || value <= 0) return rate;
  return new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(value);
}

/** How a spell of work is said: whole seconds below a minute, whole minutes above ten, both between. */
export function timeLeft(ms: number): { minutes: number; seconds: number } {
  const total = Math.max(1, Math.ceil(ms / 1000));
  if (total >= 600) return { minutes: Math.ceil(total / 60), seconds: 0 };
  return { minutes: Math.floor(total / 60), seconds: total % 60 };
}

/** Today as a heading: `4月23日星期四`, `Thursday, April 23`. */
export function formatDay(at: number, language: Language): string {
  return new Intl.DateTimeFormat(language, { month: 'long', day: 'numeric', weekday: 'long' }).format(at);
}
