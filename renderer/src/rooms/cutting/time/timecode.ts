/** Times as an editor reads them. */
import { frameAt, parseRational, type Rational } from '../../../../../core/model/timeline/rational.ts';

export const FALLBACK_RATE: Rational = { num: 30, den: 1 };

/** Frame rate of a canvas; 30 where it cannot be read. */
export const rateOf = (text: string): Rational => parseRational(text) ?? FALLBACK_RATE;

const two = (n: number): string => String(n).padStart(2, '0');

/** `00:31:12`: minutes, seconds, frames; with hours before them from an hour on. Drop-frame counting is not used. */
export function timecode(us: number, rate: Rational): string {
  const perSecond = Math.max(1, Math.round(rate.num / rate.den));
  const frames = frameAt(Math.max(0, us), rate);
  const seconds = Math.floor(frames / perSecond);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const rest = `${two(m)}:${two(s)}:${two(frames % perSecond)}`;
  return h > 0 ? `${String(h)}:${rest}` : rest;
}

/** `00:29.0`: minutes, seconds and tenths, for captions. */
export function cueTime(us: number): string {
  const tenths = Math.round(us / 100_000);
  const [m, s, t] = [Math.floor(tenths / 600), Math.floor(tenths / 10) % 60, tenths % 10];
  return `${two(m)}:${two(s)}.${String(t)}`;
}

/** `12.6`: seconds with one decimal. */
export const seconds = (us: number): string => (us / 1_000_000).toFixed(1);

/** `00:05` or `1:00:05`: label of the ruler; `.2` behind it where the step is shorter than a second. */
export function rulerTime(us: number): string {
  const total = Math.floor(us / 1_000_000);
  const part = Math.round((us % 1_000_000) / 100_000);
  const [h, m, s] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const text = h > 0 ? `${String(h)}:${two(m)}:${two(s)}` : `${two(m)}:${two(s)}`;
  return part === 0 ? text : `${text}.${String(part)}`;
}
