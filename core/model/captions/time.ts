/** Times of captions as the formats write them. All times are integer microseconds. */

interface Clock {
  hours: number;
  minutes: number;
  seconds: number;
  /** What is left below a second, in the unit that was asked for. */
  rest: number;
}

const two = (n: number): string => String(n).padStart(2, '0');

function clock(units: number, unitsPerSecond: number): Clock {
  const seconds = Math.floor(units / unitsPerSecond);
  return {
    hours: Math.floor(seconds / 3600),
    minutes: Math.floor(seconds / 60) % 60,
    seconds: seconds % 60,
    rest: units % unitsPerSecond,
  };
}

/** Milliseconds as `HH:MM:SS,mmm` (the mark before the milliseconds: `,` in SRT, `.` in WebVTT and TTML). */
export function clockMs(ms: number, mark: ',' | '.'): string {
  const c = clock(ms, 1000);
  return `${two(c.hours)}:${two(c.minutes)}:${two(c.seconds)}${mark}${String(c.rest).padStart(3, '0')}`;
}

/** Hundredths of a second as `H:MM:SS.cc` (ASS). */
export function clockCs(cs: number): string {
  const c = clock(cs, 100);
  return `${c.hours}:${two(c.minutes)}:${two(c.seconds)}.${two(c.rest)}`;
}

/** Hundredths of a second as `MM:SS.cc` (LRC); minutes go on beyond 99. */
export function lyricsTime(cs: number): string {
  const c = clock(cs, 100);
  return `${two(c.hours * 60 + c.minutes)}:${two(c.seconds)}.${two(c.rest)}`;
}

/** Start and end in units of `unitUs` microseconds, rounded, the end still after the start. */
export function rounded(times: { startUs: number; endUs: number }, unitUs: number): [start: number, end: number] {
  const start = Math.round(times.startUs / unitUs);
  return [start, Math.max(start + 1, Math.round(times.endUs / unitUs))];
}
