/** Where a take goes in the timeline, and what it is called. Pure; times in microseconds. */
import type { Asset } from '../../../../../core/model/contract/index.ts';
import { assetEntry } from '../../../../../core/model/timeline/asset.ts';
import type { Operation } from '../../../../../core/model/timeline/operation.ts';
import { soundEndUs } from '../../../../../core/model/timeline/sounds.ts';
import type { Sound, Timeline } from '../../../../../core/model/timeline/timeline.ts';

/**
 * Puts a take on the voice track where it was spoken, as far as there is film (`filmUs`): a page that was busy heard the film's end
 * late, and listened on.
 */
export function layTake(
  timeline: Timeline,
  asset: Asset,
  soundId: string,
  { atUs, filmUs }: { atUs: number; filmUs: number },
): Operation[] {
  const known = timeline.assets.some(({ assetId }) => assetId === asset.assetId);
  const whole = asset.durationUs ?? 0;
  const outUs = filmUs > atUs ? Math.min(whole, filmUs - atUs) : whole;
  const sound = { id: soundId, assetId: asset.assetId, startUs: atUs, outUs };
  return [
    ...(known ? [] : [{ type: 'addAsset' as const, asset: assetEntry(asset, asset.name) }]),
    { type: 'addSound', track: 'voice', sound },
  ];
}

/** Voices that are heard somewhere between two moments of the film, `but` for one of them. */
export const voicesBetween = (timeline: Timeline, fromUs: number, toUs: number, but: string | null = null): Sound[] =>
  timeline.voice.filter(
    (sound) => sound.id !== but && !sound.muted && sound.startUs < toUs && soundEndUs(sound) > fromUs,
  );

/** Whether this take of the library is in the film already. */
export const isLaid = (timeline: Timeline, assetId: string, atUs: number): boolean =>
  timeline.voice.some((sound) => sound.assetId === assetId && sound.startUs === atUs);

/** The next number for takes whose names begin with `stem`, as "Voice-over Tea 3.wav". */
export function nextNumber(stem: string, names: readonly string[]): number {
  const taken = names.flatMap((name) => {
    if (!name.startsWith(`${stem} `)) return [];
    const digits = /^(\d{1,6})(?:\.wav)?$/.exec(name.slice(stem.length + 1))?.[1];
    return digits === undefined ? [] : [Number(digits)];
  });
  return Math.max(0, ...taken) + 1;
}
