/** How a clip goes through its source: frozen, backwards; how its loudness changes on the way. Left out where it does not. */
import { z } from 'zod';
import { lengthUs, timeUs } from './basics.ts';

/** Loudness of a part in decibels. */
export const gain = z.number().min(-60).max(24).describe('Decibels; 0 leaves the sound as it is.');

export const volumeKey = z
  .strictObject({ atUs: timeUs.describe('On the source.'), gainDb: gain })
  .describe(
    'How loud it is at one moment, on top of its gainDb; evenly in decibels between two, as the first and the last beyond them.',
  );
export type VolumeKey = z.infer<typeof volumeKey>;

const ascending = (keys: readonly VolumeKey[]): boolean =>
  keys.every((key, i) => i === 0 || key.atUs > (keys[i - 1]?.atUs ?? 0));
/** More than anybody sets by hand; keeps the filter that says it readable. */
const MAX_VOLUME_KEYS = 100;
const volumeKeys = z
  .array(volumeKey)
  .max(MAX_VOLUME_KEYS)
  .refine(ascending, 'keys stand by their time, each at its own');

/** Of clips and sounds. */
export const volumeField = { volume: volumeKeys.min(1).exactOptional() };
/** The same as an operation sets it; the empty list undoes. */
export const volumeSetting = { volume: volumeKeys.exactOptional() };

/** Fields of a clip. */
export const paceFields = {
  heldUs: lengthUs.exactOptional().describe('A frozen frame: the one at inUs stands so long on the timeline, silent.'),
  reversed: z.literal(true).exactOptional().describe('From its last frame to its first, sound and all.'),
};

/** The keys as a field; nothing where there are none. */
export const volumeOf = (keys: VolumeKey[] | undefined): { volume?: VolumeKey[] } =>
  keys && keys.length > 0 ? { volume: keys } : {};

/** Decibels that keys add at a time of the source. */
export function volumeAt(keys: readonly VolumeKey[] | undefined, sourceUs: number): number {
  if (!keys) return 0;
  const next = keys.findIndex(({ atUs }) => atUs > sourceUs);
  const [one, two] = next < 0 ? [keys.at(-1), undefined] : [keys[next - 1] ?? keys[0], keys[next]];
  if (!one || !two || two.atUs <= one.atUs) return one?.gainDb ?? 0;
  const share = Math.max(0, (sourceUs - one.atUs) / (two.atUs - one.atUs));
  return one.gainDb + (two.gainDb - one.gainDb) * share;
}
