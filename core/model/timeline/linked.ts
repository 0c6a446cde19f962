/** Sound that was taken off its clip, and sounds that go where a clip goes. */
import { refuse } from './check.ts';
import { NO_CHANGE, unknownId } from './cues.ts';
import { layout } from './layout.ts';
import type { Layout, PlacedClip } from './layout.ts';
import type { OperationOf } from './operation.ts';
import type { Patch, TableEdit, TableEdits } from './patch.ts';
import { soundEndUs } from './sounds.ts';
import { SOUND_TRACKS } from './timeline.ts';
import type { Sound, Timeline } from './timeline.ts';

/**
 * The clip's sound becomes a piece of its own, linked to the clip, which is muted. Refused where a sound could not say it:
 * sounds have one speed and one direction.
 */
export function detachSound(timeline: Timeline, op: OperationOf<'detachSound'>): Patch {
  const { clipId, soundId, track = 'voice' } = op;
  const placed = layout(timeline).byId.get(clipId) ?? unknownId(clipId);
  const { clip } = placed;
  if (clip.speed !== '1/1') refuse(`${clipId}: its sound goes at ${clip.speed} of its speed`);
  if (clip.reversed || clip.heldUs !== undefined) refuse(`${clipId}: its sound does not run forwards`);
  const { assetId, inUs, outUs, gainDb, volume } = clip;
  const sound: Sound = {
    ...{ id: soundId, assetId, startUs: placed.startUs, inUs, outUs, gainDb, muted: false },
    ...{ fadeInUs: 0, fadeOutUs: 0, duckDb: 0, linkedTo: clipId },
    ...(volume ? { volume } : {}),
  };
  const { volume: _volume, ...rest } = clip;
  return {
    ...NO_CHANGE,
    tables: {
      storyline: { remove: [clipId], put: [{ at: placed.index, item: { ...rest, gainDb: 0, muted: true } }] },
      [track]: { remove: [], put: [{ at: timeline[track].length, item: sound }] },
    },
  };
}

/** Where the first moment of the clip's source would lie on the timeline: what keeps a sound in step with lips. */
const zeroOf = ({ startUs, clip }: PlacedClip): number => startUs - clip.inUs;

/** Whether the same picture is still at the same distance, whatever was cut off. */
const goesAlike = (a: PlacedClip, b: PlacedClip): boolean =>
  a.clip.assetId === b.clip.assetId && a.clip.speed === b.clip.speed && a.clip.reversed === b.clip.reversed;

/** The sound later by so much; what would lie before the film is cut off. Null: nothing is left. */
function shifted(sound: Sound, byUs: number): Sound | null {
  const startUs = sound.startUs + byUs;
  if (startUs >= 0) return { ...sound, startUs };
  const inUs = sound.inUs - startUs;
  return inUs < sound.outUs ? { ...sound, startUs: 0, inUs } : null;
}

/** The clip that was split, at which time, and what its second half is called. */
interface Split {
  atUs: number;
  newId: string;
}

/** The sound's part up to the cut and the one behind it, which belongs to the second half. */
function halves(sound: Sound, { atUs, newId }: Split, n: number): Sound[] {
  if (sound.startUs >= atUs) return [{ ...sound, linkedTo: newId }];
  if (soundEndUs(sound) <= atUs) return [sound];
  const inUs = sound.inUs + (atUs - sound.startUs);
  const second = { ...sound, id: `${newId.slice(0, 56)}-s${n}`, startUs: atUs, inUs, fadeInUs: 0, linkedTo: newId };
  return [{ ...sound, outUs: inUs, fadeOutUs: 0 }, second];
}

interface Places {
  before: Layout;
  after: Layout;
  split: Split | null;
}

/** What becomes of a linked sound; the sound itself alone where nothing does. */
function followOne(sound: Sound, n: number, { before, after, split }: Places): Sound[] {
  const was = before.byId.get(sound.linkedTo ?? '');
  if (!was) return [sound];
  const is = after.byId.get(was.clip.id);
  if (!is) return [];
  const second = split && after.byId.get(split.newId);
  if (second && is.endUs !== was.endUs) return halves(sound, { atUs: second.startUs, newId: second.clip.id }, n);
  const byUs = goesAlike(was, is) ? zeroOf(is) - zeroOf(was) : is.startUs - was.startUs;
  const now = byUs === 0 ? sound : shifted(sound, byUs);
  return now ? [now] : [];
}

/**
 * Changes of the sound tables that keep linked sounds with their clips when the storyline goes from `before` to `after`; a
 * table in which nothing moves is left out.
 */
export function followLinked(before: Timeline, after: Timeline, split: Split | null): TableEdits {
  const linked = SOUND_TRACKS.filter((track) => before[track].some(({ linkedTo }) => linkedTo !== undefined));
  if (linked.length === 0) return {};
  const places = { before: layout(before), after: layout(after), split };
  const edits: TableEdits = {};
  let n = 0;
  for (const track of linked) {
    const edit: TableEdit<Sound> = { remove: [], put: [] };
    let at = 0;
    // The operation may have put sounds of its own behind these: they stay where they are.
    for (const sound of before[track]) {
      n += 1;
      const now = followOne(sound, n, places);
      if (now[0] !== sound || now.length > 1) {
        edit.remove.push(sound.id);
        now.forEach((item, i) => edit.put.push({ at: at + i, item }));
      }
      at += now.length;
    }
    if (edit.remove.length > 0) edits[track] = edit;
  }
  return edits;
}
