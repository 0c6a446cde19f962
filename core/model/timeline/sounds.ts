/** What the operations on music, voice and effects come down to. */
import { refuse } from './check.ts';
import { NO_CHANGE, given, unknownId } from './cues.ts';
import type { OperationOf } from './operation.ts';
import type { Patch } from './patch.ts';
import { volumeOf } from './pace.ts';
import type { VolumeKey } from './pace.ts';
import { SOUND_TRACKS } from './timeline.ts';
import type { Sound, SoundTrack, Timeline } from './timeline.ts';

/** Length on the timeline, microseconds. */
export const soundDurationUs = ({ inUs, outUs }: Sound): number => outUs - inUs;

/** Where it ends on the timeline, microseconds; exclusive. */
export const soundEndUs = (sound: Sound): number => sound.startUs + soundDurationUs(sound);

/** All sounds beside the storyline, with the track each is in. */
export function soundsOf(timeline: Timeline): { track: SoundTrack; sound: Sound }[] {
  return SOUND_TRACKS.flatMap((track) => timeline[track].map((sound) => ({ track, sound })));
}

function find(timeline: Timeline, id: string): { track: SoundTrack; sound: Sound; at: number } {
  for (const track of SOUND_TRACKS) {
    const at = timeline[track].findIndex((sound) => sound.id === id);
    const sound = timeline[track][at];
    if (sound) return { track, sound, at };
  }
  return unknownId(id);
}

const change = (track: SoundTrack, remove: string[], put: { at: number; item: Sound }[]): Patch => ({
  ...NO_CHANGE,
  tables: { [track]: { remove, put } },
});

export function addSound(timeline: Timeline, op: OperationOf<'addSound'>): Patch {
  const { startUs = 0, inUs = 0, outUs, volume, linkedTo, ...fields } = op.sound;
  const asset = timeline.assets.find(({ assetId }) => assetId === fields.assetId) ?? unknownId(fields.assetId);
  const end = outUs ?? asset.durationUs ?? refuse(`${fields.id}: asset ${asset.assetId} has no sound`);
  const item: Sound = {
    ...{ startUs, inUs, outUs: end, gainDb: 0, muted: false, fadeInUs: 0, fadeOutUs: 0, duckDb: 0 },
    ...given(fields),
    ...volumeOf(volume),
    ...(linkedTo === undefined ? {} : { linkedTo }),
  };
  return change(op.track, [], [{ at: timeline[op.track].length, item }]);
}

export function removeSound(timeline: Timeline, op: OperationOf<'removeSound'>): Patch {
  const { track, sound } = find(timeline, op.soundId);
  return change(track, [sound.id], []);
}

export function editSound(timeline: Timeline, op: OperationOf<'editSound'>): Patch {
  const { track, sound, at } = find(timeline, op.soundId);
  const { type: _type, soundId: _soundId, track: to = track, volume, linkedTo, ...asked } = op;
  // Hidden where a voice is set, and wrong there: it would step back for itself.
  const fields = given(to === 'voice' && track !== 'voice' ? { duckDb: 0, ...given(asked) } : asked);
  const next: Sound = withLink(timeline, { ...sound, ...fields }, { volume, linkedTo });
  if (to !== track) {
    const put = [{ at: timeline[to].length, item: next }];
    return { ...NO_CHANGE, tables: { [track]: { remove: [sound.id], put: [] }, [to]: { remove: [], put } } };
  }
  const same = (Object.keys({ ...sound, ...next }) as (keyof Sound)[]).every((key) => next[key] === sound[key]);
  return same ? NO_CHANGE : change(track, [sound.id], [{ at, item: next }]);
}

/** The sound with new keys (the empty list: none) and another clip to go with (null: none); undefined leaves as it is. */
function withLink(
  timeline: Timeline,
  sound: Sound,
  { volume, linkedTo }: { volume: VolumeKey[] | undefined; linkedTo: string | null | undefined },
): Sound {
  const { volume: keys, linkedTo: link, ...rest } = sound;
  const to = linkedTo === undefined ? link : linkedTo;
  if (linkedTo && !timeline.storyline.some(({ id }) => id === linkedTo)) unknownId(linkedTo);
  return { ...rest, ...volumeOf(volume ?? keys), ...(to ? { linkedTo: to } : {}) };
}

export function splitSound(timeline: Timeline, op: OperationOf<'splitSound'>): Patch {
  const { track, sound, at } = find(timeline, op.soundId);
  const cutUs = sound.inUs + (op.atUs - sound.startUs);
  if (cutUs <= sound.inUs || cutUs >= sound.outUs) refuse(`${sound.id}: nothing to split at its edge`);
  // The fades stay where they were: in at the beginning, out at the end.
  const halves = [
    { at, item: { ...sound, outUs: cutUs, fadeOutUs: 0 } },
    { at: at + 1, item: { ...sound, id: op.newId, startUs: op.atUs, inUs: cutUs, fadeInUs: 0 } },
  ];
  return change(track, [sound.id], halves);
}
