/** Which microphone this computer uses, and how; kept in this browser or window. */
import { z } from 'zod';
import type { VoiceChoice } from './recorder.ts';

const KEY = 'tongxin.voice';
/** Most that can be put to the system's own latency, milliseconds either way. */
export const MOST_TRIM_MS = 500;

const choice = z.object({
  deviceId: z.string().max(500).nullable(),
  headphones: z.boolean(),
  trimMs: z.number().int().min(-MOST_TRIM_MS).max(MOST_TRIM_MS),
});
const USUAL: VoiceChoice = { deviceId: null, headphones: false, trimMs: 0 };

export function readChoice(): VoiceChoice {
  try {
    return choice.safeParse(JSON.parse(localStorage.getItem(KEY) ?? 'null')).data ?? USUAL;
  } catch {
    return USUAL;
  }
}

export function writeChoice(chosen: VoiceChoice): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(chosen));
  } catch {
    // Quota or privacy settings: it counts for this sitting.
  }
}
