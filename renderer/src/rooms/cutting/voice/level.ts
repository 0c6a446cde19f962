/** How loud a microphone is. Pure; levels in dBFS: 0 is the loudest that can be kept, half the amplitude is 6 less. */

/** Bottom of the meter; a quiet room with a plain microphone is about there. */
export const SILENT_DB = -60;
/** From here on the loudest moments are near being cut off. */
export const HOT_DB = -3;
/** A voice whose loudest moments stay below this is hard to bring up without its noise. */
export const FAINT_DB = -36;
/** How fast the bar falls after a loud moment, decibels a second: as a peak programme meter (IEC 60268-10 type I, 20 dB in 1.7 s). */
const FALL_DB_PER_S = 20 / 1.7;
/** How long the loudest moment stays marked, milliseconds. */
const HOLD_MS = 1500;

/** Loudest amplitude among samples from −1 to 1. */
export function peakOf(samples: Float32Array): number {
  let peak = 0;
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  return peak;
}

/** An amplitude as dBFS, not below {@link SILENT_DB}. */
export const toDb = (amplitude: number): number =>
  amplitude > 0 ? Math.max(SILENT_DB, 20 * Math.log10(amplitude)) : SILENT_DB;

/** Where a level stands on the meter, 0 to 1. */
export const shareOf = (db: number): number => Math.max(0, Math.min(1, 1 - db / SILENT_DB));

export interface Reading {
  /** What the bar shows. */
  db: number;
  /** The loudest of the last moments. */
  heldDb: number;
  atMs: number;
  heldAtMs: number;
}

export const NO_READING: Reading = { db: SILENT_DB, heldDb: SILENT_DB, atMs: 0, heldAtMs: 0 };

/** The meter after a piece of sound whose loudest amplitude is `peak`: up at once, down evenly. */
export function read(before: Reading, peak: number, atMs: number): Reading {
  const now = toDb(peak);
  const fallen = Math.max(SILENT_DB, before.db - ((atMs - before.atMs) / 1000) * FALL_DB_PER_S);
  const held = now >= before.heldDb || atMs - before.heldAtMs > HOLD_MS;
  return {
    db: Math.max(now, fallen),
    heldDb: held ? now : before.heldDb,
    atMs,
    heldAtMs: held ? atMs : before.heldAtMs,
  };
}
