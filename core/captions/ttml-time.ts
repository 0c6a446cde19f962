/** Time expressions of TTML (TTML2, section 12.3): clock times with fractions or frames, and offsets. */

export interface TimeBase {
  /** Frames a second, with the multiplier applied. */
  frameRate: number;
  subFrameRate: number;
  /** Ticks a second. */
  tickRate: number;
}

const positive = (raw: string | undefined): number | null => {
  const n = Number(raw);
  return raw !== undefined && Number.isFinite(n) && n > 0 && n <= 1e9 ? n : null;
};

/**
 * Rates from the attributes of `tt`: 30 frames unless said, the multiplier written "1000 1001" (or "1000:1001"), and as
 * many ticks as frames where only frames are said, else one a second.
 */
export function timeBaseOf(attributes: ReadonlyMap<string, string>): TimeBase {
  const rate = positive(attributes.get('frameRate'));
  const [up, down] = (attributes.get('frameRateMultiplier') ?? '1 1').trim().split(/[\s:]+/);
  const multiplier = (positive(up) ?? 1) / (positive(down) ?? 1);
  const frameRate = (rate ?? 30) * multiplier;
  const subFrameRate = positive(attributes.get('subFrameRate')) ?? 1;
  const tickRate = positive(attributes.get('tickRate')) ?? (rate === null ? 1 : rate * multiplier * subFrameRate);
  return { frameRate, subFrameRate, tickRate };
}

const CLOCK = /^(\d{1,6}):(\d{1,2}):(\d{1,2})(?:[.,](\d{1,20})|:(\d{1,6})(?:\.(\d{1,6}))?)?$/;
const OFFSET = /^(\d{1,15}(?:\.\d{1,20})?)(h|m|s|ms|f|t)$/;

function clockUs(found: RegExpExecArray, base: TimeBase): number {
  const [, hours, minutes, seconds, fraction = '', frames = '0', sub = '0'] = found;
  const whole = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1_000_000;
  const frame = (Number(frames) + Number(sub) / base.subFrameRate) / base.frameRate;
  return whole + Number(fraction.slice(0, 6).padEnd(6, '0')) + Math.round(frame * 1_000_000);
}

/** Microseconds of a time expression, or null. */
export function ttmlTimeUs(raw: string | undefined, base: TimeBase): number | null {
  const text = raw?.trim() ?? '';
  const clock = CLOCK.exec(text);
  if (clock) return clockUs(clock, base);
  const offset = OFFSET.exec(text);
  if (!offset) return null;
  const unit = { h: 3600, m: 60, s: 1, ms: 0.001, f: 1 / base.frameRate, t: 1 / base.tickRate }[offset[2] ?? 's'] ?? 1;
  const us = Math.round(Number(offset[1]) * unit * 1_000_000);
  return Number.isSafeInteger(us * 2) ? us : null;
}
