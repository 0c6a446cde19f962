/** How loud a piece of music, voice or effect is at a moment. Pure; times in microseconds. */
import { soundDurationUs, soundEndUs } from '../../../../../core/model/timeline/sounds.ts';
import type { Sound, Timeline } from '../../../../../core/model/timeline/timeline.ts';
import { volumeAt } from '../../../../../core/model/timeline/pace.ts';
import { factorOf } from './schedule.ts';

/** As the film (core/video/plan/layers.ts): gone in 40 ms, back in 700. */
const STEP_BACK_US = 40_000;
const COME_BACK_US = 700_000;

/** Share of its own loudness that the fades leave at `us`; 0 where it is not heard. */
export function fadeAt(sound: Sound, us: number): number {
  const into = us - sound.startUs;
  const left = soundEndUs(sound) - us;
  if (into < 0 || left <= 0) return 0;
  const lasts = soundDurationUs(sound);
  const rise = Math.min(sound.fadeInUs, lasts);
  const fall = Math.min(sound.fadeOutUs, lasts);
  return Math.min(rise > 0 ? into / rise : 1, fall > 0 ? left / fall : 1, 1);
}

/** Whether somebody speaks, as far as the page can tell: a caption is on show, or a voice is heard. */
export function isSpeech(timeline: Timeline, us: number): boolean {
  const on = ({ startUs, endUs }: { startUs: number; endUs: number }) => startUs <= us && us < endUs;
  return (
    timeline.captions.cues.some((cue) => on(cue) && cue.text.trim() !== '') ||
    timeline.voice.some((voice) => !voice.muted && on({ startUs: voice.startUs, endUs: soundEndUs(voice) }))
  );
}

/** Moves `now` (0: back, 1: stepped back) towards what `speech` asks for, by the time that has passed. */
export function stepTowards(now: number, speech: boolean, passedUs: number): number {
  if (speech) return Math.min(1, now + passedUs / STEP_BACK_US);
  return Math.max(0, now - passedUs / COME_BACK_US);
}

/** Loudness as a factor, 1 at most: an element of the page plays nothing louder than its file. */
export function levelAt(sound: Sound, us: number, stepped: number): number {
  const changed = volumeAt(sound.volume, sound.inUs + Math.max(0, us - sound.startUs));
  return Math.min(1, factorOf(sound.gainDb + changed + sound.duckDb * stepped) * fadeAt(sound, us));
}
